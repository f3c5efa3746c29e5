// Makes one allocation or one call of the system fail, by its number, in the program that it is
// linked to.
//
// The program's own malloc(), socket() and so on come before those of the C library for every
// library that is loaded, so that nothing has to be preloaded. Counted is what the tested library
// does: the thread that calls it says when (Inside), and every other thread is the library's.
#ifndef WSMAN_TESTS_TORTURE_FAILER_H_
#define WSMAN_TESTS_TORTURE_FAILER_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace wsman::torture {

enum class Kind {
  call,            // One call of the system fails.
  memory,          // One allocation fails.
  memory_run_out,  // All allocations fail, up to the end of the call into the library.
};

inline constexpr std::size_t kKinds = 3;

struct Plan {
  Kind kind = Kind::memory;
  std::uint64_t number = 0;  // Counted from 1 since arm(); 0: nothing fails.
};

// A place in the program, from the inside out.
struct Stack {
  std::array<void*, 40> frames{};
  int depth = 0;
};

// What was counted from arm() to disarm().
struct Seen {
  std::uint64_t allocations = 0;
  std::uint64_t calls = 0;
  std::uint64_t answered = 0;    // The allocations before the first bytes of a server.
  const char* failed = nullptr;  // The function that failed; null if none did.
  Stack where = {};
  Stack death = {};  // Where a signal ended the process that came of what it did; else empty.
};

// The rest of this thread's life is not the library's.
void stand_outside();

// This thread is in the library while it lives.
class Inside {
 public:
  Inside();
  ~Inside();
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;
};

// Counts into `seen` until disarm(). It is told of a failure at once, since the program may die of
// it.
void arm(const Plan& plan, Seen& seen);
void disarm();

// The blocks that the library has taken and not given back, since the beginning.
std::int64_t held_blocks();

}  // namespace wsman::torture

#endif  // WSMAN_TESTS_TORTURE_FAILER_H_
