// A user name as it was typed, in the forms that Kerberos and NTLM want.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_USER_NAME_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_USER_NAME_H_

#include <string>
#include <string_view>

namespace wsman::authentication {

struct UserName {
  std::string kerberos;  // "user@REALM", or "user" of the default realm. Empty: a local account.
  // For NTLM. Without a domain it is an account of the server, or "user@domain" says it.
  std::string domain;
  std::string user;
};

// Reads "user@REALM", "REALM\user", ".\user" (an account of the server itself) and "user". A realm
// without any upper-case letter is written in capitals for Kerberos, which tells them apart while
// users and Windows do not.
UserName read_user_name(std::string_view typed);

}  // namespace wsman::authentication

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_USER_NAME_H_
