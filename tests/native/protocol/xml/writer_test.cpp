#include "protocol/xml/writer.h"

#include <doctest/doctest.h>

#include <string>

#include "protocol/xml/xml.h"

namespace wsman::testing {
namespace {

// All that a document without a DTD can have, as it is written.
constexpr const char* kEverything =
    "<p:a xmlns:p=\"urn:p?a&amp;b\" xmlns=\"urn:d\" p:x=\"1 &lt;&amp;&gt;&quot;&#10;&#9;&#13;\" "
    "y=\"\">"
    "text &lt;&amp;&gt;&quot;&#13;\n\t\xC3\xBC<b><p:c/></b><!-- a comment --><?target content?>"
    "<?bare?><![CDATA[<raw> & \"]]><d xmlns=\"\">end</d></p:a>";

std::string written_again(const std::string& text) {
  const xml::Reading reading = xml::read_xml(text);
  REQUIRE(reading.document != nullptr);
  std::string again;
  xml::append_node(again, xmlDocGetRootElement(reading.document.get()));
  return again;
}

}  // namespace

TEST_SUITE("Writing XML") {
  TEST_CASE("A tree is written as it was read") {
    CHECK(written_again(kEverything) == std::string(kEverything));
  }

  TEST_CASE("Sections of CDATA that the parser joins are written without becoming markup") {
    for (const char* document :
         {"<a><![CDATA[x]]]]><![CDATA[></a><b/><a>]]></a>", "<a><![CDATA[]]]]><![CDATA[>]]></a>",
          "<a><![CDATA[]]]]><![CDATA[>]]]]><![CDATA[>]]]></a>"})
      CHECK(written_again(document) == std::string(document));
  }

  TEST_CASE("Of a tree a node is written, and nothing beside it") {
    const xml::Reading reading = xml::read_xml("<a><b>one</b><c><d/>two</c>three</a>");
    std::string node;
    xml::append_node(node, xmlDocGetRootElement(reading.document.get())->children->next);
    CHECK(node == "<c><d/>two</c>");
  }

  TEST_CASE("What is written is read back") {
    const std::string text = "<&>\"' \r\n\t\xC3\xBC]]>";
    xml::XmlWriter writer;
    writer.start("p:a");
    writer.declare("p", "urn:p");
    writer.attribute("x", text);
    writer.text(text);
    writer.end();
    const xml::Reading reading = xml::read_xml(writer.take());

    REQUIRE(reading.document != nullptr);
    xmlNodePtr root = xmlDocGetRootElement(reading.document.get());
    CHECK(xml::is_element(root, "urn:p", "a"));
    CHECK(reinterpret_cast<const char*>(root->children->content) == text);
    CHECK(reinterpret_cast<const char*>(root->properties->children->content) == text);
  }

  TEST_CASE("An element without content has one tag, and one with an empty text has two") {
    xml::XmlWriter writer;
    writer.start("a");
    writer.start("b");
    writer.end();
    writer.element("c", "");
    writer.raw("<d/>");
    writer.end();
    CHECK(writer.take() == "<a><b/><c></c><d/></a>");
  }
}

}  // namespace wsman::testing
