#include "protocol/operation/page.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "protocol/fixture.h"
#include "protocol/xml/encoding.h"

namespace wsman::testing {
namespace {

const std::string kPageSpaces =
    " xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\" "
    "xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"";

std::string page_with(const std::string& items, const std::string& before = {}) {
  return before + "<s:Envelope xml:lang='\xC3\xBC'" + kPageSpaces +
         "><s:Body><n:PullResponse><n:Items>" + items +
         "</n:Items></n:PullResponse></s:Body></s:Envelope>";
}

// A page with an item twice, among what is none.
std::string twice(const std::string& item) {
  return page_with("\r\n<!-- <x> --><?pi <y>?>" + item + "text&amp;" + item + "\t");
}

std::string nested_items(int levels) {
  std::string open;
  std::string close;
  for (int i = 0; i < levels; ++i) {
    open += "<a>";
    close += "</a>";
  }
  return open + close;
}

// The items in an answer with these bytes, as Pull gives them; or why it does not.
std::string pulled(const std::string& bytes, const std::string& charset = {}) {
  OperationFixture fixture;
  HttpResponse response = soap_answer(bytes);
  response.charset = charset;
  fixture.server->on_exchange = [&](const HttpRequest&, const Call&) { return response; };
  message::OperationSequence sequence;
  const Result<operation::Page> page = operation::pull(fixture.context(), {"urn:x", {}, {}, "", ""},
                                                       "c", 1000000, sequence, fixture.call);
  if (!page.ok()) return page.error().message;
  const std::string start = "<n:Items>";
  const size_t begin = page.value().bytes.find(start) + start.size();
  return page.value().bytes.substr(begin, page.value().bytes.find("</n:Items>") - begin);
}

}  // namespace

TEST_SUITE("Page scan") {
  TEST_CASE("The items are counted and the language is read") {
    const operation::PageScan scan =
        operation::scan_page(page_with("<a>\xC3\xBC\xE2\x82\xAC</a><b x='\xF0\x9F\x98\x80'/>"));

    REQUIRE(scan.envelope.well_formed);
    CHECK(scan.count == 2);
    CHECK(scan.envelope.language == "\xC3\xBC");
    CHECK(scan.envelope.response == "PullResponse");
  }

  TEST_CASE("Items are counted among all constructs of XML") {
    for (const std::string& item :
         std::vector<std::string>{"<a/>", "<a\n/>", "<a\r\n x = \"1\"\t/>", "<a></a>", "<a></a \n>",
                                  "<a x='&lt;&gt;&quot;&#65;'>&lt;b></a>",
                                  "<a><![CDATA[<b></a>]]></a>", "<a><!-- <b> --><?p <c> ?></a>",
                                  "<p:a xmlns:p='urn:p'><p:a/></p:a>", "<a>]]&gt;\r\n\t</a>"}) {
      CAPTURE(item);
      const operation::PageScan scan = operation::scan_page(twice(item));
      CHECK(scan.envelope.well_formed);
      CHECK(scan.count == 2);
    }
  }

  TEST_CASE("Thousands of items are counted") {
    std::string items;
    for (int i = 0; i < 20000; ++i) items += "<row><n>" + std::to_string(i) + "</n></row>\n";

    CHECK(operation::scan_page(page_with(items)).count == 20000);
  }

  TEST_CASE("The page scan accepts the same nesting depth as the XML parser") {
    CHECK(
        operation::scan_page(page_with(nested_items(xml::kMostLevels - 10))).envelope.well_formed);
    CHECK_FALSE(
        operation::scan_page(page_with(nested_items(xml::kMostLevels + 1))).envelope.well_formed);
    CHECK_FALSE(operation::scan_page(page_with(nested_items(100000))).envelope.well_formed);
  }

  TEST_CASE("A page that is not well-formed XML is refused") {
    for (const std::string& bytes : std::vector<std::string>{
             "", " ", "text", "<a", "<a></b>", page_with("<a>"), page_with("<p:a/>"),
             page_with("<a p:b=''/>"), page_with("<a b='1' b='2'/>"), page_with("&e;"),
             page_with("\x01"), page_with("\xFF"), page_with("<a/>") + "<b/>",
             page_with("<a/>", "<!DOCTYPE a>"),
             page_with("&b;", "<!DOCTYPE a [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;'>]>")}) {
      CAPTURE(bytes);
      CHECK_FALSE(operation::scan_page(bytes).envelope.well_formed);
    }
  }

  TEST_CASE("A page is refused in which what may stand there once stands twice") {
    const std::string other = "<Header xmlns=''/><Body xmlns=''/>";
    const std::string items = "<n:Items><a/></n:Items>";
    const auto well_formed = [](const std::string& sections) {
      return operation::scan_page("<s:Envelope" + kPageSpaces + ">" + sections + "</s:Envelope>")
          .envelope.well_formed;
    };
    const auto with_parts = [](const std::string& parts) {
      return "<s:Body><n:PullResponse>" + parts + "</n:PullResponse></s:Body>";
    };
    CHECK(well_formed("<s:Header/>" + with_parts(items)));
    CHECK(well_formed(with_parts(items + "<n:EnumerationContext/><n:EndOfSequence/>")));
    CHECK_FALSE(well_formed("<s:Header/><s:Header/>" + with_parts(items)));
    CHECK_FALSE(well_formed("<s:Header/><s:Body/>" + with_parts(items)));
    CHECK_FALSE(well_formed(other + with_parts(items)));
    CHECK_FALSE(well_formed("<s:Header/>" + with_parts(items) + other));
    CHECK_FALSE(well_formed(with_parts(items + items)));
    CHECK_FALSE(well_formed(with_parts("<Items><b/></Items>" + items)));
    CHECK_FALSE(well_formed(with_parts("<n:EnumerationContext/><n:EnumerationContext/>")));
    CHECK_FALSE(well_formed(with_parts("<EnumerationContext/><n:EnumerationContext/>")));
  }

  TEST_CASE("Of several messages that an answer relates to the first one counts") {
    const auto relates_to = [](const std::string& header) {
      return operation::scan_page("<s:Envelope" + kPageSpaces + "><s:Header>" + header +
                                  "</s:Header><s:Body/></s:Envelope>")
          .envelope.relates_to;
    };
    CHECK(relates_to("<n:RelatesTo> uuid:1 </n:RelatesTo><n:RelatesTo>uuid:2</n:RelatesTo>") ==
          "uuid:1");
    CHECK(relates_to("<n:RelatesTo/><n:RelatesTo>uuid:2</n:RelatesTo>").empty());
  }

  TEST_CASE("A fault is found anywhere in the Body") {
    const std::string envelope = "<s:Envelope" + kPageSpaces + "><s:Body>";
    CHECK(operation::scan_page(envelope + "<s:Fault/></s:Body></s:Envelope>").envelope.fault);
    CHECK(operation::scan_page(envelope + "<x/><s:Fault/></s:Body></s:Envelope>").envelope.fault);
    CHECK_FALSE(
        operation::scan_page(envelope + "<x><s:Fault/></x></s:Body></s:Envelope>").envelope.fault);
    CHECK_FALSE(operation::scan_page(envelope + "<n:Fault/></s:Body></s:Envelope>").envelope.fault);
  }
}

TEST_SUITE("Page bytes") {
  TEST_CASE("The bytes of a page are UTF-8, whatever encoding the server sent") {
    const std::string text = page_with("<a>\xC3\xBC</a>");
    const std::string wide =
        xml::to_utf16(page_with("<a>\xC3\xBC</a>", "<?xml version='1.0' encoding='UTF-16'?>"));
    std::string swapped = wide;
    for (size_t i = 0; i + 1 < swapped.size(); i += 2) std::swap(swapped[i], swapped[i + 1]);
    std::string latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + text;
    for (size_t at = 0; (at = latin.find("\xC3\xBC", at)) != std::string::npos;)
      latin.replace(at, 2, "\xFC");

    CHECK(pulled(text) == "<a>\xC3\xBC</a>");
    CHECK(pulled("\xEF\xBB\xBF" + text) == "<a>\xC3\xBC</a>");
    CHECK(pulled("<?xml version='1.0' encoding='utf-8'?>\r\n" + text) == "<a>\xC3\xBC</a>");
    CHECK(pulled("<?xml version='1.0'?>" + text) == "<a>\xC3\xBC</a>");
    CHECK(pulled(wide) == "<a>\xC3\xBC</a>");
    CHECK(pulled(wide.substr(2)) == "<a>\xC3\xBC</a>");
    CHECK(pulled(swapped) == "<a>\xC3\xBC</a>");
    CHECK(pulled(latin) == "<a>\xC3\xBC</a>");
    CHECK(pulled(latin, "UTF-8").find("has bytes that are not UTF-8") != std::string::npos);
    CHECK(pulled(text, "UTF-8") == "<a>\xC3\xBC</a>");
    CHECK(pulled(latin.substr(latin.find("?>") + 2), "latin1") == "<a>\xC3\xBC</a>");
    CHECK(pulled("<?xml version='1.0' encoding='ISO-8859-1'?>" + text, "utf-8") ==
          "<a>\xC3\xBC</a>");
    // An instruction is no declaration, whatever it says.
    const std::string instruction = "<?xml-stylesheet encoding='ISO-8859-1'?>";
    CHECK(pulled(instruction + text) == "<a>\xC3\xBC</a>");
    // Converted on its way, with the declaration of before.
    CHECK(pulled("<?xml version='1.0' encoding='UTF-16'?>" + text) == "<a>\xC3\xBC</a>");
    CHECK(pulled("<?xml version='1.0' encoding='UTF8'?>" + text) == "<a>\xC3\xBC</a>");
    // With the end of a C string, or padding.
    CHECK(pulled(text + '\0') == "<a>\xC3\xBC</a>");
    CHECK(pulled(wide + '\0') == "<a>\xC3\xBC</a>");
    CHECK(pulled(wide + std::string(6, '\0')) == "<a>\xC3\xBC</a>");
  }

  TEST_CASE("A broken or unknown encoding is refused") {
    const std::string text = page_with("<a/>");
    CHECK(contains(pulled("<?xml version='1.0' encoding='klingon'?>" + text), "0x8033"));
    CHECK(contains(pulled("\xFF\xFE" + std::string("<\0a\0\0\xD8", 6) + text),
                   "has bytes that are not UTF-16"));
    CHECK(contains(pulled(page_with("<a>\xC3</a>")), "has bytes that are not UTF-8"));
    CHECK(
        contains(pulled(page_with("<a><![CDATA[\xC1\x81]]></a>")), "has bytes that are not UTF-8"));
    CHECK(contains(pulled(page_with("<a/>", "<!DOCTYPE a>")), "has a DOCTYPE"));
    CHECK(contains(pulled(page_with(nested_items(1000))), "is not well-formed XML"));
  }
}

}  // namespace wsman::testing
