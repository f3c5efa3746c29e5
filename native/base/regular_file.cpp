#include "base/regular_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "base/secret_memory.h"

namespace wsman {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) (void)close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }

 private:
  const int number_;
};

std::string cannot_be_read(int why) {
  return "cannot be read: " + std::generic_category().message(why);
}

std::string is_larger_than(size_t most) {
  return "is larger than " + std::to_string(most / 1024) + " KB";
}

// The refusal, or empty. The bytes are counted as they come: a file may grow meanwhile, and some
// that the system makes do not tell their size.
std::string read_all(int descriptor, size_t most,
                     const std::function<void(std::string_view piece)>& take) {
  std::array<char, 16384> piece{};
  std::string refusal;
  for (size_t taken = 0; refusal.empty();) {
    const ssize_t size = read(descriptor, piece.data(), piece.size());
    if (size == 0) break;
    if (size < 0 && errno == EINTR) continue;
    if (size > 0) taken += static_cast<size_t>(size);
    if (size < 0) {
      refusal = cannot_be_read(errno);
    } else if (taken > most) {
      refusal = is_larger_than(most);
    } else {
      take({piece.data(), static_cast<size_t>(size)});
    }
  }
  wipe_bytes(piece.data(), piece.size());
  return refusal;
}

}  // namespace

FileReading read_regular_file(const std::string& path, size_t most,
                              const std::function<void(std::string_view piece)>& take) {
  // Opened before it is looked at, so that what was looked at is what is read. Without O_NONBLOCK
  // the opening of a pipe waits for who writes to it, and a terminal must not become that of the
  // process.
  const Descriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (file.number() < 0) return {cannot_be_read(errno)};
  struct stat status {};
  if (fstat(file.number(), &status) != 0) return {cannot_be_read(errno)};
  if (!S_ISREG(status.st_mode)) return {"is no regular file"};
  if (static_cast<size_t>(status.st_size) > most) return {is_larger_than(most)};
  return {read_all(file.number(), most, take), (status.st_mode & (S_IRGRP | S_IROTH)) != 0};
}

}  // namespace wsman
