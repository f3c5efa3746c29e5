#include "gss/sealed_records.h"

#include <algorithm>
#include <cstdint>

namespace wsman::service {
namespace {

constexpr std::size_t kRecordHead = 5;

std::optional<std::string_view> take_until(std::string_view& text, std::string_view end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at + end.size());
  return taken;
}

std::size_t byte(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool take_record(std::string_view& text, SealedRecord& sealed) {
  if (text.size() < 4 + kRecordHead) return false;
  sealed.trailer =
      byte(text, 0) | byte(text, 1) << 8U | byte(text, 2) << 16U | byte(text, 3) << 24U;
  text.remove_prefix(4);
  const std::size_t size = kRecordHead + (byte(text, 3) << 8U | byte(text, 4));
  if (text.size() < size) return false;
  sealed.record = text.substr(0, size);
  text.remove_prefix(size);
  return true;
}

bool take_group(std::string_view& text, std::string& type, SealedRecord& sealed) {
  if (!take(text, "\r\nContent-Type: ") || !take(text, kCredsspProtocol)) return false;
  if (!take(text, "\r\nOriginalContent: type=")) return false;
  const auto original = take_until(text, ";Length=");
  const auto length = take_until(text, "\r\n");
  const auto number = length ? parse_number(*length) : std::nullopt;
  if (!original || !number) return false;
  type = *original;
  sealed.length = *number;
  return take(text, kDelimiter) && take(text, "\r\nContent-Type: application/octet-stream\r\n") &&
         take_record(text, sealed) && take(text, kDelimiter);
}

std::string content_type(std::string_view protocol, std::size_t groups) {
  return std::string("multipart/")
      .append(groups > 1 ? "x-multi-encrypted" : "encrypted")
      .append(";protocol=\"")
      .append(protocol)
      .append("\";boundary=\"Encrypted Boundary\"");
}

std::string prefix(std::uint32_t value) {
  std::string bytes;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    bytes += static_cast<char>(value >> shift & 0xFFU);
  }
  return bytes;
}

}  // namespace

std::optional<SealedRecords> read_records(const Request& request) {
  SealedRecords message;
  std::string_view text = request.body;
  if (!take(text, kDelimiter)) return std::nullopt;
  while (text != "--\r\n") {
    SealedRecord sealed;
    std::string type;
    if (!take_group(text, type, sealed)) return std::nullopt;
    if (!message.records.empty() && type != message.original_type) return std::nullopt;
    message.original_type = type;
    message.records.push_back(std::move(sealed));
  }
  const std::string expected = content_type(kCredsspProtocol, message.records.size());
  if (message.records.empty() || request.field("Content-Type") != expected) return std::nullopt;
  return message;
}

void write_records(Response& response, const SealedRecords& message, std::string_view protocol,
                   const Framing& framing, bool closes_each) {
  const std::string indent(framing.indent);
  const std::string delimiter = std::string(framing.dashes).append("Encrypted Boundary");
  std::string body;
  for (const SealedRecord& sealed : message.records) {
    const auto length = static_cast<long>(sealed.length) + framing.added_length;
    const auto trailer = static_cast<std::uint32_t>(sealed.trailer);
    body.append(delimiter).append("\r\n").append(indent).append("Content-Type: ");
    body.append(protocol).append("\r\n").append(indent).append("OriginalContent: type=");
    body.append(message.original_type).append(";Length=").append(std::to_string(length));
    body.append("\r\n").append(delimiter).append("\r\n").append(indent);
    body.append("Content-Type: application/octet-stream\r\n");
    body += prefix(framing.wild_length ? UINT32_MAX : trailer);
    body.append(sealed.record, 0,
                sealed.record.size() - std::min(framing.cut, sealed.record.size()));
    if (closes_each) body.append(delimiter).append("--").append(framing.end);
  }
  if (!closes_each) body.append(delimiter).append("--").append(framing.end);
  response.body = std::move(body);
  response.content_type = content_type(protocol, message.records.size());
}

}  // namespace wsman::service
