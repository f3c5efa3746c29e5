#include "protocol/operation/change.h"

#include "base/text.h"
#include "protocol/xml/embedded.h"
#include "protocol/xml/errors.h"
#include "protocol/xml/names.h"
#include "protocol/xml/xml.h"

namespace wsman::operation {
namespace {

const xmlChar* as_xml(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

std::vector<xmlNodePtr> children_named(xmlNodePtr root, const std::string& name) {
  // As in Microsoft's cmdlet: names are compared with case, and cim:Location is no property that a
  // value could be meant for.
  const bool location = equal_without_case(name, "location");
  std::vector<xmlNodePtr> found;
  for (xmlNodePtr child = xml::first_element(root); child != nullptr;
       child = xmlNextElementSibling(child)) {
    if (xml::name_of(child) == name && !(location && xml::is_in(child, ns::kCim)))
      found.push_back(child);
  }
  return found;
}

// Only content and xsi:nil go: other attributes, such as xsi:type, describe the property and stay.
void clear(xmlNodePtr element) {
  while (element->children != nullptr) {
    xmlNodePtr child = element->children;
    xmlUnlinkNode(child);
    xmlFreeNode(child);
  }
  // With a value in it the element would say that it has none.
  xmlAttrPtr nil = xmlHasNsProp(element, as_xml("nil"), as_xml(ns::kXsi));
  if (nil != nullptr) (void)xmlRemoveProp(nil);
}

void set_nil(xmlNodePtr element) {
  xmlNsPtr xsi = xmlSearchNsByHref(element->doc, element, as_xml(ns::kXsi));
  // A prefix that is declared here for another namespace is left alone: to redeclare it would
  // change the names below.
  for (int i = 0; xsi == nullptr && i < 100; ++i) {
    const std::string prefix = i == 0 ? "xsi" : "xsi" + std::to_string(i);
    if (xmlSearchNs(element->doc, element, as_xml(prefix.c_str())) != nullptr) continue;
    xsi = xmlNewNs(element, as_xml(ns::kXsi), as_xml(prefix.c_str()));
  }
  (void)xmlSetNsProp(element, xsi, as_xml("nil"), as_xml("true"));
}

Status set_xml(xmlNodePtr element, const std::string& xml, const std::string& what) {
  const Result<std::string> content = xml::content_xml(xml, what);
  if (!content.ok()) return content.error();
  // Parsed a second time, since content_xml() has made the namespaces of each element its own.
  const xml::Reading reading = xml::read_xml_content(content.value());
  if (reading.flaw != xml::XmlFlaw::none)
    return xml::invalid_argument("The " + what + " is no XML");
  clear(element);
  xmlNodePtr child = xmlDocGetRootElement(reading.document.get())->children;
  for (; child != nullptr; child = child->next)
    (void)xmlAddChild(element, xmlDocCopyNode(child, element->doc, 1));
  return Done{};
}

Status set_value(xmlNodePtr element, const Value& value, const std::string& name) {
  const std::string what = "value of '" + name + "'";
  if (value.kind == Value::Kind::xml) return set_xml(element, value.text, what);
  Status checked = xml::check_text(value.text, what);
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
    return xml::invalid_argument("There is no " + there, {AdviceKey::check_spelling});
  }
  // One value for an array could mean the first element or all of them; the user has to say which.
  if (entry.values.size() == 1 && elements.size() > 1) {
    return xml::invalid_argument(
        "There are " + std::to_string(elements.size()) + " elements " + there,
        {AdviceKey::give_all_values});
  }
  for (const Value& value : entry.values) {
    // A text would delete the elements inside, which is hardly meant.
    if (value.kind != Value::Kind::text || xml::first_element(elements.front()) == nullptr)
      continue;
    return xml::invalid_argument(
        "The element " + there + " has elements inside, so that a text cannot replace it",
        {AdviceKey::set_inner_elements});
  }
  return Done{};
}

// Adds a sibling after `previous` with the name, the attributes and the declarations of `first`;
// null if memory runs out. A copy by libxml2 would declare again what is declared around it.
xmlNodePtr add_like(xmlNodePtr first, xmlNodePtr previous) {
  xmlNodePtr added = xmlNewDocNode(first->doc, nullptr, first->name, nullptr);
  if (added == nullptr) return nullptr;
  (void)xmlAddNextSibling(previous, added);
  // What `first` declares holds inside it alone, so the name must not refer to it.
  added->nsDef = xmlCopyNamespaceList(first->nsDef);
  if (first->ns != nullptr) added->ns = xmlSearchNs(first->doc, added, first->ns->prefix);
  added->properties = xmlCopyPropList(added, first->properties);
  return added;
}

// Makes as many elements as there are values. New ones follow the last, so that the array stays in
// one place of the schema's order.
// False if memory runs out.
bool match_count(std::vector<xmlNodePtr>& elements, size_t count) {
  while (elements.size() > count) {
    xmlUnlinkNode(elements.back());
    xmlFreeNode(elements.back());
    elements.pop_back();
  }
  while (elements.size() < count) {
    xmlNodePtr added = add_like(elements.front(), elements.back());
    if (added == nullptr) return false;
    elements.push_back(added);
  }
  return true;
}

Status change(xmlNodePtr root, const NamedValues& entry, const std::string& resource_uri) {
  std::vector<xmlNodePtr> elements = children_named(root, entry.name);
  Status checked = check_elements(elements, entry, resource_uri);
  if (!checked.ok()) return checked;
  // An empty array is null: one element with xsi:nil stands for it.
  if (entry.values.empty()) {
    (void)match_count(elements, 1);
    return set_value(elements.front(), {Value::Kind::nil, ""}, entry.name);
  }
  if (!match_count(elements, entry.values.size())) return out_of_memory();
  for (size_t i = 0; i < elements.size(); ++i) {
    Status set = set_value(elements[i], entry.values[i], entry.name);
    if (!set.ok()) return set;
  }
  return Done{};
}

}  // namespace

Status change_values(xmlNodePtr root, const std::vector<NamedValues>& values,
                     const std::string& resource_uri) {
  const xml::QuietXml quiet;
  for (const NamedValues& entry : values) {
    Status changed = change(root, entry, resource_uri);
    if (!changed.ok()) return changed;
  }
  // A document that lacks a value is well-formed all the same.
  if (quiet.lacked_memory()) return out_of_memory();
  return Done{};
}

}  // namespace wsman::operation
