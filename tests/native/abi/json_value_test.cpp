#include "abi/json_value.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "support/scarce_memory.h"

namespace wsman::testing {
namespace {

using abi::JsonFlaw;
using abi::JsonValue;
using abi::parse_json;
using nlohmann::ordered_json;

// Every kind of value, and what has to be escaped [RFC 8259 7].
const std::string kDocument =
    R"({"null":null,"yes":true,"no":false,"least":-9223372036854775808,)"
    R"("most":18446744073709551615,"half":0.5,"text":"a\"\\\b\f\n\r\té\u0000 \ud83d\ude00",)"
    R"("list":[1,[],{},[{"a":"b"}]],"object":{"z":1,"a":{"a":[]}}})";

std::string levels(size_t count) { return std::string(count, '[') + std::string(count, ']'); }

}  // namespace

TEST_SUITE("JSON value") {
  TEST_CASE("A document is written as it was read, in one line and indented") {
    const JsonValue value = parse_json(kDocument).value;

    CHECK(value.document() == ordered_json::parse(kDocument).dump());
    CHECK(value.document(2) == ordered_json::parse(kDocument).dump(2));
  }

  TEST_CASE("A value that was made is written as one that was read") {
    const JsonValue made = JsonValue::object()
                               .add("text", "a\nb")
                               .add("number", 4294967295U)
                               .add("less", -1)
                               .add("yes", true)
                               .add("none", JsonValue())
                               .add("list", JsonValue::array());

    CHECK(made.document() ==
          R"({"text":"a\nb","number":4294967295,"less":-1,"yes":true,"none":null,"list":[]})");
  }

  TEST_CASE("Bytes that are no UTF-8 are written as U+FFFD") {
    CHECK(JsonValue(std::string("a\xFF\"")).document() == "\"a\xEF\xBF\xBD\\\"\"");
  }

  TEST_CASE("Of members with one name the last counts, in the place of the first") {
    CHECK(parse_json(R"({"a":1,"b":2,"a":[3]})").value.document() == R"({"a":[3],"b":2})");
  }

  TEST_CASE("A number that is whole and no more than INT64_MAX has a value") {
    CHECK(parse_json("9223372036854775807").value.whole() == INT64_MAX);
    CHECK_FALSE(parse_json("9223372036854775808").value.whole());
    CHECK_FALSE(parse_json("1.0").value.whole());
    CHECK_FALSE(parse_json("\"1\"").value.whole());
  }

  TEST_CASE("What is no document has a flaw, and no value") {
    CHECK(parse_json("[1,]").flaw == JsonFlaw::not_json);
    CHECK(parse_json("[1,]").byte == 4);
    CHECK(parse_json("[1e999]").flaw == JsonFlaw::number_too_large);
    CHECK(parse_json(levels(abi::kMostJsonLevels)).flaw == JsonFlaw::none);
    CHECK(parse_json(levels(abi::kMostJsonLevels + 1)).flaw == JsonFlaw::too_deep);
    CHECK(parse_json("[1,").value.is_null());
  }

  TEST_CASE("A value is destroyed where there is no memory") {
    JsonValue value = parse_json(kDocument).value;

    {
      const ScarceMemory none(0);
      value = JsonValue();
    }

    CHECK(value.is_null());
  }

  TEST_CASE("Where memory runs out, reading and writing throw std::bad_alloc and nothing else") {
    std::string written;

    const size_t times =
        times_out_of_memory([&] { written = parse_json(kDocument).value.document(2); });

    CHECK(times > 10);
    CHECK(written == ordered_json::parse(kDocument).dump(2));
  }
}

}  // namespace wsman::testing
