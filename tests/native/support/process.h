// What this process holds, as the system counts it (Linux: /proc).
#ifndef WSMAN_TESTS_NATIVE_SUPPORT_PROCESS_H_
#define WSMAN_TESTS_NATIVE_SUPPORT_PROCESS_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace wsman::testing {

int open_descriptors();
int running_threads();

// Waits until so many threads run, since one that was joined may still be ending. How many do.
int await_threads(int count);

// Waits until the threads have ended that the library keeps for a moment (base/background). One
// that ends while the process does leaks what libxml2 has for it, whose destructor has run by then.
void await_kept_threads();

// The most memory that was resident since the last reset_peak().
std::size_t peak_kilobytes();
std::size_t resident_kilobytes();
// What is resident once the allocator has given back what is free: how much of that it keeps
// depends on how many threads met.
std::size_t held_kilobytes();
void reset_peak();

// Sanitizers keep memory of their own, so that nothing can be said about ours.
bool memory_is_telling();

// Waits until a client socket of this process that is connected, or connecting, to `port` is in the
// state that /proc/net/tcp writes as `state` and has at least `unsent` bytes to send.
bool await_socket(std::uint16_t port, const std::string& state, std::size_t unsent);

constexpr const char* kEstablished = "01";
constexpr const char* kSynSent = "02";

// Remembers what was open and running, and tells what is more now. Waits for what is just ending.
// Empty if nothing is left.
class Leftovers {
 public:
  Leftovers();
  std::string found() const;

 private:
  int descriptors_ = 0;
  int threads_ = 0;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_SUPPORT_PROCESS_H_
