// Where a changed setting is stored: whose file it is, and where links lead.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <iterator>
#include <string>

#include "abi/settings/changed.h"
#include "abi/settings/settings.h"
#include "support/bounds.h"
#include "support/scratch_folder.h"

namespace {

bool links_are_unreadable = false;

}  // namespace

// In the place of readlink() of the C library, so that it can fail. Under a name of its own, since
// the headers may have that function inline.
extern "C" [[gnu::visibility("default")]] ssize_t read_link_or_fail(
    const char* path, char* target, size_t size) __asm__("readlink");

extern "C" ssize_t read_link_or_fail(const char* path, char* target, size_t size) {
  if (!links_are_unreadable) return readlinkat(AT_FDCWD, path, target, size);
  errno = EIO;
  return -1;
}

namespace wsman::testing {
namespace {

unsigned mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

}  // namespace

TEST_SUITE("Settings file location") {
  TEST_CASE("Folders and file are created for the user alone") {
    const mode_t before = umask(0);
    const ScratchFolder folder;
    const std::string path = folder.file("config/wsman/client.json");
    (void)changed(path, {"URLPrefix", "a"});
    CHECK(mode_of(path) == 0600);
    CHECK(mode_of(folder.file("config/wsman")) == 0700);
    CHECK(mode_of(folder.file("config")) == 0700);
    umask(0777);
    (void)changed(path, {"URLPrefix", "b"});
    umask(before);
    CHECK(mode_of(path) == 0600);
    std::filesystem::permissions(path, std::filesystem::perms(0644));
    (void)changed(path, {"URLPrefix", "c"});
    CHECK(mode_of(path) == 0600);
  }

  TEST_CASE("A change follows symbolic links to the real file") {
    const ScratchFolder folder;
    std::filesystem::create_directory(folder.file("dotfiles"));
    std::filesystem::permissions(folder.file("dotfiles"), std::filesystem::perms(0755));
    const std::string real = folder.write("dotfiles/real.json", R"({"kept":1})");
    std::filesystem::create_symlink("dotfiles/middle.json", folder.file("client.json"));
    std::filesystem::create_symlink(real, folder.file("dotfiles/middle.json"));
    const std::string path = folder.file("client.json");

    const abi::Settings settings = changed(path, {"URLPrefix", "a"});

    CHECK(settings.path == path);
    CHECK(std::filesystem::is_symlink(path));
    CHECK(std::filesystem::is_symlink(folder.file("dotfiles/middle.json")));
    CHECK(contains(content_of(real), "\"kept\": 1"));
    CHECK(contains(content_of(real), "\"URLPrefix\": \"a\""));
  }

  TEST_CASE("A change creates the target of a dangling symbolic link") {
    const ScratchFolder folder;
    std::filesystem::create_symlink("later/real.json", folder.file("client.json"));
    (void)changed(folder.file("client.json"), {"URLPrefix", "a"});
    CHECK(std::filesystem::is_symlink(folder.file("client.json")));
    CHECK(contains(content_of(folder.file("later/real.json")), "\"URLPrefix\": \"a\""));
  }

  TEST_CASE("A link that cannot be read is an error, since its target cannot be judged") {
    const ScratchFolder folder;
    std::filesystem::create_symlink(folder.write("real.json", "{}"), folder.file("client.json"));
    abi::SettingsFile file(folder.file("client.json"));
    REQUIRE(file.current().ok());

    links_are_unreadable = true;
    const Result<abi::Settings> read = abi::SettingsFile(folder.file("client.json")).current();
    const Result<abi::Settings> written = file.set({{"URLPrefix", "a"}});
    links_are_unreadable = false;

    for (const auto* settings : {&read, &written}) {
      REQUIRE_FALSE(settings->ok());
      CHECK(settings->error().code == ErrorCode::settings);
      CHECK(contains(settings->error().message, "cannot be read: Input/output error"));
    }
    CHECK(content_of(folder.file("real.json")) == "{}");
  }

  TEST_CASE("A cycle of symbolic links is an error") {
    const ScratchFolder folder;
    std::filesystem::create_symlink("client.json", folder.file("client.json"));
    abi::SettingsFile file(folder.file("client.json"));
    const Result<abi::Settings> settings = file.set({{"URLPrefix", "a"}});
    REQUIRE_FALSE(settings.ok());
    CHECK(settings.error().code == ErrorCode::settings);
    CHECK(contains(settings.error().message, folder.file("client.json")));
  }
}

}  // namespace wsman::testing
