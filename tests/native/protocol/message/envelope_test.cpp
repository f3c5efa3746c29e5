#include "protocol/message/envelope.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "fakes/answers.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

Result<message::Envelope> read(const std::string& body, int status = 200) {
  return message::read_answer(soap_answer(body, status), kServer);
}

Error error_of(const std::string& body, int status = 200) {
  const Result<message::Envelope> envelope = read(body, status);
  return envelope.ok() ? Error{ErrorCode::internal, "It was read.", 0, {}} : envelope.error();
}

std::string name_of_element(xmlNodePtr element) {
  return element == nullptr ? "" : reinterpret_cast<const char*>(element->name);
}

std::string nested(int levels) {
  std::string open;
  std::string close;
  for (int i = 0; i < levels; ++i) {
    open += "<a>";
    close += "</a>";
  }
  return envelope_with(open + close);
}

}  // namespace

TEST_SUITE("Envelope of a request") {
  TEST_CASE("A request envelope is UTF-8 by default") {
    const HttpRequest request =
        message::to_http("<s:Envelope>\xC3\xBC</s:Envelope>", xml::TextEncoding::utf8);

    CHECK(request.content_type == "application/soap+xml;charset=UTF-8");
    CHECK(request.body == "<s:Envelope>\xC3\xBC</s:Envelope>");
    CHECK_FALSE(request.anonymous_identify);
  }

  TEST_CASE("A UTF-16 envelope is little-endian and begins with one byte order mark") {
    const HttpRequest request =
        message::to_http("<a>\xC3\xBC\xE2\x82\xAC</a>", xml::TextEncoding::utf16);

    CHECK(request.content_type == "application/soap+xml;charset=UTF-16");
    CHECK(request.body == std::string("\xFF\xFE<\0a\0>\0\xFC\0\xAC\x20<\0/\0a\0>\0", 20));
  }

  TEST_CASE("A UTF-16 envelope has characters beyond the basic plane as surrogate pairs") {
    const HttpRequest request = message::to_http("\xF0\x9F\x98\x80", xml::TextEncoding::utf16);

    CHECK(request.body == std::string("\xFF\xFE\x3D\xD8\x00\xDE", 6));
  }

  TEST_CASE("A large envelope is converted to UTF-16 completely") {
    const HttpRequest request =
        message::to_http(std::string(100000, 'x'), xml::TextEncoding::utf16);

    CHECK(request.body.size() == 200002);
  }
}

TEST_SUITE("Envelope of a response") {
  TEST_CASE("The first element of the Body is found behind comments and blanks") {
    const auto envelope = read(envelope_with("<!-- a comment --> <first/> <second/>"));

    REQUIRE(envelope.ok());
    CHECK(name_of_element(envelope.value().body_child()) == "first");
  }

  TEST_CASE("An empty Body is accepted") {
    const auto envelope = read(envelope_with(""));

    REQUIRE(envelope.ok());
    CHECK(envelope.value().body_child() == nullptr);
  }

  TEST_CASE("The Body is found whatever the namespace prefixes are") {
    for (const std::string& body : std::vector<std::string>{
             "<Envelope xmlns='http://www.w3.org/2003/05/soap-envelope'><Body>"
             "<x xmlns='urn:x'/></Body></Envelope>",
             "<SOAP-ENV:Envelope xmlns:SOAP-ENV='http://www.w3.org/2003/05/soap-envelope'>"
             "<SOAP-ENV:Header><h/></SOAP-ENV:Header><SOAP-ENV:Body><x/></SOAP-ENV:Body>"
             "</SOAP-ENV:Envelope>",
             "<?xml version='1.0' encoding='UTF-8'?>\r\n<e:Envelope "
             "xmlns:e='http://www.w3.org/2003/05/soap-envelope'><e:Body><x/></e:Body>"
             "</e:Envelope>\r\n"}) {
      CAPTURE(body);
      const auto envelope = read(body);
      REQUIRE(envelope.ok());
      CHECK(name_of_element(envelope.value().body_child()) == "x");
    }
  }

  TEST_CASE("A UTF-16 envelope is accepted") {
    const std::string text = "<?xml version='1.0' encoding='UTF-16'?>" + envelope_with("<x/>");

    const auto envelope = read(message::to_http(text, xml::TextEncoding::utf16).body);

    REQUIRE(envelope.ok());
    CHECK(name_of_element(envelope.value().body_child()) == "x");
  }

  TEST_CASE("An envelope with the media type text/xml is accepted") {
    CHECK(message::read_answer({200, "text/xml", "", identify_answer()}, kServer).ok());
  }

  TEST_CASE("A copy of an envelope stays valid after the original is gone") {
    Result<message::Envelope> envelope = read(envelope_with("<x/>"));
    const message::Envelope copy = envelope.value();
    envelope = Error{};

    CHECK(name_of_element(copy.body_child()) == "x");
  }
}

