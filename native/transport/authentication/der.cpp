#include "transport/authentication/der.h"

namespace wsman::der {

std::string header(unsigned char tag, size_t size) {
  std::string bytes(1, static_cast<char>(tag));
  if (size < 0x80) return bytes + static_cast<char>(size);
  std::string length;
  for (size_t rest = size; rest != 0; rest >>= 8U) {
    length.insert(length.begin(), static_cast<char>(rest & 0xFFU));
  }
  return bytes + static_cast<char>(0x80U | length.size()) + length;
}

std::string element(unsigned char tag, std::string_view content) {
  return header(tag, content.size()).append(content);
}

Secret secret_element(unsigned char tag, std::string_view content) {
  const std::string before = header(tag, content.size());
  Secret bytes;
  bytes.reserve(before.size() + content.size());
  bytes.append(before);
  bytes.append(content);
  return bytes;
}

Secret secret_octets(unsigned number, std::string_view content) {
  return secret_element(member(number), secret_element(kOctets, content).view());
}

std::optional<std::string_view> Reader::take(unsigned char tag) {
  if (!is_next(tag)) return std::nullopt;
  rest_.remove_prefix(1);
  const std::optional<size_t> size = take_length();
  if (!size || *size > rest_.size()) return std::nullopt;
  const std::string_view content = rest_.substr(0, *size);
  rest_.remove_prefix(*size);
  return content;
}

bool Reader::take_member(unsigned number, unsigned char tag,
                         std::optional<std::string_view>& value) {
  if (!is_next(member(number))) return true;
  const std::optional<std::string_view> outer = take(member(number));
  if (outer) value = only(tag, *outer);
  return value.has_value();
}

unsigned Reader::take_byte() {
  const unsigned byte = static_cast<unsigned char>(rest_.front());
  rest_.remove_prefix(1);
  return byte;
}

// More than four bytes of a length are longer than any token.
std::optional<size_t> Reader::take_length() {
  if (rest_.empty()) return std::nullopt;
  const unsigned first = take_byte();
  if (first < 0x80) return first;
  const unsigned bytes = first & 0x7FU;
  if (bytes == 0 || bytes > 4 || rest_.size() < bytes || rest_.front() == 0) return std::nullopt;
  size_t size = 0;
  for (unsigned i = 0; i < bytes; ++i) size = size << 8U | take_byte();
  if (size < 0x80) return std::nullopt;
  return size;
}

std::optional<std::string_view> only(unsigned char tag, std::string_view bytes) {
  Reader reader(bytes);
  const std::optional<std::string_view> content = reader.take(tag);
  return reader.at_end() ? content : std::nullopt;
}

std::optional<int64_t> integer(std::string_view content) {
  if (content.empty() || content.size() > sizeof(int64_t)) return std::nullopt;
  const auto byte = [&](size_t at) { return static_cast<unsigned char>(content[at]); };
  const bool is_negative = byte(0) >= 0x80;
  // Nine bits that are alike at the beginning are eight too many.
  if (content.size() > 1 && byte(0) == (byte(1) >= 0x80 ? 0xFF : 0x00)) return std::nullopt;
  uint64_t number = is_negative ? ~uint64_t{0} : 0;
  for (size_t at = 0; at < content.size(); ++at) number = number << 8U | byte(at);
  return static_cast<int64_t>(number);
}

}  // namespace wsman::der
