#include "wsman/object.h"

#include <algorithm>
#include <utility>

#include "http/message.h"
#include "wsman/fault.h"
#include "wsman/names.h"

namespace wsman::service {
namespace {

void open_tag(std::string& xml, std::string_view prefix, std::string_view name) {
  xml += '<';
  if (!prefix.empty()) xml.append(prefix).append(1, ':');
  xml.append(name);
}

void close_tag(std::string& xml, std::string_view prefix, std::string_view name) {
  xml += "</";
  if (!prefix.empty()) xml.append(prefix).append(1, ':');
  xml.append(name).append(1, '>');
}

void append_embedded(std::string& xml, const Notation& notation, const Object& object) {
  xml.append(" xmlns:e=\"").append(notation.base).append(object.class_name).append("\"");
  if (notation.flavour.typed) {
    xml.append(" xsi:type=\"e:").append(object.class_name).append("_Type\"");
  }
  xml += '>';
  for (const Property& property : object.properties) append_property(xml, notation, property, "e");
}

void append_content(std::string& xml, const Notation& notation, const Value& value,
                    std::string_view prefix) {
  switch (value.kind) {
    case Value::Kind::nil:
      return;
    case Value::Kind::text:
      append_escaped(xml, value.text);
      return;
    case Value::Kind::datetime:
      // A projection has no namespaces, not even here.
      if (!notation.flavour.typed) {
        append_escaped(xml, value.text);
      } else {
        xml += leaf(prefix.empty() ? "Datetime" : "cim:Datetime", value.text);
      }
      return;
    case Value::Kind::reference:
      xml += reference_parts(notation, *value.reference);
      return;
    case Value::Kind::object:
      return;
  }
}

void append_value(std::string& xml, const Notation& notation, std::string_view name,
                  const Value& value, std::string_view prefix) {
  open_tag(xml, prefix, name);
  if (value.kind == Value::Kind::nil) {
    xml += " xsi:nil=\"true\"/>";
    return;
  }
  if (value.kind == Value::Kind::object) {
    append_embedded(xml, notation, *value.object);
  } else {
    xml += '>';
    append_content(xml, notation, value, prefix);
  }
  close_tag(xml, prefix, name);
}

// OMI writes booleans in capitals.
Value as_flavour_writes(const Flavour& flavour, const Value& value) {
  Value copy = value;
  if (flavour.family == Family::omi && value.text == "true") copy.text = "TRUE";
  if (flavour.family == Family::omi && value.text == "false") copy.text = "FALSE";
  return copy;
}

}  // namespace

Value text_value(std::string text) {
  Value value;
  value.kind = Value::Kind::text;
  value.text = std::move(text);
  return value;
}

Value datetime_value(std::string text) {
  Value value = text_value(std::move(text));
  value.kind = Value::Kind::datetime;
  return value;
}

Value reference_value(Reference reference) {
  Value value;
  value.kind = Value::Kind::reference;
  value.reference = std::make_shared<const Reference>(std::move(reference));
  return value;
}

Value object_value(Object object) {
  Value value;
  value.kind = Value::Kind::object;
  value.object = std::make_shared<const Object>(std::move(object));
  return value;
}

const Property* Object::find(std::string_view name) const {
  for (const Property& property : properties) {
    if (same_ignoring_case(property.name, name)) return &property;
  }
  return nullptr;
}

Property* Object::find(std::string_view name) {
  return const_cast<Property*>(std::as_const(*this).find(name));
}

std::string Object::text(std::string_view name) const {
  const Property* const property = find(name);
  return property == nullptr || property->values.empty() ? "" : property->values.front().text;
}

void Object::set(std::string_view name, std::string text) {
  if (Property* const property = find(name)) property->values = {text_value(std::move(text))};
}

void append_property(std::string& xml, const Notation& notation, const Property& property,
                     std::string_view prefix) {
  for (const Value& value : property.values) {
    if (notation.flavour.family == Family::omi) {
      append_value(xml, notation, property.name, as_flavour_writes(notation.flavour, value),
                   prefix);
    } else {
      append_value(xml, notation, property.name, value, prefix);
    }
  }
}

void append_object(std::string& xml, const Notation& notation, const Object& object) {
  xml.append("<p:").append(object.class_name).append(" xmlns:p=\"").append(notation.base);
  xml.append(object.class_name).append("\" xmlns:xsi=\"").append(kInstanceNamespace);
  if (notation.flavour.typed) {
    xml.append("\" xmlns:cim=\"").append(kCimNamespace);
    xml.append("\" xsi:type=\"p:").append(object.class_name).append("_Type");
  }
  xml += "\">";
  for (const Property& property : object.properties) append_property(xml, notation, property, "p");
  close_tag(xml, "p", object.class_name);
}

void append_projection(std::string& xml, const Notation& notation, const Object& object,
                       const std::vector<std::string>& names) {
  const std::string name = notation.flavour.tag(Ns::wsman, "XmlFragment");
  xml.append("<").append(name).append(" xmlns:xsi=\"").append(kInstanceNamespace).append("\">");
  for (const Property& property : object.properties) {
    const bool wanted =
        std::any_of(names.begin(), names.end(), [&](const std::string& wanted_name) {
          return same_ignoring_case(wanted_name, property.name);
        });
    if (wanted) append_property(xml, notation, property, "");
  }
  xml.append("</").append(name).append(">");
}

std::string reference_parts(const Notation& notation, const Reference& reference) {
  const Flavour& flavour = notation.flavour;
  const std::string selector = flavour.tag(Ns::wsman, "Selector");
  std::string set;
  const auto named = [&selector](std::string_view name) {
    return selector + " Name=\"" + escape_xml(name) + "\"";
  };
  if (notation.name_space) set += leaf(named("__cimnamespace"), "root/cimv2");
  for (const Selector& one : reference.selectors) {
    set += one.reference ? wrap(named(one.name), endpoint_reference(notation, *one.reference))
                         : leaf(named(one.name), one.text);
  }
  const std::string parameters =
      leaf(flavour.tag(Ns::wsman, "ResourceURI"), notation.base + reference.class_name) +
      wrap(flavour.tag(Ns::wsman, "SelectorSet"), set);
  return leaf(flavour.tag(Ns::addressing, "Address"), kAnonymousRole) +
         wrap(flavour.tag(Ns::addressing, "ReferenceParameters"), parameters);
}

std::string endpoint_reference(const Notation& notation, const Reference& reference) {
  return wrap(notation.flavour.tag(Ns::addressing, "EndpointReference"),
              reference_parts(notation, reference));
}

std::optional<Reference> read_reference(const Element& element) {
  const Element parameters = element.child(kAddressingNamespace, "ReferenceParameters");
  if (!parameters) return std::nullopt;
  const std::string uri = parameters.child(kWsmanNamespace, "ResourceURI").trimmed();
  Reference reference;
  reference.class_name = uri.substr(uri.rfind('/') + 1);
  reference.selectors = read_selectors(parameters.child(kWsmanNamespace, "SelectorSet"));
  std::erase_if(reference.selectors,
                [](const Selector& one) { return one.name == "__cimnamespace"; });
  return reference;
}

Selectors read_selectors(const Element& set) {
  Selectors selectors;
  for (const Element& element : set.children()) {
    Selector one;
    one.name = element.attribute("Name").value_or("");
    one.text = element.first() ? std::string() : element.text();
    one.reference = read_reference(element.child(kAddressingNamespace, "EndpointReference"));
    for (const Selector& other : selectors) {
      if (same_ignoring_case(other.name, one.name)) {
        refuse(kDuplicateSelectors, "The selector '" + one.name + "' is given twice.");
      }
    }
    selectors.push_back(std::move(one));
  }
  return selectors;
}

bool same_reference(const Reference& left, const Reference& right) {
  if (!same_ignoring_case(left.class_name, right.class_name) ||
      left.selectors.size() != right.selectors.size()) {
    return false;
  }
  return std::all_of(left.selectors.begin(), left.selectors.end(), [&right](const Selector& one) {
    return std::any_of(right.selectors.begin(), right.selectors.end(),
                       [&one](const Selector& other) {
                         return same_ignoring_case(one.name, other.name) &&
                                (one.reference && other.reference
                                     ? same_reference(*one.reference, *other.reference)
                                     : same_ignoring_case(one.text, other.text));
                       });
  });
}

}  // namespace wsman::service
