// Stands between a client and the service, and changes what the service says. With TLS it is the
// client's server itself, so that what is changed is inside.
#ifndef WSMAN_TESTS_E2E_MUTATION_RELAY_H_
#define WSMAN_TESTS_E2E_MUTATION_RELAY_H_

#include <openssl/ssl.h>

#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/call.h"
#include "fakes/loopback_server.h"
#include "mutation/judge.h"
#include "mutation/mutation.h"

namespace wsman::testing {

// Serves any number of connections at once, from construction to destruction.
class Relay {
 public:
  // `service` is the service's port of http. `tls` is null for http, and outlives the relay.
  Relay(std::uint16_t service, SSL_CTX* tls, std::uint64_t seed);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  std::string url() const;

  // Hands on everything as it is, from now on.
  void be_honest();

  // The answers that were sent since the last time this was asked.
  std::vector<Sent> take_sent();

  // The requests that came again and must not; "" if there are none.
  std::string repeated() const;

  // What was done to the answers so far.
  std::string story() const;

 private:
  void serve();
  void carry(int descriptor);
  Delivery delivery_of(const std::string& request, const std::string& answer);
  void note(const std::string& request, const std::string& answer);
  static bool deliver(Peer& peer, const Delivery& delivery);

  const std::uint16_t service_;
  SSL_CTX* const tls_;
  const std::uint64_t seed_;
  Cancellation stop_;
  std::uint16_t port_ = 0;
  int listener_ = -1;
  mutable std::mutex mutex_;  // Guards what follows.
  bool honest_ = false;
  std::vector<std::string> answers_;  // As they came.
  std::vector<Sent> sent_;
  std::map<std::string, std::string> answered_;  // By the number of the message.
  std::string repeated_;
  std::string story_;
  std::list<std::thread> connections_;  // serve()'s alone, until it has ended.
  std::thread thread_;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_E2E_MUTATION_RELAY_H_
