// The client setting TrustedHosts: computers that need not prove their identity.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_TRUSTED_HOSTS_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_TRUSTED_HOSTS_H_

#include <string>
#include <string_view>
#include <vector>

namespace wsman::authentication {

// Whether `host`, as the user typed it, is covered by an entry of `hosts`. Compared
// without case. "*" in an entry stands for any text, "<local>" for every name without a dot, and an
// IPv6 address may stand in brackets and in any of its forms [MS-WSMV 2.2.4.9].
bool is_trusted_host(const std::vector<std::string>& hosts, std::string_view host);

// Whether `pattern`, in which "*" stands for any text, matches the whole of `text`. Compared
// without case.
bool matches_wildcard(std::string_view pattern, std::string_view text);

}  // namespace wsman::authentication

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_TRUSTED_HOSTS_H_
