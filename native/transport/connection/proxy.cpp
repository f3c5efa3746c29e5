#include "transport/connection/proxy.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "base/codes.h"
#include "base/text.h"
#include "transport/authentication/negotiate/mechanism.h"
#include "transport/authentication/policy.h"

namespace wsman::connection {
namespace {

constexpr uint16_t kDefaultPort = 80;

Error refused(uint32_t wsman_code, const std::string& sentence, AdviceList advice) {
  return make_error(ErrorCode::invalid_argument, wsman_code, sentence, std::move(advice));
}

// The dot of the root names the same computer.
std::string_view without_root(std::string_view host) {
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  return host;
}

bool is_this_computer(std::string_view host) {
  // At a proxy these names mean the proxy itself [RFC 6761 6.3] [RFC 1122 3.2.1.3].
  const std::string_view address = host.substr(0, host.find('%'));
  return equal_without_case(host, "localhost") || ends_without_case(host, ".localhost") ||
         address == "::1" || (is_address_literal(host) && host.substr(0, 4) == "127.");
}

// Splits "name" or "name:port". The colons of an IPv6 address start no port unless the address is
// in brackets.
std::pair<std::string_view, std::optional<uint16_t>> split_port(std::string_view entry) {
  const size_t colon = entry.rfind(':');
  const bool one_colon = colon != std::string_view::npos && entry.find(':') == colon;
  const bool bracketed = colon != std::string_view::npos && colon > 0 && entry[colon - 1] == ']';
  if (!one_colon && !bracketed) return {entry, std::nullopt};
  uint16_t port = 0;
  const std::string_view digits = entry.substr(colon + 1);
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  // No port then: the whole entry is compared as a name, which matches no host.
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return {entry, {}};
  return {entry.substr(0, colon), port};
}

bool covers(std::string_view entry, std::string_view host, uint16_t port) {
  auto [name, only] = split_port(entry);
  if (only && *only != port) return false;
  name = without_root(without_brackets(name));
  if (name == "*") return true;
  // With or without the dot an entry covers the domain and all below it, as curl has it.
  if (!name.empty() && name.front() == '.') name.remove_prefix(1);
  if (name.empty()) return false;
  if (equal_without_case(name, host)) return true;
  // Only at a dot: "example.com" does not cover "badexample.com". An address has no domain.
  return !is_address_literal(host) && ends_without_case(host, "." + std::string(name));
}

// The value may hold a password, so no error repeats it.
Error no_proxy_named(const std::string& why, AdviceList advice = {}) {
  advice.emplace_back(AdviceKey::write_proxy_address);
  return refused(0, "The environment variable https_proxy names no proxy that can be used: " + why,
                 std::move(advice));
}

Error no_credential(const TransportOptions& proxy) {
  return refused(code::kClientCredentialsForProxy,
                 "The proxy authentication " + std::string(name_of(proxy.authentication)) +
                     " needs a user name and a password",
                 {AdviceKey::add_proxy_credential});
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
  // Before the address is read: a wrong one does not matter to a computer that needs no proxy.
  const std::string_view host = without_root(target.host);
  if (is_this_computer(host)) return none;
  if (is_bypassed(options.proxy->bypass, host, target.port)) return none;
  const std::string_view address = trimmed(options.proxy->address);
  const size_t scheme = address.find("://");
  const std::string_view rest =
      scheme == std::string_view::npos ? address : address.substr(scheme + 3);
  // A proxy of https would need a TLS of its own around the TLS of the computer, and SOCKS is
  // another protocol.
  if (scheme != std::string_view::npos && !equal_without_case(address.substr(0, scheme), "http")) {
    return no_proxy_named("only proxies of HTTP itself are known");
  }
  // A credential in the environment is open to every child process; it has a parameter instead.
  if (rest.find('@') != std::string_view::npos) {
    return no_proxy_named("there is a user name in it", {AdviceKey::move_proxy_credential});
  }
  EndpointRequest request;
  request.connection_uri = "http://" + std::string(rest);
  Result<Endpoint> proxy = make_endpoint(request, {kDefaultPort, kDefaultPort, ""});
  if (!proxy.ok()) return no_proxy_named("it is no address");
  return std::optional<Endpoint>(std::move(proxy.value()));
}

Status check_proxy(const TransportOptions& options) {
  if (!options.proxy) return Done{};
  // CONNECT carries TLS; a message over http would pass through the proxy itself.
  if (!options.endpoint.tls) {
    return refused(code::kCannotUseProxyForHttp, "A proxy can be used for https only",
                   {AdviceKey::use_tls, AdviceKey::leave_out_proxy});
  }
  if (options.authentication == AuthenticationKind::kerberos) {
    return refused(code::kCannotUseProxyForKerberos,
                   "A proxy cannot be used with the authentication Kerberos",
                   {{AdviceKey::use_authentication, {"Negotiate"}}, AdviceKey::leave_out_proxy});
  }
  if (options.authentication == AuthenticationKind::credssp) {
    return refused(code::kCannotUseProxyForCredssp,
                   "A proxy cannot be used with the authentication CredSSP",
                   {AdviceKey::leave_out_proxy});
  }
  return Done{};
}

Status check_proxy_authentication(const TransportOptions& proxy,
                                  const authentication::Policy& policy) {
  const Credential& credential = proxy.credential;
  switch (proxy.authentication) {
    case AuthenticationKind::basic:
    case AuthenticationKind::digest:
      if (!credential.given) {
        return no_credential(proxy);
      }
      return authentication::check_user_name("A user name for the proxy", credential.user_name);
    case AuthenticationKind::negotiate: {
      Status usable = authentication::check_credential(credential);
      if (!usable.ok()) return usable;
      // Kerberos knows computers by name, and no account of the proxy itself.
      const bool kerberos =
          !is_address_literal(proxy.endpoint.host) &&
          !(credential.given &&
            authentication::read_user_name(credential.user_name).kerberos.empty());
      if (!credential.given) return kerberos ? negotiate::check_library() : no_credential(proxy);
      const bool ntlm = authentication::allows_ntlm(proxy, policy);
      return kerberos || ntlm ? Status(Done{}) : Status(negotiate::not_trusted(proxy));
    }
    default:
      return refused(code::kProxyAuthenticationInvalidFlag,
                     "The proxy authentication must be Negotiate, Basic or Digest", {});
  }
}

}  // namespace wsman::connection
