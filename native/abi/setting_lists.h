// The settings that are lists, as text and as entries. Who matches is decided where it is asked.
#ifndef WSMAN_ABI_SETTING_LISTS_H_
#define WSMAN_ABI_SETTING_LISTS_H_

#include <string>
#include <vector>

namespace wsman {

// The entries of a comma-separated list, without the white space around them.
std::vector<std::string> split_list(const std::string& text);

// The list as text, as it is shown and stored.
std::string join_list(const std::vector<std::string>& entries);

// Adds what is not there yet, compared without case in ASCII.
void append_entries(std::vector<std::string>& entries, const std::vector<std::string>& more);

// What is wrong with TrustedHosts, as the end of a sentence that begins with its name; empty if
// nothing is. An entry is a host name or IPv4 address, either with "*" for any octets in it, an
// IPv6 address in brackets, "<local>" for all names without a dot, or, alone in its list, "*" for
// all.
std::string problem_with_hosts(const std::string& text);

// The same of AllowFreshCredentials. An entry is a service, "/" and a computer: a host name or IPv4
// address, either with "*" for any octets in it, or an IPv6 address in brackets. Only the service
// wsman is asked about here; others may stand there because Windows' policy of that name has them.
std::string problem_with_fresh_credentials(const std::string& text);

}  // namespace wsman

#endif  // WSMAN_ABI_SETTING_LISTS_H_
