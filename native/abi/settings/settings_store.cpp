#include "abi/settings/settings_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "abi/settings/file_trust.h"

namespace wsman::abi {
namespace {

constexpr size_t kMostLinks = 40;  // The limit of Linux too.
// All settings have a few kilobytes.
constexpr size_t kLargestFile = 1048576;
// For the user alone: the settings say which computers may get a credential.
constexpr mode_t kFileMode = 0600;
constexpr mode_t kFolderMode = 0700;
constexpr Milliseconds kBetweenTries{5};  // flock() cannot wait with a bound.

std::string reason(int code) { return std::generic_category().message(code); }

Error failed(const std::string& path, const char* what, const std::string& why,
             const std::string& further = {}) {
  return make_error(ErrorCode::settings,
                    "The client settings file \"" + path + "\" cannot be " + what + ": " + why, {},
                    further);
}

Error not_written(const std::string& path, const std::string& why) {
  return failed(path, "written", why, "Nothing was changed.");
}

// The advice for what the user may not obey.
AdviceList cure_for(Distrust distrust, const std::string& name) {
  if (distrust == Distrust::writable) return {{AdviceKey::protect_file, {name}}};
  return {{AdviceKey::own_file, {name}}};
}

// Fails if the user may not obey `name`: the settings file at `path` itself, or a folder.
Status check_trust(const std::string& path, const std::string& name, const struct stat& status) {
  const Distrust distrust = distrust_of(status, geteuid());
  if (distrust == Distrust::none) return Done{};
  const std::string which = name == path ? "it" : "the folder \"" + name + "\"";
  const std::string why = distrust == Distrust::writable
                              ? "others than its owner can write " + which
                              : which + " belongs to user " + std::to_string(status.st_uid) +
                                    ", and not to user " + std::to_string(geteuid()) +
                                    ", who would obey it";
  return make_error(ErrorCode::settings,
                    "The client settings file \"" + path + "\" is not obeyed: " + why,
                    cure_for(distrust, name));
}

// The error for a file that is there, and cannot be opened.
Error not_opened(const std::string& path, int code) {
  Error error = failed(path, "read", reason(code));
  struct stat status {};
  if (code != EACCES || stat(path.c_str(), &status) != 0) return error;
  error.advice = status.st_uid == geteuid() ? AdviceList{{AdviceKey::let_owner_read, {path}}}
                                            : cure_for(Distrust::foreign, path);
  return error;
}

// The folder of a path, as a name that can be opened.
std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

// The path and what each symbolic link leads to, the file itself last.
Result<std::vector<std::string>> way_to(const std::string& path) {
  std::vector<std::string> way{path};
  while (way.size() <= kMostLinks) {
    std::error_code error;
    const std::filesystem::path name = way.back();
    const std::filesystem::path target = std::filesystem::read_symlink(name, error);
    // No link, or nothing there.
    if (error == std::errc::invalid_argument || error == std::errc::no_such_file_or_directory ||
        error == std::errc::not_a_directory)
      return way;
    // Perhaps a link, and what it leads to cannot be judged.
    if (error) return not_opened(path, error.value());
    // Works for both: an absolute target replaces the folder, a relative one is appended.
    way.push_back((name.parent_path() / target).string());
  }
  return failed(path, "found", reason(ELOOP));
}

// Makes the folder and those above it that are missing. 0, or errno.
int make_folders(const std::string& folder) {
  // Tried at once: to ask first would leave a moment in which another process makes it.
  if (mkdir(folder.c_str(), kFolderMode) == 0 || errno == EEXIST) return 0;
  if (errno != ENOENT) return errno;
  const std::string above = folder_of(folder);
  if (above == folder) return ENOENT;
  const int code = make_folders(above);
  if (code != 0) return code;
  // Another process may have made it meanwhile.
  return mkdir(folder.c_str(), kFolderMode) == 0 || errno == EEXIST ? 0 : errno;
}

// 0, or errno.
int write_all(int descriptor, const std::string& text) {
  size_t done = 0;
  while (done < text.size()) {
    // It may take a part only, or be interrupted by a signal.
    const ssize_t count = write(descriptor, text.data() + done, text.size() - done);
    if (count < 0 && errno != EINTR) return errno;
    if (count > 0) done += static_cast<size_t>(count);
  }
  return 0;
}

// Writes a new file that is on the disk when this returns. 0, or errno.
int write_new(const std::string& path, const std::string& text) {
  // The file of a process that was killed; it may have another mode, or be a link.
  if (unlink(path.c_str()) != 0 && errno != ENOENT) return errno;
  // O_EXCL: a link that is put here meanwhile is not followed.
  OpenFile file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kFileMode));
  if (file.get() < 0) return errno;
  if (fchmod(file.get(), kFileMode) != 0) return errno;  // Whatever umask took away.
  const int code = write_all(file.get(), text);
  if (code != 0) return code;
  // Before the rename: after a crash the new name could lead to an empty file.
  if (fsync(file.get()) != 0) return errno;
  return close(file.release()) == 0 ? 0 : errno;
}

