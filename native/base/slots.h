// A few numbered slots, each used by one caller at a time and given in the order of arrival.
#ifndef WSMAN_BASE_SLOTS_H_
#define WSMAN_BASE_SLOTS_H_

#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "base/event.h"
#include "base/wait.h"

namespace wsman {

// Hands out the numbers 0 to count - 1. Of the free ones the lowest that is preferred is given
// first, else the lowest, so that an idle user of the slots opens as few of the numbered resources
// as possible. Safe from any thread.
class Slots {
 public:
  // Whether a free number is preferred. Asked within take(), and calls nothing of the slots.
  using Preference = std::function<bool(size_t)>;

  explicit Slots(size_t count, Preference is_preferred = {})
      : is_preferred_(std::move(is_preferred)), free_(count, true) {}

  // The use of one slot. The destructor gives the slot back.
  class Use {
   public:
    Use(Slots& slots, size_t index) : slots_(&slots), index_(index) {}
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    Use(Use&& other) noexcept;
    Use& operator=(Use&&) = delete;
    size_t index() const { return index_; }

   private:
    Slots* slots_;
    size_t index_;
  };

  // Waits for a free slot, in line. Fails with timed_out, cancelled or closed, even if a slot is
  // free; the error names `phase`.
  Result<Use> take(const Phase& phase, const Call& call);

 private:
  struct Waiter {
    Event given;  // Set when `index` is.
    std::optional<size_t> index;
  };

  std::optional<size_t> best_free() const;
  void give_back(size_t index);

  const Preference is_preferred_;  // May be empty.
  std::mutex mutex_;
  std::vector<bool> free_;
  std::list<Waiter*> waiters_;
};

}  // namespace wsman

#endif  // WSMAN_BASE_SLOTS_H_
