// The credential of one transport as GSSAPI holds it.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_GSS_CREDENTIALS_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_GSS_CREDENTIALS_H_

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/secret.h"
#include "transport/authentication/gss/failure.h"
#include "transport/authentication/gss/handles.h"
#include "transport/authentication/user_name.h"

namespace wsman::gss {

// How Kerberos is used: as it is, or in SPNEGO.
enum class Use { kerberos, spnego };

// Acquired when first needed and shared by the connections of a transport, so that a KDC is asked
// for a ticket once. Also shared with calls in the background that their callers have left. Safe
// from any thread.
class Credentials {
 public:
  // With `credential.given` by user name and password; otherwise the tickets of the user.
  explicit Credentials(Credential credential);

  struct Acquired {
    std::shared_ptr<gss::OwnedCredential> credential;  // Null if it failed.
    Failure failure;
  };

  // Blocks: a password may be shown to the KDC at once.
  Acquired acquire(const gss::Library& library, Use use);

  // Forgets one that has expired; the next acquire() makes it anew.
  void forget(Use use);

  // Overwrites the password and releases the credentials of GSSAPI, without waiting for acquire().
  // False if a call in the background still uses one.
  bool wipe();

  // Appends the password, for what works with it itself (NTLM) or sends it (CredSSP). False once it
  // is wiped.
  bool append_password(Secret& to);

  bool is_given() const { return given_; }
  const authentication::UserName& user() const { return user_; }

 private:
  // The credential that exists already, or nothing; then `password` gets a copy of the password.
  std::optional<Acquired> known(Use use, Secret& password);
  Acquired make(const gss::Library& library, Use use, const Secret& password) const;
  GssStatus acquire_by_password(const gss::Library& library, const Secret& password,
                                const gss::OidSet& mechanisms, gss::OwnedCredential& made) const;

  const bool given_;
  const authentication::UserName user_;
  std::mutex making_;  // One at a time asks the KDC; held for as long as that takes.
  std::mutex mutex_;   // Guards what follows; never held while anything waits.
  Secret password_;
  bool wiped_ = false;
  std::array<std::shared_ptr<gss::OwnedCredential>, 2> made_;
};

}  // namespace wsman::gss

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_GSS_CREDENTIALS_H_
