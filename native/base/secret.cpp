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

void Secret::append(std::string_view octets) {
  if (octets.empty()) return;
  if (size_ + octets.size() > block_.size)
    reserve(std::max(size_ + octets.size(), 2 * block_.size));
  std::copy(octets.begin(), octets.end(), block_.data + size_);
  wipe_registers();
  size_ += octets.size();
}

char* Secret::extend(size_t octets) {
  reserve(size_ + octets);
  char* const begin = block_.data + size_;
  std::fill_n(begin, octets, '\0');
  size_ += octets;
  return begin;
}

void Secret::reserve(size_t size) {
  if (size <= block_.size) return;
  const SecretBlock larger = take_secret_block(size);
  std::copy_n(block_.data, size_, larger.data);
  wipe_registers();
  if (block_.data != nullptr) give_secret_block(block_);
  block_ = larger;
}

void Secret::clear() {
  if (block_.data != nullptr) wipe_octets(block_.data, size_);
  size_ = 0;
}

void Secret::wipe() {
  if (block_.data == nullptr) return;
  give_secret_block(block_);
  block_ = {};
  size_ = 0;
}

}  // namespace wsman
