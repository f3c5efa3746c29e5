// Whose settings are obeyed: the rules, and what they are applied to.
#include "abi/settings/file_trust.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <string>

#include "abi/settings/settings.h"
#include "abi/settings/settings_store.h"
#include "support/advice.h"
#include "support/bounds.h"
#include "support/scratch_folder.h"

namespace wsman::testing {
namespace {

constexpr uid_t kUser = 1000;
constexpr uid_t kOther = 1001;

abi::Distrust distrust(uid_t owner, mode_t mode, uid_t user = kUser) {
  struct stat status {};
  status.st_uid = owner;
  status.st_mode = mode;
  return abi::distrust_of(status, user);
}

void set_mode(const std::string& path, unsigned mode) {
  std::filesystem::permissions(path, std::filesystem::perms(mode));
}

// Checks that neither a reader nor a writer obeys the settings, and that both say the same.
void check_refused(const std::string& path, const std::string& why, const std::string& advice) {
  CAPTURE(path);
  abi::SettingsFile file(path);
  for (const auto& settings : {file.current(), file.set({{"URLPrefix", "a"}})}) {
    REQUIRE_FALSE(settings.ok());
    CHECK(settings.error().code == ErrorCode::settings);
    CHECK(contains(settings.error().message, "The client settings file \"" + path + "\""));
    CHECK(contains(settings.error().message, why));
    CHECK(advice_of(settings.error()) == advice);
  }
}

void check_obeyed(const std::string& path) {
  abi::SettingsFile file(path);
  const auto settings = file.current();
  REQUIRE_MESSAGE(settings.ok(), settings.error().message);
  CHECK(settings.value().url_prefix == "mine");
}

// A folder with settings in it, and its own mode.
struct Place {
  explicit Place(const ScratchFolder& folder, unsigned mode) : path(folder.file("wsman")) {
    std::filesystem::create_directory(path);
    file = folder.write("wsman/client.json", R"({"URLPrefix":"mine"})");
    set_mode(path, mode);
  }

