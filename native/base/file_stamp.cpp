#include "base/file_stamp.h"

#include <sys/stat.h>

#include <cerrno>

namespace wsman {

FileStamp stamp_of(const std::string& path) {
  // stat() follows symbolic links, as the readers of these files do: a change of the target counts.
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return {errno, 0, {}};
    // The time of any change, which a writer cannot set back: owner and mode count too, since who
    // may write a file decides whether it is obeyed.
#if defined(__APPLE__)
  const auto& changed = status.st_ctimespec;
#else
  const auto& changed = status.st_ctim;
#endif
  // The inode tells a file that was moved into the place of another, size and nanoseconds one that
  // was changed in place.
  return {0, changed.tv_sec,
          std::to_string(status.st_ino) + ":" + std::to_string(status.st_size) + ":" +
              std::to_string(changed.tv_sec) + "." + std::to_string(changed.tv_nsec)};
}

}  // namespace wsman
