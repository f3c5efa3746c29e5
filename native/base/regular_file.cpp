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

FileReading cannot_be_read(int why) {
  return {"cannot be read: " + std::generic_category().message(why), why};
}

// Of a file that may hold a key: wiped whatever ends the reading.
struct Piece {
  Piece() = default;
  ~Piece() { wipe_bytes(bytes.data(), bytes.size()); }
  Piece(const Piece&) = delete;
  Piece& operator=(const Piece&) = delete;

  std::array<char, 16384> bytes{};
};

}  // namespace

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) (void)close(descriptor_);
}

OpenFile open_to_read(const std::string& path) {
  return OpenFile(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
}

int read_to_end(const OpenFile& file, size_t most,
                const std::function<void(std::string_view piece)>& take) {
  Piece piece;
  int code = 0;
  for (size_t taken = 0; code == 0;) {
    const ssize_t size = read(file.get(), piece.bytes.data(), piece.bytes.size());
    if (size == 0) break;
    if (size < 0 && errno == EINTR) continue;
    if (size > 0) taken += static_cast<size_t>(size);
    if (size < 0) {
      code = errno;
    } else if (taken > most) {
      code = EFBIG;
    } else {
      take({piece.bytes.data(), static_cast<size_t>(size)});
    }
  }
  return code;
}

FileReading read_regular_file(const std::string& path, size_t most,
                              const std::function<void(std::string_view piece)>& take) {
  const OpenFile file = open_to_read(path);
  struct stat status {};
  if (file.get() < 0 || fstat(file.get(), &status) != 0) return cannot_be_read(errno);
  if (!S_ISREG(status.st_mode)) return {"is no regular file"};
  const bool is_too_large = static_cast<size_t>(status.st_size) > most;
  const int code = is_too_large ? EFBIG : read_to_end(file, most, take);
  if (code == EFBIG) return {"is larger than " + std::to_string(most / 1024) + " KB", code};
  if (code != 0) return cannot_be_read(code);
  return {{}, 0, (status.st_mode & (S_IRGRP | S_IROTH)) != 0};
}

}  // namespace wsman
