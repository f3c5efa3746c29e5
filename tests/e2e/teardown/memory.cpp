#include "teardown/memory.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "support/masked.h"

namespace wsman::testing {
namespace {

constexpr std::size_t kPart = 12;
constexpr std::size_t kBuffer = 1U << 20;

struct Mapping {
  std::uintptr_t from = 0;
  std::uintptr_t to = 0;
  bool readable = false;
  bool locked = false;
  bool written = false;  // Has pages of this process, and not only of the file.
  std::string name;
};

// "7f1c…-7f1d… rw-p 00000000 00:00 0    [heap]" begins a mapping; lines "Name: …" follow.
std::vector<Mapping> mappings() {
  std::ifstream file("/proc/self/smaps");
  std::vector<Mapping> all;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string first;
    words >> first;
    if (first == "Anonymous:" || first == "Swap:") {
      std::size_t kilobytes = 0;
      words >> kilobytes;
      all.back().written |= kilobytes > 0;
      continue;
    }
    if (first == "VmFlags:") {
      for (std::string flag; words >> flag;) all.back().locked |= flag == "lo";
      continue;
    }
    const std::size_t dash = first.find('-');
    if (dash == std::string::npos || first.back() == ':') continue;
    std::string rights;
    std::string ignored;
    Mapping mapping;
    mapping.from = std::stoull(first.substr(0, dash), nullptr, 16);
    mapping.to = std::stoull(first.substr(dash + 1), nullptr, 16);
    words >> rights >> ignored >> ignored >> ignored >> mapping.name;
    mapping.readable = rights.size() == 4 && rights[0] == 'r' && rights[3] == 'p';
    all.push_back(mapping);
  }
  return all;
}

// Pages of its own, which are not looked at, since they hold copies of all that is.
class Window {
 public:
  Window()
      : memory_(open("/proc/self/mem", O_RDONLY | O_CLOEXEC)),
        data_(static_cast<unsigned char*>(
            mmap(nullptr, kBuffer, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {
    if (memory_ < 0 || data_ == MAP_FAILED) throw std::runtime_error("memory cannot be read");
  }

  ~Window() {
    explicit_bzero(data_, kBuffer);
    (void)munmap(data_, kBuffer);
    (void)close(memory_);
  }

  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // How many bytes came; 0 where there are none.
  std::size_t read(std::uintptr_t at, std::size_t size) {
    const ssize_t came = pread(memory_, data_, std::min(size, kBuffer), static_cast<off_t>(at));
    return came > 0 ? static_cast<std::size_t>(came) : 0;
  }

  const unsigned char* data() const { return data_; }
  std::uintptr_t from() const { return reinterpret_cast<std::uintptr_t>(data_); }
  std::uintptr_t to() const { return from() + kBuffer; }

 private:
  int memory_;
  unsigned char* data_;
};

class Search {
 public:
  explicit Search(const std::vector<Needle>& needles) : needles_(needles), begins_(65536) {
    for (const Needle& needle : needles_) {
      for (std::size_t i = 0; i + kPart <= needle.bytes.size(); ++i) {
        begins_[pair_at(&needle.bytes[i], 0)] = 1;
      }
    }
  }

  void look_at(const Mapping& mapping) {
    for (std::uintptr_t at = mapping.from; at < mapping.to;) {
      const std::size_t size = window_.read(at, mapping.to - at);
      if (size == 0) return;
      look_at(mapping, at, size);
      // What stands across the edge is seen with the next part.
      at += at + size < mapping.to && size > kPart ? size - kPart : size;
    }
  }

  std::vector<Hit> take() { return std::move(hits_); }
  const Window& window() const { return window_; }

 private:
  static std::size_t pair_at(const unsigned char* bytes, unsigned char mask) {
    return static_cast<std::size_t>((bytes[0] ^ mask) << 8 | (bytes[1] ^ mask));
  }

  void look_at(const Mapping& mapping, std::uintptr_t at, std::size_t size) {
    const unsigned char* data = window_.data();
    for (std::size_t i = 0; i + kPart <= size; ++i) {
      if (begins_[pair_at(data + i, Masked::kMask)] == 0) continue;
      const std::size_t length = match(mapping, at + i, data + i, size - i);
      if (length > 0) i += length - 1;
    }
  }

  // How many bytes of a needle stand there; 0 for fewer than a part.
  std::size_t match(const Mapping& mapping, std::uintptr_t at, const unsigned char* data,
                    std::size_t size) {
    for (const Needle& needle : needles_) {
      for (std::size_t i = 0; i + kPart <= needle.bytes.size(); ++i) {
        const std::size_t length = common(&needle.bytes[i], needle.bytes.size() - i, data, size);
        if (length < kPart) continue;
        hits_.push_back({needle.what, at, length, mapping.locked, mapping.name});
        return length;
      }
    }
    return 0;
  }

  static std::size_t common(const unsigned char* masked, std::size_t most,
                            const unsigned char* data, std::size_t size) {
    std::size_t length = 0;
    while (length < std::min(most, size) && (data[length] ^ Masked::kMask) == masked[length]) {
      ++length;
    }
    return length;
  }

  const std::vector<Needle>& needles_;
  std::vector<char> begins_;  // Of a part: its first two bytes.
  Window window_;
  std::vector<Hit> hits_;
};

}  // namespace

std::string to_string(const std::vector<Hit>& hits) {
  std::ostringstream text;
  for (const Hit& hit : hits) {
    text << "\n  " << hit.length << " bytes of " << hit.what << " at 0x" << std::hex << hit.at
         << std::dec << (hit.locked ? ", locked " : " ") << hit.mapping;
  }
  return text.str();
}

std::vector<Hit> find_in_memory(const std::vector<Needle>& needles) {
  Search search(needles);
  for (const Mapping& mapping : mappings()) {
    if (!mapping.readable || !mapping.written) continue;
    // The window may have been joined with its neighbours.
    const std::uintptr_t from = search.window().from();
    const std::uintptr_t to = search.window().to();
    Mapping before = mapping;
    Mapping after = mapping;
    before.to = std::min(mapping.to, from);
    after.from = std::max(mapping.from, to);
    search.look_at(before);
    if (mapping.to > to) search.look_at(after);
  }
  return search.take();
}

}  // namespace wsman::testing
