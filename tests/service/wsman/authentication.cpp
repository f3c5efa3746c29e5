#include "wsman/authentication.h"

#include <string_view>
#include <utility>

#include "http/base64.h"

namespace wsman::service {
Authenticator::Authenticator(std::string user, std::string password)
    : user_(std::move(user)), user_and_password_(user_ + ":" + std::move(password)) {}

Authenticator::Verdict Authenticator::authenticate(const Request& request) const {
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

}  // namespace wsman::service
