#include "protocol/message/body_document.h"

#include <doctest/doctest.h>

#include <string>

namespace wsman::testing {
namespace {

std::string envelope_of(const std::string& body, const std::string& attributes = {},
                        const std::string& header = {}) {
  return "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'" + attributes + ">" +
         header + "<s:Body>" + body + "</s:Body></s:Envelope>";
}

std::string cut(const std::string& body, const std::string& attributes = {}) {
  return message::scan_body(envelope_of(body, attributes)).xml;
}

}  // namespace

TEST_SUITE("Body document") {
  TEST_CASE("The first element of the Body is given as it stands") {
    for (const std::string element :
         {"<a/>", "<a />", "<a\n></a\t>", "<a b='>' c=\"/>'--\"/>", "<a>&lt;<a/>&#13;</a>",
          "<a><!-- </a> --><![CDATA[</a>]]><?x </a>?></a>", "<a>\r\n<b>\xC3\xBC</b></a>"}) {
      CAPTURE(element);
      CHECK(cut(element) == element);
      CHECK(cut("text <!-- <b/> --><?b <b/>?>" + element + "<b/>") == element);
    }
  }

  TEST_CASE("Elements of other sections do not count") {
    const std::string header = "<s:Header><a><b/></a><c/></s:Header>";
    CHECK(message::scan_body(envelope_of("<d/>", "", header)).xml == "<d/>");
    CHECK(message::scan_body(envelope_of("<d/>", "", header + "<x><y/></x>")).xml == "<d/>");
  }

  TEST_CASE("What the element uses of the envelope's namespaces is declared on it") {
    const std::string around = " xmlns:p='urn:p' xmlns:q='urn:q&amp;1' xmlns='urn:d'";

    CHECK(cut("<p:a/>", around) == "<p:a xmlns:p=\"urn:p\"/>");
    CHECK(cut("<p:a b='1' q:c='2'/>", around) ==
          "<p:a xmlns:p=\"urn:p\" xmlns:q=\"urn:q&amp;1\" b='1' q:c='2'/>");
    CHECK(cut("<a><b/></a>", around) == "<a xmlns=\"urn:d\"><b/></a>");
    CHECK(cut("<p:a><q:b/><p:c/><q:b/></p:a>", around) ==
          "<p:a xmlns:p=\"urn:p\" xmlns:q=\"urn:q&amp;1\"><q:b/><p:c/><q:b/></p:a>");
  }

  TEST_CASE("What is declared within the element holds there, and not beside it") {
    const std::string around = " xmlns:p='urn:p' xmlns='urn:d'";

    CHECK(cut("<p:a xmlns:p='urn:o'><p:b/></p:a>", around) == "<p:a xmlns:p='urn:o'><p:b/></p:a>");
    CHECK(cut("<a xmlns=''><b/></a>", around) == "<a xmlns=''><b/></a>");
    CHECK(cut("<a xmlns=''><p:b xmlns:p='urn:o'/><p:c/></a>", around) ==
          "<a xmlns:p=\"urn:p\" xmlns=''><p:b xmlns:p='urn:o'/><p:c/></a>");
  }

  TEST_CASE("The Body declares over the envelope, and the Header for itself alone") {
    const std::string soap = "http://www.w3.org/2003/05/soap-envelope";
    const std::string bytes =
        "<s:Envelope xmlns:s='" + soap + "' xmlns:p='urn:1' xmlns:t='urn:t' " +
        "xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><s:Header xmlns:t='urn:h'/>" +
        "<s:Body xmlns:p='urn:2'><p:a><p:b i:type='t:x'/></p:a></s:Body></s:Envelope>";

    const std::string xml = message::scan_body(bytes).xml;

    CHECK(xml ==
          "<p:a xmlns:p=\"urn:2\" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" "
          "xmlns:t=\"urn:t\"><p:b i:type='t:x'/></p:a>");
  }

  TEST_CASE("The language of the envelope holds where the element has none") {
    CHECK(cut("<a/>", " xml:lang='de'") == "<a xml:lang=\"de\"/>");
    CHECK(cut("<a xml:lang='fr'/>", " xml:lang='de'") == "<a xml:lang='fr'/>");
    CHECK(cut("<a xml:lang=''/>", " xml:lang='de'") == "<a xml:lang=''/>");
    CHECK(cut("<a><b xml:lang='fr'/></a>", " xml:lang='de'") ==
          "<a xml:lang=\"de\"><b xml:lang='fr'/></a>");
  }

  TEST_CASE("An element that is preferred counts wherever it stands") {
    const std::string body = "<x b='1'/><p:R xmlns:p='urn:p'><x/></p:R><R/>";

    const message::BodyDocument document = message::scan_body(envelope_of(body), "R");

    CHECK(document.xml == "<p:R xmlns:p='urn:p'><x/></p:R>");
    CHECK(document.name == "R");
    CHECK(document.uri == "urn:p");
    CHECK(document.envelope.response == "x");
    CHECK(message::scan_body(envelope_of(body), "S").xml == "<x b='1'/>");
  }

  TEST_CASE("Nothing is cut out of what is no answer") {
    for (const std::string& bytes :
         {envelope_of(""), envelope_of("<s:Fault/>"), envelope_of("<a/><s:Fault/>"),
          envelope_of("<a></b>"), envelope_of("<q:a/>"), "<!DOCTYPE a>" + envelope_of("<a/>"),
          envelope_of("<a/>") + "<b/>", envelope_of("<a xmlns:p=''/>", " xmlns:p='urn:p'"),
          envelope_of("<a xmlns:xml='urn:x'/>"),
          envelope_of("<a xmlns='http://www.w3.org/2000/xmlns/'/>"),
          std::string("<x><y><z/></y></x>")}) {
      CAPTURE(bytes);
      const message::BodyDocument document = message::scan_body(bytes);
      CHECK_FALSE(document.envelope.is_answer());
      CHECK(document.xml.empty());
    }
  }
}

}  // namespace wsman::testing
