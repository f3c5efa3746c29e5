// The BIO through which OpenSSL reads from and writes to a socket.
//
// The socket BIO of OpenSSL would raise SIGPIPE if the peer has closed the connection. Moreover,
// one call of OpenSSL reads on while records arrive that are no application data (session tickets,
// key updates, requests for a renegotiation), so a peer that sends nothing else could keep a call
// from ever returning. This BIO gives one call a limited number of bytes and then reports that
// there are none, so that the caller checks stop and deadline before the next call.
#ifndef WSMAN_TRANSPORT_TLS_SOCKET_BIO_H_
#define WSMAN_TRANSPORT_TLS_SOCKET_BIO_H_

#include <openssl/ssl.h>

#include "transport/net/socket.h"

namespace wsman::tls {

// Has `ssl` read from and write to `socket`, which outlives it. False if memory ran out.
bool attach_socket(SSL* ssl, const net::Socket& socket);

// To be called before each call of OpenSSL that may read or write. Clears earlier errors and sets
// how many bytes the call may read.
void begin_step(SSL* ssl);

// To be called where libssl is about to write a record, which may be the alert of a failure: it
// sets errno to 0 before it writes.
void note_lack(SSL* ssl);

// Whether memory had run out where a record was written in this step.
bool has_lacked_memory(const SSL* ssl);

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_SOCKET_BIO_H_
