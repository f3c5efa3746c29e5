// A value of JSON that is destroyed without taking memory, so that its end is one where memory has
// run out, too. The values of nlohmann_json take some then; it reads and escapes here.
#ifndef WSMAN_ABI_JSON_VALUE_H_
#define WSMAN_ABI_JSON_VALUE_H_

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace wsman::abi {

class JsonValue {
 public:
  struct Member;
  using Array = std::vector<JsonValue>;
  using Object = std::vector<Member>;  // In the order of the document.

  JsonValue();                                  // null
  JsonValue(std::same_as<bool> auto value);     // NOLINT
  JsonValue(std::signed_integral auto value);   // NOLINT
  JsonValue(double value);                      // NOLINT
  JsonValue(std::string value);                 // NOLINT
  JsonValue(const char* value);                 // NOLINT
  JsonValue(std::unsigned_integral auto value)  // NOLINT
      requires(!std::same_as<decltype(value), bool>);

  static JsonValue array();
  static JsonValue object();

  // Each is null, empty or nothing for a value of another kind.
  const bool* boolean() const { return std::get_if<bool>(&value_); }
  const std::string* text() const { return std::get_if<std::string>(&value_); }
  const Array* elements() const { return std::get_if<Array>(&value_); }
  const Object* members() const { return std::get_if<Object>(&value_); }
  // Nothing also for a number with a fraction, or above the range.
  std::optional<int64_t> whole() const;
  bool is_null() const { return value_.index() == 0; }

  // The member of that name; null if there is none, or this is no object.
  const JsonValue* find(std::string_view name) const;
  JsonValue* find(std::string_view name);
  bool contains(std::string_view name) const { return find(name) != nullptr; }

  // Appends a member to an object, which has none of that name, or an element to an array. Calls
  // stand in a chain, because GCC 12 destroys what a braced list did not come to make.
  JsonValue& add(std::string name, JsonValue value) &;
  JsonValue&& add(std::string name, JsonValue value) &&;
  JsonValue& push(JsonValue value);  // Gives the element.

  // The member of an object after it was given that value.
  JsonValue& set(std::string_view name, JsonValue value);

  // Calls `look` with the content, which has the type that is its kind.
  template <typename Look>
  void visit(const Look& look) const {
    std::visit(look, value_);
  }

  // The document: in one line, or with so many blanks before a line for each level. Bytes that are
  // no UTF-8 become U+FFFD: an exception here would hide the error that is being told.
  std::string document(int indent = 0) const;

 private:
  std::variant<std::nullptr_t, bool, int64_t, uint64_t, double, std::string, Array, Object> value_;
};

struct JsonValue::Member {
  std::string name;
  JsonValue value;
};

// Behind the member, which they may have to destroy.
inline JsonValue::JsonValue() = default;
JsonValue::JsonValue(std::same_as<bool> auto value) : value_(value) {}
JsonValue::JsonValue(std::signed_integral auto value) : value_(int64_t{value}) {}
JsonValue::JsonValue(std::unsigned_integral auto value) requires(
    !std::same_as<decltype(value), bool>)
    : value_(uint64_t{value}) {}
inline JsonValue::JsonValue(double value) : value_(value) {}
inline JsonValue::JsonValue(std::string value) : value_(std::move(value)) {}
inline JsonValue::JsonValue(const char* value) : value_(std::string(value)) {}

// The levels that a document may have.
inline constexpr size_t kMostJsonLevels = 32;

enum class JsonFlaw { none, not_json, too_deep, number_too_large };

struct ParsedJson {
  JsonValue value = {};  // null with a flaw.
  JsonFlaw flaw = JsonFlaw::none;
  size_t byte = 0;  // Where the flaw is, counted from 1.
};

// Of members with one name the last counts.
ParsedJson parse_json(const std::string& text);

}  // namespace wsman::abi

#endif  // WSMAN_ABI_JSON_VALUE_H_
