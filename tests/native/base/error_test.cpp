#include "base/error.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace wsman::testing {

TEST_SUITE("error") {
  TEST_CASE("has a name of its own for each code") {
    std::set<std::string> names;
    for (int number = 1; number <= 19; ++number) {
      names.insert(name_of(static_cast<ErrorCode>(number)));
    }

    CHECK(names.size() == 19);
  }

  TEST_CASE("keeps the names that documents carry") {
    CHECK(std::string(name_of(ErrorCode::internal)) == "Internal");
    CHECK(std::string(name_of(ErrorCode::not_connected)) == "NotConnected");
    CHECK(std::string(name_of(ErrorCode::timed_out)) == "TimedOut");
    CHECK(std::string(name_of(ErrorCode::fault)) == "Fault");
  }

  TEST_CASE("ends a sentence with the code in eight hexadecimal digits") {
    CHECK(with_code("It failed", 0x803380F4) == "It failed (0x803380F4)");
    CHECK(with_code("It failed", 5) == "It failed (0x00000005)");
  }

  TEST_CASE("leaves a sentence alone where Windows has no code") {
    CHECK(with_code("It failed", 0) == "It failed");
  }
}

TEST_SUITE("result") {
  TEST_CASE("holds a value") {
    Result<std::string> result(std::string("value"));

    REQUIRE(result.ok());
    CHECK(result.value() == "value");
    result.value() += "s";
    CHECK(result.value() == "values");
  }

  TEST_CASE("holds an error") {
    const Result<std::string> result(Error{ErrorCode::limit, "Too much.", 7, "<xml/>"});

    REQUIRE_FALSE(result.ok());
    CHECK(result.error().code == ErrorCode::limit);
    CHECK(result.error().message == "Too much.");
    CHECK(result.error().wsman_code == 7);
    CHECK(result.error().fault_xml == "<xml/>");
  }
}

}  // namespace wsman::testing
