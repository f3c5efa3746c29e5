#include "base/secret.h"

#include <doctest/doctest.h>
#include <sys/mman.h>

#include <algorithm>
#include <string>
#include <utility>

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace {

// What munmap() below has seen since a test began to look.
struct Unmapped {
  bool watching = false;
  int calls = 0;
  bool all_zero = true;
};
Unmapped unmapped;

}  // namespace

#if defined(__linux__)
// Stands before the library's own in this program, because pages that were given back cannot be
// looked at any more.
extern "C" int munmap(void* address, size_t length) noexcept {
  if (unmapped.watching) {
    const auto* bytes = static_cast<const char*>(address);
    ++unmapped.calls;
    unmapped.all_zero = unmapped.all_zero &&
                        std::all_of(bytes, bytes + length, [](char byte) { return byte == 0; });
  }
  return static_cast<int>(syscall(SYS_munmap, address, length));
}
#endif

namespace wsman::testing {
namespace {

const std::string kText = "not for other eyes";

// Too large for a shared slab, so that its pages are given back.
const std::string kOwnPages(5000, 's');

// Watches munmap() from construction to destruction.
class Watch {
 public:
  Watch() { unmapped = {true, 0, true}; }
  ~Watch() { unmapped.watching = false; }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  int given_back() const { return unmapped.calls; }
  bool all_wiped() const { return unmapped.all_zero; }
};

}  // namespace

TEST_SUITE("Secret") {
  TEST_CASE("A secret that is extended for writing is filled with zeros") {
    Secret secret("ab");
    char* const to = secret.extend(3);
    CHECK(secret.view() == std::string_view("ab\0\0\0", 5));
    *to = 'c';
    CHECK(secret.view().substr(0, 3) == "abc");
  }

  TEST_CASE("A new secret is empty") {
    const Secret secret;

    CHECK(secret.empty());
    CHECK(secret.size() == 0);
    CHECK(secret.view().empty());
  }

  TEST_CASE("Appended text is kept in order, zero bytes included") {
    Secret secret("one");

    secret.append({"\0two", 4});
    secret.append("");

    CHECK(secret.view() == std::string_view("one\0two", 7));
    CHECK_FALSE(secret.empty());
  }

  TEST_CASE("A secret keeps its content while it grows over many pages") {
    Secret secret;
    std::string expected;
    for (int i = 0; i < 100; ++i) {
      const std::string piece(1000, static_cast<char>('a' + i % 26));
      secret.append(piece);
      expected += piece;
    }

    CHECK(secret.view() == expected);
  }

  TEST_CASE("A secret does not move in memory within its reserved size") {
    Secret secret;
    secret.reserve(20000);
    secret.append("a");
    const char* before = secret.view().data();

    secret.append(std::string(19999, 'b'));

    CHECK(secret.view().data() == before);
    CHECK(secret.size() == 20000);
  }

  TEST_CASE("Reserving less than the current size changes nothing") {
    Secret secret(kText);

    secret.reserve(1);

    CHECK(secret.view() == kText);
  }

  TEST_CASE("A moved secret takes its pages along and leaves the source empty") {
    Secret from(kText);
    const char* pages = from.view().data();

    Secret to(std::move(from));

    CHECK(to.view() == kText);
    CHECK(to.view().data() == pages);
    CHECK(from.empty());  // NOLINT(bugprone-use-after-move): that is what is promised.
  }

  TEST_CASE("A secret can be wiped twice and filled again") {
    Secret secret(kText);

    secret.wipe();
    secret.wipe();

    CHECK(secret.empty());
    secret.append("new");
    CHECK(secret.view() == "new");
  }

#if defined(__linux__)
  TEST_CASE("The pages of a secret are overwritten before they are released") {
    const Watch watch;
    { const Secret secret(kOwnPages); }

    CHECK(watch.given_back() == 1);
    CHECK(watch.all_wiped());
  }

  TEST_CASE("The old pages are overwritten when a secret grows") {
    Secret secret(kOwnPages);
    const Watch watch;

    secret.append(std::string(100000, 'x'));

    CHECK(watch.given_back() == 1);
    CHECK(watch.all_wiped());
  }

  TEST_CASE("The old content is overwritten when another secret is moved into it") {
    Secret secret(kOwnPages);
    Secret other("other");
    const Watch watch;

    secret = std::move(other);

    CHECK(secret.view() == "other");
    CHECK(watch.given_back() == 1);
    CHECK(watch.all_wiped());
  }

  TEST_CASE("A secret that is moved into itself keeps its content") {
    Secret secret(kText);
    Secret& same = secret;
    const Watch watch;

    secret = std::move(same);

    CHECK(secret.view() == kText);
    CHECK(watch.given_back() == 0);
  }

  TEST_CASE("A secret reports whether its pages are locked") {
    const Secret secret(kText);

    // A few pages are within any common limit.
    CHECK(secret.locked());
  }
#endif
}

}  // namespace wsman::testing
