#include "wsman/config_listener.h"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <cctype>
#include <memory>
#include <utility>

#include "http/message.h"
#include "wsman/fault.h"

namespace wsman::service {
namespace {

using Kind = Setting::Kind;

constexpr const char* kMachine = "loopback";
// The certificate for the machine's own name, which is taken if none is named.
constexpr char kMachineCertificate = '5';

// The certificates that are not for everything, known by a thumbprint of one digit forty times.
constexpr char kNoCertificate = '0';
constexpr char kOtherName = '1';  // Its CN is "other.example".
constexpr char kNoServerUsage = '2';

Setting listener_settings(const std::string& address, const std::string& transport,
                          const std::string& port) {
  Setting listener = initial_setting("Listener");
  listener.child("Address")->text = address;
  listener.child("Transport")->text = transport;
  listener.child("Port")->text = port;
  return listener;
}

// "*", "IP:" and an address, or "MAC:" and six pairs of digits.
bool is_listening_address(const std::string& text) {
  if (text == "*") return true;
  if (same_ignoring_case(text.substr(0, 3), "IP:")) {
    boost::system::error_code error;
    boost::asio::ip::make_address(text.substr(3), error);
    return !error;
  }
  if (!same_ignoring_case(text.substr(0, 4), "MAC:") || text.size() != 21) return false;
  for (std::size_t i = 4; i < text.size(); ++i) {
    const bool digit = std::isxdigit(static_cast<unsigned char>(text[i])) != 0;
    if ((i - 4) % 3 == 2 ? text[i] != '-' : !digit) return false;
  }
  return true;
}

// The digit that the thumbprint repeats; or none.
char repeated_digit(const std::string& thumbprint) {
  const bool one = std::all_of(thumbprint.begin(), thumbprint.end(),
                               [&thumbprint](char c) { return c == thumbprint.front(); });
  return one && !thumbprint.empty() ? thumbprint.front() : '\0';
}

void check_thumbprint(const std::string& thumbprint) {
  if (!is_thumbprint(thumbprint)) {
    refuse(kInvalidXmlValues, "A thumbprint has forty hexadecimal digits.");
  }
}

void check_certificate(const std::string& thumbprint, const std::string& host) {
  check_thumbprint(thumbprint);
  switch (repeated_digit(thumbprint)) {
    case kNoCertificate:
      refuse(kCertificateNotFound, "The service has no certificate with this thumbprint.");
    case kNoServerUsage:
      refuse(kCertificateInvalidUsage, "The certificate is not for server authentication.");
    case kOtherName:
      if (same_ignoring_case(host, "other.example")) return;
      break;
    case kMachineCertificate:
      if (same_ignoring_case(host, kMachine)) return;
      break;
    default:
      return;
  }
  refuse(kCertificateNameMismatch, "The CN of the certificate is not the Hostname.");
}

class Listener final : public ConfigItem {
 public:
  explicit Listener(Setting settings) : settings_(std::move(settings)) {}

  std::string xml() const override {
    Setting told = settings_;
    for (const std::string& address : listening_on()) {
      told.add("ListeningOn", address);
    }
    return settings_document(told, kListenerUri);
  }

  void replace(const Element& representation) override {
    check_removal();
    Setting changed = with(representation);
    const std::string thumbprint = changed.text_of("CertificateThumbprint");
    if (secure() && thumbprint.empty()) {
      const bool renamed = changed.text_of("Hostname") != settings_.text_of("Hostname");
      refuse(renamed ? kHostnameWithoutCertificate : kThumbprintBlank,
             "A listener on HTTPS needs a CertificateThumbprint.");
    }
    check(changed);
    settings_ = std::move(changed);
  }

  void check_removal() const override {
    if (!settings_.source.empty()) refuse(kPolicyControlled, "A policy made this listener.");
  }

  // As Create says it: what is not given is chosen.
  void fill(const Element& representation) {
    Setting changed = with(representation);
    if (secure()) choose_certificate(changed);
    check(changed);
    settings_ = std::move(changed);
  }

 private:
  bool secure() const { return settings_.text_of("Transport") == "HTTPS"; }

  Setting with(const Element& representation) const {
    Setting changed = settings_;
    changed.add("ListeningOn", "", Kind::computed);
    apply_settings(changed, representation);
    changed.children.pop_back();
    return changed;
  }

  static void choose_certificate(Setting& listener) {
    std::string& host = listener.child("Hostname")->text;
    std::string& thumbprint = listener.child("CertificateThumbprint")->text;
    if (host.empty()) host = kMachine;
    if (!thumbprint.empty()) return;
    if (!same_ignoring_case(host, kMachine)) {
      refuse(kCertificateNotFound, "The service has no certificate for '" + host + "'.");
    }
    thumbprint = std::string(kThumbprintDigits, kMachineCertificate);
  }

  void check(const Setting& listener) const {
    const std::string thumbprint = listener.text_of("CertificateThumbprint");
    if (secure()) {
      check_certificate(thumbprint, listener.text_of("Hostname"));
    } else if (!thumbprint.empty()) {
      refuse(kThumbprintShouldBeEmpty, "A listener on HTTP has no CertificateThumbprint.");
    }
  }

  std::vector<std::string> listening_on() const {
    if (settings_.text_of("Enabled") == "false") return {};
    const std::string address = settings_.text_of("Address");
    if (address.size() > 3 && address[2] == ':') return {address.substr(3)};
    return {"127.0.0.1", "::1"};
  }

  Setting settings_;
};

ConfigItemPtr make_listener(Setting& settings, const ConfigKeys& keys,
                            const Element& representation) {
  const std::string& address = keys.at(0);
  std::string transport = keys.at(1);
  for (char& c : transport) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (!is_listening_address(address)) {
    refuse(kListenerAddressInvalid, "'" + address + "' is no address for a listener.");
  }
  if (transport != "HTTP" && transport != "HTTPS") {
    refuse(kInvalidSelectorValue, "'" + keys.at(1) + "' is no transport.");
  }
  const std::string port = settings.container("Service/DefaultPorts")->text_of(transport);
  auto listener = std::make_unique<Listener>(listener_settings(address, transport, port));
  listener->fill(representation);
  return listener;
}

}  // namespace

ConfigKind listener_kind(Setting& settings) {
  return {kListenerUri,
          "Listener",
          kListenerUri,
          {"Address", "Transport"},
          [&settings](const ConfigKeys& keys, const Element& representation) {
            return make_listener(settings, keys, representation);
          }};
}

ConfigItemPtr default_listener(Setting& settings, bool by_policy) {
  const std::string port = settings.container("Service/DefaultPorts")->text_of("HTTP");
  Setting listener = listener_settings("*", "HTTP", port);
  if (by_policy) listener.source = "GPO";
  return std::make_unique<Listener>(std::move(listener));
}

}  // namespace wsman::service
