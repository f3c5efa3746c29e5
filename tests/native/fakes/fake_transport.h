// A transport without a network, and what it was asked to do.
#ifndef WSMAN_TESTS_NATIVE_FAKES_FAKE_TRANSPORT_H_
#define WSMAN_TESTS_NATIVE_FAKES_FAKE_TRANSPORT_H_

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/wait.h"
#include "fakes/answers.h"
#include "transport/transport.h"

namespace wsman::testing {

// A request as it would have gone out.
struct SeenRequest {
  std::string content_type;
  std::string body;
  bool secret_body = false;  // Whether the body was in memory that is wiped.
  bool anonymous_identify = false;
  bool idempotent = false;
};

// The other side of fake transports: shared with the test, because a session owns its transport.
// By default it answers Identify, and closing is quick and graceful.
struct FakeServer {
  std::function<Result<HttpResponse>(const HttpRequest&, const Call&)> on_exchange =
      [](const HttpRequest&, const Call&) { return soap_answer(identify_answer()); };
  std::function<CloseOutcome(const Call&)> on_close = [](const Call&) { return CloseOutcome{}; };

  std::atomic<int> exchanges{0};
  std::atomic<int> closes{0};    // Calls of close().
  std::atomic<int> hang_ups{0};  // Of these, those that found an open connection.
  std::atomic<int> alive{0};     // Transports that were made and are not destroyed.

  // Guarded by `mutex`.
  std::vector<SeenRequest> requests() {
    const std::lock_guard<std::mutex> lock(mutex);
    return seen;
  }
  std::mutex mutex;
  std::vector<SeenRequest> seen;
};

// Open from its first exchange to its close().
class FakeTransport : public Transport {
 public:
  explicit FakeTransport(std::shared_ptr<FakeServer> server) : server_(std::move(server)) {
    ++server_->alive;
  }
  ~FakeTransport() override { --server_->alive; }
  FakeTransport(const FakeTransport&) = delete;
  FakeTransport& operator=(const FakeTransport&) = delete;

  Result<HttpResponse> exchange(const HttpRequest& request, const Call& call) override {
    if (closed_) return Error{ErrorCode::closed, "The session with the fake is closed.", 0, {}};
    ++server_->exchanges;
    {
      const std::lock_guard<std::mutex> lock(server_->mutex);
      server_->seen.push_back({request.content_type, std::string(request.content()),
                               request.secret_body != nullptr, request.anonymous_identify,
                               request.idempotent});
    }
    open_ = true;
    if (call.overtime != nullptr && !call.overtime->hold_stop({"the wait for the fake"}))
      return stopped_error(look_at(call), call, {"the wait for the fake"});
    return server_->on_exchange(request, call);
  }

  CloseOutcome close(const Call& call) override {
    ++server_->closes;
    closed_ = true;
    CloseOutcome outcome = server_->on_close(call);
    outcome.closed = open_.exchange(false) ? 1 : 0;
    server_->hang_ups += outcome.closed;
    return outcome;
  }

  int connections() const override { return open_ ? 1 : 0; }

 private:
  const std::shared_ptr<FakeServer> server_;
  std::atomic<bool> open_{false};
  std::atomic<bool> closed_{false};
};

inline TransportFactory factory_for(const std::shared_ptr<FakeServer>& server) {
  return [server](TransportOptions) -> Result<std::unique_ptr<Transport>> {
    return std::unique_ptr<Transport>(std::make_unique<FakeTransport>(server));
  };
}

// An exchange that never comes to anything: it ends as a real one does when it is told to stop or
// its time is up.
inline Result<HttpResponse> stall(const HttpRequest&, const Call& call) {
  const Cancellation nothing;
  const Phase phase{"the wait for the fake"};
  Error error = stopped_error(wait_for(nothing.descriptor(), WaitFor::readable, call), call, phase);
  error.outcome = Outcome::unknown;
  return error;
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_FAKE_TRANSPORT_H_