  std::string path;
  std::string file;
};

}  // namespace

TEST_SUITE("Settings file trust") {
  TEST_CASE("The user and the superuser are believed, and nobody else") {
    CHECK(distrust(kUser, S_IFREG | 0600) == abi::Distrust::none);
    CHECK(distrust(0, S_IFREG | 0644) == abi::Distrust::none);
    CHECK(distrust(kOther, S_IFREG | 0600) == abi::Distrust::foreign);
    CHECK(distrust(kUser, S_IFREG | 0600, 0) == abi::Distrust::foreign);
    CHECK(distrust(0, S_IFREG | 0600, 0) == abi::Distrust::none);
    CHECK(distrust(kOther, S_IFDIR | 01777) == abi::Distrust::foreign);
  }

  TEST_CASE("What the group or everybody may write is not believed, but for a sticky folder") {
    for (const mode_t mode : {0620U, 0602U, 0666U, 0777U}) {
      CHECK(distrust(kUser, S_IFREG | mode) == abi::Distrust::writable);
      CHECK(distrust(0, S_IFDIR | mode) == abi::Distrust::writable);
      CHECK(distrust(0, S_IFDIR | S_ISVTX | mode) == abi::Distrust::none);
      CHECK(distrust(kUser, S_IFREG | S_ISVTX | mode) == abi::Distrust::writable);
    }
    CHECK(distrust(kUser, S_IFREG | 0755) == abi::Distrust::none);
  }

  TEST_CASE("A file that others can write is not obeyed until that is mended") {
    const ScratchFolder folder;
    const Place place(folder, 0700);
    for (const unsigned mode : {0620U, 0602U, 0666U}) {
      set_mode(place.file, mode);
      check_refused(place.file, "others than its owner can write it",
                    "ProtectFile(" + place.file + ")");
      CHECK(content_of(place.file) == R"({"URLPrefix":"mine"})");
    }
    set_mode(place.file, 0644);
    check_obeyed(place.file);
  }

  TEST_CASE("A file whose folder others can write is not obeyed, unless the folder is sticky") {
    const ScratchFolder folder;
    const Place place(folder, 0777);
    check_refused(place.file, "others than its owner can write the folder \"" + place.path + "\"",
                  "ProtectFile(" + place.path + ")");
    set_mode(place.path, 01777);
    check_obeyed(place.file);
  }

  TEST_CASE("No settings are made in a folder that others can write") {
    const ScratchFolder folder;
    set_mode(folder.path(), 0770);
    const std::string path = folder.file("client.json");

    const auto settings = abi::SettingsFile(path).set({{"URLPrefix", "a"}});

    REQUIRE_FALSE(settings.ok());
    CHECK(advice_of(settings.error()) == "ProtectFile(" + folder.path() + ")");
    CHECK_FALSE(std::filesystem::exists(path));
  }

  TEST_CASE("The folder of each symbolic link counts, and the file that it leads to") {
    const ScratchFolder folder;
    const Place place(folder, 0700);
    std::filesystem::create_directory(folder.file("links"));
    const std::string link = folder.file("links/client.json");
    std::filesystem::create_symlink(place.file, link);

    set_mode(folder.file("links"), 0777);
    check_refused(link, "the folder \"" + folder.file("links") + "\"",
                  "ProtectFile(" + folder.file("links") + ")");
    set_mode(folder.file("links"), 0755);
    check_obeyed(link);
    set_mode(place.path, 0777);
    CHECK_FALSE(abi::SettingsFile(link).current().ok());
    set_mode(place.path, 0700);
    set_mode(place.file, 0666);
    CHECK_FALSE(abi::SettingsFile(link).current().ok());
  }

  TEST_CASE("Settings that were obeyed are not once others can write them") {
    const ScratchFolder folder;
    const Place place(folder, 0700);
    // Old by the time of what is in it, which any writer can set.
    std::filesystem::last_write_time(
        place.file, std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
    abi::SettingsFile file(place.file);
    REQUIRE(file.current().ok());

    set_mode(place.file, 0666);

    CHECK_FALSE(file.current().ok());
    set_mode(place.file, 0600);
    CHECK(file.current().ok());
  }

  TEST_CASE("A file that was given to somebody else is obeyed no longer") {
    const ScratchFolder folder;
    const Place place(folder, 0755);
    // Only the superuser can give a file away.
    if (chown(place.file.c_str(), kOther, kOther) != 0) return check_obeyed(place.file);
    check_refused(place.file, "it belongs to user 1001, and not to user 0, who would obey it",
                  "OwnFile(" + place.file + ")");
    REQUIRE(chown(place.file.c_str(), 0, 0) == 0);
    REQUIRE(chown(place.path.c_str(), kOther, kOther) == 0);
    check_refused(place.file, "the folder \"" + place.path + "\" belongs to user 1001",
                  "OwnFile(" + place.path + ")");
  }

  TEST_CASE("What is no regular file, or endless, is refused at once") {
    const ScratchFolder folder;
    REQUIRE(mkfifo(folder.file("pipe").c_str(), 0600) == 0);
    std::filesystem::create_symlink("/dev/zero", folder.file("zero"));
    for (const char* name : {"pipe", "zero", "."}) {
      const auto text = abi::read_file(folder.file(name));
      REQUIRE_FALSE(text.ok());
      CHECK(contains(text.error().message, "cannot be read: it is not a file"));
    }
    folder.write("large", std::string(1048577, ' '));
    CHECK(contains(abi::read_file(folder.file("large")).error().message, "it is larger than 1 MB"));
    folder.write("large", std::string(1048576, ' '));
    CHECK(abi::read_file(folder.file("large")).value()->size() == 1048576);
  }
}

}  // namespace wsman::testing
