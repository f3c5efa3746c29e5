// The running calls, by the number that their caller gave them, so that another thread can stop
// one.
#ifndef WSMAN_ABI_OPERATION_TABLE_H_
#define WSMAN_ABI_OPERATION_TABLE_H_

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "base/call.h"

namespace wsman::abi {

// Safe from any thread.
class OperationTable {
 public:
  // One running call, from construction to destruction.
  class Operation {
   public:
    Operation(OperationTable& table, uint64_t id);
    ~Operation();
    Operation(const Operation&) = delete;
    Operation& operator=(const Operation&) = delete;
    Cancellation& cancellation() { return *cancellation_; }

   private:
    OperationTable& table_;
    const uint64_t id_;
    std::shared_ptr<Cancellation> cancellation_;
  };

  OperationTable();

  // Stops the call with that number. A call that has not begun is stopped when it begins: the last
  // 1024 such numbers are kept. A call that has ended is not affected.
  void cancel(uint64_t id);

 private:
  // Those of calls that nobody stopped, for the next ones: each costs two system calls. As many as
  // there are from the beginning, so that the process has no more descriptors after a call.
  static constexpr size_t kMostIdle = 2;

  std::mutex mutex_;
  std::vector<std::shared_ptr<Cancellation>> idle_;
  std::map<uint64_t, std::shared_ptr<Cancellation>> running_;
  std::deque<uint64_t> cancelled_early_;
};

}  // namespace wsman::abi

#endif  // WSMAN_ABI_OPERATION_TABLE_H_
