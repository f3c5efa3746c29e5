// Who may ask, by Basic.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_AUTHENTICATION_H
#define WSMAN_TESTS_SERVICE_WSMAN_AUTHENTICATION_H

#include <string>
#include <string_view>

#include "http/message.h"

namespace wsman::service {

class Authenticator {
 public:
  enum class Verdict { no_credentials, accepted, refused };

  Authenticator(std::string user, std::string password);

  // [RFC 7617] Bytes are compared as they are, which for UTF-8 on both sides is what is meant.
  Verdict authenticate(const Request& request) const;

  // Whether that is the one account there is; a domain before the name is not looked at.
  bool knows(std::string_view user, std::string_view password) const;

  const std::string& user() const { return user_; }

  // 401 with Basic.
  static Response challenge();

 private:
  std::string user_;
  std::string user_and_password_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_AUTHENTICATION_H
