#include "wsman/config_certmapping.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <utility>

#include "http/message.h"
#include "wsman/fault.h"

namespace wsman::service {
namespace {

Setting mapping_settings(const std::string& uri, const std::string& subject,
                         const std::string& issuer) {
  Setting mapping = initial_setting("CertMapping");
  mapping.child("URI")->text = uri;
  mapping.child("Subject")->text = subject;
  mapping.child("Issuer")->text = issuer;
  return mapping;
}

void check_keys(const std::string& issuer, const std::string& subject, const std::string& uri) {
  if (!is_thumbprint(issuer)) {
    refuse(kMappingInvalidIssuer, "The Issuer is the thumbprint of a certificate: 40 digits.");
  }
  // One wildcard, at the start or at the end.
  const std::size_t star = subject.find('*');
  const bool inside = star != std::string::npos && star != 0 && star + 1 != subject.size();
  if (subject.empty() || inside || std::count(subject.begin(), subject.end(), '*') > 1) {
    refuse(kMappingInvalidSubject, "'" + subject + "' is no Subject of a mapping.");
  }
  if (uri.empty() || uri.find('*') < uri.size() - 1) {
    refuse(kInvalidSelectorValue, "'" + uri + "' is no URI of a mapping.");
  }
}

class Mapping final : public ConfigItem {
 public:
  Mapping(Setting settings, const KnowsAccount& knows)
      : settings_(std::move(settings)), knows_(knows) {}

  std::string xml() const override { return settings_document(settings_, kMappingUri); }

  void replace(const Element& representation) override {
    check_keys_kept(representation);
    Setting changed = settings_;
    apply_settings(changed, representation);
    const std::string password = std::exchange(changed.child("Password")->text, "");
    const std::string user = changed.text_of("UserName");
    // A password that is not given stays what it is, for the user it is of.
    if (password.empty() && user != settings_.text_of("UserName")) {
      refuse(kMappingUserWithoutPassword, "UserName and Password are changed together.");
    }
    if (!password.empty()) check_account(user, password);
    settings_ = std::move(changed);
  }

  void fill(const Element& representation) {
    apply_settings(settings_, representation);
    const std::string password = std::exchange(settings_.child("Password")->text, "");
    if (password.empty()) refuse(kMappingPasswordBlank, "The Password of a mapping is missing.");
    check_account(settings_.text_of("UserName"), password);
  }

 private:
  void check_keys_kept(const Element& representation) const {
    for (const Element& one : representation.children()) {
      for (const char* name : {"URI", "Subject", "Issuer"}) {
        if (one.name() == name && one.trimmed() != settings_.text_of(name)) {
          refuse(kCannotChangeMappingKeys, "The keys of a mapping cannot be changed.");
        }
      }
    }
  }

  void check_account(const std::string& user, const std::string& password) const {
    if (!knows_(user, password)) {
      refuse(kMappingInvalidCredentials, "UserName and Password of the mapping are not valid.");
    }
  }

  Setting settings_;  // The password is never kept.
  const KnowsAccount knows_;
};

}  // namespace

ConfigKind certmapping_kind(KnowsAccount knows) {
  return {kMappingUri,
          "CertMapping",
          kMappingUri,
          {"Issuer", "Subject", "URI"},
          [knows = std::move(knows)](const ConfigKeys& keys, const Element& representation) {
            check_keys(keys.at(0), keys.at(1), keys.at(2));
            auto mapping = std::make_unique<Mapping>(
                mapping_settings(keys.at(2), keys.at(1), keys.at(0)), knows);
            mapping->fill(representation);
            return mapping;
          }};
}

}  // namespace wsman::service
