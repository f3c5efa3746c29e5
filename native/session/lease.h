// The use of a session by one call.
#ifndef WSMAN_SESSION_LEASE_H_
#define WSMAN_SESSION_LEASE_H_

#include <memory>
#include <optional>

#include "base/call.h"
#include "session/session.h"
#include "session/teardown.h"

namespace wsman::session {

// Ends a session that was opened for one operation, within `call`, and gives the report. Leaves any
// other session alone, and gives nothing.
std::optional<TeardownReport> end_transient(Session& session, const Call& call);

// Ends a session that was opened for one operation at the end of the call that uses it, within the
// teardown timeout of the session. Any other session stays open.
class SessionLease {
 public:
  // `cancellation` cuts the ending short, and outlives the lease.
  SessionLease(std::shared_ptr<Session> session, Cancellation& cancellation);
  ~SessionLease();
  SessionLease(SessionLease&& other) noexcept = default;
  SessionLease& operator=(SessionLease&&) = delete;

  const std::shared_ptr<Session>& session() const { return session_; }

  // Ends it now, and gives the report if there is one. session() is null afterwards.
  std::optional<TeardownReport> end();

  // Leaves the ending to the next user of the session: an enumeration, or a call that is completed
  // in the background. session() is null afterwards.
  void hand_over() { session_.reset(); }

 private:
  std::shared_ptr<Session> session_;
  Cancellation& cancellation_;
};

}  // namespace wsman::session

#endif  // WSMAN_SESSION_LEASE_H_
