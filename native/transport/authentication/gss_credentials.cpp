#include "transport/authentication/gss_credentials.h"

#include <utility>

namespace wsman {
namespace {

constexpr uint32_t kIndefinite = 0xFFFFFFFF;
constexpr int kInitiate = 1;  // GSS_C_INITIATE.

size_t index_of(GssUse use) { return static_cast<size_t>(use); }

}  // namespace

GssCredentials::GssCredentials(const gss::Library& library, Credential credential)
    : library_(library),
      given_(credential.given),
      user_(read_user_name(credential.user_name)),
      password_(std::move(credential.password)) {}

GssCredentials::Acquired GssCredentials::acquire(GssUse use) {
  const std::lock_guard<std::mutex> one_at_a_time(making_);
  Secret password;
  const std::optional<Acquired> there = known(use, password);
  if (there) return *there;
  Acquired acquired = make(use, password);
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!wiped_) made_[index_of(use)] = acquired.credential;
  return acquired;
}

std::optional<GssCredentials::Acquired> GssCredentials::known(GssUse use, Secret& password) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (wiped_) return Acquired{nullptr, {GssReason::other, "the session is closed"}};
  if (made_[index_of(use)]) return Acquired{made_[index_of(use)], {}};
  password.append(password_.view());
  return std::nullopt;
}

GssCredentials::Acquired GssCredentials::make(GssUse use, const Secret& password) const {
  Acquired acquired;
  auto made = std::make_shared<gss::Credential>(library_);
  const bool in_spnego = use != GssUse::kerberos;
  gss::Oid mechanism = in_spnego ? gss::kSpnego : gss::kKerberos;
  const gss::OidSet mechanisms{1, &mechanism};
  uint32_t minor = 0;
  uint32_t major = gss::kComplete;
  if (given_) {
    major = acquire_by_password(use, password, mechanisms, *made, minor);
  } else if (in_spnego) {
    major = library_.acquire_cred(&minor, nullptr, kIndefinite, &mechanisms, kInitiate, made->out(),
                                  nullptr, nullptr);
  }  // Else none at all: then the library picks the tickets that suit the target.
  if ((major & gss::kErrors) == 0 && in_spnego) {
    gss::Oid inner = use == GssUse::spnego_ntlm ? gss::kNtlm : gss::kKerberos;
    const gss::OidSet only{1, &inner};
    major = library_.set_neg_mechs(&minor, made->get(), &only);
  }
  if ((major & gss::kErrors) == 0) {
    acquired.credential = std::move(made);
  } else {
    acquired.failure = read_failure(library_, major, minor, mechanism);
  }
  return acquired;
}

uint32_t GssCredentials::acquire_by_password(GssUse use, const Secret& password,
                                             const gss::OidSet& mechanisms, gss::Credential& made,
                                             uint32_t& minor) const {
  const std::string& text = use == GssUse::spnego_ntlm ? user_.ntlm : user_.kerberos;
  const gss::Buffer typed = gss::borrowed(text);
  gss::Name name(library_);
  const uint32_t major = library_.import_name(&minor, &typed, &gss::kUserName, name.out());
  if ((major & gss::kErrors) != 0) return major;
  const gss::Buffer secret = gss::borrowed(password.view());
  const uint32_t acquired =
      library_.acquire_cred_with_password(&minor, name.get(), &secret, kIndefinite, &mechanisms,
                                          kInitiate, made.out(), nullptr, nullptr);
  wipe_registers();
  return acquired;
}

void GssCredentials::forget(GssUse use) {
  const std::lock_guard<std::mutex> lock(mutex_);
  made_[index_of(use)].reset();
}

bool GssCredentials::append_password(Secret& to) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!wiped_) to.append(password_.view());
  return !wiped_;
}

bool GssCredentials::wipe() {
  const std::lock_guard<std::mutex> lock(mutex_);
  wiped_ = true;
  password_.wipe();
  bool alone = true;
  for (std::shared_ptr<gss::Credential>& one : made_) {
    alone = alone && one.use_count() <= 1;
    one.reset();
  }
  return alone;
}

}  // namespace wsman
