#include "transport/tls_wire.h"

#include <openssl/bio.h>
#include <openssl/err.h>

#include <algorithm>
#include <new>

namespace wsman {
namespace {

// Room for some records of the largest size [RFC 8446 5.1].
constexpr size_t kMostInOneStep = 65536;

struct BelowTls {
  const Socket* socket;
  size_t granted;  // Octets that may still be read in this step.
};

BelowTls& wire_of(BIO* bio) { return *static_cast<BelowTls*>(BIO_get_data(bio)); }

int bio_result(BIO* bio, const IoResult& result, bool reading) {
  BIO_clear_retry_flags(bio);
  if (result.kind == IoResult::Kind::moved) return static_cast<int>(result.octets);
  if (result.kind == IoResult::Kind::would_block) {
    if (reading) {
      BIO_set_retry_read(bio);
    } else {
      BIO_set_retry_write(bio);
    }
    return -1;
  }
  return result.kind == IoResult::Kind::ended ? 0 : -1;
}

int wire_read(BIO* bio, char* data, int size) {
  BelowTls& wire = wire_of(bio);
  const size_t allowed = std::min(static_cast<size_t>(size), wire.granted);
  if (allowed == 0) return bio_result(bio, {IoResult::Kind::would_block, 0, 0}, true);
  const IoResult result = wire.socket->read(data, allowed);
  if (result.kind == IoResult::Kind::moved) wire.granted -= result.octets;
  return bio_result(bio, result, true);
}

int wire_write(BIO* bio, const char* data, int size) {
  return bio_result(bio, wire_of(bio).socket->write(data, static_cast<size_t>(size)), false);
}

long wire_control(BIO* /*bio*/, int command, long /*number*/, void* /*pointer*/) {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

int wire_destroy(BIO* bio) {
  delete static_cast<BelowTls*>(BIO_get_data(bio));
  BIO_set_data(bio, nullptr);
  return 1;
}

BIO_METHOD* wire_method() {
  static BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "wsman socket");
    BIO_meth_set_read(made, wire_read);
    BIO_meth_set_write(made, wire_write);
    BIO_meth_set_ctrl(made, wire_control);
    BIO_meth_set_destroy(made, wire_destroy);
    return made;
  }();
  return method;
}

}  // namespace

bool attach_wire(SSL* ssl, const Socket& socket) {
  auto* wire = new (std::nothrow) BelowTls{&socket, kMostInOneStep};
  BIO* bio = wire != nullptr ? BIO_new(wire_method()) : nullptr;
  if (bio == nullptr) {
    delete wire;
    return false;
  }
  BIO_set_data(bio, wire);
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl, bio, bio);
  return true;
}

void begin_step(SSL* ssl) {
  ERR_clear_error();
  BIO* bio = SSL_get_rbio(ssl);
  if (bio != nullptr) wire_of(bio).granted = kMostInOneStep;
}

}  // namespace wsman
