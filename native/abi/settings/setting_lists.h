// The settings that are lists, as text and as entries. Whether a host matches an entry is decided
// in the transport.
#ifndef WSMAN_ABI_SETTINGS_SETTING_LISTS_H_
#define WSMAN_ABI_SETTINGS_SETTING_LISTS_H_

#include <string>
#include <vector>

namespace wsman::abi {

// The entries of a comma-separated list, without the white space around them.
std::vector<std::string> split_list(const std::string& text);

// The list as text, as it is shown and stored.
std::string join_list(const std::vector<std::string>& entries);

// Adds the entries that are not there yet, compared without case in ASCII.
void append_entries(std::vector<std::string>& entries, const std::vector<std::string>& more);

// Takes out the entries that one of `patterns` matches, compared without case; "*" in a pattern
// stands for any text.
void remove_entries(std::vector<std::string>& entries, const std::vector<std::string>& patterns);

// The flaw of TrustedHosts, as the end of a sentence that begins with its name; empty if there is
// none. An entry is a host name or IPv4 address, either with "*" for any bytes in it, an IPv6
// address in brackets, "<local>" for all names without a dot, or, alone in its list, "*" for all
// hosts.
std::string problem_with_hosts(const std::string& text);

// The same for LegacyTLSHosts, in which no entry stands for every computer.
std::string problem_with_legacy_hosts(const std::string& text);

// The same for AllowFreshCredentials. An entry is a service, "/" and a computer: a host name or
// IPv4 address, either with "*" for any bytes in it, or an IPv6 address in brackets. Only the
// service wsman has an effect here; others are allowed because the policy of that name on Windows
// has them.
std::string problem_with_fresh_credentials(const std::string& text);

}  // namespace wsman::abi

#endif  // WSMAN_ABI_SETTINGS_SETTING_LISTS_H_
