// The plugins that are there from the start.
#include <array>
#include <initializer_list>

#include "wsman/config_plugin.h"

namespace wsman::endpoint {
namespace {

using Names = std::initializer_list<const char*>;

constexpr const char* kSddl =
    "O:NSG:BAD:P(A;;GA;;;BA)(A;;GA;;;IU)(A;;GA;;;RM)S:P(AU;FA;GA;;;WD)(AU;SA;GXGW;;;WD)";

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + escape_xml(value) + "\"";
}

std::string resource(const std::string& uri, bool options, Names capabilities) {
  std::string inner = wrap("Security" + attribute("Uri", uri) + attribute("Sddl", kSddl) +
                               attribute("ExactMatch", "False"),
                           "");
  for (const char* const type : capabilities) {
    std::string name = "Capability" + attribute("Type", type);
    if (type == std::string_view("Enumerate")) name += attribute("SupportsFiltering", "true");
    inner += wrap(name, "");
  }
  std::string name = "Resource" + attribute("ResourceUri", uri);
  if (options) name += attribute("SupportsOptions", "true");
  return wrap(name, inner);
}

std::string document(const std::string& name, const std::string& file, const std::string& inner,
                     const std::string& more = "") {
  return wrap("PlugInConfiguration" + attribute("xmlns", kPluginNamespace) +
                  attribute("Name", name) + attribute("Filename", "%windir%\\system32\\" + file) +
                  attribute("SDKVersion", "2") + attribute("XmlRenderingType", "text") + more,
              inner);
}

std::string quotas() {
  std::string name = "Quotas";
  for (const auto& [quota, value] : std::initializer_list<std::pair<const char*, const char*>>{
           {"MaxIdleTimeoutms", "2147483647"},
           {"MaxConcurrentUsers", "2147483647"},
           {"IdleTimeoutms", "7200000"},
           {"MaxProcessesPerShell", "2147483647"},
           {"MaxMemoryPerShellMB", "2147483647"},
           {"MaxConcurrentCommandsPerShell", "2147483647"},
           {"MaxShells", "2147483647"},
           {"MaxShellsPerUser", "2147483647"}}) {
    name += attribute(quota, value);
  }
  return wrap(name, "");
}

std::string parameter(std::string_view name, std::string_view value) {
  return wrap("Param" + attribute("Name", name) + attribute("Value", value), "");
}

// A session configuration of PowerShell: all there is to a plugin.
std::string session_configuration(const std::string& name, const std::string& architecture) {
  const std::string more = attribute("Enabled", "true") + attribute("Architecture", architecture) +
                           attribute("UseSharedProcess", "true") +
                           attribute("ProcessIdleTimeoutSec", "0") + attribute("RunAsUser", "") +
                           attribute("RunAsPassword", "") + attribute("AutoRestart", "false") +
                           attribute("OutputBufferingMode", "Block");
  const std::string parameters = parameter("PSVersion", "5.1");
  return document(name, "pwrshplugin.dll",
                  wrap("InitializationParameters", parameters) +
                      wrap("Resources", resource("http://schemas.microsoft.com/powershell/" + name,
                                                 true, {"Shell"})) +
                      quotas(),
                  more);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> builtin_plugins(std::uint32_t more) {
  const std::string prefix = "http://schemas.microsoft.com/wbem/wsman/1/";
  std::vector<std::pair<std::string, std::string>> plugins;
  const auto add = [&plugins](const char* name, const char* file, const std::string& resources) {
    plugins.emplace_back(name, document(name, file, wrap("Resources", resources)));
  };
  add("Event Forwarding Plugin", "wevtfwd.dll",
      resource(prefix + "windows/EventLog", true, {"Subscribe"}));
  for (const char* const name : {"microsoft.powershell", "microsoft.powershell.workflow"}) {
    plugins.emplace_back(name, session_configuration(name, "64"));
  }
  plugins.emplace_back("microsoft.powershell32",
                       session_configuration("microsoft.powershell32", "32"));
  plugins.emplace_back("microsoft.windows.servermanagerworkflows",
                       session_configuration("microsoft.windows.servermanagerworkflows", "64"));
  add("SEL Plugin", "wsmselpl.dll",
      resource(prefix + "logrecord/sel", false, {"Subscribe", "Get", "Enumerate"}));
  const Names all = {"Get", "Put", "Create", "Delete", "Invoke", "Enumerate"};
  add("WMI Provider", "WsmWmiPl.dll",
      resource(prefix + "wmi", true, all) +
          resource("http://schemas.dmtf.org/wbem/wscim/1/cim-schema", true, all));
  for (std::uint32_t i = 1; i <= more; ++i) {
    const std::string name = "Loopback.Plugin." + std::to_string(i);
    plugins.emplace_back(name, session_configuration(name, "64"));
  }
  return plugins;
}

}  // namespace wsman::endpoint
