#include "protocol/encoding.h"

#include <libxml/encoding.h>

#include <algorithm>
#include <array>
#include <climits>
#include <string_view>

#include "protocol/xml.h"

namespace wsman {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

Buffer buffer_of(std::string_view octets) {
  Buffer buffer(xmlBufferCreateSize(octets.size() + 1));
  (void)xmlBufferAdd(buffer.get(), reinterpret_cast<const xmlChar*>(octets.data()),
                     static_cast<int>(octets.size()));
  return buffer;
}

std::string content_of(xmlBuffer* buffer) {
  return {reinterpret_cast<const char*>(xmlBufferContent(buffer)),
          static_cast<size_t>(xmlBufferLength(buffer))};
}

// The XML declaration at the beginning, or nothing.
std::string_view declaration_of(std::string_view document) {
  if (document.substr(0, 5) != "<?xml") return {};
  const size_t end = document.find("?>");
  return end == std::string_view::npos ? std::string_view() : document.substr(0, end + 2);
}

// What the declaration names as the encoding, or "".
std::string declared_encoding(std::string_view declaration) {
  const size_t name = declaration.find("encoding");
  if (name == std::string_view::npos) return {};
  const size_t open = declaration.find_first_of("\"'", name);
  if (open == std::string_view::npos) return {};
  const size_t close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos) return {};
  return stripped(declaration.substr(open + 1, close - open - 1));
}

// The encoding that the first octets show, or "" where an octet is a character of ASCII.
std::string wide_encoding(std::string_view document) {
  const std::string_view start = document.substr(0, 2);
  if (start == std::string_view("\xFF\xFE") || start == std::string_view("<\0", 2))
    return "UTF-16LE";
  if (start == std::string_view("\xFE\xFF") || start == std::string_view("\0<", 2))
    return "UTF-16BE";
  return {};
}

bool convert(std::string& document, const std::string& encoding) {
  struct Close {
    void operator()(xmlCharEncodingHandler* handler) const { xmlCharEncCloseFunc(handler); }
  };
  const std::unique_ptr<xmlCharEncodingHandler, Close> handler(
      xmlFindCharEncodingHandler(encoding.c_str()));
  if (!handler || document.size() > INT_MAX / 4) return false;
  const Buffer in = buffer_of(document);
  const Buffer out(xmlBufferCreateSize(document.size() + 1));
  // One call takes no more than fits, so it is repeated until nothing is left.
  while (xmlBufferLength(in.get()) > 0) {
    if (xmlCharEncInFunc(handler.get(), out.get(), in.get()) <= 0) return false;
  }
  document = content_of(out.get());
  if (document.rfind(kUtf8Mark, 0) == 0) document.erase(0, kUtf8Mark.size());
  document.erase(0, declaration_of(document).size());
  return true;
}

bool is_utf8_name(const std::string& encoding) {
  return encoding.empty() || equal_ignoring_case(encoding, "UTF-8") ||
         equal_ignoring_case(encoding, "UTF8");
}

void append_unit(Secret& out, unsigned unit) {
  const std::array<char, 2> octets{static_cast<char>(unit & 0xFF), static_cast<char>(unit >> 8)};
  out.append({octets.data(), octets.size()});
}

void append_character(Secret& out, unsigned c) {
  if (c < 0x10000) return append_unit(out, c);
  append_unit(out, 0xD800 + ((c - 0x10000) >> 10));
  append_unit(out, 0xDC00 + ((c - 0x10000) & 0x3FF));
}

}  // namespace

std::string to_utf16(const std::string& text) {
  const QuietXml quiet;
  static const std::string byte_order_mark = "\xFF\xFE";
  const Buffer in = buffer_of(text);
  const Buffer out(xmlBufferCreate());
  xmlCharEncodingHandler* handler = xmlGetCharEncodingHandler(XML_CHAR_ENCODING_UTF16LE);
  if (handler == nullptr || xmlCharEncOutFunc(handler, out.get(), in.get()) < 0) return {};
  return byte_order_mark + content_of(out.get());
}

Secret to_utf16(const Secret& text) {
  Secret out;
  out.reserve(2 + 2 * text.size());
  append_unit(out, 0xFEFF);
  std::string_view rest = text.view();
  while (!rest.empty()) {
    int length = static_cast<int>(std::min<size_t>(rest.size(), 4));
    const int c = xmlGetUTF8Char(reinterpret_cast<const unsigned char*>(rest.data()), &length);
    if (c < 0) break;
    append_character(out, static_cast<unsigned>(c));
    rest.remove_prefix(static_cast<size_t>(length));
  }
  return out;
}

bool make_utf8(std::string& document) {
  const QuietXml quiet;
  const std::string wide = wide_encoding(document);
  if (!wide.empty()) return convert(document, wide);
  if (document.rfind(kUtf8Mark, 0) == 0) document.erase(0, kUtf8Mark.size());
  const std::string declared = declared_encoding(declaration_of(document));
  return is_utf8_name(declared) || convert(document, declared);
}

}  // namespace wsman
