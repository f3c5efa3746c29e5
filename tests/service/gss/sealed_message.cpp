#include "gss/sealed_message.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace wsman::service {
namespace {

constexpr std::string_view kBoundary = "Encrypted Boundary";
constexpr std::string_view kLength = ";Length=";
constexpr std::size_t kPrefix = 4;  // The length of the signature, little-endian.

// "name: value" in a line of its own, with or without the indent of Windows.
std::optional<std::string_view> take_header(std::string_view& text, std::string_view name) {
  take(text, "\t");
  if (!take(text, name) || !take(text, ": ")) return std::nullopt;
  const std::size_t end = text.find("\r\n");
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view value = text.substr(0, end);
  text.remove_prefix(end + 2);
  return value;
}

std::uint32_t read_prefix(std::string_view text) {
  std::uint32_t value = 0;
  for (std::size_t i = kPrefix; i-- > 0;) value = value << 8U | static_cast<unsigned char>(text[i]);
  return value;
}

std::string prefix(std::size_t value) {
  std::string bytes;
  for (std::size_t i = 0; i < kPrefix; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFFU);
  return bytes;
}

// "type=application/soap+xml;charset=UTF-8;Length=123"
bool read_original(std::string_view text, SealedMessage& message) {
  const std::size_t at = text.rfind(kLength);
  if (at == std::string_view::npos || !take(text, "type=")) return false;
  const std::size_t type_end = at - std::string_view("type=").size();
  const auto length = parse_number(text.substr(type_end + kLength.size()));
  if (!length) return false;
  message.original_type = text.substr(0, type_end);
  message.length = *length;
  return true;
}

bool read_payload(std::string_view& text, SealedMessage& message) {
  if (text.size() < kPrefix) return false;
  const std::size_t signature = read_prefix(text);
  text.remove_prefix(kPrefix);
  if (signature > text.size() || message.length > text.size() - signature) return false;
  message.sealed.signature = text.substr(0, signature);
  message.sealed.ciphertext = text.substr(signature, message.length);
  text.remove_prefix(signature + message.length);
  return true;
}

std::string content_type(std::string_view protocol) {
  return std::string("multipart/encrypted;protocol=\"").append(protocol).append("\";boundary=\"") +
         std::string(kBoundary) + "\"";
}

}  // namespace

bool take(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

bool is_sealed(const Request& request) {
  return request.field("Content-Type").value_or("").starts_with("multipart/encrypted");
}

std::optional<SealedMessage> read_sealed(const Request& request) {
  SealedMessage message;
  for (const std::string_view protocol : {kSpnegoProtocol, kKerberosProtocol}) {
    if (request.field("Content-Type") == content_type(protocol)) message.protocol = protocol;
  }
  std::string_view text = request.body;
  if (message.protocol.empty() || !take(text, kDelimiter) || !take(text, "\r\n")) return {};
  if (take_header(text, "Content-Type") != std::string_view(message.protocol)) return {};
  const auto original = take_header(text, "OriginalContent");
  if (!original || !read_original(*original, message)) return {};
  if (!take(text, kDelimiter) || !take(text, "\r\n")) return {};
  if (take_header(text, "Content-Type") != "application/octet-stream") return {};
  if (!read_payload(text, message)) return {};
  if (!take(text, kDelimiter) || !take(text, "--")) return {};
  return message;
}

void write_sealed(Response& response, const SealedMessage& message, const Framing& framing) {
  const std::string indent(framing.indent);
  const std::string delimiter = std::string(framing.dashes) + std::string(kBoundary);
  const auto length = static_cast<long>(message.length) + framing.added_length;
  const std::string& cipher = message.sealed.ciphertext;

  std::string body = delimiter + "\r\n" + indent + "Content-Type: " + message.protocol + "\r\n";
  body += indent + "OriginalContent: type=" + message.original_type + std::string(kLength) +
          std::to_string(length) + "\r\n";
  body += delimiter + "\r\n" + indent + "Content-Type: application/octet-stream\r\n";
  body += prefix(framing.wild_length ? UINT32_MAX : message.sealed.signature.size());
  body += message.sealed.signature;
  body.append(cipher, 0, cipher.size() - std::min(framing.cut, cipher.size()));
  body.append(delimiter).append("--").append(framing.end);
  response.body = std::move(body);
  response.content_type = content_type(message.protocol);
}

}  // namespace wsman::service
