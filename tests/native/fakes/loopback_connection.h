// One connection of the code under test, and the server of the test that it talks to.
#ifndef WSMAN_TESTS_NATIVE_FAKES_LOOPBACK_CONNECTION_H_
#define WSMAN_TESTS_NATIVE_FAKES_LOOPBACK_CONNECTION_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "fakes/loopback_options.h"
#include "fakes/loopback_server.h"
#include "support/bounds.h"
#include "transport/authentication/mechanisms.h"
#include "transport/connection/connection.h"

namespace wsman::testing {

inline const HttpRequest kRequest{"application/soap+xml;charset=UTF-8", "<question/>"};

// Answers each request on a connection until the client hangs up.
inline void answer_all(Peer& peer) {
  while (contains(peer.read_request(), "<question/>"))
    (void)peer.send(http_answer("200 OK", "<ok/>"));
}

// One connection and what it talks to.
struct LoopbackConnection {
  explicit LoopbackConnection(LoopbackServer::Script script)
      : server(std::move(script)), options(loopback_options(server.port())) {}

  connection::Connection& connection() {
    if (!made) {
      Credential credential{options.credential.given, options.credential.user_name,
                            std::move(options.credential.password)};
      if (!mechanism)
        mechanism = authentication::make_mechanism(options, std::move(credential), policy);
      made.emplace(options, lookup, *mechanism, sessions);
    }
    return *made;
  }

  Result<HttpResponse> exchange() { return exchange({cancellation, Clock::now() + kPatience}); }
  Result<HttpResponse> exchange(Trace& trace) {
    return exchange({cancellation, Clock::now() + kPatience, &trace});
  }
  Result<HttpResponse> exchange(const Call& call) {
    return connection().exchange("POST", "/wsman", kRequest, call);
  }

  CloseOutcome close(Milliseconds timeout = kPatience) {
    return connection().close({closing, Clock::now() + timeout},
                              Clock::now() + options.timeouts.close);
  }

  LoopbackServer server;
  TransportOptions options;
  Cancellation cancellation;
  Cancellation closing;
  net::Lookup lookup = net::system_lookup;
  authentication::Policy policy;
  std::unique_ptr<authentication::Mechanism>
      mechanism;  // Made of the options unless a test brings its own.
  tls::SessionCache sessions;
  std::optional<connection::Connection> made;
};

// Reads a request and never answers.
inline void stall(Peer& peer) {
  (void)peer.read_request();
  (void)peer.wait_for_end();
}

inline LoopbackServer::Script deny(const std::string& challenge_lines) {
  return [challenge_lines](Peer& peer) {
    (void)peer.read_request();
    (void)peer.send(http_answer("401 Unauthorized", "", challenge_lines));
    (void)peer.wait_for_end();
  };
}

inline void give_credential(TransportOptions& options) {
  options.authentication = AuthenticationKind::basic;
  options.credential = {true, "someone", Secret("pass phrase")};
}

inline ErrorCode code_of(const Result<HttpResponse>& response) {
  return response.ok() ? ErrorCode::internal : response.error().code;
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_LOOPBACK_CONNECTION_H_
