#include "session/credential_standing.h"

namespace wsman::session {
namespace {

// Not by what anybody on the way may have written, which leaves open what became of the request.
bool is_refused(const Error& error) {
  return error.code == ErrorCode::access_denied && error.outcome == Outcome::not_done;
}

// The authentication came to no end, such as without an answer of a KDC.
bool is_failed(const Error& error) { return error.code == ErrorCode::authentication; }

}  // namespace

std::optional<Error> CredentialStanding::refusal() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return refusal_;
}

int CredentialStanding::setbacks() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return setbacks_;
}

bool CredentialStanding::may_try_again(const Error* error, int began, bool counts_failures) {
  const std::lock_guard<std::mutex> lock(mutex_);
  note_heard(error);
  if (error == nullptr || refusal_ || !(is_refused(*error) || is_failed(*error))) return false;
  if (is_failed(*error) && !counts_failures) return false;
  // It may never have been right: the user is asked and not the server. And twice in a row is
  // enough, which a request that ran beside the first does not tell.
  const bool in_a_row = began == setbacks_ && (is_failed(*error) ? failed_ : unheard_);
  if (!accepted_ || in_a_row) refusal_ = *error;
  // Not tried again at once, which could take as long again; but the next caller may.
  if (is_failed(*error)) note_setback(failed_, began);
  return is_refused(*error) && !refusal_;
}

void CredentialStanding::note_setback(bool& kind, int began) {
  kind = true;
  if (began == setbacks_) ++setbacks_;
}

void CredentialStanding::note_second(const Error* error) {
  const std::lock_guard<std::mutex> lock(mutex_);
  note_heard(error);
  if (error == nullptr || error->code == ErrorCode::fault) return;
  if (is_refused(*error) || is_failed(*error)) {
    refusal_ = *error;
  } else {
    note_setback(unheard_, setbacks_);
  }
}

// A fault is an answer, too. What is lost on the way says nothing of the credential.
void CredentialStanding::note_heard(const Error* error) {
  if (error != nullptr && error->code != ErrorCode::fault) return;
  accepted_ = true;
  failed_ = false;
  unheard_ = false;
}

}  // namespace wsman::session
