// How the credential of a session stands with its server.
//
// Some servers refuse a good credential now and then. A refusal in the middle of a session is
// therefore answered by one more try. A credential that is wrong is repeated once in all, because
// each further time could lock an account.
#ifndef WSMAN_SESSION_CREDENTIAL_STANDING_H_
#define WSMAN_SESSION_CREDENTIAL_STANDING_H_

#include <mutex>
#include <optional>

#include "base/call.h"
#include "base/error.h"
#include "base/timed_mutex.h"

namespace wsman::session {

// Safe from any thread.
class CredentialStanding {
 public:
  // Asks the server, by `work`, and once more if it refuses a credential that it had accepted. Of
  // several callers that are refused one tries again; the others follow only if that was heard to
  // succeed. A refusal after which it is not known what became of the request is none. A teardown
  // does not count authentications that fail: what one connection cannot do another one, which is
  // open, may have done.
  template <typename T, typename Work>
  Result<T> ask(const Work& work, const Call& call, bool counts_failures = true) {
    const int began = setbacks();
    Result<T> first = work();
    if (!may_try_again(first.ok() ? nullptr : &first.error(), began, counts_failures)) return first;
    // Nothing is on its way any more.
    if (call.overtime != nullptr) call.overtime->let_stop_through();
    if (!turn_.lock(call)) return first;
    const std::lock_guard<TimedMutex> lock(turn_, std::adopt_lock);
    if (refusal() || setbacks() != began) return first;
    Result<T> second = work();
    note_second(second.ok() ? nullptr : &second.error());
    return second;
  }

  // The error of a server that does not accept the credential any more; nothing while it does.
  std::optional<Error> refusal() const;

 private:
  int setbacks() const;
  // Notes the result of a first try, which began after that many setbacks; null is a success.
  bool may_try_again(const Error* error, int began, bool counts_failures);
  void note_second(const Error* error);
  void note_setback(bool& kind, int began);
  void note_heard(const Error* error);

  TimedMutex turn_;  // Of the caller that tries again.
  mutable std::mutex mutex_;
  bool accepted_ = false;  // The server has answered, so it accepts the credential.
  bool failed_ = false;    // The last authentication failed before the server had its say.
  bool unheard_ = false;   // The last second try was not heard to end, and nothing since.
  int setbacks_ = 0;       // How often either came. What ran at the same time counts once.
  std::optional<Error> refusal_;
};

}  // namespace wsman::session

#endif  // WSMAN_SESSION_CREDENTIAL_STANDING_H_
