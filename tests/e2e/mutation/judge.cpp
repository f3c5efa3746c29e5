#include "mutation/judge.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <memory>
#include <string_view>

#include "mutation/http_text.h"

namespace wsman::testing {
namespace {

using Document = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;

// What is behind the document, such as a second answer, is not read.
Document parsed(std::string_view text) {
  constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                           XML_PARSE_RECOVER | XML_PARSE_NOBLANKS;
  return {xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr, kOptions),
          xmlFreeDoc};
}

std::string text_of(const xmlChar* text) {
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

// The name of an element and all text in it.
std::string gist_of(const xmlNode* element) {
  xmlChar* const text = xmlNodeGetContent(element);
  std::string gist = text_of(element->name) + ":" + text_of(text);
  xmlFree(text);
  return gist;
}

const xmlNode* element_named(const xmlNode* parent, std::string_view name) {
  const xmlNode* child = parent == nullptr ? nullptr : parent->children;
  while (child != nullptr && (child->type != XML_ELEMENT_NODE || text_of(child->name) != name)) {
    child = child->next;
  }
  return child;
}

const xmlNode* first_element(const xmlNode* parent) {
  const xmlNode* child = parent == nullptr ? nullptr : parent->children;
  while (child != nullptr && child->type != XML_ELEMENT_NODE) child = child->next;
  return child;
}

// What matters of an envelope here.
struct Reading {
  std::string relates_to;
  std::string body;  // The gist of its first element.
};

Reading reading_of(std::string_view text) {
  const Document document = parsed(text);
  const xmlNode* const envelope = document ? xmlDocGetRootElement(document.get()) : nullptr;
  const xmlNode* const relation = element_named(element_named(envelope, "Header"), "RelatesTo");
  const xmlNode* const body = first_element(element_named(envelope, "Body"));
  return {relation == nullptr ? "" : gist_of(relation), body == nullptr ? "" : gist_of(body)};
}

// Whether it holds for what follows some head of some answer: an answer may have interim ones
// before it, and a changed one may have an empty line anywhere. One without a relation is to any
// request.
template <typename Condition>
bool holds_for_any_body(const std::vector<Sent>& answers, const Condition& condition) {
  return std::any_of(answers.begin(), answers.end(), [&](const Sent& sent) {
    const std::string relation =
        reading_of(
            std::string_view(sent.answer).substr(sent.answer.find(kHeadEnd) + kHeadEnd.size()))
            .relates_to;
    std::string_view rest = sent.bytes;
    for (std::size_t end = rest.find(kHeadEnd); end != std::string_view::npos;
         end = rest.find(kHeadEnd)) {
      rest.remove_prefix(end + kHeadEnd.size());
      const Reading reading = reading_of(rest);
      const bool is_ours = reading.relates_to.empty() || reading.relates_to == relation;
      if (is_ours && condition(rest, reading)) return true;
    }
    return false;
  });
}

}  // namespace

bool is_page_of(const std::vector<Sent>& answers, const std::string& page) {
  return holds_for_any_body(answers, [&](std::string_view body, const Reading& /*reading*/) {
    return body.starts_with(page);
  });
}

bool is_body_of(const std::vector<Sent>& answers, const std::string& document) {
  const Document read = parsed(document);
  const xmlNode* const root = read ? xmlDocGetRootElement(read.get()) : nullptr;
  if (root == nullptr) return document.empty();
  const std::string gist = gist_of(root);
  return holds_for_any_body(answers, [&](std::string_view /*body*/, const Reading& reading) {
    return reading.body == gist;
  });
}

}  // namespace wsman::testing
