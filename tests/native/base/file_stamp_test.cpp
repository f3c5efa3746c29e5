#include "base/file_stamp.h"

#include <doctest/doctest.h>

#include <cerrno>
#include <fstream>

#include "support/scratch_folder.h"

namespace wsman::testing {

TEST_SUITE("File stamp") {
  TEST_CASE("A file stamp changes when the file grows, and not otherwise") {
    const ScratchFolder folder;
    const std::string file = folder.file("file");
    std::ofstream(file) << "one";
    const FileStamp before = stamp_of(file);

    CHECK(before.error == 0);
    CHECK(before.changed > 0);
    CHECK(stamp_of(file).text == before.text);
    std::ofstream(file, std::ios::app) << "two";
    CHECK(stamp_of(file).text != before.text);
  }

  TEST_CASE("A file that does not exist has an empty stamp and the error ENOENT") {
    const FileStamp stamp = stamp_of("/nowhere/file");

    CHECK(stamp.error == ENOENT);
    CHECK(stamp.text.empty());
  }
}

}  // namespace wsman::testing
