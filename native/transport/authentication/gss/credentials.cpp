#include "transport/authentication/gss/credentials.h"

#include <utility>

namespace wsman::gss {
namespace {

constexpr uint32_t kIndefinite = 0xFFFFFFFF;
constexpr int kInitiate = 1;  // GSS_C_INITIATE.

size_t index_of(Use use) { return static_cast<size_t>(use); }

}  // namespace

Credentials::Credentials(Credential credential)
    : given_(credential.given),
      user_(authentication::read_user_name(credential.user_name)),
      password_(std::move(credential.password)) {}

Credentials::Acquired Credentials::acquire(const gss::Library& library, Use use) {
  const std::lock_guard<std::mutex> one_at_a_time(making_);
  Secret password;
  // Looked at inside the first lock: a connection that waited for another one finds its ticket.
  const std::optional<Acquired> there = known(use, password);
  if (there) return *there;
  Acquired acquired = make(library, use, password);
  const std::lock_guard<std::mutex> lock(mutex_);
  // A wipe() may have come while the KDC was asked; the credential then goes with its caller.
  if (!wiped_) made_[index_of(use)] = acquired.credential;
  return acquired;
}

std::optional<Credentials::Acquired> Credentials::known(Use use, Secret& password) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (wiped_) return Acquired{nullptr, {Reason::other, "the session is closed"}};
  if (made_[index_of(use)]) return Acquired{made_[index_of(use)], {}};
  password.append(password_.view());
  return std::nullopt;
}

Credentials::Acquired Credentials::make(const gss::Library& library, Use use,
                                        const Secret& password) const {
  Acquired acquired;
  auto made = std::make_shared<gss::OwnedCredential>(library);
  const bool in_spnego = use == Use::spnego;
  // A credential of SPNEGO for SPNEGO, because gss_set_neg_mechs() acts on such a one.
  gss::Oid mechanism = in_spnego ? gss::kSpnego : gss::kKerberos;
  const gss::OidSet mechanisms{1, &mechanism};
  GssStatus status;
  if (given_) {
    status = acquire_by_password(library, password, mechanisms, *made);
  } else if (in_spnego) {
    status.major = library.acquire_cred(&status.minor, nullptr, kIndefinite, &mechanisms, kInitiate,
                                        made->out(), nullptr, nullptr);
  }  // Else none, so that the library picks the tickets for the target.
  if (!status.failed() && in_spnego) {
    // Kerberos alone: the library may have a plug-in for NTLM, which is our own business.
    gss::Oid inner = gss::kKerberos;
    const gss::OidSet only{1, &inner};
    status.major = library.set_neg_mechs(&status.minor, made->get(), &only);
  }
  if (status.failed()) {
    acquired.failure = read_failure(library, status, mechanism);
  } else {
    acquired.credential = std::move(made);
  }
  return acquired;
}

GssStatus Credentials::acquire_by_password(const gss::Library& library, const Secret& password,
                                           const gss::OidSet& mechanisms,
                                           gss::OwnedCredential& made) const {
  const gss::Buffer typed = gss::borrowed(user_.kerberos);
  gss::OwnedName name(library);
  GssStatus status;
  status.major = library.import_name(&status.minor, &typed, &gss::kUserName, name.out());
  if (status.failed()) return status;
  const gss::Buffer secret = gss::borrowed(password.view());
  status.major =
      library.acquire_cred_with_password(&status.minor, name.get(), &secret, kIndefinite,
                                         &mechanisms, kInitiate, made.out(), nullptr, nullptr);
  // The library copied the password, and copies leave a part of it in vector registers.
  wipe_registers();
  return status;
}

void Credentials::forget(Use use) {
  const std::lock_guard<std::mutex> lock(mutex_);
  // A call that uses it right now has its own share of it.
  made_[index_of(use)].reset();
}

bool Credentials::append_password(Secret& to) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!wiped_) to.append(password_.view());
  return !wiped_;
}

bool Credentials::wipe() {
  const std::lock_guard<std::mutex> lock(mutex_);
  wiped_ = true;
  // After this acquire() makes nothing, and what it makes right now is not kept.
  password_.wipe();
  bool alone = true;
  for (std::shared_ptr<gss::OwnedCredential>& one : made_) {
    // Another owner is a call in the background that its caller has left.
    alone = alone && one.use_count() <= 1;
    one.reset();
  }
  return alone;
}

}  // namespace wsman::gss
