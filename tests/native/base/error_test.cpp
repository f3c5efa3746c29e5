#include "base/error.h"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

#include "support/scarce_memory.h"

namespace wsman::testing {

TEST_SUITE("Error") {
  TEST_CASE("Each error code has a name of its own") {
    std::set<std::string> names;
    for (int number = 1; number <= 19; ++number) {
      names.insert(name_of(static_cast<ErrorCode>(number)));
    }

    CHECK(names.size() == 19);
  }

  TEST_CASE("The names of error codes in JSON documents do not change") {
    CHECK(std::string(name_of(ErrorCode::internal)) == "Internal");
    CHECK(std::string(name_of(ErrorCode::not_connected)) == "NotConnected");
    CHECK(std::string(name_of(ErrorCode::timed_out)) == "TimedOut");
    CHECK(std::string(name_of(ErrorCode::fault)) == "Fault");
  }

  TEST_CASE("A sentence with a Windows code ends with that code in eight hexadecimal digits") {
    CHECK(with_code("It failed", 0x803380F4) == "It failed (0x803380F4)");
    CHECK(with_code("It failed", 5) == "It failed (0x00000005)");
  }

  TEST_CASE("A sentence without a Windows code stays as it is") {
    CHECK(with_code("It failed", 0) == "It failed");
  }
}

TEST_SUITE("Making an error") {
  TEST_CASE("An error message ends with the code and a full stop before the details") {
    CHECK(make_error(ErrorCode::limit, 5, "It failed").message == "It failed (0x00000005).");
    CHECK(make_error(ErrorCode::limit, "It failed").message == "It failed.");
    CHECK(make_error(ErrorCode::limit, 5, "It failed", {}, "It stays.").message ==
          "It failed (0x00000005). It stays.");
  }

  TEST_CASE("Advice is kept apart from the message and in order") {
    const Error error = make_error(ErrorCode::tls, 5, "It failed",
                                   {AdviceKey::use_tls, {AdviceKey::trust_host, {"server01"}}});

    CHECK(error.code == ErrorCode::tls);
    CHECK(error.wsman_code == 5);
    REQUIRE(error.advice.size() == 2);
    CHECK(std::string(name_of(error.advice[0].key)) == "UseTls");
    CHECK(error.advice[0].arguments.empty());
    CHECK(std::string(name_of(error.advice[1].key)) == "TrustHost");
    CHECK(error.advice[1].arguments == std::vector<std::string>{"server01"});
  }
}

TEST_SUITE("Result") {
  TEST_CASE("A result holds a value") {
    Result<std::string> result(std::string("value"));

    REQUIRE(result.ok());
    CHECK(result.value() == "value");
    result.value() += "s";
    CHECK(result.value() == "values");
  }

  TEST_CASE("A result holds an error") {
    const Result<std::string> result(Error{ErrorCode::limit, "Too much.", 7, {}, "<xml/>"});

    REQUIRE_FALSE(result.ok());
    CHECK(result.error().code == ErrorCode::limit);
    CHECK(result.error().message == "Too much.");
    CHECK(result.error().wsman_code == 7);
    CHECK(result.error().fault_xml == "<xml/>");
  }

  TEST_CASE("The error that tells that memory ran out is made without any") {
    const auto fail = []() -> Status { throw std::bad_alloc(); };
    const auto make = [&] {
      const ScarceMemory none(0);
      return or_out_of_memory(fail, Outcome::unknown).error();
    };

    const Error error = make();

    CHECK(error.message == "Memory ran out.");
    CHECK(error.wsman_code == 14);  // ERROR_OUTOFMEMORY [MS-ERREF 2.2]
    CHECK(error.outcome == Outcome::unknown);
  }
}

}  // namespace wsman::testing
