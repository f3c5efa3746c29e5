#include "session/session.h"

#include <algorithm>
#include <utility>

#include "base/codes.h"

namespace wsman::session {
const char* name_of(State state) {
  switch (state) {
    case State::opened:
      return "Opened";
    case State::closing:
      return "Closing";
    case State::closed:
      return "Closed";
    case State::broken:
      return "Broken";
  }
  return "Closed";
}

Session::Session(SessionInfo info, std::unique_ptr<Transport> transport)
    : info_(std::move(info)), transport_(std::move(transport)) {}

State Session::state() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return state_;
}

SessionView Session::view() const {
  SessionView view;
  view.info = info_;
  // Read one after the other: each value is right, though they may be of different moments.
  view.state = state();
  view.connections = transport_->connections();
  const ServerObjects::Counts counts = server_objects_.count();
  view.open_enumerations = counts.enumerations;
  view.open_shells = counts.shells;
  return view;
}

Error Session::refusal() const {
  if (state() != State::broken) return closed_error(info_.computer_name);
  return make_error(ErrorCode::access_denied, code::kAccessDenied,
                    "Access is denied: the session with " + info_.computer_name +
                        " is broken, as the server does not accept its credential any more",
                    {AdviceKey::connect_with_other_credential});
}

void Session::note_refusal() {
  if (!standing_.refusal()) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  // A session that is closing goes on to closed, whatever an operation still hears.
  if (state_ == State::opened) state_ = State::broken;
}

Session::Running::Running(Session& session, const Call& call, AnswerComes comes)
    : session_(session), call_(call), comes_(comes) {
  const std::lock_guard<std::mutex> lock(session_.mutex_);
  // Admission and entry under one lock: a teardown that sets the state afterwards sees the
  // operation in the list.
  admitted_ = session_.state_ == State::opened;
  if (admitted_) session_.running_.push_back(this);
}

Session::Running::~Running() {
  if (!admitted_) return;
  const std::lock_guard<std::mutex> lock(session_.mutex_);
  auto& running = session_.running_;
  running.erase(std::find(running.begin(), running.end(), this));
  // A teardown waits for them.
  if (session_.state_ == State::closing) session_.changed_.notify_all();
}

}  // namespace wsman::session
