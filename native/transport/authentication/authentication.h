// Proving who we are: one mechanism a file, all behind this interface.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_AUTHENTICATION_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_AUTHENTICATION_H_

#include <memory>

#include "base/error.h"
#include "base/secret.h"
#include "transport/transport.h"

namespace wsman {

// One mechanism with its credential, for one connection. The connection asks for the header line at
// the moment it writes, so that the line exists nowhere else.
class Authenticator {
 public:
  virtual ~Authenticator() = default;

  // Appends "Authorization: …\r\n", or nothing, to a request head.
  virtual void append_authorization(Secret& head) const = 0;

  // Overwrites the credential. Nothing is appended afterwards.
  virtual void wipe() = 0;
};

// What the settings and the target allow, checked before any traffic.
struct AuthenticationPolicy {
  bool allow_unencrypted = false;  // Clear-text credentials over http.
  bool allow_basic = true;
  std::string settings_path;  // Named in the errors that a setting can mend.
};

// Fails with authentication if the mechanism is not offered by this version or is turned off, with
// unencrypted if it would send a password in clear text, with invalid_argument if a credential is
// missing or too much.
Status check_authentication(const TransportOptions& options, const AuthenticationPolicy& policy);

// The mechanism for options that check_authentication() accepted. Takes the credential.
std::unique_ptr<Authenticator> make_authenticator(AuthenticationKind kind, Credential credential);

// One file each.
std::unique_ptr<Authenticator> make_basic(Credential credential);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_AUTHENTICATION_H_
