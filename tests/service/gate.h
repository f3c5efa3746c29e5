// Holds requests back until somebody says so, for tests of what happens meanwhile.
#ifndef WSMAN_TESTS_SERVICE_GATE_H
#define WSMAN_TESTS_SERVICE_GATE_H

#include <functional>
#include <utility>
#include <vector>

namespace wsman::service {

class Gate {
 public:
  void shut() { open_ = false; }

  // Lets through what waits, in the order it came in.
  void open() {
    open_ = true;
    for (const auto& go_on : std::exchange(waiting_, {})) go_on();
  }

  // Goes on at once, or when the gate is opened.
  void pass(std::function<void()> go_on) {
    if (open_) {
      go_on();
    } else {
      waiting_.push_back(std::move(go_on));
    }
  }

 private:
  bool open_ = true;
  std::vector<std::function<void()>> waiting_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_GATE_H
