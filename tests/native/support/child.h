// A program that runs beside the test and ends with its standard input.
#ifndef WSMAN_TESTS_NATIVE_SUPPORT_CHILD_H_
#define WSMAN_TESTS_NATIVE_SUPPORT_CHILD_H_

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "support/masked.h"

namespace wsman::testing {

class Child {
 public:
  // `secret`, if there is one, stands for the argument "@": it is written out in the child only.
  // Throws std::runtime_error if it cannot be started.
  explicit Child(const std::vector<std::string>& command, const Masked* secret = nullptr);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // The next line of its standard output, which is awaited. Throws if none comes.
  std::string line() const;
  void tell(char what) const;

  void signal(int number) const;
  // Ends it by SIGKILL.
  void kill();

  // The processor time that it has used so far.
  std::chrono::nanoseconds cpu_time() const;

  // Ends it in good order. False if it complained.
  bool stop();

 private:
  pid_t pid_ = -1;
  int input_ = -1;
  int output_ = -1;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_SUPPORT_CHILD_H_
