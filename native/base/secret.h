// Memory for passwords, keys and messages that carry them.
//
// The pages are locked, so that they do not reach a swap file, and are wiped before they are given
// back. Where the system refuses the lock (a limit of 8 MB is common) they are still wiped.
#ifndef WSMAN_BASE_SECRET_H_
#define WSMAN_BASE_SECRET_H_

#include <cstddef>
#include <string_view>

namespace wsman {

// A growing buffer of octets. Moving hands the pages over; copying must be asked for by append().
// Not safe for use by two threads at once.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view octets) { append(octets); }
  ~Secret() { wipe(); }

  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;

  // Appends a copy. The old pages are wiped when the buffer has to move. Throws std::bad_alloc.
  void append(std::string_view octets);

  // Makes room for `size` octets in all, so that later appends do not move the buffer.
  void reserve(size_t size);

  // Overwrites the content and gives the pages back. Safe to repeat.
  void wipe();

  std::string_view view() const { return {data_, size_}; }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // False if the system refused to lock the pages.
  bool locked() const { return locked_; }

 private:
  char* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
  bool locked_ = true;
};

}  // namespace wsman

#endif  // WSMAN_BASE_SECRET_H_
