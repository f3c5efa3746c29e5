// The credential of one transport as GSSAPI holds it.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_GSS_CREDENTIALS_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_GSS_CREDENTIALS_H_

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/secret.h"
#include "transport/authentication/gss_failure.h"
#include "transport/authentication/gss_handles.h"
#include "transport/authentication/user_name.h"

namespace wsman {

// How a credential is used: which mechanism, and whether SPNEGO carries it.
enum class GssUse { kerberos, spnego_kerberos, spnego_ntlm };

// Acquired when first needed, and shared by the lanes, so that a KDC is asked for a ticket once.
// Shared with calls that were left behind. Safe from any thread.
class GssCredentials {
 public:
  // `given`: by user name and password; otherwise the user's tickets, and whatever NTLM finds.
  GssCredentials(const gss::Library& library, Credential credential);

  struct Acquired {
    std::shared_ptr<gss::Credential> credential;  // Null if it failed.
    GssFailure failure;
  };

  // Blocks: a password may be shown to the KDC at once.
  Acquired acquire(GssUse use);

  // Forgets one that has expired; the next acquire() makes it anew.
  void forget(GssUse use);

  // Overwrites the password and gives back what GSSAPI holds, without waiting for acquire(). False
  // if somebody still uses it.
  bool wipe();

  // Appends the password, for who hands it over. False once it is wiped.
  bool append_password(Secret& to);

  bool is_given() const { return given_; }
  const UserName& user() const { return user_; }

 private:
  // What is there already, or nothing; then with a copy of the password.
  std::optional<Acquired> known(GssUse use, Secret& password);
  Acquired make(GssUse use, const Secret& password) const;
  uint32_t acquire_by_password(GssUse use, const Secret& password, const gss::OidSet& mechanisms,
                               gss::Credential& made, uint32_t& minor) const;

  const gss::Library& library_;
  const bool given_;
  const UserName user_;
  std::mutex making_;  // One at a time asks the KDC; held for as long as that takes.
  std::mutex mutex_;   // Guards what follows; never held while anything waits.
  Secret password_;
  bool wiped_ = false;
  std::array<std::shared_ptr<gss::Credential>, 3> made_;
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_GSS_CREDENTIALS_H_
