#include "gss/credssp_message.h"

#include <openssl/sha.h>

#include <array>

namespace wsman::service {
namespace {

constexpr char kSequence = 0x30;
constexpr char kInteger = 0x02;
constexpr char kBytes = 0x04;

char tag(int number) { return static_cast<char>(0xA0 + number); }

std::string pack(char tag, const std::string& content) {
  std::string der(1, tag);
  const std::size_t size = content.size();
  if (size < 0x80) {
    der += static_cast<char>(size);
  } else {
    std::string length;
    for (std::size_t rest = size; rest > 0; rest >>= 8U) {
      length.insert(length.begin(), static_cast<char>(rest & 0xFFU));
    }
    der += static_cast<char>(0x80U | length.size());
    der += length;
  }
  return der + content;
}

// Takes the content of what has that tag off the start.
std::optional<std::string_view> unpack(std::string_view& der, char tag) {
  const auto at = [&der](std::size_t i) { return static_cast<unsigned char>(der[i]); };
  if (der.size() < 2 || der[0] != tag) return std::nullopt;
  std::size_t size = at(1);
  std::size_t head = 2;
  if (size >= 0x80) {
    const std::size_t digits = size & 0x7FU;
    if (digits == 0 || digits > 3 || der.size() < head + digits || at(head) == 0) return {};
    size = 0;
    for (std::size_t i = 0; i < digits; ++i) size = size << 8U | at(head + i);
    if (size < 0x80) return std::nullopt;
    head += digits;
  }
  if (der.size() - head < size) return std::nullopt;
  const std::string_view content = der.substr(head, size);
  der.remove_prefix(head + size);
  return content;
}

// All of `der` is what has that tag.
std::optional<std::string_view> unpack_whole(std::string_view der, char tag) {
  const auto content = unpack(der, tag);
  return der.empty() ? content : std::nullopt;
}

// An optional byte string under its number. False if what stands there is something else.
bool take_bytes(std::string_view& der, int number, std::string& value) {
  if (der.empty() || der[0] != tag(number)) return true;
  const auto field = unpack(der, tag(number));
  const auto bytes = field ? unpack_whole(*field, kBytes) : std::nullopt;
  if (!bytes || bytes->empty()) return false;
  value = *bytes;
  return true;
}

bool take_token(std::string_view& der, std::string& value) {
  if (der.empty() || der[0] != tag(1)) return true;
  const auto field = unpack(der, tag(1));
  const auto list = field ? unpack_whole(*field, kSequence) : std::nullopt;
  auto item = list ? unpack_whole(*list, kSequence) : std::nullopt;
  return item && take_bytes(*item, 0, value) && item->empty() && !value.empty();
}

std::optional<std::string> utf8_of(std::string_view utf16) {
  if (utf16.size() % 2 != 0) return std::nullopt;
  std::string text;
  const auto unit = [&utf16](std::size_t at) {
    return static_cast<unsigned>(static_cast<unsigned char>(utf16[at])) |
           static_cast<unsigned>(static_cast<unsigned char>(utf16[at + 1])) << 8U;
  };
  const auto add = [&text](unsigned value) { text += static_cast<char>(value); };
  for (std::size_t at = 0; at < utf16.size(); at += 2) {
    unsigned letter = unit(at);
    if (letter >= 0xD800 && letter < 0xDC00 && at + 2 < utf16.size()) {
      letter = 0x10000 + ((letter - 0xD800) << 10U) + (unit(at + 2) - 0xDC00);
      at += 2;
    }
    if (letter < 0x80) {
      add(letter);
    } else if (letter < 0x800) {
      add(0xC0 | letter >> 6U);
      add(0x80 | (letter & 0x3FU));
    } else if (letter < 0x10000) {
      add(0xE0 | letter >> 12U);
      add(0x80 | (letter >> 6U & 0x3FU));
      add(0x80 | (letter & 0x3FU));
    } else {
      add(0xF0 | letter >> 18U);
      add(0x80 | (letter >> 12U & 0x3FU));
      add(0x80 | (letter >> 6U & 0x3FU));
      add(0x80 | (letter & 0x3FU));
    }
  }
  return text;
}

// A field of the credential, which may be empty.
bool take_text(std::string_view& der, int number, std::string& value) {
  const auto field = unpack(der, tag(number));
  const auto bytes = field ? unpack_whole(*field, kBytes) : std::nullopt;
  const auto text = bytes ? utf8_of(*bytes) : std::nullopt;
  if (text) value = *text;
  return text.has_value();
}

std::string number_field(int number, const std::string& bytes) {
  return pack(tag(number), pack(kInteger, bytes));
}

std::string bytes_field(int number, const std::string& bytes) {
  return bytes.empty() ? "" : pack(tag(number), pack(kBytes, bytes));
}

std::string hashed(const std::string& text) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return {digest.begin(), digest.end()};
}

}  // namespace

