#include "transport/http/base64.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/text.h"

namespace wsman::http {

// In pieces of 48 bytes, so that only one small buffer outside of locked memory holds a part of the
// secret. 48 is a multiple of three: no piece but the last has padding.
void append_base64(Secret& text, std::string_view plain) {
  text.reserve(text.size() + (plain.size() + 2) / 3 * 4);
  unsigned char piece[65];
  for (size_t from = 0; from < plain.size(); from += 48) {
    const std::string_view part = plain.substr(from, 48);
    const int size = EVP_EncodeBlock(piece, reinterpret_cast<const unsigned char*>(part.data()),
                                     static_cast<int>(part.size()));
    text.append({reinterpret_cast<const char*>(piece), static_cast<size_t>(size)});
  }
  // A memset() before the end of the scope would be removed by the compiler.
  OPENSSL_cleanse(piece, sizeof piece);
}

namespace {

// The value of a digit of base64 [RFC 4648 4]; 64 for another character.
unsigned value_of(char c) {
  const auto from = [c](char first) { return static_cast<unsigned>(c - first); };
  if (c >= 'A' && c <= 'Z') return from('A');
  if (c >= 'a' && c <= 'z') return from('a') + 26;
  if (is_digit(c)) return from('0') + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : 64;
}

}  // namespace

// Without OpenSSL, whose function forgives blanks, and bits that padding leaves unused.
std::optional<std::string> decode_base64(std::string_view text) {
  const size_t end = text.find_last_not_of('=');
  const std::string_view digits = text.substr(0, end == std::string_view::npos ? 0 : end + 1);
  if (text.size() % 4 != 0 || text.size() - digits.size() > 2) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  unsigned bits = 0;
  unsigned count = 0;
  for (const char c : digits) {
    const unsigned value = value_of(c);
    if (value == 64) return std::nullopt;
    bits = (bits << 6U | value) & 0xFFFU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xFFU);
  }
  // What padding leaves unused is zero, as every encoder writes it: a token has one form
  // [RFC 4648 3.5]. A digit alone is no byte.
  if ((bits & ((1U << count) - 1)) != 0 || count == 6) return std::nullopt;
  return bytes;
}

}  // namespace wsman::http