TEST_SUITE("Invalid envelope") {
  TEST_CASE("An envelope that is not well-formed XML is refused") {
    for (const std::string& body : std::vector<std::string>{
             "<s:Envelope", envelope_with("<a></b>"), envelope_with("&unknown;"),
             envelope_with("\xFF\xFE"), "no xml at all", " ", identify_answer() + "<more/>"}) {
      CAPTURE(body);
      const Error error = error_of(body);
      CHECK(error.code == ErrorCode::protocol);
      CHECK(error.wsman_code == 0x80338043);
      CHECK(contains(error.message, "The answer of server01 (port 5986) is not well-formed XML"));
    }
  }

  TEST_CASE("An envelope with a DOCTYPE is refused and its entities are not expanded") {
    for (const std::string& doctype :
         std::vector<std::string>{"<!DOCTYPE s:Envelope>", "<!DOCTYPE a [<!ENTITY e 'expanded'>]>",
                                  "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>",
                                  "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"}) {
      CAPTURE(doctype);
      const Error error = error_of(doctype + envelope_with("<a/>"));
      CHECK(error.code == ErrorCode::protocol);
      CHECK(contains(error.message, "has a DOCTYPE, which SOAP forbids"));
    }
  }

  TEST_CASE("Exponential entity expansion is refused without using time or memory") {
    std::string entities = "<!ENTITY e0 'xxxxxxxxxx'>";
    for (int i = 1; i < 20; ++i) {
      entities += "<!ENTITY e" + std::to_string(i) + " '";
      for (int j = 0; j < 10; ++j) entities += "&e" + std::to_string(i - 1) + ";";
      entities += "'>";
    }

    const Error error = error_of("<!DOCTYPE a [" + entities + "]>" + envelope_with("<a>&e19;</a>"));

    CHECK(error.code == ErrorCode::protocol);
  }

  TEST_CASE("XML that is nested more than 256 levels deep is refused") {
    CHECK(read(nested(200)).ok());
    CHECK(error_of(nested(300)).code == ErrorCode::protocol);
    CHECK(error_of(nested(100000)).code == ErrorCode::protocol);
  }

  TEST_CASE("A document that is not a SOAP 1.2 envelope is refused") {
    const std::string soap = "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'";
    const std::string older = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'>";
    for (const std::string& body : std::vector<std::string>{
             "<a/>", "<Envelope><Body/></Envelope>", older + "<s:Body/></s:Envelope>", soap + "/>",
             soap + "><Body/></s:Envelope>"}) {
      CAPTURE(body);
      const Error error = error_of(body);
      CHECK(error.code == ErrorCode::protocol);
      CHECK(error.wsman_code == 0x803380F4);
      CHECK(contains(error.message, "is no SOAP 1.2 envelope"));
    }
  }

  TEST_CASE("An empty response body is refused") {
    const Error error = error_of("");

    CHECK(error.code == ErrorCode::protocol);
    CHECK(error.wsman_code == 0x803380F5);
    CHECK(contains(error.message, "is empty"));
  }
}