std::optional<CredsspMessage> read_credssp(std::string_view der) {
  auto fields = unpack_whole(der, kSequence);
  if (!fields) return std::nullopt;
  const auto version = unpack(*fields, tag(0));
  const auto digits = version ? unpack_whole(*version, kInteger) : std::nullopt;
  if (!digits || digits->size() != 1) return std::nullopt;
  CredsspMessage message;
  message.version = static_cast<unsigned char>(digits->front());
  // A client has no error code.
  const bool read = take_token(*fields, message.nego_token) &&
                    take_bytes(*fields, 2, message.auth_info) &&
                    take_bytes(*fields, 3, message.public_key_auth) &&
                    take_bytes(*fields, 5, message.client_nonce) && fields->empty();
  if (!read) return std::nullopt;
  return message;
}

std::string write_credssp(const CredsspMessage& message) {
  std::string fields = number_field(0, std::string(1, static_cast<char>(message.version)));
  if (!message.nego_token.empty()) {
    fields += pack(tag(1), pack(kSequence, pack(kSequence, bytes_field(0, message.nego_token))));
  }
  fields += bytes_field(2, message.auth_info) + bytes_field(3, message.public_key_auth);
  if (message.error_code) {
    std::string status;
    for (unsigned shift = 32; shift > 0; shift -= 8) {
      status += static_cast<char>(*message.error_code >> (shift - 8) & 0xFFU);
    }
    fields += number_field(4, status);
  }
  return pack(kSequence, fields + bytes_field(5, message.client_nonce));
}

std::optional<DelegatedCredential> read_credential(std::string_view der) {
  auto outer = unpack_whole(der, kSequence);
  const auto type = outer ? unpack(*outer, tag(0)) : std::nullopt;
  // A password, and neither a smart card nor a remote guard.
  if (!type || unpack_whole(*type, kInteger) != std::string_view("\1", 1)) return std::nullopt;
  const auto field = unpack(*outer, tag(1));
  const auto bytes = field && outer->empty() ? unpack_whole(*field, kBytes) : std::nullopt;
  auto inner = bytes ? unpack_whole(*bytes, kSequence) : std::nullopt;
  DelegatedCredential credential;
  const bool read = inner && take_text(*inner, 0, credential.domain) &&
                    take_text(*inner, 1, credential.user) &&
                    take_text(*inner, 2, credential.password) && inner->empty();
  if (!read) return std::nullopt;
  return credential;
}

std::string client_proof(int version, const std::string& nonce, const std::string& key) {
  if (version < 5) return key;
  return hashed("CredSSP Client-To-Server Binding Hash" + std::string(1, '\0') + nonce + key);
}

std::string server_proof(int version, const std::string& nonce, const std::string& key) {
  if (version >= 5) {
    return hashed("CredSSP Server-To-Client Binding Hash" + std::string(1, '\0') + nonce + key);
  }
  std::string next = key;
  ++next.at(0);
  return next;
}

}  // namespace wsman::service
