#include "wsman/config_plugin.h"

#include <memory>

#include "http/message.h"
#include "wsman/config_plugin_schema.h"
#include "wsman/config_tree.h"
#include "wsman/data.h"
#include "wsman/fault.h"

namespace wsman::service {
namespace {

const xmlChar* bytes(const std::string& text) {
  return reinterpret_cast<const xmlChar*>(text.c_str());
}

bool has_shells(const Element& plugin) {
  for (const Element& resources : plugin.children()) {
    for (const Element& resource : resources.children()) {
      for (const Element& one : resource.children()) {
        if (same_ignoring_case(one.attribute("Type").value_or(""), "Shell")) return true;
      }
    }
  }
  return false;
}

// The document with what WinRM adds: every attribute that is not there, and quotas where there are
// shells. A password is taken out.
std::string filled_in(const Element& representation) {
  xmlNode* const plugin = const_cast<xmlNode*>(representation.node());
  const auto fill = [](xmlNode* node, const Setting& attribute) {
    const bool known = attribute.kind == Setting::Kind::text || !attribute.text.empty();
    if (known && xmlHasProp(node, bytes(attribute.name)) == nullptr) {
      xmlNewProp(node, bytes(attribute.name), bytes(attribute.text));
    }
  };
  for (const Setting& one : initial_setting("PlugInConfiguration").children) fill(plugin, one);
  xmlSetNsProp(plugin, nullptr, bytes("RunAsPassword"), bytes(""));
  const std::string name_space = representation.name_space();
  if (has_shells(representation)) {
    const Element known = representation.child(name_space, "Quotas");
    xmlNode* const quotas = known ? const_cast<xmlNode*>(known.node())
                                  : xmlNewChild(plugin, plugin->ns, bytes("Quotas"), nullptr);
    for (const Setting& one : initial_setting("Quotas").children) fill(quotas, one);
  }
  return representation.xml();
}

class Plugin final : public ConfigItem {
 public:
  Plugin(std::string name, KnowsAccount knows) : name_(std::move(name)), knows_(std::move(knows)) {}
  Plugin(std::string name, std::string document, KnowsAccount knows)
      : name_(std::move(name)), document_(std::move(document)), knows_(std::move(knows)) {}

  // The language is told and not taken, which makes clients that send back what they got fail.
  std::string xml() const override {
    std::string told = document_;
    const std::size_t end = told.find('>');  // Inside attributes it is written as an entity.
    return told.insert(told[end - 1] == '/' ? end - 1 : end, " xml:lang=\"en-US\"");
  }

  void replace(const Element& representation) override {
    check_plugin(representation);
    if (!same_ignoring_case(representation.attribute("Name").value_or(""), name_)) {
      refuse(kCannotChangeKeys, "The Name of a plugin cannot be changed.");
    }
    const std::string user = representation.attribute("RunAsUser").value_or("");
    check_account(user, representation.attribute("RunAsPassword").value_or(""));
    document_ = filled_in(representation);
    user_ = user;
  }

 private:
  // A password that is not given stays what it is, for the user it is of.
  void check_account(const std::string& user, const std::string& password) const {
    if (user.empty() && password.empty()) return;
    if (password.empty() && user == user_) return;
    if (!knows_(user, password)) {
      refuse(kRunAsInvalidCredentials,
             "RunAsUser and RunAsPassword are not valid. The logon failed with error 1326.");
    }
  }

  const std::string name_;
  std::string user_;
  std::string document_;  // Without a password.
  const KnowsAccount knows_;
};

}  // namespace

ConfigKind plugin_kind(KnowsAccount knows) {
  return {kPluginUri,
          "PlugInConfiguration",
          kPluginNamespace,
          {"Name"},
          [knows = std::move(knows)](const ConfigKeys& keys, const Element& representation) {
            auto plugin = std::make_unique<Plugin>(keys.at(0), knows);
            plugin->replace(representation);
            return plugin;
          }};
}

std::vector<std::pair<std::string, ConfigItemPtr>> builtin_plugins(std::uint32_t more,
                                                                   const KnowsAccount& knows) {
  std::vector<std::pair<std::string, ConfigItemPtr>> plugins;
  const auto add = [&](const std::string& name, const Element& like) {
    plugins.emplace_back(name, std::make_unique<Plugin>(name, like.xml_with("Name", name), knows));
  };
  Element shells;
  for (const Element& one : data("plugins.xml").children()) {
    const std::string name = one.attribute("Name").value_or("");
    if (name == "microsoft.powershell") shells = one;
    add(name, one);
  }
  for (std::uint32_t i = 1; i <= more; ++i) add("Loopback.Plugin." + std::to_string(i), shells);
  return plugins;
}

}  // namespace wsman::service
