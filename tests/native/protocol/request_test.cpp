#include "protocol/request.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "protocol/fixture.h"
#include "protocol/uuid.h"

namespace wsman::testing {
namespace {

struct RequestFixture : OperationFixture {
  RequestFixture() { manner.session_id = "uuid:5E551011-0000-4000-8000-000000000001"; }

  Result<Message> write() { return write_message(context(), target, request, conversation); }

  std::string envelope() {
    Result<Message> message = write();
    return message.ok() ? message.value().envelope : message.error().message;
  }

  Target target{kService, {}, {}, "", ""};
  Request request{"Get", "urn:action", ""};
  Conversation conversation;
};

// The names of the headers, in order.
std::string header_names(const std::string& envelope) {
  const Reading reading = read_xml(envelope);
  if (reading.flaw != XmlFlaw::none) return "no XML";
  std::string names;
  xmlNodePtr header = child_named(xmlDocGetRootElement(reading.document.get()), "Header");
  for (xmlNodePtr child = first_element(header); child != nullptr;
       child = xmlNextElementSibling(child))
    names += (names.empty() ? "" : " ") + std::string(name_of(child));
  return names;
}

// The text of a header, however deep below it.
std::string header_text(const std::string& envelope, const std::string& name) {
  const Reading reading = read_xml(envelope);
  xmlNodePtr header = child_named(xmlDocGetRootElement(reading.document.get()), "Header");
  return text_of(child_named(header, name));
}

}  // namespace

TEST_SUITE("request envelope") {
  TEST_CASE_FIXTURE(RequestFixture, "has the headers of every operation in Microsoft's order") {
    target.selectors = {{"Name", "winrm"}};
    target.options = {{"Level", "1"}};
    target.fragment = "State";
    request.fragment = true;

    CHECK(header_names(envelope()) ==
          "To ResourceURI ReplyTo Action MaxEnvelopeSize MessageID Locale DataLocale SessionId "
          "OperationID SequenceId SelectorSet OptionSet FragmentTransfer OperationTimeout");
  }

  TEST_CASE_FIXTURE(RequestFixture, "leaves out what is not given") {
    manner.session_id = "";

    CHECK(header_names(envelope()) ==
          "To ResourceURI ReplyTo Action MaxEnvelopeSize MessageID Locale DataLocale OperationID "
          "SequenceId OperationTimeout");
  }

  TEST_CASE_FIXTURE(RequestFixture, "says what the session wants") {
    manner.max_envelope_octets = 153600;
    manner.operation_timeout = Milliseconds(1500);
    manner.locale = "de-DE";
    manner.data_locale = "fr-FR";

    const std::string text = envelope();

    CHECK(contains(text, "<a:To>https://server01:5986/wsman</a:To>"));
    CHECK(contains(text, "<w:MaxEnvelopeSize s:mustUnderstand=\"true\">153600<"));
    CHECK(contains(text, "<w:Locale xml:lang=\"de-DE\" s:mustUnderstand=\"false\"/>"));
    CHECK(contains(text, "<p:DataLocale xml:lang=\"fr-FR\" s:mustUnderstand=\"false\"/>"));
    CHECK(contains(text, "<p:SessionId s:mustUnderstand=\"false\">" + manner.session_id + "<"));
    CHECK(contains(text, "<w:OperationTimeout>PT1.500S</w:OperationTimeout>"));
    CHECK(contains(text,
                   "<a:ReplyTo><a:Address s:mustUnderstand=\"true\">http://schemas.xmlsoap.org/ws/"
                   "2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>"));
  }

  TEST_CASE_FIXTURE(RequestFixture,
                    "has a new message id each time, and one operation id throughout") {
    const Result<Message> first = write();
    const Result<Message> second = write();

    REQUIRE(first.ok());
    REQUIRE(second.ok());
    CHECK(first.value().id != second.value().id);
    CHECK(header_text(first.value().envelope, "MessageID") == first.value().id);
    CHECK(header_text(first.value().envelope, "OperationID") == conversation.operation_id);
    CHECK(header_text(second.value().envelope, "OperationID") == conversation.operation_id);
    CHECK(header_text(first.value().envelope, "SequenceId") == "1");
    CHECK(header_text(second.value().envelope, "SequenceId") == "2");
  }

  TEST_CASE_FIXTURE(RequestFixture, "keeps any text inside its place") {
    const std::string text = "</w:Selector>&\"'<x a='1'>\n\r\t]]>\xC3\xBC\xF0\x9F\x98\x80";
    target.selectors = {{"a\"b<&", text}};
    target.options = {{"o\"<", text}};
    target.fragment = text;
    request.fragment = true;

    const Reading reading = read_xml(envelope());

    REQUIRE(reading.flaw == XmlFlaw::none);
    xmlNodePtr header = child_named(xmlDocGetRootElement(reading.document.get()), "Header");
    xmlNodePtr selector = first_element(child_named(header, "SelectorSet"));
    xmlNodePtr option = first_element(child_named(header, "OptionSet"));
    CHECK(text_of(selector) == text);
    CHECK(attribute_of(selector, "Name") == "a\"b<&");
    CHECK(text_of(option) == text);
    CHECK(attribute_of(option, "Name") == "o\"<");
    CHECK(text_of(child_named(header, "FragmentTransfer")) == text);
  }

  TEST_CASE_FIXTURE(RequestFixture, "demands every option, and has nil for one without a value") {
    target.options = {{"A", "1"}, {"B", {}}, {"C", ""}};

    const std::string text = envelope();

    CHECK(contains(text,
                   "<w:OptionSet xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                   "s:mustUnderstand=\"true\">"
                   "<w:Option Name=\"A\" MustComply=\"true\">1</w:Option>"
                   "<w:Option Name=\"B\" MustComply=\"true\" xsi:nil=\"true\"/>"
                   "<w:Option Name=\"C\" MustComply=\"true\"></w:Option></w:OptionSet>"));
  }

  TEST_CASE_FIXTURE(RequestFixture, "embeds a reference as XML") {
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

  TEST_CASE_FIXTURE(RequestFixture, "takes no reference that is none") {
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

  TEST_CASE_FIXTURE(RequestFixture, "is not written with a character that XML cannot hold") {
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
             {[](RequestFixture& f) { f.manner.locale = "\xED\xA0\x80"; }, "locale"}}) {
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

TEST_SUITE("uuid") {
  TEST_CASE("is a random GUID in upper case, new each time") {
    const std::string one = new_uuid();
    CHECK(one.size() == 41);
    CHECK(one.rfind("uuid:", 0) == 0);
    CHECK(one[19] == '4');
    CHECK(one.find_first_not_of("0123456789ABCDEF-", 5) == std::string::npos);
    CHECK(one != new_uuid());
  }
}

}  // namespace wsman::testing
