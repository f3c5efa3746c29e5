#include "protocol/fault.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "fakes/answers.h"
#include "protocol/envelope.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

Error fault_of(const std::string& envelope) {
  const Result<Envelope> read = read_answer(soap_answer(envelope, 500), kServer);
  return read.ok() ? Error{ErrorCode::internal, "It is no fault.", 0, {}} : read.error();
}

}  // namespace

TEST_SUITE("fault") {
  TEST_CASE("of Windows has the code and the message of WSManFault") {
    const Error error = fault_of(fault_with(wsman_fault_detail("2150858843", "It is gone. ")));

    CHECK(error.code == ErrorCode::fault);
    CHECK(error.wsman_code == 2150858843U);
    CHECK(error.message ==
          "server01 answered with a fault (0x8033805B): It is gone. Check the names of the "
          "selectors, and that what they name is still there.");
  }

  TEST_CASE("without a detail has the reason, and the code of its subcode") {
    const Error error = fault_of(fault_with(""));

    CHECK(error.wsman_code == 0x8033803D);
    CHECK(error.message ==
          "server01 answered with a fault (0x8033803D): The reason. Check the selectors.");
  }

  TEST_CASE("with another detail has the reason") {
    const Error error =
        fault_of(fault_with("<s:Detail><FaultDetail>urn:x</FaultDetail></s:Detail>"));

    CHECK(contains(error.message, "(0x8033803D): The reason."));
  }

  TEST_CASE("that says nothing is told as such") {
    CHECK(fault_of(envelope_with("<s:Fault/>")).message ==
          "server01 answered with a fault: no reason was given");
    CHECK(contains(fault_of(fault_with(wsman_fault_detail("5", " "))).message, "The reason."));
  }

  TEST_CASE("keeps the server's XML, with its namespaces") {
    const Error error = fault_of(fault_with(wsman_fault_detail("5", "No.")));

    CHECK(contains(error.fault_xml, "<s:Fault"));
    CHECK(contains(error.fault_xml, "xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""));
    CHECK(contains(error.fault_xml, "Code=\"5\""));
    CHECK(contains(error.fault_xml, "w:InvalidSelectors"));
  }

  TEST_CASE("has its text on one line, without control octets") {
    const Error error =
        fault_of(fault_with(wsman_fault_detail("5", "one\r\n\ttwo   three&#x7F;four ")));

    CHECK(contains(error.message, ": one two three four"));
    CHECK_FALSE(contains(error.message, "\n"));
  }

  TEST_CASE("whose code is no number, or too large a one, has that of its subcode") {
    constexpr uint32_t kOfSubcode = 0x8033803D;
    for (const auto& row :
         std::vector<std::pair<std::string, uint32_t>>{{"", kOfSubcode},
                                                       {"abc", kOfSubcode},
                                                       {"-1", kOfSubcode},
                                                       {"4294967296", kOfSubcode},
                                                       {"4294967295", 4294967295U}}) {
      CAPTURE(row.first);
      CHECK(fault_of(fault_with(wsman_fault_detail(row.first, "No."))).wsman_code == row.second);
    }
  }
}

}  // namespace wsman::testing
