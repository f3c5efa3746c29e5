// A stop from another thread: back within 250 ms, whatever the call is waiting for.

#include <doctest/doctest.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "hostile/hostile_server.h"
#include "hostile/running.h"
#include "support/bounds.h"
#include "support/process.h"

namespace wsman::testing {
namespace {

// A name server that never answers, until the test lets it.
class SilentNames {
 public:
  net::Lookup lookup() {
    return [state = state_](const std::string&, uint16_t) {
      std::unique_lock<std::mutex> lock(state->mutex);
      ++state->asked;
      state->changed.notify_all();
      state->changed.wait_for(lock, kPatience, [&] { return state->released; });
      return net::LookupResult{{}, "no answer"};
    };
  }

  void await_asked(int times) {
    std::unique_lock<std::mutex> lock(state_->mutex);
    state_->changed.wait_for(lock, kPatience, [&] { return state_->asked >= times; });
  }

  int asked() {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    return state_->asked;
  }

  ~SilentNames() {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    state_->released = true;
    state_->changed.notify_all();
  }

 private:
  struct State {
    std::mutex mutex;
    std::condition_variable changed;
    int asked = 0;
    bool released = false;
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

// A computer whose name has to be looked up.
TransportOptions nowhere(Milliseconds phase = kPatience) {
  TransportOptions options = options_for({}, phase);
  options.endpoint.host = "server.invalid";
  return options;
}

// What is wrong with a call that gets no address: it ends when the time for that is up, or at once
// if all threads are stuck already.
std::string ask_in_vain(const net::Lookup& lookup) {
  const auto transport = transport_for(nowhere(kShort), lookup);
  Cancellation cancellation;
  const Clock::time_point start = Clock::now();
  const auto response = transport->exchange(once_only(), {cancellation});
  const Outcomes expected{outcome_of(ErrorCode::timed_out), outcome_of(ErrorCode::name_resolution)};
  if (!is_among(outcome_of(response), expected)) return "ended with " + message_of(response);
  return since(start) > bound(kShort + kPromptly) ? "too late" : "";
}

// Checks at its own end, after all that was made later is gone, that nothing is left.
class NothingLeft {
 public:
  NothingLeft() = default;
  ~NothingLeft() { CHECK(leftovers_.found() == ""); }
  NothingLeft(const NothingLeft&) = delete;
  NothingLeft& operator=(const NothingLeft&) = delete;

