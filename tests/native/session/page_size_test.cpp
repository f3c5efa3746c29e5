// How many items the next page is asked for.
#include <doctest/doctest.h>

#include "session/enumeration.h"

namespace wsman::testing {

TEST_SUITE("Page size") {
  TEST_CASE("The page size grows up to 32000 while pages arrive quickly and full") {
    session::PageSize size(100'000'000, 32000);
    CHECK(size.next() == 20);
    for (int i = 0; i < 10; ++i) size.record(size.next(), 1000, Milliseconds(1));
    CHECK(size.next() == 32000);
  }

  TEST_CASE("The page size is never above its maximum") {
    session::PageSize small(100'000'000, 7);
    CHECK(small.next() == 7);
    small.record(7, 100, Milliseconds(1));
    CHECK(small.next() == 7);
    CHECK(small.was_too_large());
    CHECK(small.next() == 1);

    session::PageSize larger(100'000'000, 50);
    CHECK(larger.next() == 20);
    larger.record(20, 100, Milliseconds(1));
    CHECK(larger.next() == 50);
  }

  TEST_CASE("The page size stays if a page was slow or not full") {
    session::PageSize size(1'000'000, 32000);
    size.record(20, 1000, Milliseconds(1001));
    CHECK(size.next() == 20);
    size.record(19, 1000, Milliseconds(1));
    CHECK(size.next() == 20);
  }

  TEST_CASE("The page size grows only as far as MaxEnvelopeSize allows and does not shrink") {
    session::PageSize size(100'000, 32000);
    size.record(20, 40000, Milliseconds(1));
    CHECK(size.next() == 50);
    size.record(50, 200'000, Milliseconds(1));
    CHECK(size.next() == 50);
  }

  TEST_CASE("The page size shrinks for good if the server cannot encode a page") {
    session::PageSize size(1'000'000, 32000);
    CHECK(size.was_too_large());
    CHECK(size.next() == 5);
    size.record(5, 100, Milliseconds(1));
    CHECK(size.next() == 5);
    CHECK(size.was_too_large());
    CHECK_FALSE(size.was_too_large());
  }
}

}  // namespace wsman::testing
