#include "transport/http/base64.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>

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

// Whether the bits that padding leaves unused are zero, as every encoder writes them.
bool ends_canonically(std::string_view text, std::string_view bytes, size_t padding) {
  if (padding == 0) return true;
  const std::string_view rest = bytes.substr(bytes.size() - (3 - padding));
  unsigned char group[5];
  EVP_EncodeBlock(group, reinterpret_cast<const unsigned char*>(rest.data()),
                  static_cast<int>(rest.size()));
  return text.ends_with(std::string_view(reinterpret_cast<const char*>(group), 4));
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  const size_t end = text.find_last_not_of('=');
  const size_t letters = end == std::string_view::npos ? 0 : end + 1;
  const size_t padding = text.size() - letters;
  // EVP_DecodeBlock() would forgive blanks around the text.
  const bool proper =
      std::all_of(text.begin(), text.begin() + static_cast<ptrdiff_t>(letters),
                  [](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '/'; });
  if (!proper || padding > 2 || text.size() % 4 != 0) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  // EVP_DecodeBlock() decodes padding as zero bytes and counts them.
  bytes.resize(static_cast<size_t>(size) - padding);
  // EVP_DecodeBlock() forgives them, so that one token would have several forms [RFC 4648 3.5].
  if (!ends_canonically(text, bytes, padding)) return std::nullopt;
  return bytes;
}

}  // namespace wsman::http
