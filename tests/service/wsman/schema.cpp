#include "wsman/schema.h"

#include <list>
#include <map>
#include <string>

#include "http/message.h"
#include "wsman/data.h"

namespace wsman::service {
namespace {

Type type_of(const Element& element) {
  static const std::map<std::string_view, Type> kTypes = {
      {"text", Type::text},         {"boolean", Type::boolean},     {"number", Type::number},
      {"datetime", Type::datetime}, {"reference", Type::reference}, {"object", Type::object}};
  return kTypes.at(element.attribute("Type").value_or("text"));
}

// An attribute, for as long as the program runs.
std::string_view kept(const Element& element, const char* attribute) {
  static std::list<std::string> texts;
  return texts.emplace_back(element.attribute(attribute).value_or(""));
}

bool is_set(const Element& element, const char* attribute) {
  return element.attribute(attribute) == "true";
}

PropertyInfo read_property(const Element& element) {
  return {kept(element, "Name"), type_of(element), is_set(element, "Key"), is_set(element, "Array"),
          kept(element, "Class")};
}

MethodInfo read_method(const Element& element) {
  MethodInfo method{kept(element, "Name"), is_set(element, "Static")};
  for (const Element& one : element.children()) method.parameters.push_back(read_property(one));
  return method;
}

ClassInfo read_class(const Element& element) {
  ClassInfo info{
      kept(element, "Name"), kept(element, "Base"), {}, {}, is_set(element, "Creatable")};
  for (const Element& one : element.children()) {
    if (one.name() == "Property") info.own.push_back(read_property(one));
    if (one.name() == "Method") info.methods.push_back(read_method(one));
  }
  return info;
}

std::vector<ClassInfo> read_classes() {
  std::vector<ClassInfo> all;
  for (const Element& one : data("classes.xml").children()) all.push_back(read_class(one));
  return all;
}

}  // namespace

const std::vector<ClassInfo>& all_classes() {
  static const std::vector<ClassInfo> kClasses = read_classes();
  return kClasses;
}

const ClassInfo* find_class(std::string_view name) {
  for (const ClassInfo& info : all_classes()) {
    if (same_ignoring_case(info.name, name)) return &info;
  }
  return nullptr;
}

bool is_a(std::string_view name, std::string_view base) {
  for (const ClassInfo* info = find_class(name); info != nullptr; info = find_class(info->base)) {
    if (same_ignoring_case(info->name, base)) return true;
  }
  return false;
}

std::vector<PropertyInfo> properties_of(const ClassInfo& info) {
  std::vector<PropertyInfo> all;
  if (const ClassInfo* const base = find_class(info.base)) all = properties_of(*base);
  all.insert(all.end(), info.own.begin(), info.own.end());
  return all;
}

const MethodInfo* find_method(const ClassInfo& info, std::string_view name) {
  for (const MethodInfo& method : info.methods) {
    if (same_ignoring_case(method.name, name)) return &method;
  }
  const ClassInfo* const base = find_class(info.base);
  return base == nullptr ? nullptr : find_method(*base, name);
}

Object blank_object(const ClassInfo& info) {
  Object object;
  object.class_name = info.name;
  for (const PropertyInfo& property : properties_of(info)) {
    object.properties.push_back({property.name, {}});
    if (!property.array) object.properties.back().values.emplace_back();
  }
  return object;
}

Reference reference_to(const Object& object) {
  Reference reference;
  reference.class_name = object.class_name;
  for (const PropertyInfo& info : properties_of(*find_class(object.class_name))) {
    if (!info.key) continue;
    Selector selector;
    selector.name = info.name;
    const Property& property = *object.find(info.name);
    if (!property.values.empty() && property.values.front().reference) {
      selector.reference = *property.values.front().reference;
    } else {
      selector.text = object.text(info.name);
    }
    reference.selectors.push_back(std::move(selector));
  }
  return reference;
}

}  // namespace wsman::service
