// The options that all connections over one SSL_CTX share.
#ifndef WSMAN_TRANSPORT_TLS_CONTEXT_H_
#define WSMAN_TRANSPORT_TLS_CONTEXT_H_

#include <openssl/ssl.h>

#include "base/error.h"

namespace wsman::tls {

// The error for an OpenSSL that makes no context and no connection, with its reason: mostly its
// configuration on this computer. The queue of its notes was empty before it was asked.
Error cannot_begin_tls();

// Sets versions, modes and verification for every connection over `context`. False if OpenSSL does
// not take them.
bool prepare_context(SSL_CTX* context);

// TLS 1.0 and 1.1 are deprecated [RFC 8996]. False if OpenSSL does not take it.
bool demand_tls12(SSL_CTX* context);

// Refuses servers without secure renegotiation [RFC 5746], as OpenSSL 3 does by itself unless its
// configuration on this computer says otherwise.
void forbid_insecure_renegotiation(SSL_CTX* context);

// Lets one connection have what is refused otherwise: TLS 1.0 and 1.1, keys, Diffie-Hellman groups
// and hashes of less than 112 bits, and a server without RFC 5746. Names and authorities are
// verified as ever. False if OpenSSL does not take it.
bool allow_legacy(SSL* ssl);

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_CONTEXT_H_