 private:
  const Leftovers leftovers_;
};

// Stops `running` once it is where it should be, and checks the ending.
void stop_and_check(Running& running, const std::string& phase) {
  const Clock::time_point stopped = Clock::now();
  running.cancellation().stop(StopReason::cancelled);
  const Ended& ended = running.end();
  CHECK(to_string(ended.outcome) == "Cancelled");
  CHECK_MESSAGE(ended.message.find(phase) != std::string::npos, ended.message);
  CHECK(ended.at - stopped < bound(kPromptly));
}

Running::Work exchange(Transport& transport, HttpRequest request = once_only()) {
  return [&transport, request = std::move(request)](const Call& call) {
    return ended_with(transport.exchange(request, call));
  };
}

}  // namespace

TEST_SUITE("Stop") {
  TEST_CASE("A stop ends the wait for a name server") {
    const NothingLeft nothing_left;
    {
      SilentNames names;
      const auto transport = transport_for(nowhere(), names.lookup());
      Running running(exchange(*transport));
      names.await_asked(1);
      stop_and_check(running, "the name resolution");
    }
  }

  TEST_CASE("A stop ends the wait for a connection") {
    const NothingLeft nothing_left;
    const auto transport = transport_for(options_for({"full-queue", false, "/proper"}));
    Running running(exchange(*transport));
    CHECK(await_socket(HostileServer::instance().port("full-queue"), kSynSent, 0));
    stop_and_check(running, "the connection to");
  }

  TEST_CASE("A stop ends the wait for a TLS handshake") {
    for (const char* port : {"stall-tls", "hello-flood"}) {
      CAPTURE(port);
      const NothingLeft nothing_left;
      const auto before = HostileServer::instance().seen(port).written;
      const auto transport = transport_for(options_for({port, true, "/proper"}));
      Running running(exchange(*transport));
      // These write only once they have heard the client.
      (void)HostileServer::instance().await(port, "written=" + std::to_string(before + 1));
      stop_and_check(running, "TLS handshake");
    }
  }

  TEST_CASE("A stop ends the sending of a request that the server does not read") {
    for (const bool tls : {false, true}) {
      CAPTURE(tls);
      const NothingLeft nothing_left;
      const char* port = tls ? "deaf-tls" : "deaf-accept";
      const auto transport = transport_for(options_for({port, tls, "/proper"}));
      Running running(exchange(*transport, once_only(std::string(32UL * 1024 * 1024, 'x'))));
      CHECK(await_socket(HostileServer::instance().port(port), kEstablished, 65536));
      stop_and_check(running, "the sending of the request");
    }
  }

  TEST_CASE("A stop ends the wait for a response, a partial one included") {
    for (const bool tls : {false, true}) {
      for (const char* path : {"/stall-request", "/stall-body", "/body-drip"}) {
        CAPTURE(tls);
        CAPTURE(path);
        const NothingLeft nothing_left;
        const std::string label = HostileServer::new_label();
        const auto transport = transport_for(
            options_for({tls ? "tls" : "plain", tls, std::string(path) + "?" + label}));
        Running running(exchange(*transport));
        (void)HostileServer::instance().await(label, "requests=1");
        stop_and_check(running, "the wait for the answer");
        CHECK(HostileServer::instance().await(label, "connections=0").connections == 0);
      }
    }
  }

  TEST_CASE("A stop ends the reading of endless session tickets") {
    const NothingLeft nothing_left;
    const std::string label = HostileServer::new_label();
    const auto transport = transport_for(options_for({"tls", true, "/tickets?" + label}));
    Running running(exchange(*transport));
    (void)HostileServer::instance().await(label, "requests=1");
    stop_and_check(running, "the wait for the answer");
  }

  TEST_CASE("A stop ends the reading of an endless body, whatever its limit") {
    const NothingLeft nothing_left;
    const std::string label = HostileServer::new_label();
    TransportOptions options = options_for({"plain", false, "/endless-chunks?" + label});
    options.max_body_bytes = 1UL << 40U;
    const auto transport = transport_for(std::move(options));
    Running running(exchange(*transport));
    (void)HostileServer::instance().await(label, "requests=1");
    stop_and_check(running, "the wait for the answer");
  }

  TEST_CASE("A stop ends the wait for a free connection") {
    const std::string label = HostileServer::new_label();
    const auto transport = transport_for(options_for({"plain", false, "/stall-request?" + label}));
    Running one(exchange(*transport));
    Running two(exchange(*transport));
    Running three(exchange(*transport));
    Running four(exchange(*transport));
    (void)HostileServer::instance().await(label, "requests=4");
    Running fifth(exchange(*transport));
    stop_and_check(fifth, "the wait for a free connection");
    for (Running* running : {&one, &two, &three, &four}) {
      stop_and_check(*running, "the wait for the answer");
    }
  }

  TEST_CASE("A call that was stopped before it began ends at once") {
    for (const char* port : {"full-queue", "stall-accept", "plain"}) {
      CAPTURE(port);
      const auto transport = transport_for(options_for({port, false, "/stall-request"}));
      Cancellation cancellation;
      cancellation.stop(StopReason::cancelled);
      const Clock::time_point start = Clock::now();
      const auto response = transport->exchange(once_only(), {cancellation});
      CHECK(to_string(outcome_of(response)) == "Cancelled");
      CHECK(since(start) < bound(kPromptly));
    }
  }
}

TEST_SUITE("Name server that never answers") {
  TEST_CASE("Eight threads at most wait for the name server, and every caller ends in time") {
    const NothingLeft nothing_left;
    constexpr int kCallers = 24;
    {
      SilentNames names;
      const int threads = running_threads();
      const auto lookup = names.lookup();
      std::vector<std::string> found(kCallers);
      std::vector<std::thread> callers;
      callers.reserve(kCallers);
      for (std::string& mine : found) {
        callers.emplace_back([&] { mine = ask_in_vain(lookup); });
      }
      names.await_asked(8);
      CHECK(running_threads() <= threads + kCallers + 8);
      for (std::thread& caller : callers) caller.join();
      for (const std::string& one : found) CHECK(one == "");
      CHECK(names.asked() == 8);
      CHECK(await_threads(threads + 8) == threads + 8);
    }
  }

  TEST_CASE("A lookup ends at its timeout, and its thread ends with the late answer") {
    const NothingLeft nothing_left;
    {
      SilentNames names;
      const auto transport = transport_for(nowhere(kShort), names.lookup());
      Cancellation cancellation;
      const Clock::time_point start = Clock::now();
      const auto response = transport->exchange(repeatable(), {cancellation});
      CHECK(to_string(outcome_of(response)) == "TimedOut");
      CHECK(message_of(response).find("the name resolution of \"server.invalid\"") !=
            std::string::npos);
      CHECK(since(start) < bound(kShort + kPromptly));
      const Clock::time_point closing = Clock::now();
      const CloseOutcome outcome = transport->close({cancellation, closing + kPatience});
      CHECK(outcome.closed == 0);
      CHECK(since(closing) < bound(kPromptly));
    }
  }

  TEST_CASE("Eight abandoned lookups make further lookups fail at once") {
    const NothingLeft nothing_left;
    {
      SilentNames names;
      const int threads = running_threads();
      const auto lookup = names.lookup();
      for (int i = 1; i <= 8; ++i) {
        const auto transport = transport_for(nowhere(), lookup);
        Running running(exchange(*transport));
        names.await_asked(i);
        stop_and_check(running, "the name resolution");
      }
      CHECK(await_threads(threads + 8) == threads + 8);
      Cancellation cancellation;
      const Clock::time_point start = Clock::now();
      const auto response = transport_for(nowhere(), lookup)->exchange(once_only(), {cancellation});
      CHECK(to_string(outcome_of(response)) == "NameResolution");
      CHECK(since(start) < bound(kPromptly));
      CHECK(await_threads(threads + 8) == threads + 8);
    }
  }
}

}  // namespace wsman::testing
