#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "protocol/fixture.h"

namespace wsman::testing {
namespace {

struct SetFixture : OperationFixture {
  Result<std::string> put(const std::vector<operation::NamedValues>& values) {
    return operation::set(context(), target_of("wmicimv2/Win32_Service?Name=winrm"), {values, ""},
                          call);
  }

  // What Put sent, after Get had answered service_answer().
  std::string put_of(const std::vector<operation::NamedValues>& values) {
    server->seen.clear();
    answer_in_turn({service_answer(), envelope_with("")});
    const Result<std::string> done = put(values);
    return done.ok() ? sent_body(1) : done.error().message;
  }

  // The elements of what Put sent with two values for `Names`, after Get had answered `instance`:
  // "{namespace}name=text " for each.
  std::string grown(const std::string& instance) {
    server->seen.clear();
    answer_in_turn({envelope_with(instance), envelope_with("")});
    const operation::NamedValues two{
        "Names", {{operation::Value::Kind::text, "x"}, {operation::Value::Kind::text, "y"}}};
    (void)operation::set(context(), target_of("urn:r"), {{two}, ""}, call);
    const xml::Reading sent = xml::read_xml(sent_body(1));
    std::string elements;
    for (xmlNodePtr one = xml::first_element(xmlDocGetRootElement(sent.document.get()));
         one != nullptr; one = xmlNextElementSibling(one)) {
      const std::string uri =
          one->ns == nullptr ? "" : reinterpret_cast<const char*>(one->ns->href);
      elements += "{" + uri + "}" + std::string(xml::name_of(one)) + "=" + xml::text_of(one) + " ";
    }
    return elements;
  }
};

}  // namespace

TEST_SUITE("Set") {
  TEST_CASE_FIXTURE(SetFixture,
                    "A new text changes one element and leaves all others as they were") {
    const std::string body = put_of({text("Name", "new & <b>")});

    CHECK(contains(body,
                   "<p:Name>new &amp; &lt;b&gt;</p:Name><p:Description xsi:nil=\"true\"/><p:Date>"
                   "<cim:Datetime>2013-03-09T02:57:32Z</cim:Datetime></p:Date><p:Tag>a</p:Tag>"
                   "<p:Other xsi:type=\"cim:cimString\">1</p:Other><p:Tag>b</p:Tag>"));
    CHECK(contains(body, "xsi:type=\"p:Win32_Service_Type\""));
    CHECK_FALSE(contains(body, "xml:lang"));
    REQUIRE(server->requests().size() == 2);
    CHECK(contains(sent(1), ">http://schemas.xmlsoap.org/ws/2004/09/transfer/Put<"));
    CHECK_FALSE(server->requests()[1].idempotent);
  }

  TEST_CASE_FIXTURE(SetFixture,
                    "A nil element can get a value, and an element with a value can become nil") {
    CHECK(contains(put_of({text("Description", "x")}), "<p:Description>x</p:Description>"));
    CHECK(contains(put_of({{"Name", {{operation::Value::Kind::nil, ""}}}}),
                   "<p:Name xsi:nil=\"true\"/>"));
    CHECK(contains(put_of({{"Date", {{operation::Value::Kind::nil, ""}}}}),
                   "<p:Date xsi:nil=\"true\"/>"));
    CHECK(contains(put_of({{"Name", {}}}), "<p:Name xsi:nil=\"true\"/>"));
    CHECK(contains(put_of({text("Name", "")}), "<p:Name"));
  }

  TEST_CASE_FIXTURE(SetFixture,
                    "The prefix of xsi:nil is declared if the instance does not declare it") {
    answer_in_turn({envelope_with("<x xmlns:xsi='urn:else'><a>1</a></x>"), envelope_with("")});
    REQUIRE(operation::set(context(), target_of("urn:x"),
                           {{{"a", {{operation::Value::Kind::nil, ""}}}}, ""}, call)
                .ok());

    CHECK(contains(sent_body(1), "<a xmlns:xsi1=\"" + kXsi + "\" xsi1:nil=\"true\"/>"));
  }

  TEST_CASE_FIXTURE(SetFixture, "An array replaces all elements of its name") {
    const operation::NamedValues three{"Tag",
                                       {{operation::Value::Kind::text, "1"},
                                        {operation::Value::Kind::nil, ""},
                                        {operation::Value::Kind::text, "3"}}};
    CHECK(contains(put_of({three}),
                   "<p:Tag>1</p:Tag><p:Other xsi:type=\"cim:cimString\">1</p:Other>"
                   "<p:Tag xsi:nil=\"true\"/><p:Tag>3</p:Tag>"));
    const std::string none = put_of({{"Tag", {}}});
    CHECK(contains(none, "<p:Tag xsi:nil=\"true\"/>"));
    CHECK_FALSE(contains(none, "<p:Tag>"));
    CHECK(contains(
        put_of(
            {{"Name", {{operation::Value::Kind::text, "1"}, {operation::Value::Kind::text, "2"}}}}),
        "<p:Name>1</p:Name><p:Name>2</p:Name>"));
  }

  TEST_CASE_FIXTURE(SetFixture, "A new element of an array has the namespace of the others") {
    CHECK(grown("<p:R xmlns:p='urn:r'><Names xmlns='urn:n'>a</Names><Other>b</Other></p:R>") ==
          "{urn:n}Names=x {urn:n}Names=y {}Other=b ");
    CHECK(grown("<p:R xmlns:p='urn:r'><p:Names xmlns:p='urn:n'>a</p:Names><p:Other/></p:R>") ==
          "{urn:n}Names=x {urn:n}Names=y {urn:r}Other= ");
    CHECK(grown("<R xmlns='urn:r'><Names xmlns=''>a</Names><Other/></R>") ==
          "{}Names=x {}Names=y {urn:r}Other= ");
    CHECK(grown("<R xmlns='urn:r'><Names>a</Names></R>") == "{urn:r}Names=x {urn:r}Names=y ");
    CHECK(sent_body(1) == "<R xmlns=\"urn:r\"><Names>x</Names><Names>y</Names></R>");
  }

  TEST_CASE_FIXTURE(SetFixture, "A new element of an array has the type of the others") {
    const std::string start = "<Names xmlns:c=\"urn:c\" xmlns:i=\"" + kXsi + "\" i:type=\"c:T\">";
    (void)grown("<R>" + start + "a</Names></R>");

    CHECK(sent_body(1) == "<R>" + start + "x</Names>" + start + "y</Names></R>");
  }

  TEST_CASE_FIXTURE(SetFixture,
                    "An XML value replaces the content of an element, child elements included") {
    const std::string cim = "http://schemas.dmtf.org/wbem/wscim/1/common";
    CHECK(contains(put_of({{"Date",
                            {{operation::Value::Kind::xml,
                              "<c:Date xmlns:c='" + cim + "'>2020-01-01</c:Date>"}}}}),
                   "<p:Date><c:Date xmlns:c=\"" + cim + "\">2020-01-01</c:Date></p:Date>"));
  }

  TEST_CASE_FIXTURE(SetFixture,
                    "A Location value changes the resource's element and not that of CIM") {
    const std::string body = put_of({text("Location", "there")});

    CHECK(contains(body, "<cim:Location>hidden</cim:Location><p:Location>there</p:Location>"));
  }

  TEST_CASE_FIXTURE(SetFixture, "A value that fits no single element is refused before the Put") {
    for (const auto& row : std::vector<std::pair<operation::NamedValues, std::string>>{
             {text("name", "x"), "There is no 'name' in what " + kService + " answers"},
             {text("Missing", "x"), "There is no 'Missing'"},
             {text("Datetime", "x"), "There is no 'Datetime'"},
             {text("Tag", "x"), "There are 2 elements 'Tag'"},
             {text("Date", "x"), "has elements inside"},
             {text("Name", "\x01"), "The value of 'Name' has a character"},
             {{"Name", {{operation::Value::Kind::xml, "<a>"}}},
              "The value of 'Name' is not well-formed"}}) {
      const auto& values = row.first;
      const auto& part = row.second;
      CAPTURE(part);
      server->seen.clear();
      answer(service_answer());
      const Error error = error_in(put({values}));
      CHECK(error.code == ErrorCode::invalid_argument);
      CHECK(contains(error.message, part));
      CHECK(server->requests().size() == 1);
    }
  }

  TEST_CASE_FIXTURE(SetFixture, "Sections of CDATA in the instance do not become markup") {
    const std::string other = "<b><![CDATA[x]]]]><![CDATA[><c/><![CDATA[]]></b>";
    answer_in_turn({envelope_with("<x><a>1</a>" + other + "</x>"), envelope_with("")});
    REQUIRE(operation::set(context(), target_of("urn:x"), {{text("a", "2")}, ""}, call).ok());

    CHECK(sent_body(1) == "<x><a>2</a>" + other + "</x>");
  }

  TEST_CASE_FIXTURE(SetFixture, "A Set without values puts the instance back as it was") {
    CHECK(contains(put_of({}), "<p:Name>winrm</p:Name>"));
  }

  TEST_CASE_FIXTURE(SetFixture, "A Set of a document sends it as it is, without a Get") {
    answer(service_answer());
    const std::string document = "<?xml version=\"1.0\"?>\n<a xmlns=\"urn:a\"> <b x='1'/>\n</a>";

    const auto done = operation::set(context(), target_of("urn:a"), {{}, document}, call);

    REQUIRE(done.ok());
    CHECK(contains(done.value(), "<p:Win32_Service "));
    REQUIRE(server->requests().size() == 1);
    CHECK(sent_body() == "<a xmlns=\"urn:a\"> <b x=\"1\"/>\n</a>");
  }

  TEST_CASE_FIXTURE(SetFixture, "A document that is not well-formed XML is refused") {
    for (const std::string& document : std::vector<std::string>{
             "text", "<a>", "<a/><b/>", "<x:a/>", "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"}) {
      CAPTURE(document);
      const Error error =
          error_in(operation::set(context(), target_of("urn:a"), {{}, document}, call));
      CHECK(error.code == ErrorCode::invalid_argument);
      CHECK(contains(error.message, "The document for the body"));
    }
    CHECK(server->requests().empty());
  }

  TEST_CASE_FIXTURE(SetFixture, "A Set of a fragment puts the fragment in its XmlFragment") {
    answer_in_turn(
        {fragment_answer("<State>Running</State>"), fragment_answer("<State>Stopped</State>")});
    message::Target target = target_of("wmicimv2/Win32_Service");
    target.fragment = "State";

    const auto done = operation::set(context(), target, {{text("State", "Stopped")}, ""}, call);

    REQUIRE(done.ok());
    CHECK(contains(sent_body(1), "<State>Stopped</State></w:XmlFragment>"));
    CHECK(contains(sent(0), "FragmentTransfer"));
    CHECK(contains(sent(1), "FragmentTransfer"));

    REQUIRE(operation::set(context(), target, {{}, "<State>x</State>"}, call).ok());
    CHECK(sent_body(2) ==
          "<w:XmlFragment xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\"><State>x"
          "</State></w:XmlFragment>");
  }

  TEST_CASE_FIXTURE(SetFixture, "An empty Body in the response to Put is accepted") {
    answer_in_turn({service_answer(), envelope_with("")});

    CHECK(put({text("Name", "x")}).value().empty());
  }
}

}  // namespace wsman::testing
