#include "wsman/config_tree.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "http/message.h"
#include "wsman/fault.h"

namespace wsman::endpoint {
namespace {

using Kind = Setting::Kind;

Setting text(const char* name, const char* value) { return {name, Kind::text, value, 0, {}}; }
Setting flag(const char* name, bool value) {
  return {name, Kind::boolean, value ? "true" : "false", 0, {}};
}
Setting number(const char* name, const char* value, std::uint64_t least) {
  return {name, Kind::number, value, least, {}};
}
Setting fixed(const char* name, const char* value) { return {name, Kind::read_only, value, 0, {}}; }
Setting old(const char* name, const char* value) { return {name, Kind::deprecated, value, 0, {}}; }
Setting group(const char* name, std::vector<Setting> children) {
  return {name, Kind::container, "", 0, std::move(children)};
}

Setting default_ports() {
  return group("DefaultPorts", {number("HTTP", "5985", 1), number("HTTPS", "5986", 1)});
}

Setting client_settings() {
  return group("Client", {number("NetworkDelayms", "5000", 500), text("URLPrefix", "wsman"),
                          flag("AllowUnencrypted", false),
                          group("Auth", {flag("Basic", true), flag("Digest", true),
                                         flag("Kerberos", true), flag("Negotiate", true),
                                         flag("Certificate", true), flag("CredSSP", false)}),
                          default_ports(), text("TrustedHosts", "")});
}

Setting service_settings() {
  return group(
      "Service",
      {text("RootSDDL", "O:NSG:BAD:P(A;;GA;;;BA)(A;;GR;;;IU)S:P(AU;FA;GA;;;WD)(AU;SA;GXGW;;;WD)"),
       old("MaxConcurrentOperations", "4294967295"),
       number("MaxConcurrentOperationsPerUser", "1500", 1),
       number("EnumerationTimeoutms", "240000", 500), number("MaxConnections", "300", 1),
       number("MaxPacketRetrievalTimeSeconds", "120", 1), flag("AllowUnencrypted", false),
       group("Auth", {flag("Basic", true), flag("Kerberos", true), flag("Negotiate", true),
                      flag("Certificate", false), flag("CredSSP", false),
                      text("CbtHardeningLevel", "Relaxed")}),
       default_ports(), text("IPv4Filter", "*"), text("IPv6Filter", "*"),
       flag("EnableCompatibilityHttpListener", false),
       flag("EnableCompatibilityHttpsListener", false), text("CertificateThumbprint", ""),
       fixed("AllowRemoteAccess", "true")});
}

Setting shell_settings() {
  return group("Winrs",
               {flag("AllowRemoteShellAccess", true), number("IdleTimeout", "7200000", 60000),
                number("MaxConcurrentUsers", "2147483647", 1), old("MaxShellRunTime", "2147483647"),
                number("MaxProcessesPerShell", "2147483647", 1),
                number("MaxMemoryPerShellMB", "2147483647", 1),
                number("MaxShellsPerUser", "2147483647", 1)});
}

[[noreturn]] void invalid(const Setting& setting, const std::string& value) {
  refuse(kInvalidXmlValues, "'" + value + "' is no value for '" + setting.name + "'.");
}

void check_number(const Setting& setting, const std::string& value) {
  std::uint64_t parsed = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
  if (error != std::errc() || end != value.data() + value.size() || parsed > 4294967295U ||
      parsed < setting.least) {
    invalid(setting, value);
  }
}

void check_leaf(const Setting& setting, const std::string& value) {
  switch (setting.kind) {
    case Kind::boolean:
      if (!same_ignoring_case(value, "true") && !same_ignoring_case(value, "false")) {
        invalid(setting, value);
      }
      return;
    case Kind::number:
      check_number(setting, value);
      return;
    case Kind::read_only:
      if (value != setting.text) {
        refuse(kReadOnlySetting, "'" + setting.name + "' cannot be changed.");
      }
      return;
    case Kind::deprecated:
      if (value != setting.text) {
        refuse(kDeprecatedSetting, "'" + setting.name + "' has no effect any more.");
      }
      return;
    case Kind::text:
    case Kind::container:
      return;
  }
}

void take_over(Setting& setting, const Element& element) {
  for (const Element& one : element.children()) {
    Setting* const child = setting.child(one.name());
    if (child == nullptr) {
      refuse(kSchemaValidation,
             "There is no setting '" + one.name() + "' in '" + setting.name + "'.");
    }
    if (child->kind == Kind::container) {
      take_over(*child, one);
      continue;
    }
    std::string value = one.trimmed();
    if (one.first()) invalid(*child, value);
    check_leaf(*child, value);
    child->text = std::move(value);
  }
}

}  // namespace

Setting* Setting::child(std::string_view child_name) {
  for (Setting& one : children) {
    if (one.name == child_name) return &one;
  }
  return nullptr;
}

Setting* Setting::container(std::string_view path) {
  if (path.empty()) return this;
  const std::string_view first = path.substr(0, path.find('/'));
  for (Setting& one : children) {
    if (one.kind != Kind::container || !same_ignoring_case(one.name, first)) continue;
    return one.container(path.substr(std::min(first.size() + 1, path.size())));
  }
  return nullptr;
}

Setting default_settings() {
  return group("Config",
               {number("MaxEnvelopeSizekb", "500", 32), number("MaxTimeoutms", "60000", 500),
                number("MaxBatchItems", "32000", 1), old("MaxProviderRequests", "4294967295"),
                client_settings(), service_settings(), shell_settings()});
}

Setting default_listener(const std::string& transport, const std::string& port) {
  return group("Listener", {fixed("Address", "*"), fixed("Transport", transport.c_str()),
                            number("Port", port.c_str(), 1), text("Hostname", ""),
                            flag("Enabled", true), text("URLPrefix", "wsman"),
                            text("CertificateThumbprint", ""), fixed("ListeningOn", "127.0.0.1")});
}

std::string settings_xml(const Setting& setting) {
  const std::string name = "cfg:" + setting.name;
  if (setting.kind != Kind::container) return leaf(name, setting.text);
  std::string inner;
  for (const Setting& child : setting.children) inner += settings_xml(child);
  return wrap(name, inner);
}

void apply_settings(Setting& setting, const Element& element) {
  Setting changed = setting;
  take_over(changed, element);
  setting = std::move(changed);
}

}  // namespace wsman::endpoint
