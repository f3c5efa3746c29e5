// One connected computer: how it is reached, what runs in it, and in which state it is.
#ifndef WSMAN_SESSION_SESSION_H_
#define WSMAN_SESSION_SESSION_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "protocol/operations.h"
#include "session/holdings.h"
#include "transport/transport.h"

namespace wsman {

enum class State { opened, closing, closed, broken };

// "Opened", "Closing", "Closed" or "Broken".
const char* name_of(State state);

// The error for work on a session that is no longer open. The name may be empty.
Error closed_error(const std::string& computer_name);

// What does not change while a session lives.
struct SessionInfo {
  uint64_t id = 0;
  bool for_one_operation = false;
  std::string computer_name;  // The name in lists; compared without case in ASCII.
  Endpoint endpoint;
  AuthenticationKind authentication = AuthenticationKind::none;
  std::string user_name;
  Manner manner;
  Milliseconds teardown_timeout{5000};
};

// A session as it is at one moment.
struct SessionView {
  SessionInfo info;
  State state = State::closed;
  int connections = 0;
  int open_enumerations = 0;
  int open_shells = 0;
};

// What an operation leaves on the server if its answer is not heard.
enum class Leaves {
  nothing,
  something,  // A shell, a command or a context: only the answer says how it is called.
};

// Safe from any thread. A session is opened until a server that accepted its credential refuses it,
// which makes it broken; teardown.h moves either on.
class Session {
 public:
  Session(SessionInfo info, std::unique_ptr<Transport> transport);

  const SessionInfo& info() const { return info_; }
  State state() const;
  SessionView view() const;

  // What it holds open on the server.
  Holdings& holdings() { return holdings_; }

  // Runs `work` unless the session is no longer opened: it then fails with ErrorCode::closed, or
  // with access_denied if the server refused its credential, which made it broken. While
  // it runs, the teardown can stop it through `call.cancellation`, and waits for it; one that
  // leaves something is given time to hear what that is.
  template <typename T>
  Result<T> run(const Call& call, const std::function<Result<T>(const OperationContext&)>& work,
                Leaves leaves = Leaves::nothing) {
    const Running running(*this, call, leaves);
    if (!running.admitted()) return refusal();
    Result<T> result = work({*transport_, info_.endpoint, info_.manner});
    if (!result.ok()) note_failure(result.error());
    return result;
  }

 private:
  friend class Teardown;

  // One running operation, from construction to destruction.
  class Running {
   public:
    Running(Session& session, const Call& call, Leaves leaves);
    ~Running();
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    bool admitted() const { return admitted_; }
    Leaves leaves() const { return leaves_; }
    void stop() const { cancellation_.stop(StopReason::closed); }

   private:
    Session& session_;
    Cancellation& cancellation_;
    const Leaves leaves_;
    bool admitted_ = false;
  };

  // Why no work is admitted.
  Error refusal() const;

  // The connection was authenticated anew where that can help, so a refusal is for good.
  void note_failure(const Error& error);

  const SessionInfo info_;
  const std::unique_ptr<Transport> transport_;
  Holdings holdings_;
  mutable std::mutex mutex_;
  std::condition_variable idle_;  // Signalled when the last running operation ends.
  State state_ = State::opened;
  std::vector<const Running*> running_;
};

}  // namespace wsman

#endif  // WSMAN_SESSION_SESSION_H_
