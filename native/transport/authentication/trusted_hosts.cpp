#include "transport/authentication/trusted_hosts.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/text.h"
#include "transport/endpoint.h"

namespace wsman::authentication {
namespace {

using Address6 = std::array<unsigned char, sizeof(in6_addr)>;

// Leaves out the zone, which names an interface of this computer and is no part of the address of
// the other one.
std::optional<Address6> ipv6_of(std::string_view text) {
  Address6 address{};
  const std::string literal(text.substr(0, text.find('%')));
  if (inet_pton(AF_INET6, literal.c_str(), address.data()) != 1) return std::nullopt;
  return address;
}

bool is_local_name(std::string_view host) {
  // A name without a dot is taken as one of the local network, as Windows does.
  return host.find('.') == std::string_view::npos && !is_address_literal(host);
}

bool covers(std::string_view entry, std::string_view host) {
  // Two commas in the setting make an empty entry, which trusts no computer.
  if (entry.empty()) return false;
  if (equal_without_case(entry, "<local>")) return is_local_name(host);
  const std::optional<Address6> address = ipv6_of(without_brackets(entry));
  // Compared as bytes, because one address has many forms [RFC 4291 2.2].
  if (address) return address == ipv6_of(host);
  return matches_wildcard(without_brackets(entry), host);
}

}  // namespace

// Takes at most the length of the pattern times that of the text: only the last star is tried
// again, since an earlier one could not match more than it already has.
bool matches_wildcard(std::string_view pattern, std::string_view text) {
  size_t p = 0;
  size_t t = 0;
  size_t star = std::string_view::npos;
  size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && equal_without_case(pattern.substr(p, 1), text.substr(t, 1))) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool is_trusted_host(const std::vector<std::string>& hosts, std::string_view host) {
  // "*" covers every computer, but no empty name.
  return !host.empty() && std::any_of(hosts.begin(), hosts.end(), [&](const std::string& entry) {
    return covers(trimmed(entry), host);
  });
}

}  // namespace wsman::authentication
