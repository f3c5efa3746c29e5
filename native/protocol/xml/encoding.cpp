#include "protocol/xml/encoding.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"
#include "protocol/xml/xml.h"

namespace wsman::xml {
namespace {

// The byte order mark of UTF-8.
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

// The encoding that the declaration names, or "".
std::string declared_encoding(std::string_view declaration) {
  const size_t name = declaration.find("encoding");
  if (name == std::string_view::npos) return {};
  const size_t open = declaration.find_first_of("\"'", name);
  if (open == std::string_view::npos) return {};
  const size_t close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos) return {};
  return stripped(declaration.substr(open + 1, close - open - 1));
}

enum class Wide { no, little_endian, big_endian };

// UTF-16, as the first bytes show it, with or without a byte order mark [XML 1.0 F.1]. Otherwise
// ASCII characters are one byte each, so that a declaration can be read.
Wide width_of(std::string_view document) {
  const std::string_view start = document.substr(0, 2);
  if (start == std::string_view("\xFF\xFE") || start == std::string_view("<\0", 2))
    return Wide::little_endian;
  if (start == std::string_view("\xFE\xFF") || start == std::string_view("\0<", 2))
    return Wide::big_endian;
  return Wide::no;
}

void append_utf8(std::string& out, unsigned c) {
  const auto trailing = [c](int shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += trailing(6);
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += trailing(12);
    out += trailing(6);
  }
  out += trailing(0);
}

bool is_high_surrogate(unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(unsigned unit) { return unit >= 0xDC00 && unit < 0xE000; }

// Nothing if there is half a unit or half a pair of surrogates.
std::optional<std::string> from_utf16(std::string_view document, Wide width) {
  const auto unit_at = [&](size_t at) {
    const unsigned first = static_cast<unsigned char>(document[at]);
    const unsigned second = static_cast<unsigned char>(document[at + 1]);
    return width == Wide::little_endian ? first | (second << 8) : (first << 8) | second;
  };
  if (document.size() % 2 != 0) return std::nullopt;
  std::string out;
  out.reserve(document.size());
  for (size_t at = 0; at < document.size(); at += 2) {
    unsigned c = unit_at(at);
    if (is_low_surrogate(c)) return std::nullopt;
    if (is_high_surrogate(c)) {
      at += 2;
      const unsigned low = at < document.size() ? unit_at(at) : 0;
      if (!is_low_surrogate(low)) return std::nullopt;
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
    append_utf8(out, c);
  }
  return out;
}

// Each byte is the character of its number. ASCII is a part of it.
std::string from_latin1(std::string_view document) {
  std::string out;
  out.reserve(document.size() + document.size() / 8);
  for (const char c : document) append_utf8(out, static_cast<unsigned char>(c));
  return out;
}

bool is_one_of(std::string_view encoding, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return equal_without_case(encoding, name); });
}

// The encodings in which an ASCII character is one byte.
enum class Narrow { utf8, latin1, ascii, unknown };

// UTF-16 is named by what has been converted to UTF-8 on its way: in UTF-16 no byte could be read.
// No name at all is UTF-8 [XML 1.0 4.3.3]; "UTF8" is not registered, but occurs.
Narrow narrow_encoding(std::string_view name) {
  if (name.empty() || is_one_of(name, {"UTF-8", "UTF8", "UTF-16", "UTF-16LE", "UTF-16BE"}))
    return Narrow::utf8;
  if (is_one_of(name, {"ISO-8859-1", "ISO_8859-1", "latin1"})) return Narrow::latin1;
  return is_one_of(name, {"US-ASCII", "ASCII"}) ? Narrow::ascii : Narrow::unknown;
}

// The mark is converted like any character. The declaration names an encoding that the text no
// longer has: a parser that obeyed it would convert twice.
void drop_mark_and_declaration(std::string& document) {
  while (!document.empty() && document.back() == '\0') document.pop_back();
  if (document.rfind(kUtf8Mark, 0) == 0) document.erase(0, kUtf8Mark.size());
  document.erase(0, declaration_of(document).size());
}

// Little-endian, as the byte order mark announces.
template <typename Out>
void append_unit(Out& out, unsigned unit) {
  const std::array<char, 2> bytes{static_cast<char>(unit & 0xFF), static_cast<char>(unit >> 8)};
  out.append(std::string_view(bytes.data(), bytes.size()));
}

// By hand: the memory of the converter of libxml2 is not wiped. False if `text` is not UTF-8.
template <typename Out>
bool append_utf16(Out& out, std::string_view text) {
  // A byte of UTF-8 becomes two bytes at most, so the buffer never grows and leaves no copy behind.
  out.reserve(2 + 2 * text.size());
  append_unit(out, 0xFEFF);
  while (!text.empty()) {
    const auto [c, length] = first_character(text);
    if (length == 0) return false;
    if (c < 0x10000) {
      append_unit(out, c);
    } else {
      // A pair of surrogates [RFC 2781 2.1].
      append_unit(out, 0xD800 + ((c - 0x10000) >> 10));
      append_unit(out, 0xDC00 + ((c - 0x10000) & 0x3FF));
    }
    text.remove_prefix(length);
  }
  return true;
}

bool has_only_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Conversion from_wide(std::string& document, Wide width) {
  std::optional<std::string> converted = from_utf16(document, width);
  if (!converted) return {Conversion::Flaw::wrong_bytes, "UTF-16"};
  document = std::move(*converted);
  drop_mark_and_declaration(document);
  return {};
}

Conversion from_narrow(std::string& document, std::string_view charset) {
  const bool marked = document.rfind(kUtf8Mark, 0) == 0;
  if (marked) document.erase(0, kUtf8Mark.size());
  const std::string declared = declared_encoding(declaration_of(document));
  // A charset of UTF-16 over bytes that are not: only the declaration is left to go by.
  const bool by_charset = !charset.empty() && lower_case(charset).rfind("utf-16", 0) != 0;
  const std::string name = marked ? "UTF-8" : by_charset ? std::string(charset) : declared;
  const Narrow encoding = narrow_encoding(name);
  if (encoding == Narrow::unknown) return {Conversion::Flaw::unknown_encoding, name};
  if (encoding == Narrow::ascii && !has_only_ascii(document))
    return {Conversion::Flaw::wrong_bytes, name};
  if (encoding == Narrow::latin1) document = from_latin1(document);
  // Whoever gets the bytes would believe another name.
  if (!declared.empty() && !equal_without_case(declared, "UTF-8"))
    document.erase(0, declaration_of(document).size());
  return {};
}

}  // namespace

// libxml2 would convert into its own tree or events, but a page is handed on as bytes in UTF-8; so
// the encoding is found here.
std::string_view declaration_of(std::string_view document) {
  // "<?xml-stylesheet" is an ordinary processing instruction.
  if (document.substr(0, 5) != "<?xml" || document.size() < 6 || !is_blank(document[5])) return {};
  const size_t end = document.find("?>");
  return end == std::string_view::npos ? std::string_view() : document.substr(0, end + 2);
}

std::string to_utf16(const std::string& text) {
  std::string out;
  return append_utf16(out, text) ? out : std::string();
}

Secret to_utf16(const Secret& text) {
  Secret out;
  (void)append_utf16(out, text.view());
  return out;
}

Conversion make_utf8(std::string& document, std::string_view charset) {
  // Some servers send the end of a C string, or padding, too.
  while (!document.empty() && document.back() == '\0' &&
         (width_of(document) == Wide::no || document.size() % 2 != 0))
    document.pop_back();
  const Wide width = width_of(document);
  return width == Wide::no ? from_narrow(document, charset) : from_wide(document, width);
}

}  // namespace wsman::xml
