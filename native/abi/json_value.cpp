#include "abi/json_value.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace wsman::abi {
namespace {

// Takes what the parser of nlohmann_json finds, whose names these are.
class Builder {
 public:
  explicit Builder(ParsedJson& parsed) : parsed_(parsed) {}

  bool null() { return take(JsonValue()); }
  bool boolean(bool value) { return take(value); }
  bool number_integer(int64_t value) { return take(value); }
  bool number_unsigned(uint64_t value) { return take(value); }
  bool number_float(double value, const std::string& /*text*/) { return take(value); }
  bool string(std::string& value) { return take(std::move(value)); }
  bool binary(const nlohmann::json::binary_t& /*value*/) { return false; }
  bool start_object(size_t /*count*/) { return open(JsonValue::object()); }
  bool start_array(size_t /*count*/) { return open(JsonValue::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& name) {
    name_ = std::move(name);
    return true;
  }

  bool parse_error(size_t byte, const std::string& /*token*/,
                   const nlohmann::json::exception& error) {
    constexpr int out_of_range = 406;
    parsed_.flaw = error.id == out_of_range ? JsonFlaw::number_too_large : JsonFlaw::not_json;
    parsed_.byte = byte;
    return false;
  }

 private:
  bool take(JsonValue value) {
    (void)place(std::move(value));
    return true;
  }

  // The value in its container, which stays where it is while a container in it is open.
  JsonValue& place(JsonValue value) {
    if (levels_ == 0) return parsed_.value = std::move(value);
    JsonValue& container = *open_.at(levels_ - 1);
    if (container.members() != nullptr) return container.set(name_, std::move(value));
    return container.push(std::move(value));
  }

  bool open(JsonValue container) {
    if (levels_ == open_.size()) {
      parsed_.flaw = JsonFlaw::too_deep;
      return false;
    }
    JsonValue& placed = place(std::move(container));
    open_.at(levels_++) = &placed;
    return true;
  }

  bool close() {
    --levels_;
    return true;
  }

  ParsedJson& parsed_;
  std::array<JsonValue*, kMostJsonLevels> open_{};
  size_t levels_ = 0;
  std::string name_;
};

bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

void append(std::string& out, const std::string& text) {
  if (!std::all_of(text.begin(), text.end(), is_plain)) {
    constexpr auto replace = nlohmann::json::error_handler_t::replace;
    out += nlohmann::json(text).dump(-1, ' ', false, replace);
    return;
  }
  out += '"';
  out += text;
  out += '"';
}

// The text of a document, as it grows.
class Writer {
 public:
  explicit Writer(int indent) : indent_(static_cast<size_t>(indent)) {}

  void write(const JsonValue& value) {
    value.visit([this](const auto& content) { write(content); });
  }

  void write(std::nullptr_t) { out_ += "null"; }
  void write(bool value) { out_ += value ? "true" : "false"; }
  void write(int64_t value) { out_ += std::to_string(value); }
  void write(uint64_t value) { out_ += std::to_string(value); }
  void write(double value) { out_ += nlohmann::json(value).dump(); }
  void write(const std::string& value) { append(out_, value); }

  void write(const JsonValue::Array& elements) {
    enclose('[', elements, ']', [this](const JsonValue& element) { write(element); });
  }

  void write(const JsonValue::Object& members) {
    enclose('{', members, '}', [this](const JsonValue::Member& member) {
      append(out_, member.name);
      out_ += indent_ == 0 ? ":" : ": ";
      write(member.value);
    });
  }

  std::string take() { return std::move(out_); }

 private:
  template <typename List, typename Write>
  void enclose(char begin, const List& list, char end, const Write& write_one) {
    out_ += begin;
    ++level_;
    for (const auto& one : list) {
      if (&one != &list.front()) out_ += ',';
      begin_line();
      write_one(one);
    }
    --level_;
    if (!list.empty()) begin_line();
    out_ += end;
  }

  void begin_line() {
    if (indent_ == 0) return;
    out_ += '\n';
    out_.append(level_ * indent_, ' ');
  }

  const size_t indent_;
  size_t level_ = 0;
  std::string out_;
};

}  // namespace

JsonValue JsonValue::array() {
  JsonValue value;
  value.value_.emplace<Array>();
  return value;
}

JsonValue JsonValue::object() {
  JsonValue value;
  value.value_.emplace<Object>();
  return value;
}

std::optional<int64_t> JsonValue::whole() const {
  if (const auto* number = std::get_if<int64_t>(&value_)) return *number;
  const auto* number = std::get_if<uint64_t>(&value_);
  if (number == nullptr || *number > uint64_t{INT64_MAX}) return std::nullopt;
  return static_cast<int64_t>(*number);
}

const JsonValue* JsonValue::find(std::string_view name) const {
  const Object* const object = members();
  if (object == nullptr) return nullptr;
  const auto found = std::find_if(object->begin(), object->end(),
                                  [&](const Member& member) { return member.name == name; });
  return found != object->end() ? &found->value : nullptr;
}

JsonValue* JsonValue::find(std::string_view name) {
  return const_cast<JsonValue*>(std::as_const(*this).find(name));
}

JsonValue& JsonValue::add(std::string name, JsonValue value) & {
  std::get<Object>(value_).push_back({std::move(name), std::move(value)});
  return *this;
}

JsonValue&& JsonValue::add(std::string name, JsonValue value) && {
  return std::move(add(std::move(name), std::move(value)));
}

JsonValue& JsonValue::push(JsonValue value) {
  return std::get<Array>(value_).emplace_back(std::move(value));
}

JsonValue& JsonValue::set(std::string_view name, JsonValue value) {
  if (JsonValue* const known = find(name)) return *known = std::move(value);
  return std::get<Object>(value_).emplace_back(Member{std::string(name), std::move(value)}).value;
}

std::string JsonValue::document(int indent) const {
  Writer writer(indent);
  writer.write(*this);
  return writer.take();
}

ParsedJson parse_json(const std::string& text) {
  ParsedJson parsed;
  Builder builder(parsed);
  if (!nlohmann::json::sax_parse(text, &builder)) parsed.value = JsonValue();
  return parsed;
}

}  // namespace wsman::abi
