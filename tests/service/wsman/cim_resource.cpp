#include "wsman/cim_resource.h"

#include <utility>

#include "http/message.h"
#include "wsman/cim_query.h"
#include "wsman/fault.h"
#include "wsman/methods.h"
#include "wsman/names.h"
#include "wsman/representation.h"

namespace wsman::service {
namespace {

constexpr std::string_view kWmiNamespace = "root/cimv2";
constexpr ReadingFaults kBodyFaults = {kInvalidXmlValues, kInvalidXmlValues};
constexpr ReadingFaults kInputFaults = {kInvalidParameterName, kParameterTypeMismatch};

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return same_ignoring_case(text.substr(0, prefix.size()), prefix);
}

std::string last_segment(const std::string& uri) { return uri.substr(uri.rfind('/') + 1); }

[[noreturn]] void no_such_class(const Ask& ask) {
  refuse_by_provider(kResourceNotFound,
                     "The service cannot find the resource that the URI and selectors name.",
                     "There is no class '" + last_segment(ask.uri) + "' in the namespace.");
}

// Where the namespace of the classes is said: in WMI's URIs, or in a selector.
void check_name_space(const Ask& ask) {
  const bool wmi = starts_with_ignoring_case(ask.uri, kWmiPrefix);
  if (wmi) {
    std::string path = ask.uri.substr(kWmiPrefix.size());
    path = path.substr(0, path.rfind('/') == std::string::npos ? 0 : path.rfind('/'));
    if (ask.name_space && !same_ignoring_case(*ask.name_space, path)) {
      refuse(kDifferentCimSelector, "The URI and __cimnamespace name different namespaces.");
    }
    if (!same_ignoring_case(path, kWmiNamespace)) no_such_class(ask);
    return;
  }
  // OMI looks into its own namespace unless it is told another one; the others into root/cimv2.
  const std::string fallback =
      ask.flavour.family == Family::omi ? "interop" : std::string(kWmiNamespace);
  if (!same_ignoring_case(ask.name_space.value_or(fallback), kWmiNamespace)) no_such_class(ask);
}

const ClassInfo& class_of(const Ask& ask) {
  check_name_space(ask);
  const ClassInfo* const info = find_class(last_segment(ask.uri));
  if (info == nullptr) no_such_class(ask);
  return *info;
}

Notation notation_for(const Ask& ask) {
  const bool wmi = starts_with_ignoring_case(ask.uri, kWmiPrefix);
  std::string base = std::string(wmi ? kWmiPrefix : kCimSchemaPrefix);
  if (wmi) base.append(kWmiNamespace).append("/");
  const bool name_space =
      !wmi && (ask.flavour.family == Family::windows || ask.flavour.family == Family::openwsman);
  return {ask.flavour, std::move(base), name_space};
}

std::string written(const Notation& notation, const Object& object) {
  std::string xml;
  append_object(xml, notation, object);
  return xml;
}

void check_root(const Notation& notation, const ClassInfo& info, const Element& root) {
  if (!root) refuse(kInvalidRepresentation, "The request has no representation in its body.");
  if (root.name() != info.name) {
    refuse(kInvalidXmlValues,
           "The body is a '" + root.name() + "' and no '" + std::string(info.name) + "'.");
  }
  if (!same_ignoring_case(root.name_space(), notation.base + std::string(info.name))) {
    refuse(kInvalidXmlNamespace, "The namespace of the body is not that of the resource.");
  }
}

Object read_instance(const ClassInfo& info, const Element& root, Object object) {
  for (Property& property : read_properties(root, properties_of(info), kBodyFaults)) {
    object.find(property.name)->values = std::move(property.values);
  }
  return object;
}

std::string echo(const Element& input) {
  std::string xml;
  for (const Element& child : input.children()) xml += child.xml();
  return xml + leaf("p:ReturnValue", "0");
}

void check_input(const Notation& notation, const ClassInfo& info, const MethodInfo& method,
                 const Element& input) {
  const std::string uri = notation.base + std::string(info.name);
  if (!input || input.name() != std::string(method.name) + "_INPUT" ||
      !same_ignoring_case(input.name_space(), uri)) {
    refuse(kSchemaValidation, "The body is no '" + std::string(method.name) +
                                  "_INPUT' in the namespace of the class.");
  }
}

}  // namespace

