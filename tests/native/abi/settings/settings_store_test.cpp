// Writing beside others, on disks that are full or closed, and by processes that are killed.
#include "abi/settings/settings_store.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "abi/settings/settings.h"
#include "support/advice.h"
#include "support/bounds.h"
#include "support/scratch_folder.h"

namespace wsman::testing {
namespace {

constexpr int kEach = 100;
constexpr uid_t kNobody = 65534;

// Runs `work` in a process of its own, which exits with what it returns and writes nothing of the
// test's report.
pid_t start(const std::function<int()>& work) {
  (void)fflush(nullptr);  // Or the child would write what the parent has not written yet.
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) _exit(work());
  return child;
}

int exit_code_of(pid_t child) {
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string host(const std::string& who, int number) { return who + std::to_string(number); }

// Adds the writer's hosts one by one. 0 if each was taken.
int add_hosts(const std::string& path, const std::string& who) {
  abi::SettingsFile file(path, Milliseconds(60000));
  for (int i = 0; i < kEach; ++i) {
    if (!file.set({{"TrustedHosts", host(who, i), true}}).ok()) return 1;
  }
  return 0;
}

// Checks that every host of every writer is there, each writer's in order.
void check_hosts(const std::string& path, const std::vector<std::string>& writers) {
  abi::SettingsFile file(path);
  const auto settings = file.current();
  REQUIRE(settings.ok());
  const std::vector<std::string>& hosts = settings.value().trusted_hosts;
  CHECK(hosts.size() == writers.size() * kEach);
  for (const std::string& who : writers) {
    auto reference = hosts.begin();
    for (int i = 0; i < kEach; ++i) {
      reference = std::find(reference, hosts.end(), host(who, i));
      if (reference == hosts.end()) FAIL("lost ", host(who, i));
    }
  }
}

// Checks that nothing but the file and its lock is in the folder.
void check_tidy(const ScratchFolder& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    CHECK((name == "client.json" || name == "client.json.lock"));
  }
}

// What a change comes to in a process that is no superuser and has the limits of `prepare`: 0 if
// it was refused with `reason` and the file's path, 1 if it was taken, 2 if refused otherwise.
int refused_in_child(const std::string& path, const std::string& reason,
                     const std::function<void()>& prepare) {
  return exit_code_of(start([&] {
    prepare();
    abi::SettingsFile file(path);
    const auto settings = file.set({{"URLPrefix", "next"}});
    if (settings.ok()) return 1;
    const bool expected = settings.error().code == ErrorCode::settings &&
                          contains(settings.error().message, "\"" + path + "\"") &&
                          contains(settings.error().message, reason);
    return expected ? 0 : 2;
  }));
}

}  // namespace

