// Running calls by the number that their caller gave them, so that another thread can end one.
#ifndef WSMAN_ABI_OPERATION_TABLE_H_
#define WSMAN_ABI_OPERATION_TABLE_H_

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>

#include "base/call.h"

namespace wsman {

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

  // Stops the call with that number. One that has not begun is stopped when it does: the last 1024
  // such numbers are remembered. One that has ended stays as it is.
  void cancel(uint64_t id);

 private:
  std::mutex mutex_;
  std::map<uint64_t, std::shared_ptr<Cancellation>> running_;
  std::deque<uint64_t> cancelled_early_;
};

}  // namespace wsman

#endif  // WSMAN_ABI_OPERATION_TABLE_H_
