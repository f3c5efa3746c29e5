// Why TLS failed, in words. Those of OpenSSL are for who writes programs with it.
#ifndef WSMAN_TRANSPORT_TLS_REASONS_H_
#define WSMAN_TRANSPORT_TLS_REASONS_H_

#include <string>

#include "base/advice.h"

namespace wsman::tls {

struct Reason {
  std::string words;  // For the end of a sentence.
  AdviceKey advice;   // allow_legacy_tls: what LegacyTLSHosts allows; it has arguments.
};

// The reason of a handshake that failed, or of messages that cannot be used, by the first error in
// OpenSSL's queue. 0 is none: the connection ended. `lowest_version` is that of this end.
Reason reason_in_words(unsigned long openssl_error, long lowest_version);

// Why the peer refused the client's certificate, or the lack of one; empty if the error is no alert
// about it. `is_concerned` says whether a certificate was shown or asked for: without, some alerts
// mean something else.
std::string refusal_in_words(unsigned long openssl_error, bool is_concerned);

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_REASONS_H_
