// Reads files at once, within a size, or not at all.
#ifndef WSMAN_BASE_REGULAR_FILE_H_
#define WSMAN_BASE_REGULAR_FILE_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace wsman {

// A file that is open, or a negative number; closed at whichever return.
class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  ~OpenFile();
  OpenFile(OpenFile&& other) noexcept : descriptor_(other.release()) {}
  OpenFile& operator=(OpenFile&&) = delete;

  int get() const { return descriptor_; }
  int release() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_;
};

// Opens the file for reading, whatever it is, without waiting: the opening of a pipe would wait for
// who writes to it, and a terminal could become that of the process. What is to be known of the
// file is asked of the descriptor, since the name may lead to another one by then.
OpenFile open_to_read(const std::string& path);

// Hands the content of the file to `take`, piece by piece, and wipes the memory of the pieces. 0,
// errno, or EFBIG for more than `most` bytes, which are counted as they come: a file may grow
// meanwhile, and some that the system makes do not tell their size.
int read_to_end(const OpenFile& file, size_t most,
                const std::function<void(std::string_view piece)>& take);

struct FileReading {
  std::string refusal;     // Behind "it": "is no regular file". Empty if the file was read.
  int code = 0;            // Why the system did not read it: errno, or EFBIG; 0 for another reason.
  bool is_shared = false;  // Others than its owner may read it.
};

// The same by path. A pipe or a device is refused, since it may have no end, or nothing to read for
// ever.
FileReading read_regular_file(const std::string& path, size_t most,
                              const std::function<void(std::string_view piece)>& take);

}  // namespace wsman

#endif  // WSMAN_BASE_REGULAR_FILE_H_
