#include "session/lease.h"

#include <utility>

namespace wsman::session {

std::optional<TeardownReport> end_transient(Session& session, const Call& call) {
  if (!session.info().for_one_operation) return std::nullopt;
  return close_session(session, call);
}

SessionLease::SessionLease(std::shared_ptr<Session> session, Cancellation& cancellation)
    : session_(std::move(session)), cancellation_(cancellation) {}

SessionLease::~SessionLease() { (void)end(); }

std::optional<TeardownReport> SessionLease::end() {
  const std::shared_ptr<Session> session = std::exchange(session_, nullptr);
  // Handed over, or moved from.
  if (!session) return std::nullopt;
  return end_transient(*session, {cancellation_, Clock::now() + session->info().teardown_timeout});
}

}  // namespace wsman::session