bool CimResource::handles(const Flavour& flavour, const std::string& uri) {
  if (starts_with_ignoring_case(uri, kWmiPrefix)) return flavour.microsoft_resources;
  return starts_with_ignoring_case(uri, kCimSchemaPrefix) || uri == kCimAnyClass;
}

std::string CimResource::get(const Ask& ask) {
  return written(notation_for(ask), model_.get(class_of(ask), ask.selectors));
}

std::string CimResource::put(const Ask& ask, const Element& representation) {
  const ClassInfo& named = class_of(ask);
  Object& stored = model_.at(named, ask.selectors);
  const ClassInfo& info = *find_class(stored.class_name);
  const Notation notation = notation_for(ask);
  check_root(notation, info, representation);
  Object changed = read_instance(info, representation, stored);
  if (!same_reference(reference_to(changed), reference_to(stored))) {
    refuse(kCannotChangeKeys, "The keys of an instance cannot be changed.");
  }
  stored = std::move(changed);
  return written(notation, stored);
}

std::string CimResource::create(const Ask& ask, const Element& representation) {
  const ClassInfo& info = class_of(ask);
  const Notation notation = notation_for(ask);
  if (!info.creatable) {
    refuse_by_provider(kUnsupportedFeature, "The resource does not support Create.",
                       "Instances of " + std::string(info.name) + " are not made this way.");
  }
  check_root(notation, info, representation);
  Object object = blank_object(info);
  // A key may be said by its selector alone.
  for (const Selector& one : ask.selectors) object.set(one.name, one.text);
  object = read_instance(info, representation, std::move(object));
  for (const PropertyInfo& property : properties_of(info)) {
    if (property.key && object.find(property.name)->values.front().kind == Value::Kind::nil) {
      refuse(kMissingXmlValues, "The key '" + std::string(property.name) + "' has no value.");
    }
  }
  const Reference reference = reference_to(object);
  model_.add(std::move(object));
  return wrap(ask.flavour.tag(Ns::transfer, "ResourceCreated"),
              reference_parts(notation, reference));
}

void CimResource::remove(const Ask& ask) {
  const ClassInfo& info = class_of(ask);
  if (!info.creatable && info.name != "Win32_Process") {
    model_.get(info, ask.selectors);
    refuse_by_provider(kUnsupportedFeature, "The resource does not support Delete.",
                       "Instances of " + std::string(info.name) + " are not deleted this way.");
  }
  model_.remove(info, ask.selectors);
}

std::unique_ptr<Cursor> CimResource::enumerate(const Ask& ask, const Query& query) {
  check_name_space(ask);
  return cim_cursor(model_, notation_for(ask), last_segment(ask.uri), query);
}

std::string CimResource::invoke(const Ask& ask, const std::string& name, const Element& input) {
  const ClassInfo& info = class_of(ask);
  const MethodInfo* const method = find_method(info, name);
  if (method == nullptr) {
    refuse_by_provider(kActionNotSupported, "The resource does not support the action.",
                       "There is no method '" + name + "' in " + std::string(info.name) + ".");
  }
  const Notation notation = notation_for(ask);
  check_input(notation, info, *method, input);
  std::string inner;
  if (method->name == "Echo") {
    inner = echo(input);
  } else {
    const auto parameters = read_properties(input, method->parameters, kInputFaults);
    for (const Property& one : call_method(model_, info, *method, ask.selectors, parameters)) {
      append_property(inner, notation, one, "p");
    }
  }
  std::string root = "p:" + std::string(method->name) + "_OUTPUT xmlns:p=\"" + notation.base;
  root.append(info.name).append("\" xmlns:xsi=\"").append(kInstanceNamespace);
  root.append("\" xmlns:cim=\"").append(kCimNamespace).append("\"");
  return wrap(root, inner);
}

}  // namespace wsman::service
