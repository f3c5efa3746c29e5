// Reads files that users name in settings: at once, within a size, or not at all.
#ifndef WSMAN_BASE_REGULAR_FILE_H_
#define WSMAN_BASE_REGULAR_FILE_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace wsman {

struct FileReading {
  std::string refusal;     // Behind "it": "is no regular file". Empty if the file was read.
  bool is_shared = false;  // Others than its owner may read it.
};

// Hands the content of the file to `take`, piece by piece. A pipe or a device is refused, since it
// may have no end, or nothing to read for ever; so is a file of more than `most` bytes. The memory
// of the pieces is wiped.
FileReading read_regular_file(const std::string& path, size_t most,
                              const std::function<void(std::string_view piece)>& take);

}  // namespace wsman

#endif  // WSMAN_BASE_REGULAR_FILE_H_
