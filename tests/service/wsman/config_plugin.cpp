#include "wsman/config_plugin.h"

#include <memory>

#include "http/message.h"
#include "wsman/config_plugin_schema.h"
#include "wsman/fault.h"

namespace wsman::endpoint {
namespace {

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
    const bool told = representation.attribute("RunAsPassword").has_value();
    document_ = told ? representation.xml_with("RunAsPassword", "") : representation.xml();
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

ConfigItemPtr known_plugin(std::string name, std::string document, KnowsAccount knows) {
  return std::make_unique<Plugin>(std::move(name), std::move(document), std::move(knows));
}

}  // namespace wsman::endpoint
