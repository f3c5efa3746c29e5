#include "protocol/message/envelope.h"

#include <doctest/doctest.h>

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "fakes/answers.h"
#include "support/advice.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

Result<message::Envelope> read(const std::string& body, int status = 200) {
  return message::read_answer(soap_answer(body, status), {kServer});
}

Error error_of(const std::string& body, int status = 200) {
  const Result<message::Envelope> envelope = read(body, status);
  return envelope.ok() ? Error{ErrorCode::internal, "It was read.", 0, {}} : envelope.error();
}

std::string name_of_element(xmlNodePtr element) {
  return element == nullptr ? "" : reinterpret_cast<const char*>(element->name);
}

Error error_in(const Result<message::Envelope>& envelope) {
  return envelope.ok() ? Error{ErrorCode::internal, "It was read.", 0, {}} : envelope.error();
}

std::string soap11_with(const std::string& body) {
  return "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>" + body +
         "</s:Body></s:Envelope>";
}

// An envelope with that text, behind an XML declaration unless no encoding is given.
std::string declared(const std::string& encoding, const std::string& text) {
  const std::string declaration =
      encoding.empty() ? "" : "<?xml version='1.0' encoding='" + encoding + "'?>";
  return declaration + envelope_with("<x>" + text + "</x>");
}

Result<message::Envelope> read_with(const std::string& body, const std::string& charset) {
  HttpResponse response = soap_answer(body);
  response.charset = charset;
  return message::read_answer(response, {kServer});
}

// The text of the envelope's first element, or the error.
std::string text_in(const std::string& body, const std::string& charset) {
  const Result<message::Envelope> envelope = read_with(body, charset);
  return envelope.ok() ? xml::text_of(envelope.value().body_child()) : envelope.error().message;
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
    CHECK(message::read_answer({200, "text/xml", "", identify_answer()}, {kServer}).ok());
  }

  TEST_CASE("A copy of an envelope stays valid after the original is gone") {
    Result<message::Envelope> envelope = read(envelope_with("<x/>"));
    const message::Envelope copy = envelope.value();
    envelope = Error{};

    CHECK(name_of_element(copy.body_child()) == "x");
  }
}

