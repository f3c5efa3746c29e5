#include "abi/documents/code_names.h"

#include <doctest/doctest.h>

#include <string>

namespace wsman::testing {

TEST_SUITE("Symbolic name") {
  TEST_CASE("A code that Windows names has the symbolic name of Windows") {
    CHECK(std::string(abi::symbolic_name_of(5)) == "ERROR_ACCESS_DENIED");
    CHECK(std::string(abi::symbolic_name_of(0x80338000)) == "ERROR_WSMAN_RESOURCE_NOT_FOUND");
    CHECK(std::string(abi::symbolic_name_of(0x8033805A)) == "ERROR_WSMAN_INSUFFCIENT_SELECTORS");
    CHECK(std::string(abi::symbolic_name_of(0x803381FF)) ==
          "ERROR_WSMAN_EVENTING_PUSH_SUBSCRIPTION_NOACTIVATE_EVENTSOURCE");
  }

  TEST_CASE("A code without a symbolic name has an empty one") {
    for (const uint32_t code : {0U, 6U, 0x80337FFFU, 0x80338200U, 0xFFFFFFFFU}) {
      CAPTURE(code);
      CHECK(std::string(abi::symbolic_name_of(code)).empty());
    }
  }
}

}  // namespace wsman::testing
