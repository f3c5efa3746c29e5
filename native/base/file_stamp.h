// A stamp that differs between the versions of a file.
#ifndef WSMAN_BASE_FILE_STAMP_H_
#define WSMAN_BASE_FILE_STAMP_H_

#include <ctime>
#include <string>

namespace wsman {

struct FileStamp {
  int error = 0;            // errno if the file cannot be looked at; then the rest is empty.
  std::time_t changed = 0;  // In seconds. A newer change may have the same stamp.
  std::string text;         // Inode, size and time.
};

FileStamp stamp_of(const std::string& path);

}  // namespace wsman

#endif  // WSMAN_BASE_FILE_STAMP_H_
