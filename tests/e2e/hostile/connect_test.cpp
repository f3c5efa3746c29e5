// Connect-WSMan to every scenario: the right error, in time, and nothing is left.

#include <doctest/doctest.h>

#include <future>

#include "hostile/hostile_server.h"
#include "hostile/scenarios.h"
#include "support/advice.h"
#include "support/bounds.h"
#include "support/process.h"
#include "transport/http_transport.h"

namespace wsman::testing {
namespace {

// Connects, and disconnects if that came to stand.
std::string connect_to(const Scenario& scenario) {
  const std::string label = HostileServer::new_label();
  session::Client client(factory());
  Cancellation cancellation;
  const Clock::time_point start = Clock::now();
  const auto connected = client.connect(
      spec_for(target_of(scenario, "", label), label, time_for(scenario.connect)), {cancellation});
  const Milliseconds elapsed = since(start);
  std::string found =
      complaint(outcome_of(connected), message_of(connected), elapsed, scenario.connect);
  if (found.empty() && client.list().size() != (connected.ok() ? 1U : 0U)) {
    found = "the list of sessions is wrong";
  }
  if (connected.ok()) (void)client.disconnect(label, Milliseconds(0), cancellation);
  const Seen seen = HostileServer::instance().await(label, "connections=0");
  if (found.empty() && seen.connections != 0) found = "the server still has a connection";
  return found.empty() ? found : describe(scenario) + ": " + found;
}

void connect_to_each(const std::vector<Scenario>& scenarios) {
  const Leftovers leftovers;
  const std::string found =
      in_parallel(scenarios.size(), [&](std::size_t i) { return connect_to(scenarios[i]); });
  CHECK_MESSAGE(found.empty(), found);
  CHECK(leftovers.found() == "");
}

// Where a server says nothing, and the phase that an error then names.
struct Silence {
  Target target;
  const char* phase;
  AuthenticationKind authentication = AuthenticationKind::none;
};

const std::vector<Silence> kSilences{
    {{"full-queue", false, "/proper"}, "the connection to"},
    {{"full-queue", true, "/proper"}, "the connection to"},
    {{"stall-accept", true, "/proper"}, "the TLS handshake with"},
    {{"stall-tls", true, "/proper"}, "the TLS handshake with"},
    {{"drip-tls", true, "/proper"}, "the TLS handshake with"},
    {{"hello-flood", true, "/proper"}, "the TLS handshake with"},
    {{"tls", true, "/stall-request"}, "the wait for the answer of", AuthenticationKind::digest},
    {{"stall-accept", false, "/proper"}, "the wait for the answer of"},
    {{"plain", false, "/stall-request"}, "the wait for the answer of"},
    {{"plain", false, "/stall-head"}, "the wait for the answer of"},
    {{"plain", false, "/head-drip"}, "the wait for the answer of"},
    {{"tls", true, "/stall-request"}, "the wait for the answer of"},
    {{"tls", true, "/stall-body"}, "the wait for the answer of"},
    {{"tls", true, "/body-drip"}, "the wait for the answer of"},
};

// Only the time to reach the computer is short.
session::SessionOptions impatient(const Silence& silence) {
  session::SessionOptions spec = spec_for(silence.target, "a");
  spec.transport.timeouts.reach = kShort;
  spec.transport.authentication = silence.authentication;
  if (silence.authentication != AuthenticationKind::none) {
    spec.transport.credential = {true, "someone", Secret("pass phrase")};
  }
  return spec;
}

void check_unreached(const Result<session::Connected>& connected, const std::string& phase,
                     Clock::time_point start) {
  CHECK(since(start) < bound(kShort + kPromptly));
  REQUIRE_FALSE(connected.ok());
  CHECK(connected.error().code == ErrorCode::timed_out);
  CHECK_MESSAGE(contains(connected.error().message, phase), connected.error().message);
  // Behind it may stand that some services say nothing without a credential.
  CHECK(contains(advice_of(connected.error()), "AllowMoreTimeBySetting(ConnectTimeoutms)"));
}

}  // namespace

TEST_SUITE("Connect to a hostile server") {
  TEST_CASE("A connect has one bound in every phase, and the error names its setting") {
    for (const Silence& silence : kSilences) {
      CAPTURE(silence.target.port);
      CAPTURE(silence.target.path);
      session::Client client(factory());
      Cancellation cancellation;
      const Clock::time_point start = Clock::now();
      check_unreached(client.connect(impatient(silence), {cancellation}), silence.phase, start);
    }
  }

  TEST_CASE("A connect has the same bound where the name is not resolved") {
    std::promise<void> answered;
    const std::shared_future<void> never = answered.get_future().share();
    session::Client client([never](TransportOptions options) {
      return make_http_transport(std::move(options), {}, [never](const std::string&, uint16_t) {
        never.wait();
        return net::LookupResult{};
      });
    });
    Cancellation cancellation;
    session::SessionOptions spec = impatient(kSilences.front());
    spec.transport.endpoint.host = "server01";
    const Clock::time_point start = Clock::now();
    check_unreached(client.connect(std::move(spec), {cancellation}), "server01", start);
    answered.set_value();
  }

  TEST_CASE("A connect to a server that misbehaves after the request fails in time") {
    connect_to_each(request_scenarios());
  }

  TEST_CASE("A connect to a server that misbehaves before the request fails in time") {
    connect_to_each(accept_scenarios());
  }

  TEST_CASE("A connect with TLS to a server without it, or the reverse, fails in time") {
    session::Client client(factory());
    Cancellation cancellation;
    const auto plain_at_tls =
        client.connect(spec_for({"tls", false, "/proper"}, "a"), {cancellation});
    CHECK(is_among(outcome_of(plain_at_tls),
                   {outcome_of(ErrorCode::protocol), outcome_of(ErrorCode::connection_lost)}));
    const auto tls_at_plain =
        client.connect(spec_for({"plain", true, "/proper"}, "b"), {cancellation});
    CHECK(to_string(outcome_of(tls_at_plain)) == "Tls");
    CHECK(client.list().empty());
  }
}

}  // namespace wsman::testing
