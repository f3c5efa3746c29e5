// The classes of the model: properties, keys, methods.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_SCHEMA_H
#define WSMAN_TESTS_SERVICE_WSMAN_SCHEMA_H

#include <string_view>
#include <vector>

#include "wsman/object.h"

namespace wsman::service {

enum class Type { text, boolean, number, datetime, reference, object };

struct PropertyInfo {
  std::string_view name;
  Type type = Type::text;
  bool key = false;
  bool array = false;
  std::string_view embedded_class = {};  // Of an object.
};

struct MethodInfo {
  std::string_view name;
  bool is_static = false;
  std::vector<PropertyInfo> parameters = {};  // What goes in.
};

struct ClassInfo {
  std::string_view name;
  std::string_view base;
  std::vector<PropertyInfo> own;
  std::vector<MethodInfo> methods;
  bool creatable = false;  // By Create and Delete; the others only by their methods.
};

// Null for a class that is not there. Names are compared without case.
const ClassInfo* find_class(std::string_view name);
const std::vector<ClassInfo>& all_classes();

bool is_a(std::string_view name, std::string_view base);
// With those of the base classes, which come first.
std::vector<PropertyInfo> properties_of(const ClassInfo& info);
// Its own and inherited ones.
const MethodInfo* find_method(const ClassInfo& info, std::string_view name);

// An instance of which every property is nil, or an empty array.
Object blank_object(const ClassInfo& info);
Reference reference_to(const Object& object);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_SCHEMA_H
