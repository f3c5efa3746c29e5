// One connected computer: the connection, the running operations and the state.
#ifndef WSMAN_SESSION_SESSION_H_
#define WSMAN_SESSION_SESSION_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/condition.h"
#include "base/error.h"
#include "protocol/operation/operations.h"
#include "session/credential_standing.h"
#include "session/server_objects.h"
#include "transport/transport.h"

namespace wsman::session {

enum class State { opened, closing, closed, broken };

// "Opened", "Closing", "Closed" or "Broken".
const char* name_of(State state);

// The facts that do not change while a session lives.
struct SessionInfo {
  uint64_t id = 0;
  bool for_one_operation = false;
  std::string computer_name;  // The name in lists; compared without case in ASCII.
  Endpoint endpoint;
  AuthenticationKind authentication = AuthenticationKind::none;
  std::string user_name;
  message::RequestHeaders headers;
  uint32_t max_batch_items = 32000;  // The most that is asked for in one page.
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

// When the answer to an operation comes.
enum class AnswerComes {
  when_done,    // The server works on it.
  with_output,  // When a command writes or ends, as to Receive: perhaps never.
  of_ending,    // The server ends something, as a teardown would ask it to.
};

// Safe from any thread. A session is opened until a server that accepted its credential refuses it
// twice in a row (CredentialStanding), which makes it broken; teardown.h moves either on.
class Session {
 public:
  Session(SessionInfo info, std::unique_ptr<Transport> transport);

  const SessionInfo& info() const { return info_; }
  State state() const;
  SessionView view() const;

  // The objects that it keeps open on the server.
  ServerObjects& server_objects() { return server_objects_; }

  // Runs `work` if the session is opened, and again as CredentialStanding::ask() says. Otherwise
  // fails with closed, or with access_denied if the server refused the credential, which made it
  // broken. While `work` runs, the teardown stops it
  // (Call::stop()) and waits for it, for a time also for an answer that is on its way.
  template <typename T>
  Result<T> run(const Call& call, const std::function<Result<T>(const message::Context&)>& work,
                AnswerComes comes = AnswerComes::when_done) {
    const Running running(*this, call, comes);
    if (!running.admitted()) return refusal();
    const message::Context context{*transport_, info_.endpoint, info_.headers};
    Result<T> result = standing_.ask<T>([&] { return work(context); }, call);
    if (!result.ok()) note_refusal();
    return result;
  }

 private:
  friend class Teardown;

  // One running operation, from construction to destruction.
  class Running {
   public:
    Running(Session& session, const Call& call, AnswerComes comes);
    ~Running();
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    bool admitted() const { return admitted_; }
    AnswerComes comes() const { return comes_; }
    void stop() const { call_.stop(StopReason::closed); }
    void cut() const { call_.cut(StopReason::closed); }

   private:
    Session& session_;
    const Call& call_;
    const AnswerComes comes_;
    bool admitted_ = false;
  };

  // The error for work that is not admitted.
  Error refusal() const;

  // Makes the session broken if the server has refused the credential for good.
  void note_refusal();

  const SessionInfo info_;
  const std::unique_ptr<Transport> transport_;
  ServerObjects server_objects_;
  CredentialStanding standing_;
  mutable std::mutex mutex_;
  Condition changed_;  // Told when an operation ends while it closes, and when it is closed.
  State state_ = State::opened;
  std::vector<const Running*> running_;
};

}  // namespace wsman::session

#endif  // WSMAN_SESSION_SESSION_H_
