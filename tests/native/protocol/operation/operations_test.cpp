#include "protocol/operation/operations.h"

#include <doctest/doctest.h>

#include <string>

#include "protocol/fixture.h"

namespace wsman::testing {
namespace {

struct OperationsFixture : OperationFixture {
  Result<operation::IdentifyResponse> ask(bool anonymous = false,
                                          xml::TextEncoding encoding = xml::TextEncoding::utf8) {
    headers.encoding = encoding;
    return operation::identify(context(), anonymous, call);
  }
};

}  // namespace

TEST_SUITE("Identify") {
  TEST_CASE_FIXTURE(OperationsFixture, "The identity of a Windows server is read") {
    const auto identity = ask();

    REQUIRE(identity.ok());
    CHECK(identity.value().protocol_version == "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd");
    CHECK(identity.value().product_vendor == "Microsoft Corporation");
    CHECK(identity.value().product_version == "OS: 10.0.20348 SP: 0.0 Stack: 3.0");
  }

  TEST_CASE_FIXTURE(OperationsFixture, "The IdentifyResponse is a document of its own") {
    const auto document = operation::identify_document(context(), false, call);

    REQUIRE(document.ok());
    CHECK(document.value().identity.product_vendor == "Microsoft Corporation");
    CHECK(document.value().xml.starts_with("<wsmid:IdentifyResponse "));
    CHECK(contains(document.value().xml, "xmlns:wsmid="));
  }

  TEST_CASE_FIXTURE(OperationsFixture, "The identity of OMI is read from the namespace of SOAP") {
    answer(
        "<SOAP-ENV:Envelope xmlns:SOAP-ENV='http://www.w3.org/2003/05/soap-envelope' "
        "xmlns:wsmid='http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd'>"
        "<SOAP-ENV:Header/><SOAP-ENV:Body><SOAP-ENV:IdentifyResponse>"
        "<wsmid:ProtocolVersion>http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
        "</wsmid:ProtocolVersion><wsmid:ProductVendor>Open Management Infrastructure"
        "</wsmid:ProductVendor><wsmid:ProductVersion>1.9.1</wsmid:ProductVersion>"
        "</SOAP-ENV:IdentifyResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>");

    const auto identity = ask();

    REQUIRE(identity.ok());
    CHECK(identity.value().product_vendor == "Open Management Infrastructure");
    CHECK(identity.value().product_version == "1.9.1");
  }

  TEST_CASE_FIXTURE(OperationsFixture,
                    "White space around texts is removed, and missing parts are empty") {
    answer(
        envelope_with("<IdentifyResponse xmlns='urn:x'><ProductVendor>\n  A vendor\n"
                      "</ProductVendor></IdentifyResponse>"));

    const auto identity = ask();

    REQUIRE(identity.ok());
    CHECK(identity.value().product_vendor == "A vendor");
    CHECK(identity.value().product_version.empty());
  }

  TEST_CASE_FIXTURE(OperationsFixture, "An Identify envelope has no addressing headers") {
    REQUIRE(ask().ok());

    REQUIRE(server->requests().size() == 1);
    const SeenRequest request = server->requests()[0];
    CHECK(request.content_type == "application/soap+xml;charset=UTF-8");
    CHECK(contains(request.body, "<wsmid:Identify/>"));
    CHECK(
        contains(request.body, "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"));
    CHECK_FALSE(contains(request.body, "Action"));
    CHECK(request.idempotent);
    CHECK_FALSE(request.anonymous_identify);
  }

  TEST_CASE_FIXTURE(OperationsFixture, "An anonymous Identify is marked and obeys the encoding") {
    REQUIRE(ask(true, xml::TextEncoding::utf16).ok());

    const SeenRequest request = server->requests()[0];
    CHECK(request.anonymous_identify);
    CHECK(request.content_type == "application/soap+xml;charset=UTF-16");
    CHECK(request.body.rfind("\xFF\xFE", 0) == 0);
  }

  TEST_CASE_FIXTURE(OperationsFixture, "A response with another body is a protocol error") {
    for (const std::string& body : {envelope_with("<Other/>"), envelope_with("")}) {
      answer(body);
      const auto identity = ask();
      REQUIRE_FALSE(identity.ok());
      CHECK(identity.error().code == ErrorCode::protocol);
      CHECK(identity.error().wsman_code == 0x803381F9);
      CHECK(contains(identity.error().message, "server01 (port 5986) did not answer Identify"));
    }
  }

  TEST_CASE_FIXTURE(OperationsFixture,
                    "Errors of the response and of the transport are passed on") {
    answer(fault_with(""), 500);
    CHECK(ask().error().code == ErrorCode::fault);

    answer("");
    CHECK(ask().error().code == ErrorCode::protocol);

    server->on_exchange = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return Error{ErrorCode::tls, "No.", 1, {}};
    };
    CHECK(ask().error().code == ErrorCode::tls);
  }

  TEST_CASE_FIXTURE(OperationsFixture, "An Identify that is stopped fails as cancelled") {
    server->on_exchange = stall;
    cancellation.stop(StopReason::cancelled);

    CHECK(ask().error().code == ErrorCode::cancelled);
  }
}

}  // namespace wsman::testing
