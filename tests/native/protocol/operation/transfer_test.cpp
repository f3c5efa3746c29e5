#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "protocol/fixture.h"

namespace wsman::testing {
TEST_SUITE("Get") {
  TEST_CASE_FIXTURE(OperationFixture, "A Get is one idempotent request and gives the instance") {
    answer(service_answer());

    const auto got =
        operation::get(context(), target_of("wmicimv2/Win32_Service?Name=winrm"), call);

    REQUIRE(got.ok());
    CHECK(contains(got.value(), "<p:Win32_Service "));
    CHECK(contains(got.value(), "xmlns:p=\"" + kService + "\""));
    CHECK(contains(got.value(), "xmlns:xsi=\"" + kXsi + "\""));
    CHECK(contains(got.value(), "xml:lang=\"de-DE\""));
    CHECK_FALSE(contains(got.value(), "soap-envelope"));
    REQUIRE(server->requests().size() == 1);
    CHECK(server->requests()[0].idempotent);
    CHECK(contains(sent(), ">http://schemas.xmlsoap.org/ws/2004/09/transfer/Get<"));
    CHECK(contains(sent(), "<w:Selector Name=\"Name\">winrm</w:Selector>"));
    CHECK(contains(sent(), "<s:Body/>"));
    CHECK_FALSE(contains(sent(), "FragmentTransfer"));
  }

  TEST_CASE_FIXTURE(OperationFixture,
                    "A prefix that only an xsi:type uses is declared in the result") {
    answer("<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:xsi='" + kXsi +
           "' xmlns:q='urn:types'><s:Body><x xmlns='urn:x'><y xsi:type='q:Kind'>\xC3\xBC</y></x>"
           "</s:Body></s:Envelope>");

    const auto got = operation::get(context(), target_of("urn:x"), call);

    REQUIRE(got.ok());
    CHECK(contains(got.value(), "xmlns:q=\"urn:types\""));
    CHECK(xml::read_xml(got.value()).flaw == xml::XmlFlaw::none);
    CHECK(contains(got.value(), "\xC3\xBC"));
  }

  TEST_CASE_FIXTURE(OperationFixture, "The language of an element is kept, and none is added") {
    answer(envelope_with("<x xml:lang='fr'/>"));
    CHECK(operation::get(context(), target_of("urn:x"), call).value() == "<x xml:lang='fr'/>");

    answer(
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><x/></s:Body>"
        "</s:Envelope>");
    CHECK(operation::get(context(), target_of("urn:x"), call).value() == "<x/>");
  }

  TEST_CASE_FIXTURE(OperationFixture,
                    "A Get of a fragment gives the XmlFragment with its content") {
    answer(fragment_answer("<State>Running</State>"));
    message::Target target = target_of("wmicimv2/Win32_Service");
    target.fragment = "State";
    target.fragment_dialect = "urn:dialect";

    const auto got = operation::get(context(), target, call);

    REQUIRE(got.ok());
    CHECK(contains(got.value(), "<State>Running</State></w:XmlFragment>"));
    CHECK(contains(sent(),
                   "<w:FragmentTransfer s:mustUnderstand=\"true\" Dialect=\"urn:dialect\">State"
                   "</w:FragmentTransfer>"));
  }

  TEST_CASE_FIXTURE(OperationFixture,
                    "A response without the requested XmlFragment is a protocol error") {
    answer(service_answer());
    message::Target target = target_of("wmicimv2/Win32_Service");
    target.fragment = "State";

    const Error error = error_in(operation::get(context(), target, call));

    CHECK(error.code == ErrorCode::protocol);
    CHECK(error.wsman_code == 0x803380F2);
    CHECK(contains(error.message, "server01 (port 5986) has no XmlFragment"));
  }

  TEST_CASE_FIXTURE(OperationFixture, "An empty Body in the response to Get is a protocol error") {
    answer(envelope_with(""));

    const Error error = error_in(operation::get(context(), target_of("urn:x"), call));

    CHECK(error.code == ErrorCode::protocol);
    CHECK(error.wsman_code == 0x803380EF);
  }

  TEST_CASE_FIXTURE(OperationFixture,
                    "RelatesTo is compared without regard to case and white space") {
    for (const char* padding : {"", "\r\n      "}) {
      server->on_exchange = [=](const HttpRequest& request, const Call&) {
        std::string id = message_id_of(request.body);
        for (char& c : id) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        return soap_answer(envelope_related_to(padding + id + padding, "<x/>"));
      };
      CHECK(operation::get(context(), target_of("urn:x"), call).ok());
    }
  }

  TEST_CASE_FIXTURE(OperationFixture, "A response that relates to another message is refused") {
    answer(envelope_related_to("uuid:00000000-0000-0000-0000-000000000000", "<x/>"));

    const Error error = error_in(operation::get(context(), target_of("urn:x"), call));

    CHECK(error.code == ErrorCode::protocol);
    CHECK(error.wsman_code == 0x803380F3);
    CHECK(contains(error.message, "belongs to another request"));
  }

  TEST_CASE_FIXTURE(OperationFixture,
                    "A response of AMT that repeats headers of the request is read") {
    server->on_exchange = [](const HttpRequest& request, const Call&) {
      return soap_answer(
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a:Envelope "
          "xmlns:a= \"http://www.w3.org/2003/05/soap-envelope\" "
          "xmlns:b= \"http://schemas.xmlsoap.org/ws/2004/08/addressing\" "
          "xmlns:c=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\" xmlns:g=\"urn:port\">\n"
          "  <a:Header>\n    <b:RelatesTo>" +
          message_id_of(request.body) +
          "</b:RelatesTo>\n    <b:Action a:mustUnderstand=\"true\">urn:GetResponse</b:Action>\n"
          "    <c:ResourceURI>urn:port</c:ResourceURI>\n  </a:Header>\n  <a:Body>\n    <g:Port>\n"
          "      <g:Speed>1000</g:Speed>\n    </g:Port>\n  </a:Body>\n</a:Envelope>\n");
    };

    const auto got = operation::get(context(), target_of("urn:port"), call);

    REQUIRE(got.ok());
    CHECK(contains(got.value(), "<g:Port xmlns:g=\"urn:port\">"));
    CHECK(contains(got.value(), "<g:Speed>1000</g:Speed>"));
  }

  TEST_CASE_FIXTURE(OperationFixture, "A fault in the response to Get becomes an error") {
    answer(fault_with(wsman_fault_detail("2150858843", "No.")), 500);

    CHECK(error_in(operation::get(context(), target_of("urn:x"), call)).code == ErrorCode::fault);
  }
}

TEST_SUITE("Create") {
  TEST_CASE_FIXTURE(OperationFixture,
                    "The root element is named after the resource, and the reference is given") {
    answer(envelope_with(
        "<other/><x:ResourceCreated xmlns:x=\"http://schemas.xmlsoap.org/ws/2004/09/transfer\" "
        "xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\"><a:Address>urn:a</a:Address>"
        "</x:ResourceCreated>"));

    const auto made = operation::create(
        context(), target_of("winrm/config/listener?Address=*+Transport=HTTPS"),
        {{text("Hostname", "a<b>&c"),
          {"Flag", {{operation::Value::Kind::nil, ""}}},
          {"List", {{operation::Value::Kind::text, "1"}, {operation::Value::Kind::text, "2"}}}},
         ""},
        call);

    REQUIRE(made.ok());
    CHECK(made.value().rfind("<x:ResourceCreated ", 0) == 0);
    CHECK(sent_body() ==
          "<p:listener xmlns:p=\"http://schemas.microsoft.com/wbem/wsman/1/config/listener\">"
          "<p:Hostname>a&lt;b&gt;&amp;c</p:Hostname><p:Flag xmlns:xsi=\"" +
              kXsi + "\" xsi:nil=\"true\"/><p:List>1</p:List><p:List>2</p:List></p:listener>");
    CHECK(contains(sent(), ">http://schemas.xmlsoap.org/ws/2004/09/transfer/Create<"));
    CHECK_FALSE(server->requests()[0].idempotent);
  }

  TEST_CASE_FIXTURE(OperationFixture,
                    "A response without a reference gives its Body, and an empty one is an error") {
    answer(envelope_with("<thing/>"));
    CHECK(
        contains(operation::create(context(), target_of("urn:a/b"), {}, call).value(), "<thing "));

    answer(envelope_with(""));
    CHECK(error_in(operation::create(context(), target_of("urn:a/b"), {}, call)).wsman_code ==
          0x803380F0);
  }

  TEST_CASE_FIXTURE(OperationFixture, "A name that cannot be an XML element is refused") {
    const message::Target target = target_of("urn:a/b");
    for (const std::string& name :
         std::vector<std::string>{"", "a b", "1a", "a:b", "<a>", "\x01"}) {
      CAPTURE(name);
      const Error error =
          error_in(operation::create(context(), target, {{text(name, "x")}, ""}, call));
      CHECK(error.code == ErrorCode::invalid_argument);
      CHECK(contains(error.message, "cannot be the name of an XML element"));
    }
    CHECK(
        contains(error_in(operation::create(context(), target_of("wmicimv2/*"), {}, call)).message,
                 "No instance can be made"));
    CHECK(server->requests().empty());
  }
}

TEST_SUITE("Remove") {
  TEST_CASE_FIXTURE(OperationFixture,
                    "A Remove sends Delete with the selectors and an empty Body") {
    answer(envelope_with(""));

    CHECK(operation::remove(context(), target_of("winrm/config/listener?Address=*"), call).ok());
    CHECK(contains(sent(), ">http://schemas.xmlsoap.org/ws/2004/09/transfer/Delete<"));
    CHECK(contains(sent(), "<w:Selector Name=\"Address\">*</w:Selector>"));
    CHECK(contains(sent(), "<s:Body/>"));
    CHECK_FALSE(server->requests()[0].idempotent);
  }

  TEST_CASE_FIXTURE(OperationFixture, "A fault in the response to Delete becomes an error") {
    answer(fault_with(""), 500);

    CHECK(error_in(operation::remove(context(), target_of("urn:x"), call)).code ==
          ErrorCode::fault);
  }
}

}  // namespace wsman::testing
