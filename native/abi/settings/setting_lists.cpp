#include "abi/settings/setting_lists.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "transport/authentication/trusted_hosts.h"
#include "transport/endpoint.h"

namespace wsman::abi {
namespace {

constexpr std::string_view kAnyHost = "*";
constexpr std::string_view kLocal = "<local>";

std::string entry_in(std::string_view text, size_t start, size_t end) {
  return std::string(trimmed(text.substr(start, end - start)));
}

// In brackets, because the colons of an IPv6 address look like that of a port.
bool is_bracketed_address(std::string_view entry) {
  if (entry.size() < 2 || entry.front() != '[' || entry.back() != ']') return false;
  const std::string_view inner = entry.substr(1, entry.size() - 2);
  return inner.find(':') != std::string_view::npos && is_address_literal(inner);
}

// Whether an entry has the characters of a name or an address.
bool is_pattern(std::string_view entry) {
  return std::all_of(entry.begin(), entry.end(), [](char c) {
    return is_letter(c) || is_digit(c) ||
           std::string_view("-_.*").find(c) != std::string_view::npos;
  });
}

bool is_outside_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

// A name that would never be equal to one that is connected to, since those are compared in ASCII.
std::string problem_with_letters(const std::string& entry) {
  if (std::none_of(entry.begin(), entry.end(), is_outside_ascii)) return {};
  return "holds \"" + entry +
         "\"; write letters outside ASCII as A-labels (RFC 5891), as in xn--mnchen-3ya for "
         "m\u00FCnchen";
}

bool is_host(std::string_view entry) {
  return !entry.empty() && (is_bracketed_address(entry) || is_pattern(entry));
}

// The right form of a trusted host, by the most telling mistake in the entry.
std::string problem_with_host(const std::string& entry) {
  const std::string shown = "\"" + entry + "\"";
  if (entry.empty()) return "has an empty entry; write names with one comma between them";
  if (std::string problem = problem_with_letters(entry); !problem.empty()) return problem;
  // From the most special mistake to the most general: a URL has a colon too.
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

// Other services than wsman pass, so that a list of Windows can be taken as it is.
bool is_service(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || is_digit(c); });
}

bool is_service_on_host(std::string_view entry) {
  const size_t slash = entry.find('/');
  return slash != std::string_view::npos && is_service(entry.substr(0, slash)) &&
         is_host(entry.substr(slash + 1));
}

// The right form of an entry of AllowFreshCredentials.
std::string problem_with_service_on_host(const std::string& entry) {
  if (entry.empty()) return "has an empty entry; write entries with one comma between them";
  if (std::string problem = problem_with_letters(entry); !problem.empty()) return problem;
  const std::string holds = "holds \"" + entry + "\"";
  // A likely mistake, since an entry of TrustedHosts is a host alone.
  if (is_host(entry)) return holds + "; write wsman/" + entry;
  return holds +
         ", which is not wsman/ and a computer: a host name or IPv4 address, with or without *, or "
         "an IPv6 address in brackets, without a port";
}

}  // namespace

// Entries that are empty are kept, so that the checks can name the mistake.
std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> entries;
  // An empty text is an empty list, not a list with one empty entry.
  if (trimmed(text).empty()) return entries;
  size_t start = 0;
  for (size_t comma = text.find(','); comma != std::string::npos; comma = text.find(',', start)) {
    entries.push_back(entry_in(text, start, comma));
    start = comma + 1;
  }
  entries.push_back(entry_in(text, start, text.size()));
  return entries;
}

std::string join_list(const std::vector<std::string>& entries) {
  std::string text;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (i > 0) text += ',';
    text += entries[i];
  }
  return text;
}

void append_entries(std::vector<std::string>& entries, const std::vector<std::string>& more) {
  for (const std::string& entry : more) {
    const bool known = std::any_of(entries.begin(), entries.end(), [&](const std::string& one) {
      return equal_without_case(one, entry);
    });
    if (!known) entries.push_back(entry);
  }
}

void remove_entries(std::vector<std::string>& entries, const std::vector<std::string>& patterns) {
  std::erase_if(entries, [&](const std::string& entry) {
    return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
      return authentication::matches_wildcard(pattern, entry);
    });
  });
}

std::string problem_with_hosts(const std::string& text) {
  const std::vector<std::string> hosts = split_list(text);
  for (const std::string& host : hosts) {
    // The other entries would have no effect, and look as if they limited something.
    if (host == kAnyHost && hosts.size() > 1) {
      return "holds * and more; * means every host and stands alone";
    }
    if (!equal_without_case(host, kLocal) && !is_host(host)) return problem_with_host(host);
  }
  return {};
}

std::string problem_with_legacy_hosts(const std::string& text) {
  for (const std::string& host : split_list(text)) {
    // Old TLS is for the few computers that have nothing else.
    if (!host.empty() && host.find_first_not_of("*.") == std::string::npos)
      return "holds \"" + host + "\"; name the computers that have nothing better";
  }
  return problem_with_hosts(text);
}

std::string problem_with_fresh_credentials(const std::string& text) {
  for (const std::string& entry : split_list(text)) {
    if (!is_service_on_host(entry)) return problem_with_service_on_host(entry);
  }
  return {};
}

}  // namespace wsman::abi
