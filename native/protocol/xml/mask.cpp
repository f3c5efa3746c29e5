#include "protocol/xml/mask.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "protocol/xml/encoding.h"
#include "protocol/xml/names.h"
#include "protocol/xml/xml.h"

namespace wsman::xml {
namespace {

// Of constant length, so that the mask does not tell how long the secret is.
constexpr const char* kMask = "********";

// Anywhere in the text: "RunAsPassword" and "/password:x" tell as much as "password".
bool is_telling(std::string_view text) {
  constexpr std::array<std::string_view, 4> words{"password", "passwd", "passphrase", "secret"};
  return std::any_of(words.begin(), words.end(), [text](std::string_view word) {
    for (size_t at = 0; at + word.size() <= text.size(); ++at) {
      if (equal_without_case(text.substr(at, word.size()), word)) return true;
    }
    return false;
  });
}

void replace_content(xmlNodePtr node) {
  // An element without content stays empty: the mask would claim a secret where there is none.
  if (node->children == nullptr) return;
  xmlNodeSetContent(node, reinterpret_cast<const xmlChar*>(kMask));
}

std::string_view name_of_attribute(const xmlAttr* attribute) {
  return reinterpret_cast<const char*>(attribute->name);
}

bool is_name(const xmlAttr* attribute) {
  return equal_without_case(name_of_attribute(attribute), "Name");
}

bool is_key(const xmlAttr* attribute) {
  return equal_without_case(name_of_attribute(attribute), "Key");
}

std::string value_of(xmlAttr* attribute) {
  return text_of(reinterpret_cast<xmlNodePtr>(attribute));
}

// Such as xsi:nil, which says what the element is.
bool is_of_schema(const xmlAttr* attribute) {
  return attribute->ns != nullptr &&
         std::string_view(ns::kXsi) == reinterpret_cast<const char*>(attribute->ns->href);
}

// The attribute Name is that of w:Selector, w:Option and rsp:Variable, whose value is the content,
// and of the Param of a plugin, whose value is another attribute; files of settings have Key.
bool is_secret(xmlNodePtr element) {
  if (is_telling(name_of(element))) return true;
  for (xmlAttrPtr attribute = element->properties; attribute != nullptr;
       attribute = attribute->next) {
    if ((is_name(attribute) || is_key(attribute)) && is_telling(value_of(attribute))) return true;
  }
  return false;
}

// Those with a telling name; of a secret element all but its name and those of XML Schema.
void mask_attributes(xmlNodePtr element, bool is_secret) {
  for (xmlAttrPtr attribute = element->properties; attribute != nullptr;
       attribute = attribute->next) {
    // A Key that tells nothing may be the secret itself.
    const bool is_told =
        is_name(attribute) || (is_key(attribute) && is_telling(value_of(attribute)));
    const bool is_value = is_secret && !is_told && !is_of_schema(attribute);
    if (is_value || is_telling(name_of_attribute(attribute)))
      replace_content(reinterpret_cast<xmlNodePtr>(attribute));
  }
}

// The command and arguments of one command line. A secret can be a part of one ("net user admin
// /password:x") or the next one ("-Password" and then "x"), so that nothing after the first telling
// part is shown.
void mask_command(xmlNodePtr command_line) {
  bool telling = false;
  for (xmlNodePtr part = first_element(command_line); part != nullptr;
       part = xmlNextElementSibling(part)) {
    telling = telling || is_telling(text_of(part));
    if (telling) replace_content(part);
  }
}

void mask_element(xmlNodePtr element) {
  const bool secret = is_secret(element);
  mask_attributes(element, secret);
  if (secret) return replace_content(element);
  if (is_element(element, ns::kShell, "CommandLine")) mask_command(element);
  for (xmlNodePtr child = first_element(element); child != nullptr;
       child = xmlNextElementSibling(child))
    mask_element(child);
}

}  // namespace

std::string masked(const std::string& document, std::string_view charset) {
  std::string text = document;
  const Reading reading =
      make_utf8(text, charset).ok() ? read_xml(text) : Reading{.flaw = XmlFlaw::not_well_formed};
  // Where the elements cannot be told apart, a secret could be anywhere in the text.
  std::string unread = "(" + std::to_string(document.size()) + " bytes that cannot be read as XML)";
  if (reading.flaw != XmlFlaw::none) return unread;
  const QuietXml quiet;
  xmlNodePtr root = xmlDocGetRootElement(reading.document.get());
  mask_element(root);
  const Result<std::string> shown = xml_of(root);
  // Without memory some mask may be missing.
  return shown.ok() && !quiet.lacked_memory() ? shown.value() : unread;
}

}  // namespace wsman::xml
