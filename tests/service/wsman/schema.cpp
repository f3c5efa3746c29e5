#include "wsman/schema.h"

#include "http/message.h"

namespace wsman::endpoint {
namespace {

constexpr bool kKey = true;
constexpr bool kStatic = true;
constexpr bool kArray = true;
constexpr bool kCreatable = true;

PropertyInfo object_of(std::string_view name, std::string_view class_name) {
  return {name, Type::object, false, false, class_name};
}

// The hierarchy is that of Windows, thinned: enough for each kind of value and for polymorphism.
std::vector<ClassInfo> service_classes() {
  const std::vector<PropertyInfo> create = {{"Name"},
                                            {"DisplayName"},
                                            {"PathName"},
                                            {"StartMode"},
                                            {"DesktopInteract", Type::boolean},
                                            {"ServiceType", Type::number},
                                            {"ServiceDependencies", Type::text, false, kArray}};
  return {
      {"CIM_Service",
       "",
       {{"Name", Type::text, kKey},
        {"Caption"},
        {"Description"},
        {"InstallDate", Type::datetime},
        {"Started", Type::boolean},
        {"StartMode"},
        {"Status"},
        {"SystemName"}},
       {{"StartService", false, {}}, {"StopService", false, {}}}},
      {"Win32_BaseService",
       "CIM_Service",
       {{"AcceptStop", Type::boolean},
        {"DisplayName"},
        {"PathName"},
        {"State"},
        {"ServiceType"},
        {"ExitCode", Type::number}},
       {{"Create", kStatic, create},
        {"ChangeStartMode", false, {{"StartMode"}}},
        {"Delete", false, {}}}},
      {"Win32_Service",
       "Win32_BaseService",
       {{"DelayedAutoStart", Type::boolean},
        {"ProcessId", Type::number},
        {"StartName"},
        {"Triggers", Type::text, false, kArray},
        object_of("Recovery", "Loopback_Recovery"),
        {"Process", Type::reference}},
       {}},
      {"Win32_SystemDriver", "Win32_BaseService", {{"Altitude", Type::number}}, {}},
      {"Loopback_Recovery",
       "",
       {{"Action"}, {"DelaySeconds", Type::number}, {"Commands", Type::text, false, kArray}},
       {}},
      {"CIM_ServiceServiceDependency",
       "",
       {{"Antecedent", Type::reference, kKey}, {"Dependent", Type::reference, kKey}},
       {}},
      {"Win32_DependentService",
       "CIM_ServiceServiceDependency",
       {{"TypeOfDependency", Type::number}},
       {}},
  };
}

std::vector<ClassInfo> other_classes() {
  return {
      {"Win32_Process",
       "",
       {{"Handle", Type::text, kKey},
        {"Name"},
        {"CommandLine"},
        {"CreationDate", Type::datetime},
        {"ProcessId", Type::number},
        {"Priority", Type::number},
        {"ExecutablePath"}},
       {{"Create",
         kStatic,
         {{"CommandLine"},
          {"CurrentDirectory"},
          object_of("ProcessStartupInformation", "Win32_ProcessStartup")}},
        {"Terminate", false, {{"Reason", Type::number}}}}},
      {"Win32_ProcessStartup",
       "",
       {{"Title"},
        {"PriorityClass", Type::number},
        {"ShowWindow", Type::number},
        {"EnvironmentVariables", Type::text, false, kArray}},
       {}},
      {"Win32_Environment",
       "",
       {{"Name", Type::text, kKey},
        {"UserName", Type::text, kKey},
        {"VariableValue"},
        {"SystemVariable", Type::boolean},
        {"Status"},
        {"InstallDate", Type::datetime},
        {"Path", Type::text, false, kArray}},
       {},
       kCreatable},
      {"Win32_OperatingSystem",
       "",
       {{"Name", Type::text, kKey},
        {"Caption"},
        {"Version"},
        {"LastBootUpTime", Type::datetime},
        {"TotalVisibleMemorySize", Type::number},
        {"Primary", Type::boolean},
        {"MUILanguages", Type::text, false, kArray},
        {"OEMLogo"}},
       {}},
      {"Loopback_Echo", "", {{"Name", Type::text, kKey}}, {{"Echo", kStatic, {}}}},
      {"Loopback_Row",
       "",
       {{"Index", Type::number, kKey},
        {"Name"},
        {"Caption"},
        {"Description"},
        {"Enabled", Type::boolean},
        {"State"},
        {"Size", Type::number},
        {"FreeSpace", Type::number},
        {"Ratio", Type::number},
        {"InstallDate", Type::datetime},
        {"Owner"},
        {"Path"},
        {"Tags", Type::text, false, kArray},
        {"Comment"},
        {"Checksum"}},
       {}},
  };
}

std::vector<ClassInfo> build() {
  std::vector<ClassInfo> all = service_classes();
  for (ClassInfo& one : other_classes()) all.push_back(std::move(one));
  return all;
}

}  // namespace

const std::vector<ClassInfo>& all_classes() {
  static const std::vector<ClassInfo> kClasses = build();
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

}  // namespace wsman::endpoint
