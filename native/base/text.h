// ASCII text, independent of the locale.
#ifndef WSMAN_BASE_TEXT_H_
#define WSMAN_BASE_TEXT_H_

#include <chrono>
#include <string>
#include <string_view>

namespace wsman {

bool is_digit(char c);
bool is_letter(char c);

// Changes the case of ASCII letters. Other bytes stay, so UTF-8 remains valid.
std::string lower_case(std::string_view text);
std::string upper_case(std::string_view text);

bool equal_without_case(std::string_view one, std::string_view other);
bool ends_without_case(std::string_view text, std::string_view end);

// Text of unknown origin for a person: on one line, and with nothing in it that steers a terminal.
// A run of white space that has a control character in it (C0, DEL, C1), a separator of lines or a
// control of writing direction becomes one space. Bytes that are not UTF-8 stay.
std::string for_people(std::string_view text);

// The same for text of several lines: line feeds and tabs stay.
std::string lines_for_people(std::string_view text);

// XML for people: what would steer a terminal stands as a character reference, but for line feeds
// and tabs. `xml` has no CDATA.
std::string xml_for_people(std::string_view xml);

// A moment in UTC, to the millisecond: "2026-01-31T23:59:59.007Z" [RFC 3339 5.6].
std::string utc_text(std::chrono::system_clock::time_point moment);

// `text` without leading and trailing blanks. Blanks are space and tab unless `blanks` lists
// others.
std::string_view trimmed(std::string_view text, std::string_view blanks = " \t");

}  // namespace wsman

#endif  // WSMAN_BASE_TEXT_H_
