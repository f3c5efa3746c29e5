#include "base/file_stamp.h"

#include <sys/stat.h>

#include <cerrno>

namespace wsman {

FileStamp stamp_of(const std::string& path) {
  // stat() follows symbolic links, as the readers of these files do: a change of the target counts.
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return {errno, 0, {}};
#if defined(__APPLE__)
  const auto& changed = status.st_mtimespec;
#else
  const auto& changed = status.st_mtim;
#endif
  // The inode tells a file that was moved into the place of another, size and nanoseconds one that
  // was written in place.
  return {0, changed.tv_sec,
          std::to_string(status.st_ino) + ":" + std::to_string(status.st_size) + ":" +
              std::to_string(changed.tv_sec) + "." + std::to_string(changed.tv_nsec)};
}

}  // namespace wsman
