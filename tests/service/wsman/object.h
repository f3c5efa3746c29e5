// Instances as values, and how they are written.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_OBJECT_H
#define WSMAN_TESTS_SERVICE_WSMAN_OBJECT_H

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wsman/flavour.h"
#include "wsman/xml.h"

namespace wsman::service {

struct Selector;

// Which instance: its class and keys, whatever prefix the URI had.
struct Reference {
  std::string class_name;
  std::vector<Selector> selectors;
};

struct Selector {
  std::string name;
  std::string text;
  std::optional<Reference> reference;  // Instead of the text.
};

using Selectors = std::vector<Selector>;

struct Object;

struct Value {
  enum class Kind { nil, text, datetime, reference, object };

  Kind kind = Kind::nil;
  std::string text;
  std::shared_ptr<const Reference> reference;
  std::shared_ptr<const Object> object;
};

Value text_value(std::string text);
Value datetime_value(std::string text);
Value reference_value(Reference reference);
Value object_value(Object object);

struct Property {
  std::string_view name;      // Of the schema, which lives for ever.
  std::vector<Value> values;  // More than one of an array; none is an empty array.
};

struct Object {
  std::string_view class_name;  // Of the schema as well.
  std::vector<Property> properties;

  const Property* find(std::string_view name) const;  // Compared without case.
  Property* find(std::string_view name);
  // Its first value as text; "" for nil and for what is no text.
  std::string text(std::string_view name) const;
  void set(std::string_view name, std::string text);
};

// How instances of one request are written.
struct Notation {
  const Flavour& flavour;
  std::string base;         // What the class is appended to: resource URI and namespace.
  bool name_space = false;  // Selector __cimnamespace in references.
};

void append_object(std::string& xml, const Notation& notation, const Object& object);
// Only these properties, without a namespace, as the answer to a query that projects.
void append_projection(std::string& xml, const Notation& notation, const Object& object,
                       const std::vector<std::string>& names);
// The parts of an a:EndpointReference, without the element around them.
std::string reference_parts(const Notation& notation, const Reference& reference);
std::string endpoint_reference(const Notation& notation, const Reference& reference);
// <p:Name>…</p:Name> once a value.
void append_property(std::string& xml, const Notation& notation, const Property& property,
                     std::string_view prefix);

// What an element with Address and ReferenceParameters refers to; nothing if it has none.
std::optional<Reference> read_reference(const Element& element);
// The children of a w:SelectorSet. Refuses a name that is given twice.
Selectors read_selectors(const Element& set);
bool same_reference(const Reference& left, const Reference& right);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_OBJECT_H
