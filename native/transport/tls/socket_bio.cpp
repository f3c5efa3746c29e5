#include "transport/tls/socket_bio.h"

#include <openssl/bio.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <new>

#include "transport/tls/openssl.h"

namespace wsman::tls {
namespace {

// Room for some records of the largest size [RFC 8446 5.1].
constexpr size_t kMostInOneStep = 65536;

struct BelowTls {
  const net::Socket* socket;
  size_t granted;              // Bytes that may still be read in this step.
  bool lacked_memory = false;  // In this step, by its note.
};

BelowTls& wire_of(BIO* bio) { return *static_cast<BelowTls*>(BIO_get_data(bio)); }

int bio_result(BIO* bio, const net::IoResult& result, bool reading) {
  // SSL_get_error() reads these flags: -1 with one of them is WANT_READ or WANT_WRITE, -1 without
  // is a failure, and 0 is the end of the stream.
  BIO_clear_retry_flags(bio);
  if (result.kind == net::IoResult::Kind::moved) return static_cast<int>(result.bytes);
  if (result.kind == net::IoResult::Kind::would_block) {
    if (reading) {
      BIO_set_retry_read(bio);
    } else {
      BIO_set_retry_write(bio);
    }
    return -1;
  }
  return result.kind == net::IoResult::Kind::ended ? 0 : -1;
}

int wire_read(BIO* bio, char* data, int size) {
  BelowTls& channel = wire_of(bio);
  const size_t allowed = std::min(static_cast<size_t>(size), channel.granted);
  // The bytes stay in the socket, so the poll() that follows returns at once and the call goes on.
  if (allowed == 0) return bio_result(bio, {net::IoResult::Kind::would_block, 0, 0}, true);
  const net::IoResult result = channel.socket->read(data, allowed);
  if (result.kind == net::IoResult::Kind::moved) channel.granted -= result.bytes;
  return bio_result(bio, result, true);
}

int wire_write(BIO* bio, const char* data, int size) {
  return bio_result(bio, wire_of(bio).socket->write(data, static_cast<size_t>(size)), false);
}

long wire_control(BIO* /*bio*/, int command, long /*number*/, void* /*pointer*/) {
  // OpenSSL flushes after each flight of the handshake and takes 0 for a failure. Nothing is
  // buffered here.
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

int wire_destroy(BIO* bio) {
  delete static_cast<BelowTls*>(BIO_get_data(bio));
  BIO_set_data(bio, nullptr);
  return 1;
}

BIO_METHOD* wire_method() {
  // One for the process, never freed: connections may still end while the process exits.
  static BIO_METHOD* const method = [] {
    const int index = kept_index(BIO_get_new_index());
    BIO_METHOD* made = BIO_meth_new(index | BIO_TYPE_SOURCE_SINK, "wsman socket");
    if (made == nullptr) throw std::bad_alloc();
    BIO_meth_set_read(made, wire_read);
    BIO_meth_set_write(made, wire_write);
    BIO_meth_set_ctrl(made, wire_control);
    BIO_meth_set_destroy(made, wire_destroy);
    return made;
  }();
  return method;
}

}  // namespace

bool attach_socket(SSL* ssl, const net::Socket& socket) {
  auto channel = std::make_unique<BelowTls>(BelowTls{&socket, kMostInOneStep});
  BIO* bio = BIO_new(wire_method());
  if (bio == nullptr) return false;
  BIO_set_data(bio, channel.release());
  BIO_set_init(bio, 1);
  // With the same BIO for both ways SSL_set_bio() takes one reference, and frees it with `ssl`.
  SSL_set_bio(ssl, bio, bio);
  return true;
}

void begin_step(SSL* ssl) {
  // SSL_get_error() looks into the thread's queue first, so that an old entry would make a failure
  // of a mere wait.
  forget_failures();
  BIO* bio = SSL_get_rbio(ssl);
  if (bio == nullptr) return;
  wire_of(bio).granted = kMostInOneStep;
  wire_of(bio).lacked_memory = false;
}

void note_lack(SSL* ssl) {
  if (errno == ENOMEM) wire_of(SSL_get_rbio(ssl)).lacked_memory = true;
}

bool has_lacked_memory(const SSL* ssl) { return wire_of(SSL_get_rbio(ssl)).lacked_memory; }

}  // namespace wsman::tls
