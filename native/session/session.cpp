#include "session/session.h"

#include <algorithm>
#include <utility>

#include "session/giving_back.h"

namespace wsman {
namespace {

constexpr uint32_t kSessionClosed = 0x80338098;
constexpr uint32_t kAccessDenied = 5;

}  // namespace

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
  view.state = state();
  view.connections = transport_->connections();
  view.open_enumerations = static_cast<int>(holdings_.enumerations().size());
  view.open_shells = static_cast<int>(holdings_.shells().size());
  return view;
}

Error closed_error(const std::string& computer_name) {
  const std::string whose = computer_name.empty() ? "" : " with " + computer_name;
  return {ErrorCode::closed,
          with_code("The session" + whose + " is closed", kSessionClosed) +
              ". Run Connect-WSMan again.",
          kSessionClosed,
          {}};
}

Error Session::refusal() const {
  if (state() != State::broken) return closed_error(info_.computer_name);
  return {ErrorCode::access_denied,
          with_code("The session with " + info_.computer_name +
                        " is broken: the server does not accept its credential any more",
                    kAccessDenied) +
              ". Run Connect-WSMan again with one that it accepts.",
          kAccessDenied,
          {}};
}

void Session::note_failure(const Error& error) {
  if (!means_refused(error)) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (state_ == State::opened) state_ = State::broken;
}

Session::Running::Running(Session& session, const Call& call, Leaves leaves)
    : session_(session), cancellation_(call.cancellation), leaves_(leaves) {
  const std::lock_guard<std::mutex> lock(session_.mutex_);
  admitted_ = session_.state_ == State::opened;
  if (admitted_) session_.running_.push_back(this);
}

Session::Running::~Running() {
  if (!admitted_) return;
  const std::lock_guard<std::mutex> lock(session_.mutex_);
  auto& running = session_.running_;
  running.erase(std::find(running.begin(), running.end(), this));
  if (running.empty()) session_.idle_.notify_all();
}

}  // namespace wsman
