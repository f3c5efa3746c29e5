#include "transport/endpoint.h"

#include <arpa/inet.h>
#include <cpprest/base_uri.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace wsman {
namespace {

Error invalid(const std::string& sentence, AdviceList advice = {}) {
  return make_error(ErrorCode::invalid_argument, sentence, std::move(advice));
}

// A zone has a meaning on this machine only, so it never goes into a URL or a Host field [RFC 4007
// 6].
std::string_view without_zone(std::string_view host) { return host.substr(0, host.find('%')); }

// The zone of an IPv6 literal is the name of an interface, or its number [RFC 4007 11].
bool is_zone(std::string_view zone) {
  return !zone.empty() && std::all_of(zone.begin(), zone.end(), [](char c) {
    return is_letter(c) || is_digit(c) ||
           std::string_view("-_.~").find(c) != std::string_view::npos;
  });
}

bool is_ipv6(std::string_view host) {
  // inet_pton() would stop at a NUL, and take what is before it.
  if (host.find('\0') != std::string_view::npos) return false;
  // inet_pton() knows no zone. getaddrinfo() does, so the host keeps it.
  const std::string address(without_zone(host));
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  const bool zone = address.size() == host.size() || is_zone(host.substr(address.size() + 1));
  return zone && inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1;
}

bool is_ipv4(std::string_view host) {
  if (host.find('\0') != std::string_view::npos) return false;
  const std::string address(host);
  std::array<unsigned char, sizeof(in_addr)> bytes{};
  // inet_pton() and not inet_aton(), which would take "1" and "010.1" for addresses as well.
  return inet_pton(AF_INET, address.c_str(), bytes.data()) == 1;
}

// Brackets belong to IPv6 literals only. Around any other host they stay, so that is_host_name()
// refuses it.
std::string host_of(const std::string& typed) {
  const std::string_view inner = without_brackets(typed);
  return is_ipv6(inner) ? std::string(inner) : typed;
}

// The IPv4 address that the resolver takes the host for though it is not written as four decimal
// numbers ("127.1", "0x7f000001", "2130706433"); empty for any other host. It would be a name for
// TrustedHosts and for certificates.
std::string ipv4_in_other_form(const std::string& host) {
  in_addr address{};
  if (is_ipv4(host) || inet_aton(host.c_str(), &address) == 0) return {};
  std::array<char, INET_ADDRSTRLEN> text{};
  return inet_ntop(AF_INET, &address, text.data(), text.size());
}

// No host name of DNS has an underscore [RFC 952], but computers with Windows have.
bool is_in_name(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; }

// Why a computer cannot be called so; empty if it can. What passes can stand in a URL, in an HTTP
// head and in a certificate.
std::string problem_with_name(std::string_view host) {
  if (host.empty()) return "it is empty";
  // 253 characters [RFC 1035 2.3.4], and the dot of the root.
  if (host.size() > 254) return "it has more than 254 characters";
  // OpenSSL would accept every name that ends so.
  if (host.front() == '.') return "it begins with a dot";
  const auto* const odd = std::find_if_not(host.begin(), host.end(), is_in_name);
  if (odd == host.end()) return {};
  if (static_cast<unsigned char>(*odd) >= 0x80)
    return "letters outside ASCII have to be given as A-labels (RFC 5891)";
  return std::string("it has \"") + *odd +
         "\" in it, and a name has letters, digits, hyphens, underscores and dots";
}

// Whether a port, a path or a scheme was typed with the name: "server01:5986", "[::1]:5986" and
// whole URIs. What else has more colons is meant for an IPv6 address.
bool has_more_than_name(std::string_view host) {
  return host.find('/') != std::string_view::npos || host.find("]:") != std::string_view::npos ||
         std::count(host.begin(), host.end(), ':') == 1;
}

// Fails unless a computer can be called so. `named` says where the name stands.
Status check_name(const std::string& host, const std::string& named) {
  const std::string problem = problem_with_name(host);
  if (!problem.empty()) {
    return invalid(
        named + " is not the name of a computer: " + problem,
        has_more_than_name(host) ? AdviceList{AdviceKey::give_name_alone} : AdviceList{});
  }
  const std::string meant = ipv4_in_other_form(host);
  if (meant.empty()) return Done{};
  return invalid(named + " is the address " + meant + " in another form: write " + meant);
}

// The same of a host that may be an IPv6 literal.
Status check_host(const std::string& host, const std::string& named) {
  return is_ipv6(host) ? Status(Done{}) : check_name(host, named);
}

// The characters that a path and a query may have unescaped [RFC 3986 3.3, 3.4]. Blanks and line
// ends are not among them, so the path cannot break the request line.
bool is_path(std::string_view path) {
  return std::all_of(path.begin(), path.end(), [](char c) {
    return is_letter(c) || is_digit(c) ||
           std::string_view("-._~!$&'()*+,;=:@/?%").find(c) != std::string_view::npos;
  });
}

std::string as_path(const std::string& application) {
  // Users write "wsman" and "/wsman". Leading slashes become one, because "//name" would begin with
  // a host [RFC 3986 4.2].
  const size_t first = application.find_first_not_of('/');
  return first == std::string::npos ? "/" : "/" + application.substr(first);
}

// The URI as messages show it. A URI with user information is left out, because that may be a
// password.
std::string shown(const std::string& uri) {
  return uri.find('@') == std::string::npos ? " \"" + uri + "\"" : "";
}

uint16_t default_port(bool tls, const EndpointDefaults& defaults) {
  return tls ? defaults.https_port : defaults.http_port;
}

// The host in the text of a URI, which need not be one yet [RFC 3986 3.2].
std::string_view host_in(std::string_view uri) {
  const size_t slashes = uri.find("//");
  if (slashes == std::string_view::npos) return {};
  uri.remove_prefix(slashes + 2);
  uri = uri.substr(0, uri.find_first_of("/?#"));
  uri.remove_prefix(uri.rfind('@') + 1);
  return uri.substr(0, uri.rfind(':'));
}

// With the host in ASCII, since no URI has letters outside it. Notes the host that was there.
std::string uri_in_ascii(const EndpointRequest& request, Endpoint& endpoint) {
  std::string uri = request.connection_uri;
  const std::string_view host = host_in(uri);
  if (request.host.empty() || host.empty()) return uri;
  endpoint.typed = host;
  return uri.replace(static_cast<size_t>(host.data() - uri.data()), host.size(), request.host);
}

// In a URI "%25" is the percent sign before a zone [RFC 6874 2]. RFC 9844 has withdrawn that form,
// but URIs are still written so; "%" alone, as it has it, is taken too. The one zone that "%25" can
// be itself has nothing behind it.
std::string with_bare_percent(std::string host) {
  const size_t zone = host.find("%25");
  if (zone != std::string::npos && zone + 4 < host.size()) host.erase(zone + 1, 2);
  return host;
}

Result<Endpoint> from_uri(const EndpointRequest& request, const EndpointDefaults& defaults) {
  const std::string place = "The host of the connection URI" + shown(request.connection_uri);
  // Before it becomes part of the URI, where it could be more than the host.
  const Status proper = request.host.empty() ? Status(Done{}) : check_name(request.host, place);
  if (!proper.ok()) return proper.error();
  try {
    Endpoint endpoint;
    // The constructor of web::uri throws for what is no URI. Nothing is thrown across a room.
    const web::uri uri(uri_in_ascii(request, endpoint));
    endpoint.tls = uri.scheme() == "https";
    if (!endpoint.tls && uri.scheme() != "http") {
      return invalid("The connection URI" + shown(request.connection_uri) +
                     " begins with neither http:// nor https://");
    }
    endpoint.host = host_of(with_bare_percent(uri.host()));
    if (endpoint.host.empty())
      return invalid("The connection URI" + shown(request.connection_uri) + " names no computer");
    const Status named = check_host(endpoint.host, place);
    if (!named.ok()) return named.error();
    const int given = uri.port() > 0 ? uri.port() : request.port;
    // web::uri holds a port as an int.
    if (given > 65535) return invalid("A port is a number from 1 to 65535");
    endpoint.port = given > 0 ? static_cast<uint16_t>(given) : default_port(endpoint.tls, defaults);
    // A URI without a path names the computer only, so the path is that of the client settings.
    const bool has_path = !uri.path().empty() && uri.path() != "/";
    endpoint.path = has_path ? uri.path() : as_path(defaults.url_prefix);
    if (!uri.query().empty()) endpoint.path += "?" + uri.query();
    return endpoint;
  } catch (const web::uri_exception&) {
    return invalid("The connection URI" + shown(request.connection_uri) + " is not a URI",
                   {AdviceKey::write_connection_uri});
  }
}

}  // namespace

