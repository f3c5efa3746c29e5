#include "support/process.h"

#include <malloc.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>

#include "support/bounds.h"

namespace wsman::testing {
namespace {

int entries_of(const char* folder) {
  const std::filesystem::directory_iterator entries(folder);
  return static_cast<int>(std::distance(begin(entries), end(entries)));
}

std::size_t status_number(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind(name + ":", 0) == 0) return std::stoul(line.substr(name.size() + 1));
  }
  return 0;
}

// "sl local_address rem_address st tx_queue:rx_queue …", numbers in hexadecimal.
bool is_such_socket(const std::string& line, std::uint16_t port, const std::string& state,
                    std::size_t unsent) {
  std::istringstream words(line);
  std::string number;
  std::string local;
  std::string remote;
  std::string found_state;
  std::string queues;
  words >> number >> local >> remote >> found_state >> queues;
  const std::size_t colon = remote.find(':');
  if (colon == std::string::npos || found_state != state) return false;
  return std::stoul(remote.substr(colon + 1), nullptr, 16) == port &&
         std::stoul(queues.substr(0, queues.find(':')), nullptr, 16) >= unsent;
}

bool has_socket(std::uint16_t port, const std::string& state, std::size_t unsent) {
  std::ifstream sockets("/proc/self/net/tcp");
  std::string line;
  std::getline(sockets, line);
  while (std::getline(sockets, line)) {
    if (is_such_socket(line, port, state, unsent)) return true;
  }
  return false;
}

// Within several times of what a thread is kept for.
bool has_fewer_threads_soon(int count) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(100);
  while (running_threads() >= count) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

}  // namespace

int open_descriptors() { return entries_of("/proc/self/fd"); }
// Not the entries of /proc/self/task: where a thread ends meanwhile, those behind it are left out.
int running_threads() { return static_cast<int>(status_number("Threads")); }
std::size_t peak_kilobytes() { return status_number("VmHWM"); }
std::size_t resident_kilobytes() { return status_number("VmRSS"); }
std::size_t held_kilobytes() {
  (void)malloc_trim(0);
  return resident_kilobytes();
}
void reset_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

bool memory_is_telling() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return false;
#else
  return true;
#endif
}

int await_threads(int count) {
  (void)becomes([count] { return running_threads() == count; });
  return running_threads();
}

bool await_socket(std::uint16_t port, const std::string& state, std::size_t unsent) {
  return becomes([&] { return has_socket(port, state, unsent); });
}

void await_kept_threads() {
  int threads = 0;
  do threads = running_threads();
  while (threads > 1 && has_fewer_threads_soon(threads));
}

Leftovers::Leftovers() {
  // With the first thread of a process the thread sanitizer begins one of its own, which stays.
  std::thread([] {}).join();
  // Threads that are kept are none of what was there before.
  await_kept_threads();
  threads_ = running_threads();
  descriptors_ = open_descriptors();
}

std::string Leftovers::found() const {
  const auto nothing_more = [this] {
    return open_descriptors() <= descriptors_ && running_threads() <= threads_;
  };
  if (becomes(nothing_more)) return {};
  return std::to_string(open_descriptors() - descriptors_) + " descriptors and " +
         std::to_string(running_threads() - threads_) + " threads are left";
}

}  // namespace wsman::testing
