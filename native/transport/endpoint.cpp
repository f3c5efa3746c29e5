#include "transport/endpoint.h"

#include <arpa/inet.h>
#include <cpprest/base_uri.h>

#include <algorithm>
#include <array>

namespace wsman {
namespace {

Error invalid(std::string message) {
  return {ErrorCode::invalid_argument, std::move(message), 0, {}};
}

std::string_view without_zone(std::string_view host) { return host.substr(0, host.find('%')); }

// The zone of an IPv6 literal is the name of an interface, or its number [RFC 4007 11].
bool is_zone(std::string_view zone) {
  return !zone.empty() && std::all_of(zone.begin(), zone.end(), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') ||
           std::string_view("-_.~").find(c) != std::string_view::npos;
  });
}

bool is_ipv6(std::string_view host) {
  const std::string address(without_zone(host));
  std::array<unsigned char, sizeof(in6_addr)> octets{};
  const bool zone = address.size() == host.size() || is_zone(host.substr(address.size() + 1));
  return zone && inet_pton(AF_INET6, address.c_str(), octets.data()) == 1;
}

bool is_ipv4(std::string_view host) {
  const std::string address(host);
  std::array<unsigned char, sizeof(in_addr)> octets{};
  return inet_pton(AF_INET, address.c_str(), octets.data()) == 1;
}

// Brackets belong to IPv6 literals only.
std::string without_brackets(const std::string& host) {
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  const std::string inner = bracketed ? host.substr(1, host.size() - 2) : host;
  return bracketed && is_ipv6(inner) ? inner : host;
}

// Refuses what could leave the host part of a URL or break an HTTP head. Octets above 0x7F are let
// through: names outside ASCII are the resolver's to judge.
bool is_host_name(std::string_view host) {
  return !host.empty() && std::none_of(host.begin(), host.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet <= 0x20 || octet == 0x7F ||
           std::string_view("/\\?#@[]:<>\"'").find(c) != std::string_view::npos;
  });
}

// What a path and a query may hold as they stand [RFC 3986 3.3, 3.4].
bool is_path(std::string_view path) {
  return std::all_of(path.begin(), path.end(), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') ||
           std::string_view("-._~!$&'()*+,;=:@/?%").find(c) != std::string_view::npos;
  });
}

std::string as_path(const std::string& application) {
  const size_t first = application.find_first_not_of('/');
  return first == std::string::npos ? "/" : "/" + application.substr(first);
}

// A URI for a message: not one with user information, which may hold a password.
std::string shown(const std::string& uri) {
  return uri.find('@') == std::string::npos ? " \"" + uri + "\"" : "";
}

uint16_t default_port(bool tls, const EndpointDefaults& defaults) {
  return tls ? defaults.https_port : defaults.http_port;
}

Result<Endpoint> from_uri(const EndpointRequest& request, const EndpointDefaults& defaults) {
  try {
    const web::uri uri(request.connection_uri);
    Endpoint endpoint;
    endpoint.tls = uri.scheme() == "https";
    if (!endpoint.tls && uri.scheme() != "http") {
      return invalid("The connection URI" + shown(request.connection_uri) +
                     " begins with neither http:// nor https://.");
    }
    endpoint.host = without_brackets(uri.host());
    if (!is_ipv6(endpoint.host) && !is_host_name(endpoint.host)) {
      return invalid("The connection URI" + shown(request.connection_uri) + " names no computer.");
    }
    const int given = uri.port() > 0 ? uri.port() : request.port;
    if (given > 65535) return invalid("A port is a number from 1 to 65535.");
    endpoint.port = given > 0 ? static_cast<uint16_t>(given) : default_port(endpoint.tls, defaults);
    const bool has_path = !uri.path().empty() && uri.path() != "/";
    endpoint.path = has_path ? uri.path() : as_path(defaults.url_prefix);
    if (!uri.query().empty()) endpoint.path += "?" + uri.query();
    return endpoint;
  } catch (const web::uri_exception&) {
    return invalid("The connection URI" + shown(request.connection_uri) +
                   " is not a URI. Write it as https://server01:5986/wsman.");
  }
}

}  // namespace

std::string Endpoint::host_in_url() const {
  return is_ipv6(host) ? "[" + std::string(without_zone(host)) + "]" : host;
}

std::string Endpoint::url() const {
  return (tls ? "https://" : "http://") + host_in_url() + ":" + std::to_string(port) + path;
}

std::string Endpoint::display() const { return host + " (port " + std::to_string(port) + ")"; }

Result<Endpoint> make_endpoint(const EndpointRequest& request, const EndpointDefaults& defaults) {
  if (!request.connection_uri.empty()) return from_uri(request, defaults);
  Endpoint endpoint;
  endpoint.tls = request.use_tls;
  endpoint.host = without_brackets(request.computer_name);
  if (!is_ipv6(endpoint.host) && !is_host_name(endpoint.host)) {
    return invalid("\"" + request.computer_name + "\" is not the name of a computer.");
  }
  endpoint.port = request.port > 0 ? request.port : default_port(endpoint.tls, defaults);
  endpoint.path =
      as_path(request.application_name.empty() ? defaults.url_prefix : request.application_name);
  if (!is_path(endpoint.path)) {
    return invalid("\"" + request.application_name + "\" is not the name of an application.");
  }
  return endpoint;
}

bool is_address_literal(std::string_view host) { return is_ipv4(host) || is_ipv6(host); }

}  // namespace wsman