std::string Endpoint::host_in_url() const {
  return is_ipv6(host) ? "[" + std::string(without_zone(host)) + "]" : host;
}

std::string Endpoint::host_in_list() const { return is_ipv6(host) ? "[" + host + "]" : host; }

std::string Endpoint::url() const {
  return (tls ? "https://" : "http://") + host_in_url() + ":" + std::to_string(port) + path;
}

std::string Endpoint::display() const { return called() + " (port " + std::to_string(port) + ")"; }

std::string Endpoint::host_for_tls() const {
  if (is_ipv6(host)) return std::string(without_zone(host));
  // The dot of the root belongs to the resolver; certificates and SNI have none [RFC 6066 3].
  return host.size() > 1 && host.back() == '.' ? host.substr(0, host.size() - 1) : host;
}

Result<Endpoint> make_endpoint(const EndpointRequest& request, const EndpointDefaults& defaults) {
  if (!request.connection_uri.empty()) return from_uri(request, defaults);
  Endpoint endpoint;
  endpoint.tls = request.use_tls;
  const std::string place = "\"" + request.computer_name + "\"";
  const bool is_given = !request.host.empty();
  endpoint.host = is_given ? request.host : host_of(request.computer_name);
  if (is_given) endpoint.typed = request.computer_name;
  const Status named =
      is_given ? check_name(endpoint.host, place) : check_host(endpoint.host, place);
  if (!named.ok()) return named.error();
  endpoint.port = request.port > 0 ? request.port : default_port(endpoint.tls, defaults);
  endpoint.path =
      as_path(request.application_name.empty() ? defaults.url_prefix : request.application_name);
  if (!is_path(endpoint.path)) {
    return invalid("\"" + request.application_name + "\" is not the name of an application");
  }
  return endpoint;
}

std::string_view without_brackets(std::string_view host) {
  const bool bracketed = host.size() >= 2 && host.front() == '[' && host.back() == ']';
  return bracketed ? host.substr(1, host.size() - 2) : host;
}

bool is_address_literal(std::string_view host) { return is_ipv4(host) || is_ipv6(host); }

}  // namespace wsman
