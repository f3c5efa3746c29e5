// Disconnect-WSMan from a server that misbehaves: always back in time, with nothing left.

#include <doctest/doctest.h>

#include <string_view>
#include <utility>

#include "hostile/hostile_server.h"
#include "hostile/running.h"
#include "hostile/scenarios.h"
#include "session/session.h"
#include "session/teardown.h"
#include "support/bounds.h"
#include "support/process.h"

namespace wsman::testing {
namespace {

// These answer the first request and misbehave at the end of the connection.
constexpr std::string_view kAtClose[] = {"stall-close",   "reset-close",   "reset-idle",
                                         "alert-close",   "garbage-close", "flood-close",
                                         "tickets-close", "idle-end",      "answer-flood"};

std::string problem_with(const session::TeardownReport& report, Milliseconds elapsed) {
  if (elapsed > bound(kShort + kPromptly)) {
    return "too late: " + std::to_string(elapsed.count()) + " ms";
  }
  if (!report.secrets_wiped) return "a secret is left";
  if (report.steps.empty()) return "no step was taken";
  if (!report.graceful && report.warnings.empty()) return "not graceful, and no warning";
  return {};
}

std::string disconnect_at_close(std::string_view name, bool tls) {
  const std::string label = HostileServer::new_label();
  const Target target{tls ? "tls" : "plain", tls, "/" + std::string(name) + "?" + label};
  session::Client client(factory());
  Cancellation cancellation;
  const auto connected = client.connect(spec_for(target, label), {cancellation});
  if (!connected.ok()) return connected.error().message;
  const Clock::time_point start = Clock::now();
  const auto report = client.disconnect(label, Milliseconds(0), cancellation);
  const Milliseconds elapsed = since(start);
  if (!report.ok()) return report.error().message;
  std::string found = problem_with(report.value(), elapsed);
  if (found.empty() && name == "stall-close" && !report.value().graceful) {
    found = "a goodbye that was said does not count";
  }
  // The deaf one notices nothing before its own time is up.
  if (found.empty() && name != "stall-close" &&
      HostileServer::instance().await(label, "connections=0").connections != 0) {
    found = "the server still has a connection";
  }
  return found.empty() ? found : std::string(name) + (tls ? " over TLS: " : ": ") + found;
}

// A session whose second request is on its way when it is closed.
std::string close_during_request(const Scenario& scenario) {
  const std::string label = HostileServer::new_label();
  session::Session session({}, transport_for(options_for(target_of(scenario, "/second", label))));
  const auto ask = [&session](const Call& call) {
    return session.run<HttpResponse>(call, [&](const message::Context& context) {
      return context.transport.exchange(once_only(), call);
    });
  };
  Cancellation cancellation;
  const auto first = ask({cancellation});
  if (!first.ok()) return describe(scenario) + ": " + first.error().message;
  Running running([&](const Call& call) { return ended_with(ask(call)); });
  (void)HostileServer::instance().await(label, "requests=2");
  const Clock::time_point start = Clock::now();
  const session::TeardownReport report =
      session::close_session(session, {cancellation, start + kPatience});
  std::string found = problem_with(report, since(start));
  const Ended& ended = running.end();
  Outcomes expected = scenario.exchange;
  expected.push_back(outcome_of(ErrorCode::closed));
  // A credential that was accepted is tried once more, and the server misbehaves at one request.
  if (is_among(outcome_of(ErrorCode::access_denied), expected)) expected.push_back(kOk);
  if (found.empty() && !is_among(ended.outcome, expected)) {
    found = "expected " + to_string(expected) + ", got " + to_string(ended.outcome) + " (" +
            ended.message + ")";
  }
  if (found.empty() && session.state() != session::State::closed) found = "not closed";
  if (found.empty() && HostileServer::instance().await(label, "connections=0").connections != 0) {
    found = "the server still has a connection";
  }
  return found.empty() ? found : describe(scenario) + ": " + found;
}

// How long it takes to close four connections, of which none hears the server's goodbye and each
// waits kShort for it.
Milliseconds close_four_connections() {
  TransportOptions options = options_for({"tls", true, "/slow-stall-close"});
  options.timeouts.close = kShort;
  const auto transport = transport_for(std::move(options));
  Cancellation cancellation;
  // Four at once, and slow, so that each opens a connection of its own.
  const std::string found = in_parallel(
      4, [&](std::size_t) { return message_of(transport->exchange(once_only(), {cancellation})); });
  CHECK_MESSAGE(found.empty(), found);
  const int open = transport->connections();
  const Clock::time_point start = Clock::now();
  const CloseOutcome outcome = transport->close({cancellation, start + kPatience});
  const Milliseconds took = since(start);
  CHECK(outcome.closed == open);
  CHECK(outcome.graceful);
  return open == 4 ? took : Milliseconds::max();
}

}  // namespace

TEST_SUITE("Disconnect from a hostile server") {
  TEST_CASE("A disconnect from a server that misbehaves at the close ends in time") {
    const Leftovers leftovers;
    const std::size_t count = std::size(kAtClose);
    const std::string found = in_parallel(2 * count, [&](std::size_t i) {
      return disconnect_at_close(kAtClose[i % count], i >= count);
    });
    CHECK_MESSAGE(found.empty(), found);
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("A disconnect during a misbehaviour ends the operation and itself in time") {
    const Leftovers leftovers;
    const auto& scenarios = request_scenarios();
    const std::string found = in_parallel(
        scenarios.size(), [&](std::size_t i) { return close_during_request(scenarios[i]); });
    CHECK_MESSAGE(found.empty(), found);
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("Closing four connections without an answer takes no longer than closing one") {
    const Leftovers leftovers;
    // A busy machine may need another try; one after the other never takes less.
    CHECK(becomes([] { return close_four_connections() < 4 * kShort; }));
    CHECK(leftovers.found() == "");
  }
}

}  // namespace wsman::testing