TEST_SUITE("Settings store") {
  TEST_CASE("Two processes that write at once lose no change") {
    const ScratchFolder folder;
    const std::string path = folder.file("client.json");

    const pid_t one = start([&] { return add_hosts(path, "a"); });
    const pid_t two = start([&] { return add_hosts(path, "b"); });

    CHECK(exit_code_of(one) == 0);
    CHECK(exit_code_of(two) == 0);
    check_hosts(path, {"a", "b"});
    check_tidy(folder);
  }

  TEST_CASE("Threads that write at once lose no change, and readers see whole files") {
    const ScratchFolder folder;
    abi::SettingsFile file(folder.file("client.json"), Milliseconds(60000));
    std::vector<std::thread> writers;
    std::array<int, 2> failed{};
    for (size_t i = 0; i < failed.size(); ++i) {
      writers.emplace_back([&, i] {
        for (int n = 0; n < kEach; ++n) {
          const std::string name = host(i == 0 ? "a" : "b", n);
          if (!file.set({{"TrustedHosts", name, true}}).ok()) ++failed.at(i);
          if (!file.current().ok()) ++failed.at(i);
        }
      });
    }
    for (std::thread& writer : writers) writer.join();

    CHECK(failed == std::array<int, 2>{});
    check_hosts(folder.file("client.json"), {"a", "b"});
  }

  TEST_CASE("The file is whole and can be written after a writer was killed") {
    const ScratchFolder folder;
    const std::string path = folder.write("client.json", R"({"kept":[1,2,3]})");
    for (int round = 0; round < 20; ++round) {
      std::array<int, 2> pipe_ends{};
      REQUIRE(pipe(pipe_ends.data()) == 0);
      const pid_t child = start([&] {
        abi::SettingsFile file(path);
        for (int i = 0;; ++i) {
          if (!file.set({{"URLPrefix", std::string(static_cast<size_t>(1 + i % 900), 'p')}}).ok())
            return 1;
          if (write(pipe_ends[1], "w", 1) != 1) return 1;
        }
      });
      close(pipe_ends[1]);
      char written = 0;
      for (int i = 0; i <= round % 5; ++i) CHECK(read(pipe_ends[0], &written, 1) == 1);
      kill(child, SIGKILL);
      CHECK(exit_code_of(child) == -1);
      close(pipe_ends[0]);

      abi::SettingsFile file(path);
      REQUIRE(file.current().ok());
      CHECK(file.current().value().url_prefix.front() == 'p');
      REQUIRE(file.set({{"URLPrefix", "after"}}).ok());
      CHECK(contains(content_of(path), "\"kept\""));
      check_tidy(folder);
    }
  }

  TEST_CASE("A symbolic link with the name of the new file is not followed") {
    const ScratchFolder folder;
    const std::string victim = folder.write("victim", "untouched");
    std::filesystem::create_symlink(victim, folder.file("client.json.new"));

    REQUIRE(abi::replace_file(folder.file("client.json"), "text").ok());

    CHECK(content_of(victim) == "untouched");
    CHECK(content_of(folder.file("client.json")) == "text");
  }

  TEST_CASE("The wait for the lock ends at its timeout, and the error names the lock file") {
    const ScratchFolder folder;
    const std::string path = folder.write("client.json", "{}");
    const int holder = open((path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    REQUIRE(flock(holder, LOCK_EX) == 0);
    abi::SettingsFile file(path, Milliseconds(100));

    const Clock::time_point start = Clock::now();
    const auto settings = file.set({{"URLPrefix", "a"}});

    CHECK(since(start) >= Milliseconds(100));
    CHECK(since(start) < bound(Milliseconds(100) + kPromptly));
    REQUIRE_FALSE(settings.ok());
    CHECK(settings.error().code == ErrorCode::settings);
    CHECK(contains(settings.error().message, path + ".lock for 100 ms"));
    CHECK(contains(settings.error().message, "Nothing was changed"));
    CHECK(content_of(path) == "{}");
    CHECK(file.current().ok());
    close(holder);
    CHECK(file.set({{"URLPrefix", "a"}}).ok());
  }

  TEST_CASE("The old file stays if the disk is full") {
    const ScratchFolder folder;
    const std::string path = folder.write("client.json", R"({"URLPrefix":"old"})");

    CHECK(refused_in_child(path, "File too large", [] {
            const rlimit limit{8, 8};
            (void)signal(SIGXFSZ, SIG_IGN);
            (void)setrlimit(RLIMIT_FSIZE, &limit);
          }) == 0);

    CHECK(content_of(path) == R"({"URLPrefix":"old"})");
    check_tidy(folder);
  }

  TEST_CASE("The old file stays if the new one would be too large to be read") {
    const ScratchFolder folder;
    // Each number takes a line of its own once it is written.
    std::string numbers = "1";
    for (int i = 0; i < 250000; ++i) numbers += ",1";
    const std::string text = R"({"kept":[)" + numbers + "]}";
    abi::SettingsFile file(folder.write("client.json", text));
    REQUIRE(file.current().ok());

    const auto settings = file.set({{"URLPrefix", "a"}});

    REQUIRE_FALSE(settings.ok());
    CHECK(settings.error().code == ErrorCode::settings);
    CHECK(contains(settings.error().message, "it would be larger than 1 MB"));
    CHECK(content_of(folder.file("client.json")) == text);
    CHECK(file.current().ok());
    check_tidy(folder);
  }

  TEST_CASE("The old file stays if its folder is read-only") {
    const ScratchFolder folder;
    const std::string path = folder.write("client.json", R"({"URLPrefix":"old"})");
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0555));

    CHECK(refused_in_child(path, "Permission denied", [] {
            if (geteuid() == 0) (void)setuid(kNobody);
          }) == 0);

    std::filesystem::permissions(folder.path(), std::filesystem::perms(0700));
    CHECK(content_of(path) == R"({"URLPrefix":"old"})");
  }

  TEST_CASE("The error of a file that its owner may not read says what allows it") {
    const ScratchFolder folder;
    const std::string path = folder.write("client.json", "{}");
    if (geteuid() == 0) {
      REQUIRE(chown(folder.path().c_str(), kNobody, kNobody) == 0);
      REQUIRE(chown(path.c_str(), kNobody, kNobody) == 0);
    }
    std::filesystem::permissions(path, std::filesystem::perms::none);

    CHECK(exit_code_of(start([&] {
            if (geteuid() == 0) (void)setuid(kNobody);
            const auto settings = abi::SettingsFile(path).current();
            if (settings.ok()) return 1;
            const bool expected =
                contains(settings.error().message, "cannot be read: Permission denied") &&
                advice_of(settings.error()) == "LetOwnerRead(" + path + ")";
            return expected ? 0 : 2;
          })) == 0);
  }

  TEST_CASE("The error names the reason if the folder cannot be created") {
    const ScratchFolder folder;
    const std::string path = folder.write("a-file", "") + "/wsman/client.json";
    const auto settings = abi::SettingsFile(path).set({{"URLPrefix", "a"}});
    REQUIRE_FALSE(settings.ok());
    CHECK(settings.error().code == ErrorCode::settings);
    CHECK(contains(settings.error().message, "the folder cannot be made: Not a directory"));
  }

  TEST_CASE("The time for the end of all sessions is known without a look at the file") {
    const ScratchFolder folder;
    const std::string path = folder.file("client.json");
    abi::SettingsFile file(path);
    CHECK(file.exit_timeout() == Milliseconds(2000));

    (void)folder.write("client.json", R"({"ExitTimeoutms": 700})");
    REQUIRE(file.current().ok());
    CHECK(file.exit_timeout() == Milliseconds(700));

    REQUIRE(file.set({{"ExitTimeoutms", "900"}}).ok());
    CHECK(file.exit_timeout() == Milliseconds(900));

    (void)folder.write("client.json", "{");
    REQUIRE_FALSE(file.current().ok());
    CHECK(file.exit_timeout() == Milliseconds(900));

    std::filesystem::remove(path);
    REQUIRE(file.current().ok());
    CHECK(file.exit_timeout() == Milliseconds(2000));
  }

  TEST_CASE("An absent file, a whole file and a failed read are told apart") {
    const ScratchFolder folder;
    CHECK_FALSE(abi::read_file(folder.file("none")).value().has_value());
    CHECK(abi::read_file(folder.write("some", "text")).value() == "text");
    CHECK(abi::read_file(folder.write("empty", "")).value() == "");
    const auto of_folder = abi::read_file(folder.path());
    REQUIRE_FALSE(of_folder.ok());
    CHECK(contains(of_folder.error().message, "it is not a file"));
  }
}

}  // namespace wsman::testing
