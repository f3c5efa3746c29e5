#include "protocol/message/request.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "protocol/fixture.h"
#include "protocol/xml/uuid.h"

namespace wsman::testing {
namespace {

struct RequestFixture : OperationFixture {
  RequestFixture() { headers.session_id = "uuid:5E551011-0000-4000-8000-000000000001"; }

  Result<message::Message> write() {
    return message::write_message(context(), target, request, sequence);
  }

  std::string envelope() {
    Result<message::Message> message = write();
    return message.ok() ? message.value().envelope : message.error().message;
  }

  message::Target target{kService, {}, {}, "", ""};
  message::Request request{"Get", "urn:action", ""};
  message::OperationSequence sequence;
};

// The names of the headers, in order.
std::string header_names(const std::string& envelope) {
  const xml::Reading reading = xml::read_xml(envelope);
  if (reading.flaw != xml::XmlFlaw::none) return "no XML";
  std::string names;
  xmlNodePtr header = xml::child_named(xmlDocGetRootElement(reading.document.get()), "Header");
  for (xmlNodePtr child = xml::first_element(header); child != nullptr;
       child = xmlNextElementSibling(child))
    names += (names.empty() ? "" : " ") + std::string(xml::name_of(child));
  return names;
}

// The text of a header, however deep below it.
std::string header_text(const std::string& envelope, const std::string& name) {
  const xml::Reading reading = xml::read_xml(envelope);
  xmlNodePtr header = xml::child_named(xmlDocGetRootElement(reading.document.get()), "Header");
  return xml::text_of(xml::child_named(header, name));
}

}  // namespace

TEST_SUITE("Request envelope") {
  TEST_CASE_FIXTURE(RequestFixture,
                    "Every request has its headers in the order of Microsoft's client") {
    target.selectors = {{"Name", "winrm"}};
    target.options = {{"Level", "1"}};
    target.fragment = "State";
    request.fragment = true;

    CHECK(header_names(envelope()) ==
          "To ResourceURI ReplyTo Action MaxEnvelopeSize MessageID Locale DataLocale SessionId "
          "OperationID SequenceId SelectorSet OptionSet FragmentTransfer OperationTimeout");
  }

  TEST_CASE_FIXTURE(RequestFixture, "Headers that are not given are left out") {
    headers.session_id = "";

    CHECK(header_names(envelope()) ==
          "To ResourceURI ReplyTo Action MaxEnvelopeSize MessageID Locale DataLocale OperationID "
          "SequenceId OperationTimeout");
  }

  TEST_CASE_FIXTURE(RequestFixture, "The headers of the session are written") {
    headers.max_envelope_bytes = 153600;
    headers.operation_timeout = Milliseconds(1500);
    headers.locale = "de-DE";
    headers.data_locale = "fr-FR";

    const std::string text = envelope();

    CHECK(contains(text, "<a:To>https://server01:5986/wsman</a:To>"));
    CHECK(contains(text, "<w:MaxEnvelopeSize s:mustUnderstand=\"true\">153600<"));
    CHECK(contains(text, "<w:Locale xml:lang=\"de-DE\" s:mustUnderstand=\"false\"/>"));
    CHECK(contains(text, "<p:DataLocale xml:lang=\"fr-FR\" s:mustUnderstand=\"false\"/>"));
    CHECK(contains(text, "<p:SessionId s:mustUnderstand=\"false\">" + headers.session_id + "<"));
    CHECK(contains(text, "<w:OperationTimeout>PT1.500S</w:OperationTimeout>"));
    CHECK(contains(text,
                   "<a:ReplyTo><a:Address s:mustUnderstand=\"true\">http://schemas.xmlsoap.org/ws/"
                   "2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>"));
  }

  TEST_CASE_FIXTURE(RequestFixture,
                    "Each request has a new message ID and the operation ID of its sequence") {
    const Result<message::Message> first = write();
    const Result<message::Message> second = write();

    REQUIRE(first.ok());
    REQUIRE(second.ok());
    CHECK(first.value().id != second.value().id);
    CHECK(header_text(first.value().envelope, "MessageID") == first.value().id);
    CHECK(header_text(first.value().envelope, "OperationID") == sequence.operation_id);
    CHECK(header_text(second.value().envelope, "OperationID") == sequence.operation_id);
    CHECK(header_text(first.value().envelope, "SequenceId") == "1");
    CHECK(header_text(second.value().envelope, "SequenceId") == "2");
  }

  TEST_CASE_FIXTURE(RequestFixture, "Any text is escaped and stays inside its element") {
    const std::string text = "</w:Selector>&\"'<x a='1'>\n\r\t]]>\xC3\xBC\xF0\x9F\x98\x80";
    target.selectors = {{"a\"b<&", text}};
    target.options = {{"o\"<", text}};
    target.fragment = text;
    request.fragment = true;

    const xml::Reading reading = xml::read_xml(envelope());

    REQUIRE(reading.flaw == xml::XmlFlaw::none);
    xmlNodePtr header = xml::child_named(xmlDocGetRootElement(reading.document.get()), "Header");
    xmlNodePtr selector = xml::first_element(xml::child_named(header, "SelectorSet"));
    xmlNodePtr option = xml::first_element(xml::child_named(header, "OptionSet"));
    CHECK(xml::text_of(selector) == text);
    CHECK(xml::attribute_of(selector, "Name") == "a\"b<&");
    CHECK(xml::text_of(option) == text);
    CHECK(xml::attribute_of(option, "Name") == "o\"<");
    CHECK(xml::text_of(xml::child_named(header, "FragmentTransfer")) == text);
  }

  TEST_CASE_FIXTURE(RequestFixture,
                    "Every option must be complied with, and one without a value is nil") {
    target.options = {{"A", "1"}, {"B", {}}, {"C", ""}};

    const std::string text = envelope();

    CHECK(contains(text,
                   "<w:OptionSet xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                   "s:mustUnderstand=\"true\">"
                   "<w:Option Name=\"A\" MustComply=\"true\">1</w:Option>"
                   "<w:Option Name=\"B\" MustComply=\"true\" xsi:nil=\"true\"/>"
                   "<w:Option Name=\"C\" MustComply=\"true\"></w:Option></w:OptionSet>"));
  }

  TEST_CASE_FIXTURE(RequestFixture, "An endpoint reference is embedded as XML") {
    target.selectors = {
        {"Ref",
         "<?xml version='1.0'?><r:EndpointReference "
         "xmlns:r='http://schemas.xmlsoap.org/ws/2004/08/addressing'><r:Address>urn:a</r:Address>"
         "</r:EndpointReference>",
         true}};

    CHECK(contains(envelope(),
                   "<w:Selector Name=\"Ref\"><r:EndpointReference "
                   "xmlns:r=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\"><r:Address>urn:a"
                   "</r:Address></r:EndpointReference></w:Selector>"));
  }

  TEST_CASE_FIXTURE(RequestFixture, "A text that is not an endpoint reference is refused") {
    const std::string addressing = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    for (const std::string& xml : std::vector<std::string>{
             "", "text", "<a", "<EndpointReference/>",
             // Prefixes that only the envelope around it would declare.
             "<a:EndpointReference/>",
             "<a:EndpointReference xmlns:a='" + addressing + "'/></w:Selector><w:Selector>",
             "<a:EndpointReference xmlns:a='" + addressing + "'/><x/>",
             "<!DOCTYPE a><a:EndpointReference xmlns:a='" + addressing + "'/>",
             "<a:Address xmlns:a='" + addressing + "'/>"}) {
      CAPTURE(xml);
      target.selectors = {{"Ref", xml, true}};
      const Error error = error_in(write());
      CHECK(error.code == ErrorCode::invalid_argument);
      CHECK(contains(error.message, "The value of the selector 'Ref'"));
    }
  }

  TEST_CASE_FIXTURE(RequestFixture, "A character that XML cannot hold is refused") {
    struct Row {
      void (*spoil)(RequestFixture&);
      std::string part;
    };
    for (const Row& row : std::vector<Row>{
             {[](RequestFixture& f) {
                f.target.selectors = {{"Name", "a\x01"}};
              },
              "value of the selector 'Name'"},
             {[](RequestFixture& f) {
                f.target.selectors = {{"\x02", "a"}};
              },
              "name of a selector"},
             {[](RequestFixture& f) {
                f.target.options = {{"Opt", "\xEF\xBF\xBF"}};
              },
              "value of the option 'Opt'"},
             {[](RequestFixture& f) {
                f.target.options = {{"\xC3", "a"}};
              },
              "name of an option"},
             {[](RequestFixture& f) { f.target.fragment = std::string("a\0b", 3); }, "fragment"},
             {[](RequestFixture& f) { f.target.fragment_dialect = "\x1B"; }, "dialect"},
             {[](RequestFixture& f) { f.target.resource_uri = "\x7F\x08"; }, "resource URI"},
             {[](RequestFixture& f) { f.headers.locale = "\xED\xA0\x80"; }, "locale"}}) {
      CAPTURE(row.part);
      RequestFixture fixture;
      row.spoil(fixture);
      const Error error = error_in(fixture.write());
      CHECK(error.code == ErrorCode::invalid_argument);
      CHECK(contains(error.message, row.part));
      CHECK(contains(error.message, "XML cannot hold"));
    }
  }
}

TEST_SUITE("UUID") {
  TEST_CASE("A UUID is a random GUID in upper case and new each time") {
    const std::string one = xml::new_uuid();
    CHECK(one.size() == 41);
    CHECK(one.rfind("uuid:", 0) == 0);
    CHECK(one[19] == '4');
    CHECK(one.find_first_not_of("0123456789ABCDEF-", 5) == std::string::npos);
    CHECK(one != xml::new_uuid());
  }
}

}  // namespace wsman::testing
