#include "transport/authentication/user_name.h"

#include "base/text.h"

namespace wsman::authentication {
namespace {

std::string realm_of(std::string_view typed) {
  // A realm with a capital was typed on purpose: Kerberos compares realms with case [RFC 4120 6.1].
  const bool has_upper = lower_case(typed) != typed;
  return has_upper ? std::string(typed) : upper_case(typed);
}

}  // namespace

UserName read_user_name(std::string_view typed) {
  const size_t slash = typed.find('\\');
  if (slash != std::string_view::npos) {
    const std::string_view domain = typed.substr(0, slash);
    const std::string user(typed.substr(slash + 1));
    // Windows writes an account of the computer itself so. No realm has it, and Kerberos is left
    // out.
    if (domain == ".") return {"", "", user};
    if (domain.empty()) return {user, "", user};
    return {user + "@" + realm_of(domain), std::string(domain), user};
  }
  // The last one: a user name may have an "@" of its own, a realm named like a domain has none.
  const size_t at = typed.rfind('@');
  if (at == std::string_view::npos) return {std::string(typed), "", std::string(typed)};
  const std::string user(typed.substr(0, at));
  return {user + "@" + realm_of(typed.substr(at + 1)), "", std::string(typed)};
}

}  // namespace wsman::authentication
