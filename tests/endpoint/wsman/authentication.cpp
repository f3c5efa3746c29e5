#include "wsman/authentication.h"

#include <openssl/evp.h>

#include <limits>
#include <optional>
#include <string_view>
#include <utility>

namespace wsman::endpoint {
namespace {

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0 || text.size() > std::numeric_limits<int>::max()) return std::nullopt;
  std::string octets(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(octets.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  // OpenSSL counts the octets that padding stands for.
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  octets.resize(static_cast<std::size_t>(size) - padding);
  return octets;
}

}  // namespace

Authenticator::Authenticator(std::string user, std::string password)
    : user_(std::move(user)), user_and_password_(user_ + ":" + std::move(password)) {}

Authenticator::Verdict Authenticator::judge(const Request& request) const {
  const auto authorization = request.field("Authorization");
  if (!authorization) return Verdict::no_credentials;
  const std::string_view value = *authorization;
  const std::size_t space = value.find(' ');
  if (space == std::string_view::npos || !same_ignoring_case(value.substr(0, space), "Basic")) {
    return Verdict::refused;
  }
  const auto decoded = decode_base64(value.substr(space + 1));
  return decoded && *decoded == user_and_password_ ? Verdict::accepted : Verdict::refused;
}

bool Authenticator::knows(std::string_view user, std::string_view password) const {
  const std::size_t domain = user.find('\\');
  if (domain != std::string_view::npos) user.remove_prefix(domain + 1);
  if (!same_ignoring_case(user, user_)) return false;
  return user_and_password_.substr(user_.size() + 1) == password;
}

Response Authenticator::challenge() {
  Response response;
  response.status = 401;
  response.fields.emplace_back("WWW-Authenticate", "Basic realm=\"WSMAN\"");
  return response;
}

}  // namespace wsman::endpoint
