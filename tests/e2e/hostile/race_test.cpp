// Stops and closes during running exchanges, for the thread sanitizer: what counts is that
// everything ends, that nothing is left, and that no access races.

#include <doctest/doctest.h>

#include <thread>

#include "hostile/client.h"
#include "hostile/hostile_server.h"
#include "session/session.h"
#include "session/teardown.h"
#include "support/bounds.h"
#include "support/process.h"

namespace wsman::testing {
namespace {

constexpr const char* kPaths[] = {"/proper",    "/stall-body",   "/idle-end",
                                  "/head-drip", "/endless-head", "/second/end-request"};

constexpr int kRounds = 3;

const Outcomes kEndings{kOk,
                        outcome_of(ErrorCode::cancelled),
                        outcome_of(ErrorCode::closed),
                        outcome_of(ErrorCode::timed_out),
                        outcome_of(ErrorCode::connection_lost),
                        outcome_of(ErrorCode::limit)};

// Six threads ask over one transport, over and over, until it is closed.
std::string ask_until_closed(Transport& transport, Cancellation& cancellation) {
  for (;;) {
    const auto response = transport.exchange(repeatable(), {cancellation});
    const Outcome outcome = outcome_of(response);
    if (!is_among(outcome, kEndings)) return response.error().message;
    if (outcome == outcome_of(ErrorCode::closed)) return {};
    if (outcome == outcome_of(ErrorCode::cancelled)) return {};
  }
}

std::string stop_or_close_in_use(const std::string& path, bool tls, bool stop) {
  const std::string label = HostileServer::new_label();
  const auto transport =
      transport_for(options_for({tls ? "tls" : "plain", tls, path + "?" + label}, kShort));
  Cancellation cancellation;
  std::string found[6];
  std::thread threads[6];
  for (std::size_t i = 0; i < 6; ++i) {
    threads[i] = std::thread([&, i] { found[i] = ask_until_closed(*transport, cancellation); });
  }
  (void)HostileServer::instance().await(label, "requests=2");
  if (stop) cancellation.stop(StopReason::cancelled);
  Cancellation closing;
  (void)transport->close({closing, Clock::now() + kPatience});
  for (std::thread& thread : threads) thread.join();
  if (transport->connections() != 0) return path + ": a connection is left";
  for (const std::string& one : found) {
    if (!one.empty()) return std::string(path).append(": ").append(one);
  }
  return {};
}

// Connects, lists and disconnects under names that others use as well.
std::string connect_and_disconnect(session::Client& client, std::size_t number) {
  const std::string path = kPaths[number % 2 == 0 ? 0 : 2];
  const std::string name = "server" + std::to_string(number % 3);
  for (int i = 0; i < 10; ++i) {
    Cancellation cancellation;
    const Target target{number % 4 < 2 ? "plain" : "tls", number % 4 >= 2, path};
    const auto connected = client.connect(spec_for(target, name), {cancellation});
    if (!connected.ok() && connected.error().code != ErrorCode::closed) {
      return connected.error().message;
    }
    (void)client.list();
    if (i % 2 == 0) (void)client.disconnect(name, Milliseconds(0), cancellation);
    if (i % 5 == 4) (void)client.close_all(kShort, cancellation);
  }
  return {};
}

// Two close one session while others ask over it.
std::string close_twice(const std::string& path, bool tls) {
  const std::string label = HostileServer::new_label();
  const Target target{tls ? "tls" : "plain", tls, path + "?" + label};
  session::Session session({}, transport_for(options_for(target, kShort)));
  const auto ask = [&](std::size_t) {
    Cancellation cancellation;
    const Call call{cancellation};
    for (;;) {
      const auto response = session.run<HttpResponse>(call, [&](const message::Context& context) {
        return context.transport.exchange(repeatable(), call);
      });
      if (!is_among(outcome_of(response), kEndings)) return response.error().message;
      if (outcome_of(response) == outcome_of(ErrorCode::closed)) return std::string();
    }
  };
  const auto close = [&](std::size_t) {
    (void)HostileServer::instance().await(label, "requests=1");
    Cancellation cancellation;
    const session::TeardownReport report =
        session::close_session(session, {cancellation, Clock::now() + kPatience});
    return report.secrets_wiped ? std::string() : "a secret is left";
  };
  const std::string found =
      in_parallel(6, [&](std::size_t i) { return i < 4 ? ask(i) : close(i); });
  return session.state() == session::State::closed ? found : "not closed" + found;
}

}  // namespace

TEST_SUITE("Concurrent threads") {
  TEST_CASE("Threads that stop and close one transport all end") {
    const Leftovers leftovers;
    for (int round = 0; round < 4 * kRounds; ++round) {
      for (const char* path : kPaths) {
        const std::string found = stop_or_close_in_use(path, round % 2 != 0, round % 4 > 1);
        CHECK_MESSAGE(found.empty(), found);
      }
    }
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("Threads that work in one session all end when two of them close it") {
    const Leftovers leftovers;
    for (int round = 0; round < 2 * kRounds; ++round) {
      for (const char* path : kPaths) {
        const std::string found = close_twice(path, round % 2 != 0);
        CHECK_MESSAGE(found.empty(), found);
      }
    }
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("Threads that use the same names of one client all end") {
    const Leftovers leftovers;
    {
      session::Client client(factory());
      const std::string found =
          in_parallel(8, [&](std::size_t i) { return connect_and_disconnect(client, i); });
      CHECK_MESSAGE(found.empty(), found);
      Cancellation cancellation;
      (void)client.close_all(kPatience, cancellation);
      CHECK(client.list().empty());
    }
    CHECK(leftovers.found() == "");
  }
}

}  // namespace wsman::testing
