#include "transport/authentication/gss_stage.h"

#include <array>
#include <utility>

#include "transport/codes.h"

namespace wsman {
namespace {

constexpr uint32_t kFlags =
    gss::kMutual | gss::kReplay | gss::kSequence | gss::kConfidential | gss::kIntegrity;

// What NTLM puts before each message [MS-NLMP 2.2.2.9].
constexpr size_t kNtlmSignature = 16;

#ifdef __APPLE__
constexpr bool kNtlmSignatureIsLast = true;  // Of what GSS.framework wraps.
#else
constexpr bool kNtlmSignatureIsLast = false;
#endif

// As principal, because a host-based name would be looked up in DNS and exchanged for what is found
// there. The empty realm asks the KDC where the service is. Apple's library knows no such form.
struct TargetName {
  std::string text;
  const gss::Oid& type;
};

TargetName target_name(const std::string& service, GssUse use) {
#ifdef __APPLE__
  const bool as_principal = false;
#else
  const bool as_principal = use != GssUse::spnego_ntlm;
#endif
  if (as_principal) return {service + "@", gss::kKerberosName};
  std::string host_service = service;
  host_service[host_service.find('/')] = '@';
  return {host_service, gss::kHostService};
}

}  // namespace

GssStage::GssStage(const gss::Library& library, std::shared_ptr<GssCredentials> credentials,
                   GssUse use, GssTarget target)
    : library_(library),
      credentials_(std::move(credentials)),
      use_(use),
      target_(std::move(target)),
      context_(library) {}

void GssStage::fail(uint32_t major, uint32_t minor, const gss::Oid& mechanism) {
  failure_ = read_failure(library_, major, minor, mechanism);
}

bool GssStage::import_target(gss::Name& name) {
  const TargetName target = target_name(target_.service, use_);
  const gss::Buffer text = gss::borrowed(target.text);
  uint32_t minor = 0;
  const uint32_t major = library_.import_name(&minor, &text, &target.type, name.out());
  if ((major & gss::kErrors) == 0) return true;
  fail(major, minor, gss::kKerberos);
  return false;
}

uint32_t GssStage::init(gss::Context& context, const gss::Credential& credential,
                        const gss::Oid& mechanism, const std::string& answer, uint32_t& minor) {
  gss::Name target(library_);
  if (!import_target(target)) return gss::kErrors;
  gss::ChannelBindings bindings;
  bindings.application_data = gss::borrowed(target_.channel_binding);
  const gss::Buffer input = gss::borrowed(answer);
  gss::OwnBuffer output(library_);
  const uint32_t wanted = kFlags | (target_.delegates ? gss::kDelegateByPolicy : 0);
  const uint32_t major = library_.init_sec_context(
      &minor, credential.get(), context.out(), target.get(), &mechanism, wanted, 0,
      target_.channel_binding.empty() ? nullptr : &bindings, answer.empty() ? nullptr : &input,
      nullptr, output.out(), &flags_, &lifetime_);
  token_.wipe();
  token_.append(output.view());
  return major;
}

// The first token of `context`. A ticket that a password was shown for is fetched anew, once, when
// its time is over; the library would send it all the same.
bool GssStage::begin(gss::Context& context, GssUse use, uint32_t& major, uint32_t& minor) {
  const gss::Oid& mechanism = use == GssUse::kerberos ? gss::kKerberos : gss::kSpnego;
  for (int tries = 0; tries < 2; ++tries) {
    const GssCredentials::Acquired acquired = credentials_->acquire(use);
    if (!acquired.credential) {
      failure_ = acquired.failure;
      return false;
    }
    major = init(context, *acquired.credential, mechanism, "", minor);
    if (failure_) return false;
    const bool over = use == GssUse::kerberos && lifetime_ == 0;
    const bool works = (major & gss::kErrors) == 0;
    if (works && !over) return true;
    fail(major, minor, mechanism);
    if (works) *failure_ = {GssReason::ticket_expired, "its time is over"};
    if (failure_->reason != GssReason::ticket_expired) return false;
    credentials_->forget(use);
    context.reset();
    if (!credentials_->is_given() || tries > 0) return false;
    failure_.reset();
  }
  return false;
}

// SPNEGO does not say why a mechanism inside it failed, so Kerberos is tried alone first: it
// fetches the ticket, or fails with its reasons. What it makes is not sent.
bool GssStage::prove_kerberos() {
  gss::Context alone(library_);
  uint32_t major = 0;
  uint32_t minor = 0;
  const bool proved = begin(alone, GssUse::kerberos, major, minor);
  token_.wipe();
  return proved;
}

void GssStage::advance(const std::string& answer) {
  uint32_t major = 0;
  uint32_t minor = 0;
  const gss::Oid& mechanism = use_ == GssUse::kerberos ? gss::kKerberos : gss::kSpnego;
  if (context_.get() == nullptr) {
    if (use_ == GssUse::spnego_kerberos && !prove_kerberos()) return;
    if (!begin(context_, use_, major, minor)) return;
  } else {
    const GssCredentials::Acquired acquired = credentials_->acquire(use_);
    if (!acquired.credential) {
      failure_ = acquired.failure;
      return;
    }
    major = init(context_, *acquired.credential, mechanism, answer, minor);
    if ((major & gss::kErrors) != 0) {
      if (!failure_) fail(major, minor, mechanism);
      return;
    }
  }
  if ((major & gss::kContinueNeeded) != 0) return;
  gss::Oid* proved = nullptr;
  const uint32_t asked = library_.inquire_context(&minor, context_.get(), nullptr, nullptr, nullptr,
                                                  &proved, nullptr, nullptr, nullptr);
  if ((asked & gss::kErrors) != 0 || proved == nullptr) return fail(asked, minor, mechanism);
  is_kerberos_ = gss::equal(*proved, gss::kKerberos);
  established_ = true;
}

Error GssStage::cannot_seal(uint32_t major, uint32_t minor) const {
  const GssFailure why = read_failure(library_, major, minor, gss::kKerberos);
  return {ErrorCode::internal, "The request could not be encrypted: " + why.words + ".", 0, {}};
}

Result<Sealed> GssStage::seal(std::string_view plain) {
  return is_kerberos_ ? seal_by_iov(plain) : seal_by_wrap(plain);
}

bool GssStage::can_wrap() const {
  constexpr std::string_view kLastOfNtlm("NTLMSSP\0\3\0\0\0", 12);  // [MS-NLMP 2.2.1.3]
  return established_ || token_.view().find(kLastOfNtlm) != std::string_view::npos;
}

Result<std::string> GssStage::wrap(std::string_view plain) {
  Result<Sealed> sealed = seal_by_wrap(plain);
  if (!sealed.ok()) return sealed.error();
  return sealed.value().signature + sealed.value().cipher;
}

Result<std::string> GssStage::unwrap(std::string token) {
  if (token.size() < kNtlmSignature) return Error{ErrorCode::protocol, "it is too short", 0, {}};
  return unseal(std::move(token), kNtlmSignature);
}

Result<Sealed> GssStage::seal_by_wrap(std::string_view plain) {
  const gss::Buffer input = gss::borrowed(plain);
  gss::OwnBuffer output(library_);
  uint32_t minor = 0;
  int encrypted = 0;
  const uint32_t major =
      library_.wrap(&minor, context_.get(), 1, 0, &input, &encrypted, output.out());
  const std::string_view wrapped = output.view();
  if (major != gss::kComplete || encrypted == 0 || wrapped.size() < kNtlmSignature) {
    return cannot_seal(major, minor);
  }
  const bool is_last = kNtlmSignatureIsLast && !is_kerberos_;
  const size_t split = is_last ? wrapped.size() - kNtlmSignature : kNtlmSignature;
  const std::string first(wrapped.substr(0, split));
  const std::string second(wrapped.substr(split));
  return is_last ? Sealed{second, first} : Sealed{first, second};
}

// Without a buffer for the trailer, which then is rotated into the header [RFC 4121 4.2.5].
Result<Sealed> GssStage::seal_by_iov(std::string_view plain) {
  Secret data(plain);  // Encrypted in place.
  std::array<gss::IovBuffer, 3> pieces{};
  pieces[0].type = gss::kIovHeader | gss::kIovAllocate;
  pieces[1].type = gss::kIovData;
  pieces[1].buffer = gss::borrowed(data.view());
  pieces[2].type = gss::kIovPadding | gss::kIovAllocate;
  uint32_t minor = 0;
  int encrypted = 0;
  const uint32_t major = library_.wrap_iov(&minor, context_.get(), 1, 0, &encrypted, pieces.data(),
                                           static_cast<int>(pieces.size()));
  const auto octets = [](const gss::IovBuffer& piece) {
    return std::string(static_cast<const char*>(piece.buffer.value), piece.buffer.length);
  };
  const bool sealed = major == gss::kComplete && encrypted != 0;
  Sealed result;
  if (sealed) {
    result.signature = octets(pieces[0]);
    result.cipher = octets(pieces[1]) + octets(pieces[2]);
  }
  uint32_t ignored = 0;
  library_.release_iov_buffer(&ignored, pieces.data(), static_cast<int>(pieces.size()));
  if (!sealed) return cannot_seal(major, minor);
  return result;
}

// Whole tokens both: NTLM's signature stands before its message, and a Kerberos token whose trailer
// was rotated into the header is one as it travels. A repeated or missing message is an error too,
// which the library reports beside the message [RFC 2743 1.2.3].
Result<std::string> GssStage::unseal(std::string octets, size_t signature_octets) {
  if (!is_kerberos_ && kNtlmSignatureIsLast) {
    octets = octets.substr(signature_octets) + octets.substr(0, signature_octets);
  }
  const gss::Buffer input = gss::borrowed(octets);
  gss::OwnBuffer output(library_);
  uint32_t minor = 0;
  int encrypted = 0;
  const uint32_t major =
      library_.unwrap(&minor, context_.get(), &input, output.out(), &encrypted, nullptr);
  const auto broken = [](const std::string& why) {
    return Error{ErrorCode::protocol, why, kCannotDecrypt, {}};
  };
  if ((major & gss::kErrors) != 0) {
    return broken(read_failure(library_, major, minor, gss::kKerberos).words);
  }
  if (major != gss::kComplete) return broken("it was repeated, or one before it is missing");
  if (encrypted == 0) return broken("it is signed, but not encrypted");
  return std::string(output.view());
}

}  // namespace wsman
