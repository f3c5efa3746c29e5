// A server on 127.0.0.1 that does what one test says, byte for byte.
#ifndef WSMAN_TESTS_NATIVE_FAKES_LOOPBACK_SERVER_H_
#define WSMAN_TESTS_NATIVE_FAKES_LOOPBACK_SERVER_H_

#include <openssl/ssl.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "base/call.h"

namespace wsman::testing {

// One accepted connection, on the server's thread. Every read and write is bounded by the patience
// of a test and ends with the server.
class Peer {
 public:
  Peer(int descriptor, Cancellation& stop);
  ~Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  // Shakes hands as a TLS server. False if the client broke it off.
  bool accept_tls(SSL_CTX* context);

  // Whether the handshake resumed an earlier session.
  bool has_resumed() const { return ssl_ && SSL_session_reused(ssl_.get()) == 1; }

  // Asks for another handshake, as servers do up to TLS 1.2 that want a certificate for a path.
  bool ask_for_handshake();

  // Shakes hands once more, up to TLS 1.2, with the certificate of `shown` and for one of the
  // client, whatever it is. False if the client broke it off.
  bool shake_hands_again(SSL_CTX* shown);

  bool has_client_certificate() const { return SSL_get0_verified_chain(ssl_.get()) != nullptr; }

  // Goes on without TLS, whatever the client does.
  void leave_tls() { ssl_.reset(); }

  // A request with its body, by Content-Length. What came before the end if the client hung up.
  std::string read_request();

  // False if the client was gone before all was sent.
  bool send(std::string_view bytes);

  // Reads and forgets until the client hangs up. False if it did not, or did not in order: with
  // TLS, without close_notify.
  bool wait_for_end();

  // Hangs up, with TLS without a goodbye.
  void hang_up();

  // Hangs up with a reset instead of an orderly end.
  void reset();

 private:
  // The bytes that came; 0 at an orderly end, less at any other.
  int read(char* data, int size);
  bool wait(bool writing);

  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };

  int descriptor_;
  Cancellation& stop_;
  std::unique_ptr<SSL, Free> ssl_;
};

// Listens from construction to destruction. Serves one connection after the other.
class LoopbackServer {
 public:
  using Script = std::function<void(Peer&)>;

  explicit LoopbackServer(Script script);
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  uint16_t port() const { return port_; }

  // Connections accepted so far.
  int accepted() const { return accepted_.load(); }

 private:
  void serve();

  Script script_;
  Cancellation stop_;
  uint16_t port_ = 0;  // Set by what makes the listener.
  int listener_ = -1;
  std::atomic<int> accepted_{0};
  std::thread thread_;
};

// A whole answer with that body.
std::string http_answer(const std::string& status_and_reason, const std::string& body,
                        const std::string& further_lines = "");

// A port of 127.0.0.1 where nothing listens: it was free a moment ago.
uint16_t refused_port();

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_LOOPBACK_SERVER_H_
