// The errors for denied access: the reason as far as it is known, and advice.
#ifndef WSMAN_TRANSPORT_CONNECTION_ACCESS_DENIED_H_
#define WSMAN_TRANSPORT_CONNECTION_ACCESS_DENIED_H_

#include <string>
#include <vector>

#include "base/error.h"
#include "transport/authentication/refusal.h"
#include "transport/transport.h"

namespace wsman::connection {

// "It accepts the authentication Basic, Negotiate.": a sentence of WWW-Authenticate lines.
std::string offered_text(const std::vector<std::string>& challenges);

// A request was answered 401. `challenges` are its WWW-Authenticate lines.
Error access_denied(const TransportOptions& options, const std::vector<std::string>& challenges);

// A token was answered 401 without another. `scheme` is the scheme that carried it; `refusal`
// says what is known of it, `is_further` that the server had answered a token before.
Error not_accepted(const TransportOptions& options, const std::vector<std::string>& challenges,
                   const std::string& scheme, const authentication::Refusal& refusal,
                   bool is_further);

// The first request after an authentication that succeeded was answered 401.
Error refused_after_proof(const TransportOptions& options);

// A head with a token of `bytes` in it was answered 400, 413 or 431.
Error token_too_large(const TransportOptions& options, int status, size_t bytes);

// An authenticated connection refused a message that was not encrypted.
Error clear_text_refused(const TransportOptions& options);

}  // namespace wsman::connection

#endif  // WSMAN_TRANSPORT_CONNECTION_ACCESS_DENIED_H_
