#include "protocol/change.h"

#include "protocol/embedded.h"
#include "protocol/errors.h"
#include "protocol/names.h"
#include "protocol/xml.h"

namespace wsman {
namespace {

const xmlChar* as_xml(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

std::vector<xmlNodePtr> children_named(xmlNodePtr root, const std::string& name) {
  const bool location = equal_ignoring_case(name, "location");
  std::vector<xmlNodePtr> found;
  for (xmlNodePtr child = first_element(root); child != nullptr;
       child = xmlNextElementSibling(child)) {
    if (name_of(child) == name && !(location && is_in(child, ns::kCim))) found.push_back(child);
  }
  return found;
}

void clear(xmlNodePtr element) {
  while (element->children != nullptr) {
    xmlNodePtr child = element->children;
    xmlUnlinkNode(child);
    xmlFreeNode(child);
  }
  xmlAttrPtr nil = xmlHasNsProp(element, as_xml("nil"), as_xml(ns::kXsi));
  if (nil != nullptr) (void)xmlRemoveProp(nil);
}

void set_nil(xmlNodePtr element) {
  xmlNsPtr xsi = xmlSearchNsByHref(element->doc, element, as_xml(ns::kXsi));
  // A prefix that means something else here is left alone.
  for (int i = 0; xsi == nullptr && i < 100; ++i) {
    const std::string prefix = i == 0 ? "xsi" : "xsi" + std::to_string(i);
    if (xmlSearchNs(element->doc, element, as_xml(prefix.c_str())) != nullptr) continue;
    xsi = xmlNewNs(element, as_xml(ns::kXsi), as_xml(prefix.c_str()));
  }
  (void)xmlSetNsProp(element, xsi, as_xml("nil"), as_xml("true"));
}

Status set_xml(xmlNodePtr element, const std::string& xml, const std::string& what) {
  const Result<std::string> content = content_xml(xml, what);
  if (!content.ok()) return content.error();
  const Reading reading = read_xml_content(content.value());
  if (reading.flaw != XmlFlaw::none) return invalid_argument("The " + what + " is no XML.");
  clear(element);
  xmlNodePtr child = xmlDocGetRootElement(reading.document.get())->children;
  for (; child != nullptr; child = child->next)
    (void)xmlAddChild(element, xmlDocCopyNode(child, element->doc, 1));
  return Done{};
}

Status set_value(xmlNodePtr element, const Value& value, const std::string& name) {
  const std::string what = "value of '" + name + "'";
  if (value.kind == Value::Kind::xml) return set_xml(element, value.text, what);
  Status checked = check_text(value.text, what);
  if (!checked.ok()) return checked;
  clear(element);
  if (value.kind == Value::Kind::nil) {
    set_nil(element);
  } else {
    xmlNodeAddContent(element, as_xml(value.text.c_str()));
  }
  return Done{};
}

Status check_elements(const std::vector<xmlNodePtr>& elements, const NamedValues& entry,
                      const std::string& resource_uri) {
  const std::string there = "'" + entry.name + "' in what " + resource_uri + " answers";
  if (elements.empty()) {
    return invalid_argument("There is no " + there +
                            ". Check the spelling, upper and lower case included.");
  }
  if (entry.values.size() == 1 && elements.size() > 1) {
    return invalid_argument("There are " + std::to_string(elements.size()) + " elements " + there +
                            ". Give all their values as an array.");
  }
  for (const Value& value : entry.values) {
    if (value.kind != Value::Kind::text || first_element(elements.front()) == nullptr) continue;
    return invalid_argument("The element " + there +
                            " has elements inside, so that a text cannot replace it. Set those, "
                            "or give the new content as XML.");
  }
  return Done{};
}

// A sibling behind `previous` with the name and the attributes of `first`. A plain copy would
// declare its namespaces again.
xmlNodePtr add_like(xmlNodePtr first, xmlNodePtr previous) {
  xmlNodePtr added = xmlNewDocNode(first->doc, first->ns, first->name, nullptr);
  (void)xmlAddNextSibling(previous, added);
  added->properties = xmlCopyPropList(added, first->properties);
  return added;
}

// Makes as many elements as there are values, each like the first.
void match_count(std::vector<xmlNodePtr>& elements, size_t count) {
  while (elements.size() > count) {
    xmlUnlinkNode(elements.back());
    xmlFreeNode(elements.back());
    elements.pop_back();
  }
  while (elements.size() < count) {
    elements.push_back(add_like(elements.front(), elements.back()));
  }
}

Status change(xmlNodePtr root, const NamedValues& entry, const std::string& resource_uri) {
  std::vector<xmlNodePtr> elements = children_named(root, entry.name);
  Status checked = check_elements(elements, entry, resource_uri);
  if (!checked.ok()) return checked;
  if (entry.values.empty()) {
    match_count(elements, 1);
    return set_value(elements.front(), {Value::Kind::nil, ""}, entry.name);
  }
  match_count(elements, entry.values.size());
  for (size_t i = 0; i < elements.size(); ++i) {
    Status set = set_value(elements[i], entry.values[i], entry.name);
    if (!set.ok()) return set;
  }
  return Done{};
}

}  // namespace

Status change_values(xmlNodePtr root, const std::vector<NamedValues>& values,
                     const std::string& resource_uri) {
  for (const NamedValues& entry : values) {
    Status changed = change(root, entry, resource_uri);
    if (!changed.ok()) return changed;
  }
  return Done{};
}

}  // namespace wsman
