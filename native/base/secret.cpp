#include "base/secret.h"

#include <algorithm>
#include <utility>

namespace wsman {

Secret::Secret(Secret&& other) noexcept
    : block_(std::exchange(other.block_, {})), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  wipe();
  block_ = std::exchange(other.block_, {});
  size_ = std::exchange(other.size_, 0);
  return *this;
}

void Secret::append(std::string_view bytes) {
  if (bytes.empty()) return;
  // The room at least doubles, so that many small appends do not copy and wipe the whole each time.
  if (size_ + bytes.size() > block_.size) reserve(std::max(size_ + bytes.size(), 2 * block_.size));
  // The copy is a memcpy(), which leaves its last bytes in vector registers.
  std::copy(bytes.begin(), bytes.end(), block_.data + size_);
  wipe_registers();
  size_ += bytes.size();
}

char* Secret::extend(size_t bytes) {
  reserve(size_ + bytes);
  char* const begin = block_.data + size_;
  std::fill_n(begin, bytes, '\0');
  size_ += bytes;
  return begin;
}

void Secret::reserve(size_t size) {
  if (size <= block_.size) return;
  // Taken before the old block is given back: if it throws, the content is still there.
  const SecretBlock larger = take_secret_block(size);
  std::copy_n(block_.data, size_, larger.data);
  wipe_registers();
  if (block_.data != nullptr) give_secret_block(block_);
  block_ = larger;
}

void Secret::clear() {
  // The bytes behind size_ were never written. They are zero since take_secret_block().
  if (block_.data != nullptr) wipe_bytes(block_.data, size_);
  size_ = 0;
}

void Secret::wipe() {
  if (block_.data == nullptr) return;
  give_secret_block(block_);
  block_ = {};
  size_ = 0;
}

}  // namespace wsman
