// What to say when a server denies access: what is known of the reason, and what to do.
#ifndef WSMAN_TRANSPORT_DENIAL_H_
#define WSMAN_TRANSPORT_DENIAL_H_

#include <string>
#include <vector>

#include "base/error.h"
#include "transport/transport.h"

namespace wsman {

// " It accepts the authentication Basic, Negotiate.": a sentence of WWW-Authenticate lines.
std::string offered_text(const std::vector<std::string>& challenges);

// A request was answered 401. `challenges` are its WWW-Authenticate lines.
Error access_denied(const TransportOptions& options, const std::vector<std::string>& challenges);

// A token was answered 401 without another. `scheme` is the one that carried it; with `ticket` it
// was one of Kerberos.
Error not_accepted(const TransportOptions& options, const std::vector<std::string>& challenges,
                   const std::string& scheme, bool ticket);

// A head with a token of `octets` in it was answered 400, 413 or 431.
Error token_too_large(const TransportOptions& options, int status, size_t octets);

// An authenticated connection refused a message that was not encrypted.
Error clear_text_refused(const TransportOptions& options);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_DENIAL_H_
