// Pages that are locked in memory and left out of core dumps, shared by all secrets.
//
// A secret is much smaller than a page, and the system lets a process lock few pages
// (RLIMIT_MEMLOCK is often 8 MB), so blocks of up to 4096 bytes are cut from shared slabs. Larger
// blocks have pages of their own.
#ifndef WSMAN_BASE_SECRET_MEMORY_H_
#define WSMAN_BASE_SECRET_MEMORY_H_

#include <cstddef>

namespace wsman {

struct SecretBlock {
  char* data = nullptr;
  size_t size = 0;
  bool locked = true;  // False if the system refused to lock the pages.
};

// A block of at least `size` bytes, all zero. Throws std::bad_alloc. Safe from any thread.
SecretBlock take_secret_block(size_t size);

// Wipes a block and gives it back. Safe from any thread.
void give_secret_block(const SecretBlock& block) noexcept;

// Overwrites bytes with zeros. The compiler does not remove the call.
void wipe_bytes(void* data, size_t size) noexcept;

// Overwrites the vector registers. A memcpy() leaves up to 64 bytes of its data in each, and the
// dynamic linker spills them to the stack when it resolves a function at its first call.
void wipe_registers() noexcept;

}  // namespace wsman

#endif  // WSMAN_BASE_SECRET_MEMORY_H_
