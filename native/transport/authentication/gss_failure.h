// What GSSAPI says when it fails, told apart.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_GSS_FAILURE_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_GSS_FAILURE_H_

#include <cstdint>
#include <string>

#include "base/error.h"
#include "transport/authentication/gssapi.h"
#include "transport/transport.h"

namespace wsman {

// Why a mechanism could not go on, as far as something different is to be done about it.
enum class GssReason {
  other,
  wrong_password,
  password_expired,
  account_locked,
  user_unknown,
  no_realm,  // No realm is configured, or none of that name is known.
  kdc_unreachable,
  no_ticket,
  ticket_expired,
  clock_skew,
  service_unknown,
  wrong_key,  // The service cannot read the ticket: it was made for another account.
  bindings,
};

struct GssFailure {
  GssReason reason = GssReason::other;
  std::string words;  // The library's own.
};

// Reads the status of a call that failed with `mechanism`.
GssFailure read_failure(const gss::Library& library, uint32_t major, uint32_t minor,
                        const gss::Oid& mechanism);

// `major` and `minor` told apart. Separate for its tests.
GssReason reason_for(uint32_t major, uint32_t minor);

// The error for a Kerberos authentication that failed here, before the server judged it.
// `service` is its principal, such as "HTTP/server01".
Error kerberos_error(const GssFailure& failure, const TransportOptions& options,
                     const std::string& service);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_GSS_FAILURE_H_
