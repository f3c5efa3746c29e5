// The client settings file as octets: read, locked against other processes, replaced whole.
#ifndef WSMAN_ABI_SETTINGS_STORE_H_
#define WSMAN_ABI_SETTINGS_STORE_H_

#include <optional>
#include <string>

#include "base/call.h"
#include "base/error.h"

namespace wsman {

// Every function fails with settings, naming the file and what the system said.

// Where the file really is: symbolic links are followed, also one to what is not there yet.
Result<std::string> real_path_of(const std::string& path);

// The content of a file, or nothing if there is none.
Result<std::optional<std::string>> read_file(const std::string& path);

// Puts `text` in the place of the file, with mode 0600: whoever reads meanwhile, and whoever finds
// it after the machine stopped, has all of the old or all of the new. On failure the old is there.
// Only for who holds the FileLock of that path, since the new file has one name until it is moved.
Status replace_file(const std::string& path, const std::string& text);

// One process and thread at a time. Ends with the process, however that ends.
class FileLock {
 public:
  // The lock of a file, in a file beside it that stays. Folders that are missing are made, with
  // mode 0700. Fails also if another has it for all of `patience`.
  static Result<FileLock> take(const std::string& path, Milliseconds patience);

  FileLock(FileLock&& other) noexcept;
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  FileLock& operator=(FileLock&&) = delete;

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace wsman

#endif  // WSMAN_ABI_SETTINGS_STORE_H_
