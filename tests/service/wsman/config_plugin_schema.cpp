#include "wsman/config_plugin_schema.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.h"
#include "wsman/config_tree.h"
#include "wsman/fault.h"
#include "wsman/names.h"

namespace wsman::service {
namespace {

// What the file of a plugin must be below; and one that is not there.
constexpr std::string_view kSystemFolders[] = {"%windir%\\system32\\", "%systemroot%\\system32\\",
                                               "c:\\windows\\system32\\"};
constexpr std::string_view kMissingFile = "missing.dll";

// Attributes are named texts as well, so the same checks hold for them.
void check_attributes(const Element& element) {
  for (const Setting& one : initial_setting(element.name()).children) {
    if (const auto value = element.attribute(one.name.c_str())) check_value(one, *value);
  }
}

std::string needed(const Element& element, const char* name) {
  std::string value = element.attribute(name).value_or("");
  if (value.empty()) {
    refuse(kMissingXmlValues, "The attribute '" + std::string(name) + "' of '" + element.name() +
                                  "' is missing or empty.");
  }
  return value;
}

std::vector<Element> named_children(const Element& parent, std::string_view name) {
  std::vector<Element> found;
  for (const Element& one : parent.children()) {
    if (one.is(parent.name_space(), name)) found.push_back(one);
  }
  return found;
}

void check_file(const std::string& name) {
  const std::string file = lower_case(name);
  std::string_view rest;
  for (const std::string_view folder : kSystemFolders) {
    if (file.starts_with(folder)) rest = std::string_view(file).substr(folder.size());
  }
  if (rest.empty() || rest.find("..") != std::string_view::npos) {
    refuse(kInvalidFilePath, "The Filename '" + name + "' is not an absolute path in system32.");
  }
  if (rest.ends_with(kMissingFile)) refuse(kFileNotPresent, "There is no file '" + name + "'.");
}

void check_resource(const Element& resource) {
  needed(resource, "ResourceUri");
  check_attributes(resource);
  std::set<std::string> types;
  for (const Element& capability : named_children(resource, "Capability")) {
    check_attributes(capability);
    types.insert(lower_case(needed(capability, "Type")));
  }
  if (types.empty()) refuse(kMissingXmlValues, "A Resource without a Capability.");
  if (types.contains("shell") && types.size() > 1) {
    refuse(kInvalidXmlValues, "A Resource with the Capability Shell has no other.");
  }
  for (const Element& security : named_children(resource, "Security")) {
    needed(security, "Uri");
    needed(security, "Sddl");
    check_attributes(security);
  }
}

void check_resources(const Element& plugin) {
  std::set<std::string> uris;
  for (const Element& resources : named_children(plugin, "Resources")) {
    for (const Element& resource : named_children(resources, "Resource")) {
      check_resource(resource);
      if (!uris.insert(lower_case(needed(resource, "ResourceUri"))).second) {
        refuse(kInvalidXmlValues, "Two Resources have the same ResourceUri.");
      }
    }
  }
  if (uris.empty()) refuse(kMissingXmlValues, "A plugin has at least one Resource.");
}

void check_parameters(const Element& plugin) {
  for (const Element& parameters : named_children(plugin, "InitializationParameters")) {
    std::set<std::string> names;
    for (const Element& one : named_children(parameters, "Param")) {
      const std::string name = needed(one, "Name");
      const auto value = one.attribute("Value");
      if (!value) refuse(kMissingXmlValues, "The Param '" + name + "' has no Value.");
      if (value->empty() && same_ignoring_case(name, "PSVersion")) {
        refuse(kInvalidXmlValues, "The Param 'PSVersion' is a version and cannot be empty.");
      }
      if (!names.insert(lower_case(name)).second) {
        refuse(kInvalidXmlValues, "There are two Params '" + name + "'.");
      }
    }
  }
}

}  // namespace

void check_plugin(const Element& plugin) {
  if (plugin.attribute("http://www.w3.org/XML/1998/namespace", "lang")) {
    refuse(kSchemaValidation, "The attribute xml:lang is not part of a plugin.");
  }
  needed(plugin, "Name");
  check_file(needed(plugin, "Filename"));
  check_attributes(plugin);
  check_parameters(plugin);
  check_resources(plugin);
  for (const Element& quotas : named_children(plugin, "Quotas")) {
    check_attributes(quotas);
  }
}

}  // namespace wsman::service
