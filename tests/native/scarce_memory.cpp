#include "support/scarce_memory.h"

#include <cstdint>
#include <cstdlib>

namespace wsman::testing {
namespace {

constexpr std::size_t kPlenty = SIZE_MAX;
thread_local std::size_t t_left = kPlenty;
thread_local bool t_ran_out = false;

void* allocate(std::size_t size) {
  t_ran_out = t_ran_out || t_left == 0;
  if (t_left == 0) return nullptr;
  if (t_left != kPlenty) --t_left;
  return std::malloc(size == 0 ? 1 : size);
}

}  // namespace

ScarceMemory::ScarceMemory(std::size_t allocations) {
  t_left = allocations;
  t_ran_out = false;
}
ScarceMemory::~ScarceMemory() { t_left = kPlenty; }
bool ScarceMemory::ran_out() { return t_ran_out; }

}  // namespace wsman::testing

void* operator new(std::size_t size) {
  if (void* const block = wsman::testing::allocate(size)) return block;
  throw std::bad_alloc();
}

void* operator new(std::size_t size, const std::nothrow_t& /*unused*/) noexcept {
  return wsman::testing::allocate(size);
}

void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t /*size*/) noexcept { std::free(block); }
