// The options that all connections over one SSL_CTX share.
#ifndef WSMAN_TRANSPORT_TLS_CONTEXT_H_
#define WSMAN_TRANSPORT_TLS_CONTEXT_H_

#include <openssl/ssl.h>

namespace wsman::tls {

// Sets versions, modes and verification for every connection over `context`.
void prepare_context(SSL_CTX* context);

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_CONTEXT_H_
