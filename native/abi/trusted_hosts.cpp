#include "abi/trusted_hosts.h"

#include <algorithm>
#include <string_view>

#include "transport/endpoint.h"
#include "transport/http_text.h"

namespace wsman {
namespace {

constexpr std::string_view kAnyHost = "*";
constexpr std::string_view kLocal = "<local>";

std::string entry_in(std::string_view text, size_t start, size_t end) {
  return std::string(trimmed(text.substr(start, end - start)));
}

bool is_bracketed_address(std::string_view entry) {
  if (entry.size() < 2 || entry.front() != '[' || entry.back() != ']') return false;
  const std::string_view inner = entry.substr(1, entry.size() - 2);
  return inner.find(':') != std::string_view::npos && is_address_literal(inner);
}

// Octets above 0x7F are let through: names outside ASCII are the resolver's to judge.
bool is_pattern(std::string_view entry) {
  return std::all_of(entry.begin(), entry.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet >= 0x80 || is_letter(c) || is_digit(c) ||
           std::string_view("-_.*").find(c) != std::string_view::npos;
  });
}

// What an entry should have been, by its most telling mistake.
std::string problem_with(const std::string& entry) {
  const std::string shown = "\"" + entry + "\"";
  if (entry.empty()) return "has an empty entry; write names with one comma between them";
  if (entry.find("://") != std::string::npos) {
    return "holds " + shown + ", which is a URL; write the host name alone";
  }
  if (is_address_literal(entry) && entry.find(':') != std::string::npos) {
    return "holds " + shown + "; write an IPv6 address in brackets, as [" + entry + "]";
  }
  if (entry.front() != '[' && entry.find(':') != std::string::npos) {
    return "holds " + shown + "; write the host name without a port";
  }
  return "holds " + shown +
         ", which is neither a host name or address, with or without *, nor an IPv6 address in "
         "brackets, nor <local>";
}

}  // namespace

std::vector<std::string> split_hosts(const std::string& text) {
  std::vector<std::string> hosts;
  if (trimmed(text).empty()) return hosts;
  size_t start = 0;
  for (size_t comma = text.find(','); comma != std::string::npos; comma = text.find(',', start)) {
    hosts.push_back(entry_in(text, start, comma));
    start = comma + 1;
  }
  hosts.push_back(entry_in(text, start, text.size()));
  return hosts;
}

std::string join_hosts(const std::vector<std::string>& hosts) {
  std::string text;
  for (size_t i = 0; i < hosts.size(); ++i) {
    if (i > 0) text += ',';
    text += hosts[i];
  }
  return text;
}

std::string problem_with_hosts(const std::vector<std::string>& hosts) {
  for (const std::string& host : hosts) {
    if (host == kAnyHost && hosts.size() > 1) {
      return "holds * and more; * means every host and stands alone";
    }
    const bool good = !host.empty() && (equal_without_case(host, kLocal) ||
                                        is_bracketed_address(host) || is_pattern(host));
    if (!good) return problem_with(host);
  }
  return {};
}

void append_hosts(std::vector<std::string>& hosts, const std::vector<std::string>& more) {
  for (const std::string& host : more) {
    const bool known = std::any_of(hosts.begin(), hosts.end(), [&](const std::string& one) {
      return equal_without_case(one, host);
    });
    if (!known) hosts.push_back(host);
  }
}

}  // namespace wsman
