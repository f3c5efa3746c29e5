#include "transport/proxy.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "transport/authentication/gss_context.h"
#include "transport/authentication/gssapi.h"
#include "transport/http_text.h"

namespace wsman {
namespace {

constexpr uint32_t kInvalidFlag = 0x8033819A;
constexpr uint32_t kCredentialsNeeded = 0x8033819B;
constexpr uint32_t kProxyForHttp = 0x803381B1;
constexpr uint32_t kProxyForKerberos = 0x803381B2;
constexpr uint32_t kProxyForCredSsp = 0x803381B3;
constexpr uint16_t kDefaultPort = 80;

Error refused(const std::string& sentence, const std::string& advice, uint32_t code) {
  const std::string said = code != 0 ? with_code(sentence, code) : sentence;
  return {ErrorCode::invalid_argument, said + ". " + advice, code, {}};
}

bool ends_with_without_case(std::string_view text, std::string_view end) {
  return text.size() >= end.size() &&
         equal_without_case(text.substr(text.size() - end.size()), end);
}

bool is_this_computer(const std::string& host) {
  const std::string address = host.substr(0, host.find('%'));
  return equal_without_case(host, "localhost") || ends_with_without_case(host, ".localhost") ||
         address == "::1" || (is_address_literal(host) && host.substr(0, 4) == "127.");
}

// "name" or "name:port"; the colons of an IPv6 address are no port's, unless it is in brackets.
std::pair<std::string_view, std::optional<uint16_t>> split_port(std::string_view entry) {
  const size_t colon = entry.rfind(':');
  const bool one_colon = colon != std::string_view::npos && entry.find(':') == colon;
  const bool bracketed = colon != std::string_view::npos && colon > 0 && entry[colon - 1] == ']';
  if (!one_colon && !bracketed) return {entry, std::nullopt};
  uint16_t port = 0;
  const std::string_view digits = entry.substr(colon + 1);
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return {entry, {}};
  return {entry.substr(0, colon), port};
}

bool covers(std::string_view entry, std::string_view host, uint16_t port) {
  auto [name, only] = split_port(entry);
  if (only && *only != port) return false;
  if (name.size() > 2 && name.front() == '[' && name.back() == ']') {
    name = name.substr(1, name.size() - 2);
  }
  if (name == "*") return true;
  if (!name.empty() && name.front() == '.') name.remove_prefix(1);
  if (name.empty()) return false;
  if (equal_without_case(name, host)) return true;
  return !is_address_literal(host) && ends_with_without_case(host, "." + std::string(name));
}

// The value may hold a password, so no message repeats it.
Error no_proxy_named(const std::string& why) {
  return refused("The environment variable https_proxy names no proxy that can be used: " + why,
                 "It has to read like http://proxy.example.com:3128.", 0);
}

}  // namespace

bool is_bypassed(std::string_view bypass, std::string_view host, uint16_t port) {
  while (!bypass.empty()) {
    const size_t end = std::min(bypass.find_first_of(", \t"), bypass.size());
    if (covers(bypass.substr(0, end), host, port)) return true;
    bypass.remove_prefix(std::min(bypass.size(), end + 1));
  }
  return false;
}

Result<std::optional<Endpoint>> proxy_for(const TransportOptions& options) {
  const std::optional<Endpoint> none;
  if (!options.proxy || options.proxy->address.empty()) return none;
  const Endpoint& target = options.endpoint;
  if (is_this_computer(target.host)) return none;
  if (is_bypassed(options.proxy->bypass, target.host, target.port)) return none;
  const std::string_view address = trimmed(options.proxy->address);
  const size_t scheme = address.find("://");
  const std::string_view rest =
      scheme == std::string_view::npos ? address : address.substr(scheme + 3);
  if (scheme != std::string_view::npos && !equal_without_case(address.substr(0, scheme), "http")) {
    return no_proxy_named("only proxies of HTTP itself are known");
  }
  if (rest.find('@') != std::string_view::npos) {
    return no_proxy_named("there is a user name in it, which belongs into -ProxyCredential");
  }
  EndpointRequest request;
  request.connection_uri = "http://" + std::string(rest);
  Result<Endpoint> proxy = make_endpoint(request, {kDefaultPort, kDefaultPort, ""});
  if (!proxy.ok()) return no_proxy_named("it is no address");
  return std::optional<Endpoint>(std::move(proxy.value()));
}

Status check_proxy(const TransportOptions& options) {
  if (!options.proxy) return Done{};
  const std::string leave_out = "Leave -ProxyAuthentication out of New-WSManSessionOption.";
  if (!options.endpoint.tls) {
    return refused("A proxy can be used for https only", "Use -UseSSL. " + leave_out,
                   kProxyForHttp);
  }
  if (options.authentication == AuthenticationKind::kerberos) {
    return refused("A proxy cannot be used with the authentication Kerberos",
                   "Use -Authentication Negotiate. " + leave_out, kProxyForKerberos);
  }
  if (options.authentication == AuthenticationKind::credssp) {
    return refused("A proxy cannot be used with the authentication CredSSP", leave_out,
                   kProxyForCredSsp);
  }
  return Done{};
}

Status check_proxy_authentication(const TransportOptions& proxy,
                                  const AuthenticationPolicy& policy) {
  const Credential& credential = proxy.credential;
  switch (proxy.authentication) {
    case AuthenticationKind::basic:
    case AuthenticationKind::digest:
      if (!credential.given) {
        return refused("The proxy authentication " + std::string(name_of(proxy.authentication)) +
                           " needs a user name and a password",
                       "Give -ProxyCredential.", kCredentialsNeeded);
      }
      if (credential.user_name.find(':') != std::string::npos) {
        return refused("A user name for the proxy cannot hold a colon", "Leave it out.", 0);
      }
      return Done{};
    case AuthenticationKind::negotiate: {
      Status usable = check_credential(credential);
      if (!usable.ok()) return usable;
      const bool kerberos =
          !is_address_literal(proxy.endpoint.host) &&
          !(credential.given && read_user_name(credential.user_name).kerberos.empty());
      if (!kerberos && !allows_ntlm(proxy, policy)) return not_trusted(proxy, "");
      const Result<const gss::Library*> library = gss::library();
      return library.ok() ? Status(Done{}) : Status(library.error());
    }
    default:
      return refused("The proxy authentication must be Negotiate, Basic or Digest",
                     "Use one of them.", kInvalidFlag);
  }
}

}  // namespace wsman
