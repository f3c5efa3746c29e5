#include "transport/tls/context.h"

#include <openssl/evp.h>

#include <algorithm>

#include "base/codes.h"
#include "transport/tls/openssl.h"
#include "transport/tls/session_cache.h"
#include "transport/tls/verification.h"

namespace wsman::tls {

Error cannot_begin_tls() {
  if (errno == ENOMEM || parts_of(ERR_peek_error()).lacked_memory) return out_of_memory();
  return make_error(ErrorCode::tls, code::kSslConnectionAborted,
                    "OpenSSL cannot begin TLS on this computer: " + take_reasons(),
                    {AdviceKey::configure_open_ssl},
                    // Its own reason is only that there are no ciphers then.
                    EVP_default_properties_is_fips_enabled(nullptr) == 1
                        ? "Its configuration demands FIPS."
                        : "");
}

bool prepare_context(SSL_CTX* context) {
  if (!demand_tls12(context)) return false;
  // With partial writes a call returns after each record, so that stop and deadline are looked at
  // in between. A write that is repeated may come from a buffer that has moved. An idle connection
  // gives its record buffers back.
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  // A renegotiation could change the server in the middle of a connection, and costs a client
  // computation at the server's will. Only a client certificate needs one (stream.cpp).
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
  forbid_insecure_renegotiation(context);
  // 112 bits: keys below RSA 2048 are refused. The configuration of the computer may demand more.
  SSL_CTX_set_security_level(context, std::max(2, SSL_CTX_get_security_level(context)));
  SessionCache::prepare_context(context);
  Verification::prepare_context(context);
  return true;
}

bool demand_tls12(SSL_CTX* context) {
  // The configuration of the computer may demand more.
  if (SSL_CTX_get_min_proto_version(context) > TLS1_2_VERSION) return true;
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1;
}

void forbid_insecure_renegotiation(SSL_CTX* context) {
  if (!is_openssl_3()) SSL_CTX_clear_options(context, SSL_OP_LEGACY_SERVER_CONNECT);
}

bool allow_legacy(SSL* ssl) {
  SSL_set_options(ssl, SSL_OP_LEGACY_SERVER_CONNECT);
  // Below TLS 1.2 handshakes are signed over MD5 and SHA-1, which OpenSSL 3 allows at level 0 only.
  // The list of ciphers is OpenSSL's own, since that of a system may leave out all old ones.
  return SSL_set_min_proto_version(ssl, TLS1_VERSION) == 1 &&
         SSL_set_cipher_list(ssl, "DEFAULT:@SECLEVEL=0") == 1;
}

}  // namespace wsman::tls
