#include "transport/authentication/base64.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>

#include "transport/http_text.h"

namespace wsman {

// In pieces of 48 octets, so that what is not yet in locked memory is one small buffer.
void append_base64(Secret& text, std::string_view plain) {
  text.reserve(text.size() + (plain.size() + 2) / 3 * 4);
  unsigned char piece[65];
  for (size_t from = 0; from < plain.size(); from += 48) {
    const std::string_view part = plain.substr(from, 48);
    const int size = EVP_EncodeBlock(piece, reinterpret_cast<const unsigned char*>(part.data()),
                                     static_cast<int>(part.size()));
    text.append({reinterpret_cast<const char*>(piece), static_cast<size_t>(size)});
  }
  OPENSSL_cleanse(piece, sizeof piece);
}

std::optional<std::string> decode_base64(std::string_view text) {
  const size_t end = text.find_last_not_of('=');
  const size_t letters = end == std::string_view::npos ? 0 : end + 1;
  const size_t padding = text.size() - letters;
  // EVP_DecodeBlock() would forgive blanks around the text.
  const bool proper =
      std::all_of(text.begin(), text.begin() + static_cast<ptrdiff_t>(letters),
                  [](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '/'; });
  if (!proper || padding > 2 || text.size() % 4 != 0) return std::nullopt;
  std::string octets(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(octets.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  octets.resize(static_cast<size_t>(size) - padding);
  return octets;
}

}  // namespace wsman
