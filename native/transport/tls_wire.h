// How OpenSSL reaches a socket: a BIO of our own.
//
// OpenSSL's own would raise SIGPIPE when the peer is gone. And inside one call OpenSSL reads on for
// as long as records come that are no data (session tickets, key updates, requests to shake hands
// again), so that a peer that sends nothing else could keep a call from ever coming back. Here a
// call gets so many octets and no more; then it is told that there are none, and whoever made it
// looks at the clock before the next one.
#ifndef WSMAN_TRANSPORT_TLS_WIRE_H_
#define WSMAN_TRANSPORT_TLS_WIRE_H_

#include <openssl/ssl.h>

#include "transport/socket.h"

namespace wsman {

// Lets `ssl` read from and write to `socket`, which outlives it. False if memory ran out.
bool attach_wire(SSL* ssl, const Socket& socket);

// To be called before each call of OpenSSL that may read or write: forgets earlier errors and
// grants the octets that one call may read.
void begin_step(SSL* ssl);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_TLS_WIRE_H_
