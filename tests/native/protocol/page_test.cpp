#include "protocol/page.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "protocol/encoding.h"
#include "protocol/fixture.h"

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

// The items of an answer with these octets, as Pull gives them; or why it does not.
std::string pulled(const std::string& octets) {
  OperationFixture fixture;
  fixture.answer(octets);
  Conversation conversation;
  const Result<Page> page =
      pull(fixture.context(), {"urn:x", {}, {}, "", ""}, "c", 1000000, conversation, fixture.call);
  if (!page.ok()) return page.error().message;
  std::string items;
  for (const Page::Item& item : page.value().items)
    items += page.value().octets.substr(item.offset, item.length);
  return items;
}

}  // namespace

TEST_SUITE("page scan") {
  TEST_CASE("finds items by octets, not characters") {
    const std::string items = "<a>\xC3\xBC\xE2\x82\xAC</a><b x='\xF0\x9F\x98\x80'/>";
    const std::string octets = page_with(items);

    const PageScan scan = scan_page(octets);

    REQUIRE(scan.well_formed);
    REQUIRE(scan.items.size() == 2);
    CHECK(octets.substr(scan.items[0].offset, scan.items[0].length) ==
          "<a>\xC3\xBC\xE2\x82\xAC</a>");
    CHECK(octets.substr(scan.items[1].offset, scan.items[1].length) == "<b x='\xF0\x9F\x98\x80'/>");
    CHECK(scan.language == "\xC3\xBC");
    CHECK(scan.response == "PullResponse");
  }

  TEST_CASE("finds items among whatever XML allows") {
    for (const std::string& item :
         std::vector<std::string>{"<a/>", "<a\n/>", "<a\r\n x = \"1\"\t/>", "<a></a>", "<a></a \n>",
                                  "<a x='&lt;&gt;&quot;&#65;'>&lt;b></a>",
                                  "<a><![CDATA[<b></a>]]></a>", "<a><!-- <b> --><?p <c> ?></a>",
                                  "<p:a xmlns:p='urn:p'><p:a/></p:a>", "<a>]]&gt;\r\n\t</a>"}) {
      CAPTURE(item);
      const std::string octets = twice(item);
      const PageScan scan = scan_page(octets);
      REQUIRE(scan.well_formed);
      REQUIRE(scan.items.size() == 2);
      for (const Page::Item& found : scan.items)
        CHECK(octets.substr(found.offset, found.length) == item);
    }
  }

  TEST_CASE("finds thousands of items at their places") {
    std::string items;
    for (int i = 0; i < 20000; ++i) items += "<row><n>" + std::to_string(i) + "</n></row>\n";
    const std::string octets = page_with(items);

    const PageScan scan = scan_page(octets);

    REQUIRE(scan.items.size() == 20000);
    for (const size_t i : {0U, 9999U, 19999U}) {
      CHECK(octets.substr(scan.items[i].offset, scan.items[i].length) ==
            "<row><n>" + std::to_string(i) + "</n></row>");
    }
  }

  TEST_CASE("goes as deep as the tree does, and no deeper") {
    CHECK(scan_page(page_with(nested_items(kMostLevels - 10))).well_formed);
    CHECK_FALSE(scan_page(page_with(nested_items(kMostLevels + 1))).well_formed);
    CHECK_FALSE(scan_page(page_with(nested_items(100000))).well_formed);
  }

  TEST_CASE("refuses what is no document") {
    for (const std::string& octets : std::vector<std::string>{
             "", " ", "text", "<a", "<a></b>", page_with("<a>"), page_with("<p:a/>"),
             page_with("<a p:b=''/>"), page_with("<a b='1' b='2'/>"), page_with("&e;"),
             page_with("\x01"), page_with("\xFF"), page_with("<a/>") + "<b/>",
             page_with("<a/>", "<!DOCTYPE a>"),
             page_with("&b;", "<!DOCTYPE a [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;'>]>")}) {
      CAPTURE(octets);
      CHECK_FALSE(scan_page(octets).well_formed);
    }
  }

  TEST_CASE("sees a fault wherever it stands in the Body") {
    const std::string envelope = "<s:Envelope" + kPageSpaces + "><s:Body>";
    CHECK(scan_page(envelope + "<s:Fault/></s:Body></s:Envelope>").fault);
    CHECK(scan_page(envelope + "<x/><s:Fault/></s:Body></s:Envelope>").fault);
    CHECK_FALSE(scan_page(envelope + "<x><s:Fault/></x></s:Body></s:Envelope>").fault);
    CHECK_FALSE(scan_page(envelope + "<n:Fault/></s:Body></s:Envelope>").fault);
  }
}

TEST_SUITE("page octets") {
  TEST_CASE("are UTF-8 whatever the server sent") {
    const std::string text = page_with("<a>\xC3\xBC</a>");
    const std::string wide =
        to_utf16(page_with("<a>\xC3\xBC</a>", "<?xml version='1.0' encoding='UTF-16'?>"));
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
  }

  TEST_CASE("in a broken or unknown encoding are refused") {
    const std::string text = page_with("<a/>");
    CHECK(contains(pulled("<?xml version='1.0' encoding='klingon'?>" + text), "0x8033"));
    CHECK(contains(pulled("\xFF\xFE" + std::string("<\0a\0\0\xD8", 6) + text),
                   "is not well-formed XML"));
    CHECK(contains(pulled(page_with("<a>\xC3</a>")), "is not well-formed XML"));
    CHECK(contains(pulled(page_with("<a/>", "<!DOCTYPE a>")), "has a DOCTYPE"));
    CHECK(contains(pulled(page_with(nested_items(1000))), "is not well-formed XML"));
  }
}

}  // namespace wsman::testing
