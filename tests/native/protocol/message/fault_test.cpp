#include "protocol/message/fault.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "fakes/answers.h"
#include "protocol/message/envelope.h"
#include "protocol/message/fault_codes.h"
#include "protocol/xml/names.h"
#include "protocol/xml/xml.h"
#include "support/advice.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

Error fault_of(const std::string& envelope) {
  const Result<message::Envelope> read =
      message::read_answer(soap_answer(envelope, 500), {kServer});
  return read.ok() ? Error{ErrorCode::internal, "It is no fault.", 0, {}} : read.error();
}

// A fault with those texts in its Reason, and that Detail.
std::string fault_because(const std::string& texts, const std::string& detail = {}) {
  return envelope_with(
      "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value "
      "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\">w:UnsupportedFeature</s:Value>"
      "</s:Subcode></s:Code><s:Reason>" +
      texts + "</s:Reason>" + detail + "</s:Fault>");
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

    CHECK(contains(error.message, "(0x8033803D): The reason. The detail is urn:x."));
  }

  TEST_CASE("The reason is taken in the language that was asked for") {
    const std::string texts =
        "<s:Text xml:lang='fr'>Raison</s:Text><s:Text xml:lang='EN-gb'>Reason</s:Text>"
        "<s:Text xml:lang='de'>Grund</s:Text><s:Text xml:lang='de-AT'>Ursach</s:Text>";
    for (const auto& row : std::vector<std::pair<std::string, std::string>>{
             {"de-AT", "Ursach."}, {"de-CH", "Grund."}, {"en-US", "Reason."}, {"it", "Reason."}}) {
      CAPTURE(row.first);
      const auto read = message::read_answer(soap_answer(fault_because(texts), 500),
                                             {.endpoint = kServer, .language = row.first});
      REQUIRE_FALSE(read.ok());
      CHECK(contains(read.error().message, row.second));
    }
    CHECK(contains(fault_of(fault_because("<s:Text xml:lang='fr'>Raison</s:Text>"
                                          "<s:Text xml:lang='de'>Grund</s:Text>"))
                       .message,
                   "Raison."));
  }

  TEST_CASE("A sentence of any script keeps its full stop") {
    for (const char* text :
         {"Stop.", "Stop!", "\u7D42\u4E86\u3002", "\u0915\u0964", "\u061F", "\u2026"}) {
      CAPTURE(text);
      const std::string message =
          fault_of(fault_because("<s:Text>" + std::string(text) + "</s:Text>")).message;
      CHECK(message.substr(message.size() - std::string(text).size()) == text);
    }
  }

  TEST_CASE("Without a reason the detail tells, else the code") {
    CHECK(contains(
        fault_of(fault_because("<s:Text/>", "<s:Detail><x>It is <b>full</b></x></s:Detail>"))
            .message,
        ": It is full."));
    CHECK(contains(fault_of(fault_because("",
                                          "<s:Detail><w:FaultDetail xmlns:w='urn:w'>"
                                          "http://x/faultDetail/FragmentLevelAccess"
                                          "</w:FaultDetail></s:Detail>"))
                       .message,
                   ": no reason was given, only UnsupportedFeature. The detail is "
                   "FragmentLevelAccess."));
    CHECK(contains(fault_of(fault_because("")).message,
                   ": no reason was given, only UnsupportedFeature."));
  }

  TEST_CASE("The FaultDetail is told unless the reason has it") {
    const std::string detail =
        "<s:Detail><w:FaultDetail xmlns:w='urn:w'>http://x/faultDetail/MissingValues"
        "</w:FaultDetail></s:Detail>";
    CHECK(contains(fault_of(fault_because("<s:Text>It is wrong</s:Text>", detail)).message,
                   ": It is wrong. The detail is MissingValues."));
    CHECK_FALSE(
        contains(fault_of(fault_because("<s:Text>MissingValues: a</s:Text>", detail)).message,
                 "The detail"));
  }

  TEST_CASE("A fault of SOAP 1.1 has its faultstring") {
    const std::string open =
        "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><e:Fault>"
        "<faultcode>e:Client</faultcode>";
    const std::string close = "</e:Fault></e:Body></e:Envelope>";
    const Error error =
        fault_of(open + "<faultstring>the gateway knows no such service</faultstring>" + close);

    CHECK(error.code == ErrorCode::fault);
    CHECK(error.message == "server01 answered with a fault: the gateway knows no such service.");
    CHECK(contains(error.fault_xml, "faultstring"));
    REQUIRE(error.fault);
    CHECK(error.fault->soap_code == "Client");
    // It may be a gateway's, about a service that was at it.
    CHECK(error.outcome == Outcome::unknown);
    CHECK(contains(fault_of(open + "<detail><m>disk full</m></detail>" + close).message,
                   ": disk full."));
    CHECK(contains(fault_of(open + close).message, "no reason was given, only Client."));
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

  TEST_CASE("The XML of a fault steers no terminal, and says the same") {
    const std::string said = "a\xC2\x9B[2J<![CDATA[\xE2\x80\xAE&]]>\xC3\xBC";
    const std::string xml = fault_of(fault_with(wsman_fault_detail("5", said))).fault_xml;
    CHECK(contains(xml, "a&#155;[2J&#8238;&amp;\xC3\xBC"));
    const xml::Reading again = xml::read_xml(xml);
    REQUIRE(again.flaw == xml::XmlFlaw::none);
    CHECK(contains(xml::text_of(xmlDocGetRootElement(again.document.get())),
                   "a\xC2\x9B[2J\xE2\x80\xAE&\xC3\xBC"));
  }

  TEST_CASE("The XML of a fault is left out where a name would steer a terminal") {
    const Error error = fault_of(fault_with(wsman_fault_detail("5", "No.<a\xD8\x9C/>")));
    CHECK(error.fault_xml.empty());
    CHECK(contains(error.message, "No."));
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
