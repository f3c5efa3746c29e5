#include "protocol/xml/xml.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "protocol/xml/encoding.h"

namespace wsman::testing {
namespace {

int complaints = 0;

void count(void*, xmlErrorPtr) { ++complaints; }

// UTF-16 whose second half of a character is missing.
const std::string kBroken("\xFF\xFE<\0a\0\0\xD8>\0", 10);

}  // namespace

TEST_SUITE("XML") {
  TEST_CASE("A parser error prints nothing and restores the previous error handler") {
    complaints = 0;
    xmlSetStructuredErrorFunc(nullptr, count);
    std::string broken = kBroken;

    CHECK(xml::read_xml(kBroken).flaw == xml::XmlFlaw::not_well_formed);
    CHECK_FALSE(xml::make_utf8(broken).ok());
    CHECK(xml::to_utf16("\xFF").empty());
    CHECK(complaints == 0);
    const bool given_back = xmlStructuredError == &count;
    CHECK(given_back);
    xmlSetStructuredErrorFunc(nullptr, nullptr);
  }

  TEST_CASE("A document is read alike wherever the pieces end in which it is read") {
    struct Row {
      const char* content;
      const char* text;  // Null for a document that is not well-formed.
    };
    const std::vector<Row> rows{
        {"]]>", nullptr},
        {"]]]>", nullptr},
        {"<b c=']]>'>]] ></b>", "]] >"},
        {"<!--]]>-->]]<?a ]]>?>", "]]"},
        {"<![CDATA[]]]]><![CDATA[>]]>", "]]>"},
        {"a\r\n\r\rb", "a\n\n\nb"},
        {"&#93;&#x5D;&gt;&amp;", "]]>&"},
        {"\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80", "\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80"},
        {"<b c='>\">' d=\"'>\"/>x", "x"},
        {"<!-->--><b/>--", "--"},
        {"a & b", nullptr},
        {"<!-- -- -->", nullptr}};
    constexpr size_t edge = size_t{16} * 1024;
    constexpr size_t around = 40;
    for (const Row& row : rows) {
      for (size_t start = edge - around; start <= edge + 4; ++start) {
        CAPTURE(row.content);
        CAPTURE(start);
        const std::string before(start - 3, 'x');
        const xml::Reading reading =
            xml::read_xml("<a>" + before + row.content + std::string(400, 'y') + "</a>");
        REQUIRE((reading.flaw == xml::XmlFlaw::none) == (row.text != nullptr));
        if (row.text == nullptr) continue;
        const std::string text = xml::text_of(xmlDocGetRootElement(reading.document.get()));
        REQUIRE(text == before + row.text + std::string(400, 'y'));
      }
    }
  }

  TEST_CASE("XML text is valid UTF-8 with characters that XML allows") {
    for (const std::string& text :
         std::vector<std::string>{"", "a\t\r\n", "\x7F", "\xC3\xBC", "\xEF\xBF\xBD",
                                  "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBD"}) {
      CAPTURE(text);
      CHECK(xml::is_xml_text(text));
    }
    for (const std::string& text :
         std::vector<std::string>{std::string(1, '\0'), "\x01", "\x1F", "\x80", "\xC3", "\xC3(",
                                  "\xE2\x82", "\xED\xA0\x80", "\xEF\xBF\xBE", "\xEF\xBF\xBF",
                                  "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80"}) {
      CAPTURE(text);
      CHECK_FALSE(xml::is_xml_text(text));
    }
  }

  TEST_CASE("Text that differs in case outside ASCII is not equal") {
    CHECK(equal_without_case("WinRM", "winrm"));
    CHECK_FALSE(equal_without_case("winrm", "winr"));
    CHECK_FALSE(equal_without_case("\xC3\x9C", "\xC3\xBC"));
  }
}

}  // namespace wsman::testing
