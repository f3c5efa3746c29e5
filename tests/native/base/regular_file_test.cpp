#include "base/regular_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cerrno>
#include <string>

#include "support/bounds.h"
#include "support/scratch_folder.h"

namespace wsman::testing {
namespace {

constexpr size_t kMost = 100000;

struct Read {
  explicit Read(const std::string& path) {
    reading =
        read_regular_file(path, kMost, [this](std::string_view piece) { content.append(piece); });
  }

  std::string content;
  FileReading reading;
};

}  // namespace

TEST_SUITE("Regular file") {
  TEST_CASE("A file is read whole, up to the largest size") {
    const ScratchFolder folder;
    for (const size_t size : {size_t{0}, size_t{1}, kMost}) {
      CAPTURE(size);
      const std::string content(size, 'x');
      const Read read(folder.write("file", content));
      CHECK(read.reading.refusal.empty());
      CHECK(read.content == content);
    }
  }

  TEST_CASE("A file that is too large is refused before it is read") {
    const ScratchFolder folder;
    const Read read(folder.write("file", std::string(kMost + 1, 'x')));
    CHECK(read.reading.refusal == "is larger than 97 KB");
    CHECK(read.reading.code == EFBIG);
    CHECK(read.content.empty());
  }

  TEST_CASE("What is no file is refused at once: a pipe, a device, a folder") {
    const ScratchFolder folder;
    const std::string pipe = folder.file("pipe");
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    for (const std::string& path :
         {pipe, std::string("/dev/zero"), std::string("/dev/null"), folder.path()}) {
      CAPTURE(path);
      const Clock::time_point start = Clock::now();
      const Read read(path);
      CHECK(read.reading.refusal == "is no regular file");
      CHECK(read.reading.code == 0);
      CHECK(since(start) < bound(kPromptly));
    }
  }

  TEST_CASE("A file that is not there is refused with the system's reason") {
    const Read read("/nowhere/file");
    CHECK(read.reading.refusal == "cannot be read: No such file or directory");
    CHECK(read.reading.code == ENOENT);
  }

  TEST_CASE("A link is followed to its file") {
    const ScratchFolder folder;
    const std::string file = folder.write("file", "content");
    std::filesystem::create_symlink(file, folder.file("link"));
    CHECK(Read(folder.file("link")).content == "content");
  }

  TEST_CASE("A file that others may read is shared") {
    const ScratchFolder folder;
    const std::string file = folder.write("file", "content");
    for (const mode_t mode : {0600U, 0400U, 0622U, 0640U, 0604U}) {
      CAPTURE(mode);
      REQUIRE(chmod(file.c_str(), mode) == 0);
      CHECK(Read(file).reading.is_shared == ((mode & 0044U) != 0));
    }
  }
}

}  // namespace wsman::testing
