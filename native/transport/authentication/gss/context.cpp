#include "transport/authentication/gss/context.h"

#include <utility>

#include "base/codes.h"

namespace wsman::gss {
namespace {

// Mutual authentication proves the server. Replay and sequence make a repeated or lost message
// known [RFC 2743 1.2.3].
constexpr uint32_t kFlags =
    gss::kMutual | gss::kReplay | gss::kSequence | gss::kConfidential | gss::kIntegrity;

// A principal name, because libkrb5 replaces the host of a host-based name with the name in DNS,
// which an attacker may have forged. The empty realm asks the KDC for the realm of the service.
// GSS.framework has no such form of name.
struct TargetName {
  std::string text;
  const gss::Oid& type;
};

TargetName target_name(const std::string& service) {
#ifdef __APPLE__
  std::string host_service = service;
  host_service[host_service.find('/')] = '@';
  return {host_service, gss::kHostService};
#else
  return {service + "@", gss::kKerberosName};
#endif
}

// What only the KDC can say of the user.
bool is_of_user(Reason reason) {
  return reason == Reason::wrong_password || reason == Reason::password_expired ||
         reason == Reason::account_locked || reason == Reason::user_unknown;
}

const gss::Oid& mechanism_of(Use use) {
  return use == Use::kerberos ? gss::kKerberos : gss::kSpnego;
}

}  // namespace

Stage::Stage(const gss::Library& library, std::shared_ptr<Credentials> credentials, Use use,
             ServiceTarget target)
    : library_(library),
      credentials_(std::move(credentials)),
      use_(use),
      target_(std::move(target)),
      context_(library) {}

void Stage::advance(const std::string& answer) {
  // The library makes the context with the first token.
  failure_ = context_.get() == nullptr ? begin() : go_on(answer);
  if (!failure_ && !is_answered_next_) failure_ = learn_mechanism();
}

Stage::Failed Stage::begin() {
  if (use_ == Use::spnego) {
    Failed proved = prove_kerberos();
    if (proved) return proved;
  }
  return first_token(context_, use_);
}

Stage::Failed Stage::go_on(const std::string& answer) {
  // Acquired again for each token: after the session is closed no further token is made.
  const Credentials::Acquired acquired = credentials_->acquire(library_, use_);
  if (!acquired.credential) return acquired.failure;
  Failed failed = make_token(context_, *acquired.credential, mechanism_of(use_), answer);
  // The KDC has given the ticket. The codes are those of the server's answer here: a KRB-ERROR,
  // which nobody signs, or a proof that the key of the session does not open.
  if (failed && is_of_user(failed->reason)) failed->reason = Reason::unproved;
  return failed;
}

// Kerberos is tried without SPNEGO first, because SPNEGO does not report why a mechanism inside it
// failed. This try gets the ticket for both, or fails with the reasons of Kerberos. Its token is
// not sent.
Stage::Failed Stage::prove_kerberos() {
  gss::OwnedContext alone(library_);
  Failed failed = first_token(alone, Use::kerberos);
  token_.wipe();
  return failed;
}

// Makes the first token of `context`. libkrb5 sends a ticket that has expired, within its tolerance
// for clocks, and reports success with a lifetime of 0. SPNEGO, which has a ticket of its own,
// hides why it failed; Kerberos alone has just succeeded, so its credential is what differs. With a
// password a new ticket is got, once.
Stage::Failed Stage::first_token(gss::OwnedContext& context, Use use) {
  for (int tries = 0;; ++tries) {
    const Credentials::Acquired acquired = credentials_->acquire(library_, use);
    if (!acquired.credential) return acquired.failure;
    Failed failed = make_token(context, *acquired.credential, mechanism_of(use), "");
    const bool over = use == Use::kerberos && lifetime_ == 0;
    if (!failed && over) failed = Failure{Reason::ticket_expired, "its time is over"};
    if (!failed) return failed;
    if (use != Use::spnego && failed->reason != Reason::ticket_expired) return failed;
    // The next acquire() shows the password to the KDC again; tickets of the user can only be
    // renewed by the user.
    credentials_->forget(use);
    context.reset();
    if (!credentials_->is_given() || tries > 0) return failed;
  }
}

Stage::Failed Stage::import_target(gss::OwnedName& name) {
  const TargetName target = target_name(target_.service);
  const gss::Buffer text = gss::borrowed(target.text);
  GssStatus status;
  status.major = library_.import_name(&status.minor, &text, &target.type, name.out());
  if (status.failed()) return read_failure(library_, status, gss::kKerberos);
  return std::nullopt;
}

Stage::Failed Stage::make_token(gss::OwnedContext& context, const gss::OwnedCredential& credential,
                                const gss::Oid& mechanism, const std::string& answer) {
  gss::OwnedName target(library_);
  Failed imported = import_target(target);
  if (imported) return imported;
  // The binding goes into the application data alone. The addresses may be left out [RFC
  // 2744 3.11], and address translation on the way would change them.
  gss::ChannelBindings bindings;
  bindings.application_data = gss::borrowed(target_.channel_binding);
  const gss::Buffer input = gss::borrowed(answer);
  gss::OwnBuffer output(library_);
  // By policy: a ticket is delegated only to a service that the KDC marks as trusted for it
  // [RFC 5896].
  const uint32_t wanted = kFlags | (target_.delegates ? gss::kDelegateByPolicy : 0);
  GssStatus status;
  status.major = library_.init_sec_context(
      &status.minor, credential.get(), context.out(), target.get(), &mechanism, wanted, 0,
      target_.channel_binding.empty() ? nullptr : &bindings, answer.empty() ? nullptr : &input,
      nullptr, output.out(), &flags_, &lifetime_);
  // The old token was sent by now, and the new one may be empty.
  token_.wipe();
  token_.append(output.view());
  if (status.failed()) return read_failure(library_, status, mechanism);
  is_answered_next_ = status.continues();
  return std::nullopt;
}

Stage::Failed Stage::learn_mechanism() {
  gss::Oid* proved = nullptr;
  GssStatus status;
  // Asks for the mechanism, because SPNEGO may have chosen another one than was offered, and the
  // flags are only what a mechanism claims.
  status.major = library_.inquire_context(&status.minor, context_.get(), nullptr, nullptr, nullptr,
                                          &proved, nullptr, nullptr, nullptr);
  if (status.failed() || proved == nullptr)
    return read_failure(library_, status, mechanism_of(use_));
  is_kerberos_ = gss::equal(*proved, gss::kKerberos);
  established_ = true;
  return std::nullopt;
}

Error Stage::cannot_seal(const GssStatus& status) const {
  const Failure why = read_failure(library_, status, gss::kKerberos);
  return make_error(ErrorCode::internal, "The request could not be encrypted: " + why.words);
}

Result<std::string> Stage::wrap(std::string_view plain) {
  const gss::Buffer input = gss::borrowed(plain);
  gss::OwnBuffer output(library_);
  GssStatus status;
  int encrypted = 0;
  status.major =
      library_.wrap(&status.minor, context_.get(), 1, 0, &input, &encrypted, output.out());
  // A mechanism that cannot encrypt signs alone and reports success [RFC 2743 2.3.3]; such a
  // message must not leave in clear text.
  if (status.major != gss::kComplete || encrypted == 0) return cannot_seal(status);
  return std::string(output.view());
}

// gss_wrap() of MIT krb5 rotates nothing (an RRC of 0 [RFC 4121 4.2.5]), so its checksum stands at
// the end, while the peer wants it in the signature [MS-KILE 3.4.5.4.1]. Here is no
// buffer for it, so the library rotates it into the header, which travels as the signature.
Result<http::Sealed> Stage::seal(std::string_view plain) {
  Secret data(plain);  // Encrypted in place.
  gss::OwnPieces pieces(library_, data.view());
  GssStatus status;
  int encrypted = 0;
  status.major = library_.wrap_iov(&status.minor, context_.get(), 1, 0, &encrypted, pieces.out(),
                                   gss::OwnPieces::kCount);
  if (status.major != gss::kComplete || encrypted == 0) return cannot_seal(status);
  return http::Sealed{pieces.header(), pieces.data() + pieces.padding()};
}

// A token whose trailer was rotated into the header is complete as it travels. The library reports
// a repeated or missing message beside the message and not as a failure [RFC 2743 1.2.3]; it is an
// error here.
Result<std::string> Stage::unseal(std::string_view bytes, size_t /*signature_bytes*/) {
  const gss::Buffer input = gss::borrowed(bytes);
  gss::OwnBuffer output(library_);
  GssStatus status;
  int encrypted = 0;
  status.major =
      library_.unwrap(&status.minor, context_.get(), &input, output.out(), &encrypted, nullptr);
  const auto broken = [](const std::string& why) {
    return Error{ErrorCode::protocol, why, code::kCannotDecrypt};
  };
  if (status.failed()) return broken(read_failure(library_, status, gss::kKerberos).words);
  if (status.major != gss::kComplete) return broken("it was repeated, or one before it is missing");
  // Anybody on the way could read it, although the request was sealed.
  if (encrypted == 0) return broken("it is signed, but not encrypted");
  return std::string(output.view());
}

}  // namespace wsman::gss
