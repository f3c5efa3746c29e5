#include "transport/authentication/user_name.h"

#include <algorithm>

namespace wsman {
namespace {

std::string realm_of(std::string_view typed) {
  std::string realm(typed);
  const bool has_upper =
      std::any_of(realm.begin(), realm.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (has_upper) return realm;
  std::transform(realm.begin(), realm.end(), realm.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return realm;
}

}  // namespace

UserName read_user_name(std::string_view typed) {
  const size_t slash = typed.find('\\');
  if (slash != std::string_view::npos) {
    const std::string_view domain = typed.substr(0, slash);
    const std::string user(typed.substr(slash + 1));
    if (domain == ".") return {"", std::string(typed)};
    if (domain.empty()) return {user, user};
    return {user + "@" + realm_of(domain), std::string(typed)};
  }
  const size_t at = typed.rfind('@');
  if (at == std::string_view::npos) return {std::string(typed), std::string(typed)};
  const std::string user(typed.substr(0, at));
  return {user + "@" + realm_of(typed.substr(at + 1)), std::string(typed)};
}

}  // namespace wsman
