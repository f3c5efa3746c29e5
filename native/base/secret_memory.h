// Pages that are locked in memory and left out of core dumps, shared by all secrets.
//
// A secret is small and a page is not, and the system lets a process lock few pages (8 MB is
// common), so blocks of up to 4096 octets are cut from shared slabs. Larger blocks have pages of
// their own.
#ifndef WSMAN_BASE_SECRET_MEMORY_H_
#define WSMAN_BASE_SECRET_MEMORY_H_

#include <cstddef>

namespace wsman {

struct SecretBlock {
  char* data = nullptr;
  size_t size = 0;
  bool locked = true;  // False if the system refused to lock the pages.
};

// A block of at least `size` octets, all zero. Throws std::bad_alloc. Safe from any thread.
SecretBlock take_secret_block(size_t size);

// Wipes a block and gives it back. Safe from any thread.
void give_secret_block(const SecretBlock& block) noexcept;

// Overwrites octets in a way that the compiler does not leave out.
void wipe_octets(void* data, size_t size) noexcept;

// Overwrites the vector registers. A copy leaves in them up to 64 octets of what it copied, and the
// dynamic linker, when it resolves a function at its first call, spills them to the stack.
void wipe_registers() noexcept;

}  // namespace wsman

#endif  // WSMAN_BASE_SECRET_MEMORY_H_
