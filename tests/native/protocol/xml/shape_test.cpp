#include "protocol/xml/shape.h"

#include <doctest/doctest.h>

#include <ctime>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/message/body_document.h"
#include "protocol/operation/page.h"
#include "protocol/xml/encoding.h"
#include "protocol/xml/names.h"
#include "protocol/xml/xml.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

constexpr size_t kMegabyte = 1000000;

std::string filled(const std::function<std::string(size_t)>& piece) {
  std::string text;
  for (size_t i = 0; text.size() < kMegabyte; ++i) text += piece(i);
  return text;
}

std::string page_of(const std::string& items) {
  return std::string("<s:Envelope xmlns:s=\"") + ns::kSoap + "\" xmlns:n=\"" + ns::kEnumeration +
         "\" xmlns:p='urn:p'><s:Body><n:PullResponse><n:Items>" + items +
         "</n:Items></n:PullResponse></s:Body></s:Envelope>";
}

std::string number(size_t i) { return std::to_string(i); }

std::string repeated(const std::string& piece) {
  return filled([&](size_t) { return piece; });
}

// Attributes on one element, prefixes of their own or none.
std::string one_tag(const std::string& before_name) {
  return "<a " +
         filled([&](size_t i) { return before_name + number(i) + "='urn:" + number(i) + "' "; }) +
         "/>";
}

std::string in_levels(int levels, const std::string& declarations, const std::string& content) {
  std::string text;
  for (int i = 0; i < levels; ++i) text += "<l" + declarations + ">";
  text += content;
  for (int i = 0; i < levels; ++i) text += "</l>";
  return text;
}

std::string as_utf16(const std::string& text) { return xml::to_utf16(text); }

// What a server can send to keep a reader busy, each about a megabyte.
std::vector<std::pair<std::string, std::string>> costly() {
  std::string declared;
  for (int i = 0; i < 190; ++i) declared += " xmlns:q" + std::to_string(i) + "='urn:q'";
  std::string attributes;
  for (int i = 0; i < 490; ++i) attributes += " a" + std::to_string(i) + "=''";
  return {
      {"attributes of one element", page_of(one_tag("a"))},
      {"declarations of one element", page_of(one_tag("xmlns:a"))},
      {"declarations, with blanks before =",
       page_of("<a " + filled([](size_t i) { return "xmlns:a" + number(i) + "  = 'u' "; }) + "/>")},
      {"declarations on each of many levels",
       page_of(in_levels(240, " xmlns:a='u' xmlns:b='u'", repeated("<p:a/>")))},
      {"as many attributes as are allowed", page_of(repeated("<a" + attributes + "/>"))},
      {"as many declarations as are allowed",
       page_of("<a" + declared + ">" + repeated("<p:b/>") + "</a>")},
      {"the last of many declarations, often used",
       page_of("<a" + declared + ">" + repeated("<q189:b q188:c=''/>") + "</a>")},
      {"the last of many declarations around it, often used",
       "<s:Envelope xmlns:s='" + std::string(ns::kSoap) + "'" + declared + "><s:Body><a>" +
           filled([](size_t i) { return "<q" + number(i % 190) + ":b/>"; }) +
           "</a></s:Body></s:Envelope>"},
      {"a long namespace in force for many elements",
       "<s:Envelope xmlns:s='" + std::string(ns::kSoap) +
           "' xmlns='urn:" + repeated("x").substr(kMegabyte / 2) + "'><s:Body><a>" +
           repeated("<a/>").substr(kMegabyte / 2) + "</a></s:Body></s:Envelope>"},
      {"references in a language", "<s:Envelope xmlns:s='" + std::string(ns::kSoap) +
                                       "' xml:lang='" + repeated("&amp;") +
                                       "'><s:Body><a/></s:Body></s:Envelope>"},
      {"references in a namespace", page_of("<a xmlns='" + repeated("&amp;") + "'/>")},
      {"empty elements", page_of(repeated("<a/>"))},
      {"deep elements", page_of(in_levels(240, "", repeated("<a/>")))},
      {"levels without an end", page_of(repeated("<a>"))},
      {"one attribute", page_of("<a b='" + repeated("x") + "'/>")},
      {"references in an attribute", page_of("<a b='" + repeated("&lt;") + "'/>")},
      {"references in a text", page_of("<a>" + repeated("&amp;") + "</a>")},
      {"references to characters", page_of("<a>" + repeated("&#10;") + "</a>")},
      {"one text", page_of("<a>" + repeated("x") + "</a>")},
      {"CDATA sections", page_of("<a>" + repeated("<![CDATA[x]]>") + "</a>")},
      {"one comment", page_of("<!--" + repeated("- ") + "-->")},
      {"comments", page_of(repeated("<!---->"))},
      {"processing instructions", page_of(repeated("<?a?>"))},
      {"one name", page_of("<" + repeated("a") + "/>")},
      {"names", page_of(filled([](size_t i) { return "<a" + number(i) + "/>"; }))},
      {"line ends", page_of(repeated("\r\n"))},
      {"a tag without an end", page_of("<a " + repeated("b ") + "")},
      {"opening angles", page_of(repeated("<"))},
      {"bytes that are not UTF-8", page_of(repeated("\xFF"))},
      {"a DOCTYPE", "<!DOCTYPE a [" + repeated("<!ENTITY b 'c'>") + "]><a/>"},
      {"a flaw before a DOCTYPE", "<a b='<'><!DOCTYPE a [" + repeated("<!ENTITY b 'c'>") + "]>"},
      {"UTF-16", as_utf16(page_of(repeated("<p:a b='c'>d</p:a>")))},
      {"ISO-8859-1",
       "<?xml version='1.0' encoding='ISO-8859-1'?>" + page_of("<a>" + repeated("\xE4") + "</a>")},
      {"EBCDIC by name", "<?xml version='1.0' encoding='IBM037'?>" + page_of(repeated("<a/>"))},
      {"EBCDIC by its first bytes", "\x4C\x6F\xA7\x94" + repeated("\x40")},
      {"UTF-16 behind a mark of UTF-8",
       "\xEF\xBB\xBF" + as_utf16("<?xml version='1.0'?><!-- \" -->" + one_tag("a")).substr(2)},
      {"UTF-32 that is told by its first bytes",
       std::string("<\0\0\0?\0\0\0", 8) + repeated(std::string("a\0\0\0", 4))},
      {"UTF-32", std::string("<\0\0\0", 4) + repeated(std::string("a\0\0\0", 4))},
  };
}

