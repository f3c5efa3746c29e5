// A connection over TLS, and the server with its certificate that it talks to.
#ifndef WSMAN_TESTS_NATIVE_FAKES_TLS_CONNECTION_H_
#define WSMAN_TESTS_NATIVE_FAKES_TLS_CONNECTION_H_

#include "fakes/loopback_connection.h"
#include "fakes/tls_identity.h"

namespace wsman::testing {

// The certificate of a proper server.
inline const TlsIdentity& identity() {
  static const TlsIdentity made("IP:127.0.0.1,DNS:localhost");
  return made;
}

// A connection over TLS to a server with that certificate, which the client trusts.
struct TlsConnection : LoopbackConnection {
  TlsConnection(const TlsIdentity& server_identity, const LoopbackServer::Script& script)
      : LoopbackConnection([&server_identity, script](Peer& peer) {
          if (peer.accept_tls(server_identity.context())) script(peer);
        }) {
    options.endpoint.tls = true;
    options.trusted_ca_path = server_identity.file();
  }
  explicit TlsConnection(const LoopbackServer::Script& script) : LoopbackConnection(script) {
    options.endpoint.tls = true;
  }
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_TLS_CONNECTION_H_
