#include "wsman/methods.h"

#include <algorithm>
#include <utility>

#include "http/message.h"
#include "wsman/fault.h"

namespace wsman::service {
namespace {

// What Win32_Service returns.
constexpr const char* kSuccess = "0";
constexpr const char* kDependentsRunning = "3";
constexpr const char* kNotRunning = "5";
constexpr const char* kAlreadyRunning = "10";
constexpr const char* kInvalidParameter = "21";
constexpr const char* kServiceExists = "23";

std::vector<Property> returning(std::string value) {
  return {{"ReturnValue", {text_value(std::move(value))}}};
}

std::string text_of(const std::vector<Property>& input, std::string_view name) {
  for (const Property& property : input) {
    if (property.name == name && !property.values.empty()) return property.values.front().text;
  }
  return {};
}

void set_running(Object& service, bool running, std::uint32_t process_id) {
  service.set("State", running ? "Running" : "Stopped");
  service.set("Started", running ? "true" : "false");
  service.set("AcceptStop", running ? "true" : "false");
  service.set("ProcessId", std::to_string(running ? process_id : 0));
}

bool has_running_dependents(const Model& model, const Object& service) {
  const Reference wanted = reference_to(service);
  const auto links = model.instances(*find_class("Win32_DependentService"), true);
  return std::any_of(links.begin(), links.end(), [&](const Object& link) {
    if (!same_reference(*link.find("Antecedent")->values.front().reference, wanted)) return false;
    const Reference& dependent = *link.find("Dependent")->values.front().reference;
    return model.get(*find_class(dependent.class_name), dependent.selectors).text("State") ==
           "Running";
  });
}

std::vector<Property> start_service(Model& model, Object& service) {
  if (service.text("State") == "Running") return returning(kAlreadyRunning);
  set_running(service, true, model.next_process_id());
  return returning(kSuccess);
}

std::vector<Property> stop_service(const Model& model, Object& service) {
  if (service.text("State") != "Running") return returning(kNotRunning);
  if (has_running_dependents(model, service)) return returning(kDependentsRunning);
  set_running(service, false, 0);
  return returning(kSuccess);
}

std::vector<Property> create_service(Model& model, const std::vector<Property>& input) {
  if (text_of(input, "Name").empty()) return returning(kInvalidParameter);
  const ClassInfo& info = *find_class("Win32_Service");
  Object service = blank_object(info);
  for (const Property& parameter : input) {
    if (Property* const property = service.find(parameter.name)) {
      property->values = parameter.values;
    }
  }
  set_running(service, false, 0);
  for (const Object& other : model.instances(info, true)) {
    if (same_ignoring_case(other.text("Name"), service.text("Name"))) {
      return returning(kServiceExists);
    }
  }
  model.add(std::move(service));
  return returning(kSuccess);
}

std::vector<Property> create_process(Model& model, const std::vector<Property>& input) {
  const std::string command = text_of(input, "CommandLine");
  // The id is nil where there is no process.
  if (command.empty()) return {{"ProcessId", {Value()}}, {"ReturnValue", {text_value("21")}}};
  const std::string id = std::to_string(model.next_process_id());
  Object process = blank_object(*find_class("Win32_Process"));
  process.set("Handle", id);
  process.set("ProcessId", id);
  process.set("Name", command.substr(0, command.find(' ')));
  process.set("CommandLine", command);
  for (const Property& parameter : input) {
    if (parameter.name != "ProcessStartupInformation" || !parameter.values.front().object) continue;
    process.set("Priority", parameter.values.front().object->text("PriorityClass"));
  }
  model.add(std::move(process));
  return {{"ProcessId", {text_value(id)}}, {"ReturnValue", {text_value(kSuccess)}}};
}

std::vector<Property> call_on_instance(Model& model, const ClassInfo& info, std::string_view method,
                                       const Selectors& selectors,
                                       const std::vector<Property>& input) {
  Object& object = model.at(info, selectors);
  if (method == "StartService") return start_service(model, object);
  if (method == "StopService") return stop_service(model, object);
  if (method == "ChangeStartMode") {
    object.set("StartMode", text_of(input, "StartMode"));
    return returning(kSuccess);
  }
  // Delete and Terminate: the instance goes.
  model.remove(info, selectors);
  return returning(kSuccess);
}

}  // namespace

std::vector<Property> call_method(Model& model, const ClassInfo& info, const MethodInfo& method,
                                  const Selectors& selectors, const std::vector<Property>& input) {
  if (!method.is_static) return call_on_instance(model, info, method.name, selectors, input);
  return is_a(info.name, "Win32_Process") ? create_process(model, input)
                                          : create_service(model, input);
}

}  // namespace wsman::service
