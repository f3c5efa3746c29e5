#include "wsman/representation.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "http/message.h"
#include "wsman/fault.h"
#include "wsman/names.h"

namespace wsman::service {
namespace {

bool is_number(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789.eE") == std::string_view::npos &&
         std::isdigit(static_cast<unsigned char>(text.front())) != 0;
}

bool is_datetime(std::string_view text) {
  return text.size() >= 10 && text.find('-') == 4 &&
         text.find_first_not_of("0123456789-:.TZ+") == std::string_view::npos;
}

bool is_boolean(std::string_view text) {
  return same_ignoring_case(text, "true") || same_ignoring_case(text, "false");
}

bool has_type(std::string_view text, Type type) {
  switch (type) {
    case Type::boolean:
      return is_boolean(text);
    case Type::number:
      return is_number(text);
    case Type::datetime:
      return is_datetime(text);
    case Type::text:
      return true;
    case Type::reference:
    case Type::object:
      return false;
  }
  return false;
}

const PropertyInfo* find_info(const std::vector<PropertyInfo>& known, const std::string& name) {
  for (const PropertyInfo& info : known) {
    if (info.name == name) return &info;
  }
  return nullptr;
}

Value read_object(const Element& element, const PropertyInfo& info, const ReadingFaults& faults) {
  // The instance may stand inside, or its properties at once.
  const Element inner =
      element.first() && element.first().name() == info.embedded_class ? element.first() : element;
  const ClassInfo& embedded = *find_class(info.embedded_class);
  Object object;
  object.class_name = embedded.name;
  object.properties = read_properties(inner, properties_of(embedded), faults);
  return object_value(std::move(object));
}

Value read_value(const Element& element, const PropertyInfo& info, const ReadingFaults& faults) {
  if (element.is_nil()) return {};
  if (info.type == Type::object && element.first()) return read_object(element, info, faults);
  if (info.type == Type::reference) {
    // Address and ReferenceParameters at once, or in an a:EndpointReference.
    const Element inner = element.child(kAddressingNamespace, "EndpointReference");
    auto reference = read_reference(inner ? inner : element);
    if (reference) return reference_value(std::move(*reference));
  }
  const std::string text = element.text();
  const bool plain = !element.first() || info.type == Type::datetime;
  const std::string judged = info.type == Type::text ? text : trim(text);
  if (!plain || !has_type(judged, info.type)) {
    refuse(faults.wrong_type,
           "The value '" + judged + "' of '" + std::string(info.name) + "' is not of its type.");
  }
  return info.type == Type::datetime ? datetime_value(judged) : text_value(judged);
}

}  // namespace

std::vector<Property> read_properties(const Element& element,
                                      const std::vector<PropertyInfo>& known,
                                      const ReadingFaults& faults) {
  std::vector<Property> properties;
  for (const Element& child : element.children()) {
    const PropertyInfo* const info = find_info(known, child.name());
    if (info == nullptr) {
      refuse(faults.unknown_name, "There is no property or parameter '" + child.name() + "'.");
    }
    Value value = read_value(child, *info, faults);
    const auto found =
        std::find_if(properties.begin(), properties.end(),
                     [info](const Property& property) { return property.name == info->name; });
    if (found == properties.end()) {
      properties.push_back({info->name, {std::move(value)}});
    } else if (info->array) {
      found->values.push_back(std::move(value));
    } else {
      refuse(faults.wrong_type, "'" + child.name() + "' is no array and is given twice.");
    }
  }
  return properties;
}

}  // namespace wsman::service
