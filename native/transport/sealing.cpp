#include "transport/sealing.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "transport/http_text.h"

namespace wsman {
namespace {

constexpr std::string_view kBoundary = "Encrypted Boundary";
constexpr size_t kLongestLine = 1024;
constexpr size_t kMostLines = 16;
constexpr size_t kLongestSignature = 4096;
constexpr size_t kMostFill = 15;

// Takes the line at the start of `rest`, without its end; nothing if there is none that is short
// enough to be one.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const size_t end = rest.substr(0, kLongestLine + 2).find("\r\n");
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 2);
  return line;
}

// The boundary in a delimiter line, or nothing if it is none. Exchange puts a blank before it.
std::string_view boundary_in(std::string_view line) {
  return line.starts_with("--") ? trimmed(line.substr(2)) : std::string_view();
}

// The value of a part header if it has that name. Windows begins part headers with a tab.
std::optional<std::string_view> value_of(std::string_view line, std::string_view name) {
  line = trimmed(line);
  const bool named = line.size() > name.size() && line[name.size()] == ':' &&
                     equal_without_case(line.substr(0, name.size()), name);
  if (!named) return std::nullopt;
  return trimmed(line.substr(name.size() + 1));
}

// "type=application/soap+xml;charset=UTF-8;Length=123".
bool read_original(std::string_view value, SealedAnswer& answer) {
  constexpr std::string_view kType = "type=";
  constexpr std::string_view kLength = "length=";
  const size_t last = value.rfind(';');
  if (last == std::string_view::npos || last < kType.size()) return false;
  const std::string_view length = trimmed(value.substr(last + 1));
  if (!equal_without_case(value.substr(0, kType.size()), kType)) return false;
  if (!equal_without_case(length.substr(0, kLength.size()), kLength)) return false;
  const std::string_view digits = length.substr(kLength.size());
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), answer.length);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return false;
  answer.original_type = value.substr(kType.size(), last - kType.size());
  return true;
}

// The first part says what is sealed. Ends with the delimiter between the parts.
std::string read_description(std::string_view& rest, std::string_view boundary,
                             std::string_view protocol, SealedAnswer& answer) {
  bool described = false;
  bool named = false;
  for (size_t lines = 0; lines < kMostLines; ++lines) {
    const std::optional<std::string_view> line = take_line(rest);
    if (!line) return "its parts have no end";
    if (boundary_in(*line) == boundary) {
      if (!named) return "it does not name " + std::string(protocol);
      return described ? "" : "it does not say what was encrypted";
    }
    const auto type = value_of(*line, "Content-Type");
    if (type) named = equal_without_case(*type, protocol);
    const auto original = value_of(*line, "OriginalContent");
    if (original) described = read_original(*original, answer);
  }
  return "it has too many part headers";
}

size_t read_length(std::string_view octets) {
  size_t value = 0;
  for (size_t i = 4; i > 0; --i) value = value << 8U | static_cast<unsigned char>(octets[i - 1]);
  return value;
}

// What follows the cipher: the closing delimiter, and line ends at most.
bool is_closing(std::string_view rest, std::string_view boundary) {
  if (!rest.starts_with("--")) return false;
  rest.remove_prefix(2);
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  if (!rest.starts_with(boundary)) return false;
  rest.remove_prefix(boundary.size());
  return rest.starts_with("--") && rest.find_first_not_of("\r\n", 2) == std::string_view::npos;
}

std::string read_cipher(std::string_view rest, std::string_view boundary, SealedAnswer& answer) {
  const std::optional<std::string_view> line = take_line(rest);
  if (!line || !value_of(*line, "Content-Type")) return "its second part has no Content-Type";
  if (rest.size() < 4) return "it ends before the signature";
  answer.signature_octets = read_length(rest);
  rest.remove_prefix(4);
  if (answer.signature_octets == 0 || answer.signature_octets > kLongestSignature) {
    return "its signature has an impossible length";
  }
  if (rest.size() < answer.signature_octets) return "it ends within the signature";
  if (answer.length > rest.size() - answer.signature_octets) return "it is shorter than it says";
  answer.octets = rest.substr(0, answer.signature_octets + answer.length);
  rest.remove_prefix(answer.octets.size());
  return is_closing(rest, boundary) ? "" : "it does not end where it says";
}

}  // namespace

std::string sealed_content_type(const std::string& protocol) {
  return "multipart/encrypted;protocol=\"" + protocol + "\";boundary=\"" + std::string(kBoundary) +
         "\"";
}

// Without the tab that Windows begins part headers with: OMI hangs up when it sees one, and Windows
// does not miss it. No empty line follows the part headers, and no line end the cipher.
std::string write_sealed(const std::string& protocol, const std::string& original_type,
                         const Sealed& sealed) {
  const std::string delimiter = "--" + std::string(kBoundary);
  std::string body = delimiter + "\r\nContent-Type: " + protocol +
                     "\r\nOriginalContent: type=" + original_type +
                     ";Length=" + std::to_string(sealed.cipher.size()) + "\r\n" + delimiter +
                     "\r\nContent-Type: application/octet-stream\r\n";
  body.reserve(body.size() + sealed.signature.size() + sealed.cipher.size() + 64);
  const size_t size = sealed.signature.size();
  for (unsigned shift = 0; shift < 32; shift += 8) {
    body.push_back(static_cast<char>(static_cast<unsigned char>(size >> shift)));
  }
  body.append(sealed.signature).append(sealed.cipher);
  return body.append(delimiter).append("--\r\n");
}

SealedAnswer read_sealed(std::string_view body, std::string_view protocol) {
  SealedAnswer answer;
  const std::optional<std::string_view> first = take_line(body);
  const std::string_view boundary = first ? boundary_in(*first) : std::string_view();
  if (boundary.empty()) {
    answer.refusal = "it does not begin with a boundary";
    return answer;
  }
  answer.refusal = read_description(body, boundary, protocol, answer);
  if (answer.refusal.empty()) answer.refusal = read_cipher(body, boundary, answer);
  return answer;
}

void strip_padding(std::string& message) {
  size_t fill = 0;
  while (fill < kMostFill && fill < message.size() && message[message.size() - 1 - fill] == '\0')
    ++fill;
  message.resize(message.size() - fill);
}

}  // namespace wsman
