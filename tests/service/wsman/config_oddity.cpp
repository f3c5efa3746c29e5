#include "wsman/config_oddity.h"

#include <libxml/parser.h>

#include <vector>

#include "wsman/fault.h"

namespace wsman::service {
namespace {

const xmlChar* bytes(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

constexpr const char* kStranger = "Loopback";
constexpr const char* kKept = "kept";

std::vector<xmlNode*> elements_in(const xmlNode* parent) {
  std::vector<xmlNode*> found;
  for (xmlNode* node = parent->children; node != nullptr; node = node->next) {
    if (node->type == XML_ELEMENT_NODE) found.push_back(node);
  }
  return found;
}

void make_odd(xmlNode* parent) {
  const auto children = elements_in(parent);
  for (xmlNode* child : children) {
    if (!elements_in(child).empty()) make_odd(child);
    // The last one becomes the first.
    xmlUnlinkNode(child);
    parent->children == nullptr ? xmlAddChild(parent, child)
                                : xmlAddPrevSibling(parent->children, child);
  }
  xmlNewProp(parent, bytes(kStranger), bytes(kKept));
  xmlNewTextChild(parent, parent->ns, bytes(kStranger), bytes(kKept));
}

void rename_prefix(xmlNode* root) {
  if (root->ns == nullptr) return;
  xmlFree(const_cast<xmlChar*>(root->ns->prefix));
  root->ns->prefix = xmlStrdup(bytes("odd"));
}

// Takes the strangers out of what came in.
void make_plain(xmlNode* parent) {
  bool kept = Element(parent).attribute(kStranger) == kKept;
  bool found = false;
  for (xmlNode* child : elements_in(parent)) {
    if (Element(child).name() == kStranger) {
      found = found || Element(child).trimmed() == kKept;
      xmlUnlinkNode(child);
      xmlFreeNode(child);
    } else if (!elements_in(child).empty()) {
      make_plain(child);
    }
  }
  kept = kept && xmlUnsetProp(parent, bytes(kStranger)) == 0;
  if (!kept || !found) {
    refuse(kMissingXmlValues, "'" + Element(parent).name() + "' has lost what was not known.");
  }
}

}  // namespace

std::string told(const Ask& ask, const std::string& xml) {
  if (!ask.odd) return xml;
  const std::unique_ptr<xmlDoc, void (*)(xmlDoc*)> document(
      xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr, XML_PARSE_NONET),
      xmlFreeDoc);
  xmlNode* const root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (root == nullptr) return xml;
  rename_prefix(root);
  make_odd(root);
  xmlAddPrevSibling(root->children, xmlNewDocComment(document.get(), bytes(" Not Windows. ")));
  const std::unique_ptr<xmlBuffer, void (*)(xmlBuffer*)> buffer(xmlBufferCreate(), xmlBufferFree);
  xmlNodeDump(buffer.get(), document.get(), root, 0, 1);
  return "\n" + std::string(reinterpret_cast<const char*>(xmlBufferContent(buffer.get()))) + "\n";
}

Taken::Taken(const Ask& ask, const Element& representation)
    : copy_(nullptr, xmlFreeDoc), element_(representation) {
  if (!ask.odd || !representation) return;
  copy_.reset(xmlNewDoc(nullptr));
  xmlNode* const root = xmlDocCopyNode(const_cast<xmlNode*>(representation.node()), copy_.get(), 1);
  xmlDocSetRootElement(copy_.get(), root);
  make_plain(root);
  element_ = Element(root);
}

}  // namespace wsman::service
