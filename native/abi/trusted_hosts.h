// The setting TrustedHosts as text and as a list. Who matches is decided where it is asked.
#ifndef WSMAN_ABI_TRUSTED_HOSTS_H_
#define WSMAN_ABI_TRUSTED_HOSTS_H_

#include <string>
#include <vector>

namespace wsman {

// The entries of a comma-separated list, without the white space around them.
std::vector<std::string> split_hosts(const std::string& text);

// The list as text, as it is shown and stored.
std::string join_hosts(const std::vector<std::string>& hosts);

// What is wrong with a list, as the end of a sentence that begins with its name; empty if nothing
// is. An entry is a host name or IPv4 address, either with "*" for any octets in it, an IPv6
// address in brackets, "<local>" for all names without a dot, or, alone in its list, "*" for all.
std::string problem_with_hosts(const std::vector<std::string>& hosts);

// Adds what is not there yet, compared without case in ASCII.
void append_hosts(std::vector<std::string>& hosts, const std::vector<std::string>& more);

}  // namespace wsman

#endif  // WSMAN_ABI_TRUSTED_HOSTS_H_