TEST_SUITE("HTTP status and Body") {
  TEST_CASE("A fault in the Body is reported as a fault, whatever the HTTP status") {
    for (const int status : {200, 400, 500}) {
      CAPTURE(status);
      const Error error = error_of(fault_with(""), status);
      CHECK(error.code == ErrorCode::fault);
      CHECK(contains(error.fault_xml, "Fault"));
    }
  }

  TEST_CASE("A fault tells that the request was not done, unless it is about another message") {
    const std::string fault = fault_with("");
    const size_t header = fault.find("<s:Header/>");
    const auto outcome = [&](const std::string& relates_to) {
      std::string text = fault;
      const std::string block =
          "<s:Header><a:RelatesTo xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\"> " +
          relates_to + " </a:RelatesTo></s:Header>";
      text.replace(header, std::string("<s:Header/>").size(), block);
      const auto answer = message::read_answer(soap_answer(text, 500), kServer, "uuid:A");
      REQUIRE_FALSE(answer.ok());
      CHECK(answer.error().code == ErrorCode::fault);
      return answer.error().outcome;
    };

    CHECK(error_of(fault, 500).outcome == Outcome::not_done);
    CHECK(outcome("uuid:a") == Outcome::not_done);
    CHECK(outcome("uuid:b") == Outcome::unknown);
    CHECK(error_of("<s:Envelope").outcome == Outcome::unknown);
  }

  TEST_CASE("A Body without a fault is reported by the HTTP status") {
    const Error error = error_of(identify_answer(), 500);

    CHECK(error.code == ErrorCode::http);
    CHECK(contains(error.message, "500"));
  }

  TEST_CASE("An empty response body is reported by the HTTP status") {
    CHECK(error_of("", 503).code == ErrorCode::http);
  }

  TEST_CASE("A response without SOAP is reported by the HTTP status") {
    const auto envelope = message::read_answer({404, "text/html", "", "<html/>"}, kServer);

    REQUIRE_FALSE(envelope.ok());
    CHECK(envelope.error().code == ErrorCode::http);
    CHECK(envelope.error().wsman_code == 0x80338113);
  }

  TEST_CASE("A web page with a successful status is reported as a web page") {
    const auto envelope = message::read_answer({200, "text/html", "", identify_answer()}, kServer);

    REQUIRE_FALSE(envelope.ok());
    CHECK(envelope.error().code == ErrorCode::http);
    CHECK(contains(envelope.error().message, "a web page"));
  }
}

TEST_SUITE("XML element") {
  TEST_CASE("A child element is found by its local name") {
    const auto envelope = read(envelope_with("<p xmlns:q='urn:q'>text<q:a/><b/><b/></p>"));
    xmlNodePtr parent = envelope.value().body_child();

    CHECK(name_of_element(xml::child_named(parent, "a")) == "a");
    CHECK(name_of_element(xml::child_named(parent, "b")) == "b");
    CHECK(xml::child_named(parent, "c") == nullptr);
    CHECK(xml::child_named(nullptr, "a") == nullptr);
  }

  TEST_CASE("The text of an element is given without white space around it") {
    const auto envelope = read(envelope_with("<p>\r\n\t some <b>bold</b> text \n</p>"));

    CHECK(xml::text_of(envelope.value().body_child()) == "some bold text");
    CHECK(xml::text_of(nullptr).empty());
    CHECK(xml::text_of(read(envelope_with("<p> \n </p>")).value().body_child()).empty());
  }

  TEST_CASE("An element is written as a document with every namespace that it uses") {
    const auto envelope = read(
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:p='urn:p' "
        "xmlns:q='urn:q'><s:Body><p:a q:b='1'><p:c/>&lt;</p:a></s:Body></s:Envelope>");

    const std::string xml = xml::xml_of(envelope.value().body_child()).value();

    CHECK(contains(xml, "xmlns:p=\"urn:p\""));
    CHECK(contains(xml, "xmlns:q=\"urn:q\""));
    CHECK(contains(xml, "q:b=\"1\""));
    CHECK(contains(xml, "<p:c/>&lt;</p:a>"));
    CHECK(read(envelope_with(xml)).ok());
  }
}

}  // namespace wsman::testing
