#include "protocol/message/fault.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "fakes/answers.h"
#include "protocol/message/envelope.h"
#include "protocol/message/fault_codes.h"
#include "protocol/xml/names.h"
#include "support/advice.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

Error fault_of(const std::string& envelope) {
  const Result<message::Envelope> read = message::read_answer(soap_answer(envelope, 500), kServer);
  return read.ok() ? Error{ErrorCode::internal, "It is no fault.", 0, {}} : read.error();
}

}  // namespace

TEST_SUITE("Fault") {
  TEST_CASE("A fault of Windows has the code and the message of its WSManFault") {
    const Error error = fault_of(fault_with(wsman_fault_detail("2150858843", "It is gone. ")));

    CHECK(error.code == ErrorCode::fault);
    CHECK(error.wsman_code == 2150858843U);
    CHECK(error.message == "server01 answered with a fault (0x8033805B): It is gone.");
    CHECK(advice_of(error) == "CheckSelectorNames");
  }

  TEST_CASE("A fault without a detail has its reason and the code of its subcode") {
    const Error error = fault_of(fault_with(""));

    CHECK(error.wsman_code == 0x8033803D);
    CHECK(error.message == "server01 answered with a fault (0x8033803D): The reason.");
    CHECK(advice_of(error) == "CheckSelectors");
  }

  TEST_CASE("A fault with an unknown detail has its reason") {
    const Error error =
        fault_of(fault_with("<s:Detail><FaultDetail>urn:x</FaultDetail></s:Detail>"));

    CHECK(contains(error.message, "(0x8033803D): The reason."));
  }

  TEST_CASE("A fault has the kind of its subcode, whatever the namespace") {
    const std::string address = ns::kAddressing;
    for (const auto& row : std::vector<std::pair<std::string, std::string>>{
             {"DestinationUnreachable", "NoResource"},
             {"InvalidSelectors", "NoInstance"},
             {"InvalidEnumerationContext", "NoContext"},
             {"ActionNotSupported", "Unsupported"},
             {"InternalError", "ServerFailed"},
             {"EndpointUnavailable", "ServerFailed"},
             {"EncodingLimit", "TooLarge"},
             {"AccessDenied", "Other"},
             {"", "Other"}}) {
      CAPTURE(row.first);
      CHECK(std::string(name_of(message::kind_of_fault({address, row.first}))) == row.second);
      CHECK(std::string(name_of(message::kind_of_fault({"", row.first}))) == row.second);
    }
  }

  TEST_CASE("A fault without a reason says that no reason was given") {
    CHECK(fault_of(envelope_with("<s:Fault/>")).message ==
          "server01 answered with a fault: no reason was given.");
    CHECK(contains(fault_of(fault_with(wsman_fault_detail("5", " "))).message, "The reason."));
  }

  TEST_CASE("A fault keeps the XML of the server with its namespaces") {
    const Error error = fault_of(fault_with(wsman_fault_detail("5", "No.")));

    CHECK(contains(error.fault_xml, "<s:Fault"));
    CHECK(contains(error.fault_xml, "xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""));
    CHECK(contains(error.fault_xml, "Code=\"5\""));
    CHECK(contains(error.fault_xml, "w:InvalidSelectors"));
  }

  TEST_CASE("The text of a fault is on one line without control bytes") {
    const Error error =
        fault_of(fault_with(wsman_fault_detail("5", "one\r\n\ttwo three&#x7F;&#x9B;four ")));

    CHECK(contains(error.message, ": one two three four"));
    CHECK_FALSE(contains(error.message, "\n"));
  }

  TEST_CASE("An invalid fault code is replaced by the code of the subcode") {
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