// The new name of a file survives a crash only with its folder. Not every file system can do that,
// and the file itself is whole either way.
void sync_folder(const std::string& folder) {
  const OpenFile opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() >= 0) (void)fsync(opened.get());
}

}  // namespace

Result<std::string> real_path_of(const std::string& path) {
  const Result<std::vector<std::string>> way = way_to(path);
  if (!way.ok()) return way.error();
  return way.value().back();
}

Status check_folders(const std::string& path) {
  const Result<std::vector<std::string>> way = way_to(path);
  if (!way.ok()) return way.error();
  for (const std::string& name : way.value()) {
    const std::string folder = folder_of(name);
    struct stat status {};
    if (stat(folder.c_str(), &status) != 0) return failed(path, "read", reason(errno));
    Status trusted = check_trust(path, folder, status);
    if (!trusted.ok()) return trusted;
  }
  return Done{};
}

Result<std::optional<std::string>> read_file(const std::string& path) {
  const OpenFile file = open_to_read(path);
  if (file.get() < 0) {
    // No file is no error: all settings have their defaults.
    if (errno == ENOENT || errno == ENOTDIR) return std::optional<std::string>();
    return not_opened(path, errno);
  }
  struct stat status {};
  if (fstat(file.get(), &status) != 0) return failed(path, "read", reason(errno));
  if (!S_ISREG(status.st_mode)) return failed(path, "read", "it is not a file");
  const Status trusted = check_trust(path, path, status);
  if (!trusted.ok()) return trusted.error();
  const Status placed = check_folders(path);
  if (!placed.ok()) return placed.error();
  std::string text;
  const int code = read_to_end(file, kLargestFile, [&](std::string_view piece) { text += piece; });
  if (code == EFBIG) return failed(path, "read", "it is larger than 1 MB");
  if (code != 0) return failed(path, "read", reason(code));
  return std::optional<std::string>(std::move(text));
}

Status replace_file(const std::string& path, const std::string& text) {
  // Nobody could read it again.
  if (text.size() > kLargestFile) return not_written(path, "it would be larger than 1 MB");
  // One name, since the lock admits one writer: a killed process leaves one file at most.
  const std::string next = path + ".new";
  int code = write_new(next, text);
  if (code == 0 && rename(next.c_str(), path.c_str()) != 0) code = errno;
  if (code != 0) {
    // The old file is untouched; the unfinished one is of no use.
    (void)unlink(next.c_str());
    return not_written(path, reason(code));
  }
  sync_folder(folder_of(path));
  return Done{};
}

Result<FileLock> FileLock::take(const std::string& path, Milliseconds patience) {
  const int made = make_folders(folder_of(path));
  if (made != 0) return not_written(path, "the folder cannot be made: " + reason(made));
  const std::string name = path + ".lock";
  // Beside the settings, and not the settings themselves: a rename gives those a new inode, and a
  // lock on the old one is of no use.
  OpenFile file(open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kFileMode));
  if (file.get() < 0) return not_written(path, name + ": " + reason(errno));
  const Clock::time_point deadline = Clock::now() + patience;
  while (flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    // Neither is a failure: another process has the lock, or a signal came.
    if (errno != EWOULDBLOCK && errno != EINTR)
      return not_written(path, name + ": " + reason(errno));
    if (Clock::now() >= deadline) {
      return not_written(path, "another process has held the lock " + name + " for " +
                                   std::to_string(patience.count()) + " ms");
    }
    std::this_thread::sleep_for(kBetweenTries);
  }
  return FileLock(std::move(file));
}

}  // namespace wsman::abi
