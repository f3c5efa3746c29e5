#include "base/secret_memory.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <mutex>
#include <new>

namespace wsman {
namespace {

// Powers of two: the size of a block tells its class, so a block needs no header of its own.
constexpr size_t kSmallest = 64;
constexpr size_t kClasses = 7;  // 64, 128, … 4096.
constexpr size_t kLargestShared = kSmallest << (kClasses - 1);
constexpr size_t kSlab = 65536;

// A free block holds the link to the next one in its first bytes. `locked` belongs to the block,
// because slabs of one class may differ in it: the limit of locked memory may be reached between
// two of them.
struct FreeBlock {
  FreeBlock* next;
  bool locked;
};

struct Shelves {
  std::mutex mutex;
  std::array<FreeBlock*, kClasses> free{};
};

// Never destroyed: secrets may be given back while the process exits.
Shelves& shelves() {
  static auto* made = new Shelves();
  return *made;
}

size_t class_of(size_t size) {
  size_t index = 0;
  while ((kSmallest << index) < size) ++index;
  return index;
}

// mmap() hands out whole pages; so the size of the block counts the rest of the last page too.
size_t whole_pages(size_t size) {
  static const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return (size + page - 1) / page * page;
}

SecretBlock map_pages(size_t size) {
  void* pages = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) throw std::bad_alloc();
  // What follows may be refused, and must not look as if memory had run out (tls/openssl.h).
  const int before = errno;
// A core dump would take the secret to a file. macOS has no such advice.
#if defined(MADV_DONTDUMP)
  (void)madvise(pages, size, MADV_DONTDUMP);
#endif
  // A refused lock is no error: a limit of the system must not keep a user from connecting.
  const bool locked = mlock(pages, size) == 0;
  errno = before;
  return {static_cast<char*>(pages), size, locked};
}

// Cuts a new slab into blocks of one class. The slab stays for the life of the process.
void fill_shelf(FreeBlock*& shelf, size_t block_size) {
  const SecretBlock slab = map_pages(kSlab);
  for (size_t at = 0; at + block_size <= slab.size; at += block_size) {
    auto* block = reinterpret_cast<FreeBlock*>(slab.data + at);
    block->next = shelf;
    block->locked = slab.locked;
    shelf = block;
  }
}

}  // namespace

SecretBlock take_secret_block(size_t size) {
  if (size > kLargestShared) return map_pages(whole_pages(size));
  const size_t index = class_of(size);
  const size_t block_size = kSmallest << index;
  Shelves& all = shelves();
  const std::lock_guard<std::mutex> lock(all.mutex);
  if (all.free[index] == nullptr) fill_shelf(all.free[index], block_size);
  FreeBlock* block = all.free[index];
  all.free[index] = block->next;
  const bool locked = block->locked;
  // Only the link is not zero, because a block was wiped when it was given back.
  wipe_bytes(block, sizeof *block);
  return {reinterpret_cast<char*>(block), block_size, locked};
}

void give_secret_block(const SecretBlock& block) noexcept {
  // Before the mutex is taken, so that threads do not wait for each other's wiping.
  wipe_bytes(block.data, block.size);
  if (block.size > kLargestShared) {
    // This ends the lock of the pages as well.
    (void)munmap(block.data, block.size);
    return;
  }
  auto* freed = reinterpret_cast<FreeBlock*>(block.data);
  Shelves& all = shelves();
  const std::lock_guard<std::mutex> lock(all.mutex);
  freed->locked = block.locked;
  freed->next = all.free[class_of(block.size)];
  all.free[class_of(block.size)] = freed;
}

void wipe_bytes(void* data, size_t size) noexcept {
// Compilers remove a memset() of memory that is not read again. They keep these two.
#if defined(__APPLE__)
  memset_s(data, size, 0, size);
#else
  explicit_bzero(data, size);
#endif
}

// These are the registers that any call may change by the platform's calling convention, so no
// caller keeps a value in them and the assembler needs no list of clobbers. Inlined, the code would
// change registers that the function around it uses.
__attribute__((noinline)) void wipe_registers() noexcept {
#if defined(__x86_64__)
  // vzeroall clears the first sixteen registers in full width. The other sixteen exist with AVX-512
  // only.
  if (__builtin_cpu_supports("avx512f")) {
    asm volatile(
        ".irp n, 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
        "vpxorq %%zmm\\n, %%zmm\\n, %%zmm\\n\n"
        ".endr" ::);
  }
  if (__builtin_cpu_supports("avx")) {
    asm volatile("vzeroall" ::);
    return;
  }
  asm volatile(
      ".irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n"
      "pxor %%xmm\\n, %%xmm\\n\n"
      ".endr" ::);
// v8 to v15 are left out: AAPCS64 has a function preserve their lower halves.
#elif defined(__aarch64__)
  asm volatile(
      ".irp n, 0,1,2,3,4,5,6,7,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
      "movi v\\n\\().2d, #0\n"
      ".endr" ::);
#endif
}

}  // namespace wsman
