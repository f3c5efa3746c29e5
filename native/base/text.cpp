#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

#include "base/utf8.h"

namespace wsman {
namespace {

// std::tolower() follows the locale of the host program, and is undefined for a negative char.
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// The length in bytes of a character at the beginning of `text`, in UTF-8, that steers a terminal
// or changes how what follows is shown; 0 if it is an ordinary one.
size_t steering_at(std::string_view text) {
  const auto at = [text](size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  if (at(0) < 0x20 || at(0) == 0x7F) return 1;
  // U+0080 to U+009F: C1 controls. U+061C: a mark of direction.
  if ((at(0) == 0xC2 && at(1) >= 0x80 && at(1) <= 0x9F) || (at(0) == 0xD8 && at(1) == 0x9C))
    return 2;
  if (at(0) != 0xE2) return 0;
  // U+200E and U+200F: marks of direction. U+2028 to U+202E: line and paragraph ends, embeddings
  // and overrides. U+2066 to U+2069: isolates.
  const bool mark = at(1) == 0x80 && (at(2) == 0x8E || at(2) == 0x8F);
  const bool line_or_embedding = at(1) == 0x80 && at(2) >= 0xA8 && at(2) <= 0xAE;
  const bool isolate = at(1) == 0x81 && at(2) >= 0xA6 && at(2) <= 0xA9;
  return mark || line_or_embedding || isolate ? 3 : 0;
}

std::string without_steering(std::string_view text, std::string_view kept) {
  std::string shown;
  shown.reserve(text.size());
  size_t blanks = 0;  // At the end of `shown`.
  bool steering = false;
  for (size_t at = 0; at < text.size();) {
    const bool keeps = kept.find(text[at]) != std::string_view::npos;
    const size_t length = keeps ? 0 : steering_at(text.substr(at));
    if (length == 0 && text[at] != ' ') {
      shown += text[at++];
      blanks = 0;
      steering = false;
      continue;
    }
    steering = steering || length > 0;
    shown += ' ';
    ++blanks;
    if (steering) {
      shown.resize(shown.size() - blanks + 1);
      blanks = 1;
    }
    at += std::max<size_t>(length, 1);
  }
  return shown;
}

}  // namespace

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

std::string upper_case(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), upper);
  return result;
}

bool equal_without_case(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return a == b || lower(a) == lower(b); });
}

bool ends_without_case(std::string_view text, std::string_view end) {
  return text.size() >= end.size() &&
         equal_without_case(text.substr(text.size() - end.size()), end);
}

std::string for_people(std::string_view text) { return without_steering(text, {}); }

std::string lines_for_people(std::string_view text) { return without_steering(text, "\n\t"); }

std::string xml_for_people(std::string_view xml) {
  std::string shown;
  shown.reserve(xml.size());
  while (!xml.empty()) {
    const bool keeps = xml.front() == '\n' || xml.front() == '\t';
    const size_t length = keeps ? 0 : steering_at(xml);
    if (length == 0) {
      shown += xml.front();
    } else {
      shown.append("&#").append(std::to_string(first_character(xml).value)).append(";");
    }
    xml.remove_prefix(std::max<size_t>(length, 1));
  }
  return shown;
}

std::string utc_text(std::chrono::system_clock::time_point moment) {
  using std::chrono::milliseconds;
  const auto second = std::chrono::floor<std::chrono::seconds>(moment);
  const auto rest = std::chrono::floor<milliseconds>(moment - second);
  const std::time_t seconds = std::chrono::system_clock::to_time_t(second);
  std::tm parts{};
  std::array<char, 80> text{};
  (void)gmtime_r(&seconds, &parts);
  (void)std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
                      parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
                      parts.tm_min, parts.tm_sec, static_cast<int>(rest.count()));
  return text.data();
}

// Without find_first_not_of(), which calls a function for each character: XML is trimmed here, and
// the checks count the instructions of a request.
std::string_view trimmed(std::string_view text, std::string_view blanks) {
  const auto is_blank = [blanks](char c) {
    return std::any_of(blanks.begin(), blanks.end(), [c](char blank) { return c == blank; });
  };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace wsman