TEST_SUITE("Encoding of an envelope") {
  TEST_CASE("The byte order mark comes first, then the charset, then the declaration") {
    const std::string utf8 = "\xC3\xBC";
    const std::string latin1 = "\xFC";
    const std::string mark = "\xEF\xBB\xBF";
    for (const auto& row : std::vector<std::tuple<std::string, std::string, std::string>>{
             {"", "", utf8},
             {"", "ISO-8859-1", latin1},
             {"", "UTF-16", utf8},
             {"UTF-8", "ISO-8859-1", utf8},
             {"utf8", "windows-1252", utf8},
             {"UTF-8", "utf-16", utf8},
             {"iso-8859-1", "", latin1},
             {"latin1", "UTF-8", latin1},
             {"UTF-16", "", utf8},
             {"UTF-16", "ISO-8859-1", latin1}}) {
      const auto& [charset, declaration, text] = row;
      CAPTURE(std::get<0>(row));
      CAPTURE(std::get<1>(row));
      CHECK(text_in(declared(declaration, text), charset) == utf8);
    }
    CHECK(text_in(mark + declared("ISO-8859-1", utf8), "ISO-8859-1") == utf8);
    CHECK(text_in(xml::to_utf16(declared("UTF-16", utf8)), "UTF-8") == utf8);
    CHECK(text_in(xml::to_utf16(declared("", utf8)).substr(2), "UTF-16LE") == utf8);
    CHECK(text_in(xml::to_utf16(declared("", utf8)).substr(2), "") == utf8);
  }

  TEST_CASE("An encoding that is not read is named") {
    for (const auto& row : std::vector<std::pair<std::string, std::string>>{
             {"windows-1252", "UTF-8"}, {"", "windows-1252"}, {"UTF-16", "windows-1252"}}) {
      CAPTURE(row.first);
      const Error error = error_in(read_with(declared(row.second, "x"), row.first));
      CHECK(error.wsman_code == 0x80338043);
      CHECK(contains(error.message, "is encoded in windows-1252"));
      CHECK(advice_of(error) == "UpdateServer");
    }
  }

  TEST_CASE("Bytes that are not in the encoding of an envelope are told, not guessed") {
    CHECK(contains(error_in(read_with(declared("", "\xC3\xBC"), "US-ASCII")).message,
                   "has bytes that are not US-ASCII"));
    CHECK(contains(error_in(read_with(declared("", "\xFC"), "UTF-8")).message,
                   "has bytes that are not UTF-8"));
    CHECK(contains(error_in(read_with(xml::to_utf16(declared("", "x")) + "y", "")).message,
                   "has bytes that are not UTF-16"));
  }

  TEST_CASE("An envelope without a media type, or with that of XML, is accepted") {
    for (const char* type : {"", "application/xml"}) {
      CAPTURE(type);
      CHECK(message::read_answer({200, type, "", identify_answer()}, {kServer}).ok());
      CHECK(error_in(message::read_answer({200, type, "", "<html/>"}, {kServer})).code ==
            ErrorCode::http);
      CHECK(error_in(message::read_answer({200, type, "", "hello"}, {kServer})).code ==
            ErrorCode::http);
      const HttpResponse busy{503, type, "", "<html/>", "windows-1252"};
      CHECK(contains(error_in(message::read_answer(busy, {kServer})).message, "HTTP 503"));
      CHECK(contains(
          error_in(message::read_answer({200, type, "", envelope_with("<p>&#1;</p>")}, {kServer}))
              .message,
          "U+0001"));
    }
  }
}

