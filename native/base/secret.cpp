#include "base/secret.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <new>
#include <utility>

namespace wsman {
namespace {

size_t whole_pages(size_t size) {
  static const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return (size + page - 1) / page * page;
}

void wipe_octets(void* data, size_t size) {
#if defined(__APPLE__)
  memset_s(data, size, 0, size);
#else
  explicit_bzero(data, size);
#endif
}

}  // namespace

Secret::Secret(Secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)),
      locked_(std::exchange(other.locked_, true)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  wipe();
  data_ = std::exchange(other.data_, nullptr);
  size_ = std::exchange(other.size_, 0);
  capacity_ = std::exchange(other.capacity_, 0);
  locked_ = std::exchange(other.locked_, true);
  return *this;
}

void Secret::append(std::string_view octets) {
  if (octets.empty()) return;
  if (size_ + octets.size() > capacity_) reserve(std::max(size_ + octets.size(), 2 * capacity_));
  std::copy(octets.begin(), octets.end(), data_ + size_);
  size_ += octets.size();
}

void Secret::reserve(size_t size) {
  if (size <= capacity_) return;
  const size_t capacity = whole_pages(size);
  void* pages = mmap(nullptr, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) throw std::bad_alloc();
  const bool locked = mlock(pages, capacity) == 0;
#if defined(MADV_DONTDUMP)
  (void)madvise(pages, capacity, MADV_DONTDUMP);
#endif
  const size_t kept = size_;
  if (kept > 0) std::copy_n(data_, kept, static_cast<char*>(pages));
  wipe();
  data_ = static_cast<char*>(pages);
  size_ = kept;
  capacity_ = capacity;
  locked_ = locked;
}

void Secret::wipe() {
  if (data_ == nullptr) return;
  wipe_octets(data_, capacity_);
  (void)munmap(data_, capacity_);
  data_ = nullptr;
  size_ = 0;
  capacity_ = 0;
  locked_ = true;
}

}  // namespace wsman
