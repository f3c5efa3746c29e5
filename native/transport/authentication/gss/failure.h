// The failures of GSSAPI, by reason.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_GSS_FAILURE_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_GSS_FAILURE_H_

#include <cstdint>
#include <string>

#include "base/error.h"
#include "transport/authentication/gss/gssapi.h"
#include "transport/transport.h"

namespace wsman::gss {

// Why a mechanism failed, told apart as far as the advice differs.
enum class Reason {
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
  unproved,   // The service did not show that it can read the ticket.
  bindings,
};

struct Failure {
  Reason reason = Reason::other;
  std::string words;  // The library's own.
};

// Reads the status of a call that failed with `mechanism`. Throws std::bad_alloc where that was for
// lack of memory: it is no reason to go on with another mechanism.
Failure read_failure(const gss::Library& library, const GssStatus& status,
                     const gss::Oid& mechanism);

// The reason alone. Separate for its tests.
Reason reason_for(const GssStatus& status);

// The error for a Kerberos authentication that failed on this computer, before the server was
// asked. `service` is its principal, such as "HTTP/server01".
Error kerberos_error(const Failure& failure, const TransportOptions& options,
                     const std::string& service);

}  // namespace wsman::gss

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_GSS_FAILURE_H_