double cpu_milliseconds() {
  timespec now{};
  (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1000 + static_cast<double>(now.tv_nsec) / 1e6;
}

}  // namespace

TEST_SUITE("Shape of XML") {
  TEST_CASE("Ordinary documents are affordable, however they are written") {
    for (const std::string text :
         {"<a/>", "<a b='<' c=\"'>\"/>", "<a><!-- <b c='d' --><![CDATA[<e ]]><?f <?></a>", "",
          "text", "<a", "<a b='", "</a>", "<!--", "<a xmlns='u' xmlns:b = 'v'\n\tc='d'>e</a>"}) {
      CAPTURE(text);
      CHECK(xml::is_affordable(text));
    }
  }

  TEST_CASE("An element may have so many attributes and no more") {
    const auto with = [](int count) {
      std::string text = "<a";
      for (int i = 0; i < count; ++i) text += " b" + std::to_string(i) + "='='";
      return text + ">";
    };
    CHECK(xml::is_affordable(with(xml::kMostAttributes)));
    CHECK_FALSE(xml::is_affordable(with(xml::kMostAttributes + 1)));
  }

  TEST_CASE("Declarations count as long as they are in force") {
    const std::string ten =
        " xmlns='a' xmlns:b='' xmlns:c='' xmlns:d='' xmlns:e='' xmlns:f='' xmlns:g=''"
        " xmlns:h='' xmlns:i='' xmlns:j=''";
    const int levels = xml::kMostDeclarations / 10;
    CHECK(xml::is_affordable(in_levels(levels, ten, "<x/>")));
    CHECK_FALSE(xml::is_affordable(in_levels(levels, ten, "<x xmlns:k=''/>")));
    const std::string pair = "<a" + ten + "/><b" + ten + "></b>";
    std::string siblings = "<r>";
    for (int i = 0; i < 10 * levels; ++i) siblings += pair;
    CHECK(xml::is_affordable(siblings + "</r>"));
  }

  TEST_CASE("No answer of a megabyte keeps a reader busy for long") {
    for (const auto& document : costly()) {
      CAPTURE(document.first);
      const double start = cpu_milliseconds();
      std::string utf8 = document.second;
      if (xml::make_utf8(utf8).ok()) {
        (void)operation::scan_page(utf8);
        (void)message::scan_body(utf8);
        (void)xml::read_xml(utf8);
      }
      const double spent = cpu_milliseconds() - start;
      CHECK(spent < 10 * time_factor() * 500.0);
    }
  }

  TEST_CASE("A reader ends with its call") {
    const std::string page = page_of(repeated("<a/>"));
    Cancellation cancellation;
    const Call late{cancellation, Clock::now()};
    CHECK(xml::read_xml(page, &late).flaw == xml::XmlFlaw::stopped);
    CHECK_FALSE(operation::scan_page(page, &late).envelope.well_formed);
    const Call call{cancellation};
    CHECK(xml::read_xml(page, &call).flaw == xml::XmlFlaw::none);
    cancellation.stop(StopReason::cancelled);
    CHECK(xml::read_xml(page, &call).flaw == xml::XmlFlaw::stopped);
  }
}

}  // namespace wsman::testing
