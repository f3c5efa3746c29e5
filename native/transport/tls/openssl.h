// OpenSSL as the rest needs it: owners of its objects, and what it notes of failures.
#ifndef WSMAN_TRANSPORT_TLS_OPENSSL_H_
#define WSMAN_TRANSPORT_TLS_OPENSSL_H_

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cerrno>
#include <cstddef>
#include <memory>
#include <new>
#include <string>
#include <string_view>

namespace wsman::tls {

template <auto Release>
struct Releaser {
  template <typename T>
  void operator()(T* object) const {
    (void)Release(object);
  }
};

// Owned<TLS_FEATURE, TLS_FEATURE_free>: the function that frees it is named with the type.
template <typename T, auto Release>
using Owned = std::unique_ptr<T, Releaser<Release>>;

using Bio = Owned<BIO, BIO_free>;
using Certificate = Owned<X509, X509_free>;
using PrivateKey = Owned<EVP_PKEY, EVP_PKEY_free>;
using Ssl = Owned<SSL, SSL_free>;

// Reads bytes that outlive it.
inline Bio bio_over(std::string_view bytes) {
  return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

// Whether it is 3 rather than 1.1.1: what is published takes both (native/package).
inline bool is_openssl_3() { return OpenSSL_version_num() >= 0x30000000UL; }

// What OpenSSL notes of failures in a scope goes with it. The queue of the notes belongs to the
// thread, which is that of a caller: .NET has the same OpenSSL, and would take a note of ours for
// the reason of a failure of its own. Before steps of TLS the queue has to be empty, so they end
// what others left there, too, as 1.1.1 does itself where it reads files.
class NotedFailures {
 public:
  NotedFailures() {
    ERR_set_mark();
    errno = 0;
  }
  ~NotedFailures() { ERR_pop_to_mark(); }
  NotedFailures(const NotedFailures&) = delete;
  NotedFailures& operator=(const NotedFailures&) = delete;
};

// Makes it ready, before anything else is asked of it: its exit handler, which it would set up
// then, frees what threads that were left behind, and those of .NET, use while the process exits.
// What its configuration lacks is told by what needs it.
inline void begin_openssl() {
  // Before its notes are marked, for which it makes itself ready otherwise.
  (void)OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
  const NotedFailures noted;
  (void)OPENSSL_init_ssl(OPENSSL_INIT_NO_ATEXIT, nullptr);
}

// The parts of an entry of the queue.
struct FailureParts {
  int library;
  int reason;  // With the library of the system: errno.
  bool lacked_memory;
};

// 1.1.1 puts them together otherwise than 3 does.
FailureParts parts_of(unsigned long code);

// Before a step whose failure is to be told. errno may be of anything that came before.
inline void forget_failures() {
  ERR_clear_error();
  errno = 0;
}

// What the queue holds.
struct Failure {
  unsigned long code = 0;  // The first entry, which is the cause; 0 for none.
  bool lacked_memory = false;
};

// Empties the queue. Most of OpenSSL's functions note that they lacked memory, some pass over it;
// malloc() leaves ENOMEM in errno for both, which therefore is 0 before.
Failure take_failure();

// Random bytes. False if OpenSSL has none to give; throws std::bad_alloc if memory is what it
// lacked.
bool fill_randomly(unsigned char* bytes, size_t size);

// While it lives errno may become another: at its end it is ENOMEM again, if it was before.
class KeptLack {
 public:
  KeptLack() = default;
  ~KeptLack() {
    if (lacked_) errno = ENOMEM;
  }
  KeptLack(const KeptLack&) = delete;
  KeptLack& operator=(const KeptLack&) = delete;

 private:
  const bool lacked_ = errno == ENOMEM;
};

// The number under which OpenSSL keeps a pointer of ours with its objects, as one of its functions
// gave it. Throws std::bad_alloc for a negative one: it must not be kept.
inline int kept_index(int index) {
  if (index < 0) throw std::bad_alloc();
  return index;
}

// Empties the queue into words for the end of a sentence: "unsupported (Algorithm (SHA2-256 : 0))".
// It tells of one call only if the queue was empty before it.
std::string take_reasons();

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_OPENSSL_H_
