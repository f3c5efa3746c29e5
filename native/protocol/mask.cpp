#include "protocol/mask.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "protocol/names.h"
#include "protocol/xml.h"

namespace wsman {
namespace {

constexpr const char* kMask = "********";

bool is_telling(std::string_view text) {
  constexpr std::array<std::string_view, 4> words{"password", "passwd", "passphrase", "secret"};
  return std::any_of(words.begin(), words.end(), [text](std::string_view word) {
    for (size_t at = 0; at + word.size() <= text.size(); ++at) {
      if (equal_ignoring_case(text.substr(at, word.size()), word)) return true;
    }
    return false;
  });
}

void replace_content(xmlNodePtr node) {
  if (node->children == nullptr) return;
  xmlNodeSetContent(node, reinterpret_cast<const xmlChar*>(kMask));
}

void mask_attributes(xmlNodePtr element) {
  for (xmlAttrPtr attribute = element->properties; attribute != nullptr;
       attribute = attribute->next) {
    if (!is_telling(reinterpret_cast<const char*>(attribute->name))) continue;
    replace_content(reinterpret_cast<xmlNodePtr>(attribute));
  }
}

bool is_secret(xmlNodePtr element) {
  return is_telling(name_of(element)) || is_telling(attribute_of(element, "Name"));
}

// "net user admin /password:x", or "-Password" and then "x".
void mask_command(xmlNodePtr command_line) {
  bool telling = false;
  for (xmlNodePtr part = first_element(command_line); part != nullptr;
       part = xmlNextElementSibling(part)) {
    telling = telling || is_telling(text_of(part));
    if (telling) replace_content(part);
  }
}

void mask_element(xmlNodePtr element) {
  mask_attributes(element);
  if (is_secret(element)) return replace_content(element);
  if (is_element(element, ns::kShell, "CommandLine")) mask_command(element);
  for (xmlNodePtr child = first_element(element); child != nullptr;
       child = xmlNextElementSibling(child))
    mask_element(child);
}

}  // namespace

std::string masked(const std::string& document) {
  const Reading reading = read_xml(document);
  if (reading.flaw != XmlFlaw::none)
    return "(" + std::to_string(document.size()) + " octets that cannot be read as XML)";
  xmlNodePtr root = xmlDocGetRootElement(reading.document.get());
  mask_element(root);
  return xml_of(root);
}

}  // namespace wsman
