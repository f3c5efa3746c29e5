// The trace of a call: lines for -Verbose and, if wanted, messages for -Debug.
#ifndef WSMAN_BASE_TRACE_H_
#define WSMAN_BASE_TRACE_H_

#include <cstddef>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace wsman {

// Collects the lines of one call in order. The caller shows them when the call is over. Safe from
// any thread. Never holds a secret.
class Trace {
 public:
  enum class Level { verbose, debug };

  struct Line {
    Level level = Level::verbose;
    std::string text;
  };

  explicit Trace(Level wanted) : wanted_(wanted) {}

  Level wanted() const { return wanted_; }

  // Whether debug lines are kept. False saves making their text.
  bool wants_debug() const { return wanted_ == Level::debug; }

  void verbose(std::string text) { add(Level::verbose, std::move(text)); }

  void debug(std::string text) {
    if (wants_debug()) add(Level::debug, std::move(text));
  }

  // Appends the lines of another trace.
  void take_over(Trace& other) {
    for (Line& line : other.take()) add(line.level, std::move(line.text));
  }

  std::vector<Line> take() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return std::exchange(lines_, {});
  }

 private:
  // Further lines are dropped, so that a server that asks for round after round fills no memory.
  static constexpr std::size_t kMostLines = 1000;

  void add(Level level, std::string text) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (lines_.size() < kMostLines) lines_.push_back({level, std::move(text)});
  }

  const Level wanted_;
  std::mutex mutex_;
  std::vector<Line> lines_;
};

}  // namespace wsman

#endif  // WSMAN_BASE_TRACE_H_
