#include "transport/aside.h"

#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace wsman {

// What caller and worker share; whoever leaves last frees it.
struct Aside::Work {
  std::function<void()> task;
  std::mutex mutex;
  Cancellation done;  // Becomes readable when the task is over.
  bool finished = false;
  bool abandoned = false;
};

AsideOutcome Aside::run(std::function<void()> work, const Phase& phase, const Call& call,
                        std::optional<Error>& why) {
  if (left_behind_.load() >= places_) return AsideOutcome::crowded;
  Result<Lanes::Use> place = free_.take(phase, call);
  if (!place.ok()) {
    why = place.error();
    return AsideOutcome::stopped;
  }
  const auto shared = std::make_shared<Work>();
  shared->task = std::move(work);
  try {
    std::thread([this, shared, use = std::move(place.value())] { perform(shared, use); }).detach();
  } catch (const std::system_error&) {
    return AsideOutcome::no_thread;
  }
  const WaitResult waited = wait_for(shared->done.descriptor(), WaitFor::readable, call);
  if (waited == WaitResult::ready) return AsideOutcome::done;
  abandon(*shared);
  why = stopped_error(waited, call, phase);
  return AsideOutcome::stopped;
}

// Runs on a worker's thread; `place` is given back when it ends.
void Aside::perform(const std::shared_ptr<Work>& work, [[maybe_unused]] const Lanes::Use& place) {
  work->task();
  // What the task holds goes before anybody hears that it is over.
  work->task = nullptr;
  const std::lock_guard<std::mutex> lock(work->mutex);
  if (work->abandoned) --left_behind_;
  work->finished = true;
  work->done.stop(StopReason::cancelled);
}

// Leaves the worker to itself, unless it has finished meanwhile.
void Aside::abandon(Work& work) {
  const std::lock_guard<std::mutex> lock(work.mutex);
  if (work.finished || work.abandoned) return;
  work.abandoned = true;
  ++left_behind_;
}

}  // namespace wsman
