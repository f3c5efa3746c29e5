// What the tests of CredSSP ask for, and of whom.
#ifndef WSMAN_TESTS_E2E_AUTH_CREDSSP_ASKING_H_
#define WSMAN_TESTS_E2E_AUTH_CREDSSP_ASKING_H_

#include <string>
#include <vector>

#include "auth/client.h"
#include "auth/realm.h"

namespace wsman::testing {

// Options of a service that offers CredSSP as well.
inline std::vector<std::string> offering(const std::vector<std::string>& more = {}) {
  std::vector<std::string> all = {"--offer", "negotiate,kerberos,credssp,basic"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

// One that most cases share.
inline Acceptor& offering_service() {
  static Acceptor service(offering());
  return service;
}

// NTLM inside for "WSMAN\tester", which no KDC knows, and Kerberos for "tester@WSMAN.TEST".
inline Asked handing_over(const std::string& user = kNtlmUser, bool tls = false) {
  Asked asked;
  asked.kind = AuthenticationKind::credssp;
  asked.tls = tls;
  asked.user = user;
  asked.password = password_of(kUser);
  asked.fresh_credentials = {"wsman/localhost"};
  return asked;
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_E2E_AUTH_CREDSSP_ASKING_H_
