// Memory for passwords, keys and messages that carry them.
//
// The memory is locked, so that it does not reach a swap file, and is wiped before it is given
// back. If the system refuses the lock (RLIMIT_MEMLOCK is often 8 MB), the memory is still wiped.
#ifndef WSMAN_BASE_SECRET_H_
#define WSMAN_BASE_SECRET_H_

#include <cstddef>
#include <string_view>

#include "base/secret_memory.h"

namespace wsman {

// A growing buffer of bytes. A move hands the memory over; a copy is made by append() only. Not
// safe for two threads at once.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view bytes) { append(bytes); }
  ~Secret() { wipe(); }

  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;

  // Appends a copy of `bytes`, which lie outside this buffer. The old memory is wiped when the
  // buffer has to move. Throws std::bad_alloc.
  void append(std::string_view bytes);

  // Appends that many zeros, for a function that writes into memory of its caller. The returned
  // pointer is valid until the next change of the buffer. Throws std::bad_alloc.
  char* extend(size_t bytes);

  // Makes room for `size` bytes in all, so that later appends do not move the buffer. Throws
  // std::bad_alloc.
  void reserve(size_t size);

  // Overwrites the content and keeps the memory, for the next use.
  void clear();

  // Overwrites the content and gives the memory back. Safe to repeat.
  void wipe();

  std::string_view view() const { return {block_.data, size_}; }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // False if the system refused to lock the memory.
  bool locked() const { return block_.locked; }

 private:
  SecretBlock block_;
  size_t size_ = 0;
};

}  // namespace wsman

#endif  // WSMAN_BASE_SECRET_H_
