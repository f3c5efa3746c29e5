// Who may use which of a few places: one at a time each, in the order they came.
#ifndef WSMAN_TRANSPORT_LANES_H_
#define WSMAN_TRANSPORT_LANES_H_

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "transport/wait.h"

namespace wsman {

// Hands out the numbers 0 to count - 1. The lowest free one is given first, so that what is used
// least stays unopened. Safe from any thread.
class Lanes {
 public:
  explicit Lanes(size_t count) : free_(count, true) {}

  // A lane, from construction to destruction.
  class Use {
   public:
    Use(Lanes& lanes, size_t index) : lanes_(&lanes), index_(index) {}
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    Use(Use&& other) noexcept;
    Use& operator=(Use&&) = delete;
    size_t index() const { return index_; }

   private:
    Lanes* lanes_;
    size_t index_;
  };

  // Waits for a free lane. Fails with timed_out, cancelled or closed; the error names `phase`.
  Result<Use> take(const Phase& phase, const Call& call);

 private:
  struct Waiter {
    Cancellation turn;  // Readable when `index` was given.
    std::optional<size_t> index;
  };

  std::optional<size_t> lowest_free() const;
  void give_back(size_t index);

  std::mutex mutex_;
  std::vector<bool> free_;
  std::list<Waiter*> waiters_;
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_LANES_H_
