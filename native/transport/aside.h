// Work that cannot be stopped, done on a thread that its caller can leave behind.
//
// Some functions of the system block as long as they like: getaddrinfo() asks name servers, GSSAPI
// asks a KDC. Such work runs on a detached thread that owns all it touches; a caller that is told
// to stop, or whose time is up, leaves it to itself. Each kind of work has a few places: who finds
// none free waits in line, and who finds all of them left behind fails at once.
#ifndef WSMAN_TRANSPORT_ASIDE_H_
#define WSMAN_TRANSPORT_ASIDE_H_

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

#include "base/call.h"
#include "base/error.h"
#include "transport/lanes.h"
#include "transport/wait.h"

namespace wsman {

// What became of work done aside.
enum class AsideOutcome {
  done,
  crowded,    // Every place is taken by work that was left behind.
  no_thread,  // The system starts none.
  stopped,    // Left behind, or never begun: the call was stopped or its time is up.
};

// The places for one kind of work. Never destroyed: threads that were left behind may come back
// while the process exits. Safe from any thread.
class Aside {
 public:
  explicit Aside(int places) : places_(places), free_(static_cast<size_t>(places)) {}

  // Runs `work`, which must not throw and owns or shares whatever it uses. The deadline of `call`
  // covers the wait in line as well. With `stopped`, `why` is the error to give, naming `phase`.
  AsideOutcome run(std::function<void()> work, const Phase& phase, const Call& call,
                   std::optional<Error>& why);

 private:
  struct Work;
  void perform(const std::shared_ptr<Work>& work, const Lanes::Use& place);
  void abandon(Work& work);

  const int places_;
  std::atomic<int> left_behind_{0};
  Lanes free_;
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_ASIDE_H_
