// The client settings file as bytes: read, locked against other processes, replaced whole.
#ifndef WSMAN_ABI_SETTINGS_SETTINGS_STORE_H_
#define WSMAN_ABI_SETTINGS_SETTINGS_STORE_H_

#include <optional>
#include <string>
#include <utility>

#include "base/call.h"
#include "base/error.h"
#include "base/regular_file.h"

namespace wsman::abi {

// Every function fails with settings; the message has the file and the error of the system.

// The path of the file itself: symbolic links are followed, also to a file that does not exist yet.
Result<std::string> real_path_of(const std::string& path);

// The content of a file that may be obeyed, or nothing if there is none. Fails also if it is no
// regular file, larger than any settings, or somebody else could have written it (file_trust.h).
Result<std::optional<std::string>> read_file(const std::string& path);

// Fails if somebody else could put another file in the place of this one: by its folder, or by that
// of a symbolic link that leads to it. The folders exist.
Status check_folders(const std::string& path);

// Replaces the file by `text`, with mode 0600. A reader meanwhile, or after a crash of the machine,
// sees all of the old file or all of the new one. Fails also for a text that read_file() would
// refuse for its size; on failure the old file is there. The caller holds the FileLock of that
// path, since the new file has one fixed name until it is moved.
Status replace_file(const std::string& path, const std::string& text);

// A lock that one thread of one process has at a time. It ends with the process, however that ends.
class FileLock {
 public:
  // The lock of a file, in a file beside it that stays. Folders that are missing are made, with
  // mode 0700. Fails also if another has it for all of `patience`.
  static Result<FileLock> take(const std::string& path, Milliseconds patience);

 private:
  explicit FileLock(OpenFile file) : file_(std::move(file)) {}

  // The lock ends with it. The file stays: a process that waits on a removed file would lock
  // nothing.
  OpenFile file_;
};

}  // namespace wsman::abi

#endif  // WSMAN_ABI_SETTINGS_SETTINGS_STORE_H_