TEST_SUITE("Invalid envelope") {
  TEST_CASE("An envelope that is not well-formed XML is refused") {
    for (const std::string& body : std::vector<std::string>{
             "<s:Envelope", envelope_with("<a></b>"), envelope_with("&unknown;"), "no xml at all",
             " ", identify_answer() + "<more/>"}) {
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
    for (const std::string& body : std::vector<std::string>{
             "<a/>", "<Envelope><Body/></Envelope>", soap + "/>", soap + "><Body/></s:Envelope>",
             "<s:Other xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body/></s:Other>"}) {
      CAPTURE(body);
      const Error error = error_of(body);
      CHECK(error.code == ErrorCode::protocol);
      CHECK(error.wsman_code == 0x803380F4);
      CHECK(contains(error.message, "is no SOAP 1.2 envelope"));
    }
  }

  TEST_CASE("An envelope of SOAP 1.1 is told as one") {
    const Error error = error_of(soap11_with(""));

    CHECK(error.wsman_code == 0x803380F4);
    CHECK(contains(error.message, "is a SOAP 1.1 envelope"));
  }

  TEST_CASE("The flaw of an envelope is told with its place") {
    for (const auto& row : std::vector<std::pair<std::string, std::string>>{
             {"<p><q>a&#1;b</q></p>",
              "has the character U+0001, which XML forbids, in the element q"},
             {"<p><q>a\x0B</q></p>",
              "has the character U+000B, which XML forbids, in the element q"},
             {"<p>&#xFFFE;</p>", "has the character U+FFFE, which XML forbids, in the element p"},
             {"<p>\xEF\xBF\xBF</p>",
              "has the character U+FFFF, which XML forbids, in the element p"},
             {"<p><q/>&#x110000;</p>", "has a character, which XML forbids, in the element p"},
             {"<p><q a='&#2;'/></p>",
              "has the character U+0002, which XML forbids, in the element p"},
             {"<p>a\xFF\xFE</p>", "has bytes that are not UTF-8, in the element p"},
             {"<p>\xC3</p>", "has bytes that are not UTF-8, in the element p"},
             {"<p><q></p>", "is not well-formed XML, in the element q"}}) {
      CAPTURE(row.first);
      const HttpResponse answer = soap_answer(envelope_with(row.first));
      const Error error = error_in(message::read_answer(answer, {kServer, "uuid:1"}));
      CHECK(error.code == ErrorCode::protocol);
      CHECK(error.wsman_code == 0x80338043);
      CHECK(contains(error.message, row.second));
      CHECK(advice_of(error) == "AskWithoutElement");
      // Of the answer to Identify, which has no message id, nothing can be left out.
      CHECK(advice_of(error_in(message::read_answer(answer, {kServer}))) == "UpdateServer");
    }
  }

  TEST_CASE("An overlong form is not UTF-8, in CDATA either, where libxml2 reads it") {
    const HttpResponse answer = soap_answer(envelope_with("<p><![CDATA[\xC0\xA4]]></p>"));
    const Error error = error_in(message::read_answer(answer, {kServer, "uuid:1"}));
    CHECK(contains(error.message, "has bytes that are not UTF-8"));
    CHECK(advice_of(error) == "UpdateServer");
  }

  TEST_CASE("Bytes that are not UTF-8 are not said to be where another flaw is") {
    const HttpResponse answer = soap_answer(envelope_with("<q><p></q><![CDATA[\xC0\xA4]]>"));
    const Error error = error_in(message::read_answer(answer, {kServer, "uuid:1"}));
    CHECK(contains(error.message, "has bytes that are not UTF-8"));
    CHECK_FALSE(contains(error.message, "in the element"));
  }

  TEST_CASE("The advice on an envelope that breaks off is not to ask for less of it") {
    const std::string whole = envelope_with("<p/>");
    for (const char* end : {"</s:Envelope>", "</s:Body>"}) {
      CAPTURE(end);
      const HttpResponse answer = soap_answer(whole.substr(0, whole.find(end)));
      const Error error = error_in(message::read_answer(answer, {kServer, "uuid:1"}));
      CHECK(error.code == ErrorCode::protocol);
      CHECK(advice_of(error) == "UpdateServer");
    }
  }

  TEST_CASE("The advice is about port and path only if no envelope began") {
    CHECK(advice_of(error_of("<a>&#1;</a>")) == "CheckPortAndPath");
    CHECK(advice_of(error_of("hello")) == "CheckPortAndPath");
    CHECK(advice_of(error_of(envelope_with("") + "<more/>")) == "UpdateServer");
  }

  TEST_CASE(
      "An envelope with two Headers or two Bodies is refused, whatever their namespaces are") {
    for (const std::string sections :
         {"<s:Header/><s:Header/><s:Body/>", "<Header/><s:Header/><s:Body/>",
          "<s:Header/><Header/><s:Body/>", "<s:Body/><s:Body/>", "<Body/><s:Body/>",
          "<s:Body><s:Fault/></s:Body><Body/>"}) {
      CAPTURE(sections);
      const Error error =
          error_of("<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'>" + sections +
                   "</s:Envelope>");
      CHECK(error.code == ErrorCode::protocol);
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

  TEST_CASE("A fault is found behind content with its name") {
    std::string body = fault_with("");
    body.insert(body.find("<s:Fault"), "<Fault/>");

    CHECK(error_of(body).code == ErrorCode::fault);
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
      const auto answer = message::read_answer(soap_answer(text, 500), {kServer, "uuid:A"});
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
    const auto envelope = message::read_answer({404, "text/html", "", "<html/>"}, {kServer});

    REQUIRE_FALSE(envelope.ok());
    CHECK(envelope.error().code == ErrorCode::http);
    CHECK(envelope.error().wsman_code == 0x80338113);
  }

  TEST_CASE("A web page with a successful status is reported as a web page") {
    const auto envelope =
        message::read_answer({200, "text/html", "", identify_answer()}, {kServer});

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
