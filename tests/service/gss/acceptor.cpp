#include "gss/acceptor.h"

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>

#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

namespace wsman::service {
namespace {

constexpr std::size_t kNtlmSignature = 16;

std::string bytes_of(const gss_buffer_desc& buffer) {
  return {static_cast<const char*>(buffer.value), buffer.length};
}

// What the library made, freed by it.
struct OwnedBuffer : gss_buffer_desc_struct {
  OwnedBuffer() : gss_buffer_desc_struct{0, nullptr} {}
  ~OwnedBuffer() {
    OM_uint32 minor = 0;
    gss_release_buffer(&minor, this);
  }
  OwnedBuffer(const OwnedBuffer&) = delete;
  OwnedBuffer& operator=(const OwnedBuffer&) = delete;
};

// The library takes its input by pointers to what is not const.
gss_buffer_desc borrowed(std::string_view text) {
  return {text.size(), const_cast<char*>(text.data())};
}

template <std::size_t kSize>
gss_OID_desc oid(std::array<unsigned char, kSize>& bytes) {
  return {static_cast<OM_uint32>(kSize), bytes.data()};
}

std::array<unsigned char, 9> kerberos_bytes = {0x2A, 0x86, 0x48, 0x86, 0xF7,
                                               0x12, 0x01, 0x02, 0x02};
std::array<unsigned char, 6> spnego_bytes = {0x2B, 0x06, 0x01, 0x05, 0x05, 0x02};
std::array<unsigned char, 10> ntlm_bytes = {0x2B, 0x06, 0x01, 0x04, 0x01,
                                            0x82, 0x37, 0x02, 0x02, 0x0A};
gss_OID_desc kerberos_oid = oid(kerberos_bytes);
gss_OID_desc spnego_oid = oid(spnego_bytes);
gss_OID_desc ntlm_oid = oid(ntlm_bytes);

bool same(gss_OID left, const gss_OID_desc& right) {
  return left != nullptr &&
         bytes_of({left->length, left->elements}) == bytes_of({right.length, right.elements});
}

// gss-ntlmssp counts the closing zero as text.
std::string text_of(const gss_buffer_desc& buffer) {
  std::string text = bytes_of(buffer);
  std::erase(text, '\0');
  return text;
}

void append_status(std::string& text, OM_uint32 code, int type, gss_OID mechanism) {
  OM_uint32 more = 0;
  do {
    OM_uint32 minor = 0;
    OwnedBuffer message;
    if (gss_display_status(&minor, code, type, mechanism, &more, &message) != GSS_S_COMPLETE)
      return;
    if (!text.empty()) text += "; ";
    text += text_of(message);
  } while (more != 0);
}

std::string describe(OM_uint32 major, OM_uint32 minor, gss_OID mechanism) {
  std::string text;
  append_status(text, major, GSS_C_GSS_CODE, GSS_C_NO_OID);
  if (minor != 0) append_status(text, minor, GSS_C_MECH_CODE, mechanism);
  return text;
}

gss_OID_set_desc set_of(std::vector<gss_OID_desc>& mechanisms) {
  return {mechanisms.size(), mechanisms.data()};
}

// [MS-SPNG] Windows also takes NTLM without SPNEGO around it, under the same name.
gss_cred_id_t acquire(const GssOptions& options, bool raw_kerberos) {
  std::vector<gss_OID_desc> inner;
  if (options.kerberos || raw_kerberos) inner.push_back(kerberos_oid);
  if (options.ntlm && !raw_kerberos) inner.push_back(ntlm_oid);
  std::vector<gss_OID_desc> outer = inner;
  if (!raw_kerberos) outer.push_back(spnego_oid);

  gss_OID_set_desc wanted = set_of(outer);
  gss_cred_id_t credential = GSS_C_NO_CREDENTIAL;
  OM_uint32 minor = 0;
  OM_uint32 major = gss_acquire_cred(&minor, GSS_C_NO_NAME, GSS_C_INDEFINITE, &wanted, GSS_C_ACCEPT,
                                     &credential, nullptr, nullptr);
  if (major == GSS_S_COMPLETE && !raw_kerberos) {
    gss_OID_set_desc negotiable = set_of(inner);
    major = gss_set_neg_mechs(&minor, credential, &negotiable);
  }
  if (major != GSS_S_COMPLETE) {
    OM_uint32 ignored = 0;
    gss_release_cred(&ignored, &credential);
    throw std::runtime_error("There is no identity to accept clients with: " +
                             describe(major, minor, GSS_C_NO_OID) + ".");
  }
  return credential;
}

}  // namespace

struct Acceptor::Handles {
  Handles() = default;
  ~Handles() {
    OM_uint32 minor = 0;
    gss_delete_sec_context(&minor, &context, GSS_C_NO_BUFFER);
    gss_release_cred(&minor, &credential);
  }
  Handles(const Handles&) = delete;
  Handles& operator=(const Handles&) = delete;

  std::optional<Sealed> seal_whole(std::string_view text);
  std::optional<Sealed> seal_in_parts(std::string_view text);
  std::optional<std::string> unseal_whole(const Sealed& message);
  std::optional<std::string> unseal_in_parts(const Sealed& message);

  gss_cred_id_t credential = GSS_C_NO_CREDENTIAL;
  gss_ctx_id_t context = GSS_C_NO_CONTEXT;
  OM_uint32 flags = 0;
  bool ntlm = false;
  std::string client;
  std::string reason;
};

Acceptor::Acceptor(const GssOptions& options, bool raw_kerberos)
    : handles_(std::make_unique<Handles>()) {
  handles_->credential = acquire(options, raw_kerberos);
}

Acceptor::~Acceptor() = default;

Acceptor::Outcome Acceptor::step(const std::string& token, const std::string& binding,
                                 std::string& answer) {
  gss_channel_bindings_struct bindings{};
  bindings.application_data = borrowed(binding);
  gss_buffer_desc input = borrowed(token);
  OwnedBuffer output;
  gss_name_t name = GSS_C_NO_NAME;
  gss_OID mechanism = GSS_C_NO_OID;
  OM_uint32 minor = 0;
  const OM_uint32 major =
      gss_accept_sec_context(&minor, &handles_->context, handles_->credential, &input,
                             binding.empty() ? GSS_C_NO_CHANNEL_BINDINGS : &bindings, &name,
                             &mechanism, &output, &handles_->flags, nullptr, nullptr);
  answer = bytes_of(output);
  OM_uint32 ignored = 0;
  if (name != GSS_C_NO_NAME) {
    OwnedBuffer text;
    gss_display_name(&ignored, name, &text, nullptr);
    handles_->client = text_of(text);
    gss_release_name(&ignored, &name);
  }
  if (GSS_ERROR(major) != 0) {
    handles_->reason = describe(major, minor, mechanism);
    return Outcome::refused;
  }
  if ((major & GSS_S_CONTINUE_NEEDED) != 0) return Outcome::go_on;
  // SPNEGO answers with what it agreed on.
  gss_inquire_context(&ignored, handles_->context, nullptr, nullptr, nullptr, &mechanism, nullptr,
                      nullptr, nullptr);
  handles_->ntlm = same(mechanism, ntlm_oid);
  return Outcome::established;
}

const std::string& Acceptor::reason() const { return handles_->reason; }

bool Acceptor::is_ntlm() const { return handles_->ntlm; }

bool Acceptor::is_bound() const { return (handles_->flags & GSS_C_CHANNEL_BOUND_FLAG) != 0; }

bool Acceptor::is_delegated() const { return (handles_->flags & GSS_C_DELEG_FLAG) != 0; }

std::string Acceptor::client() const { return handles_->client; }

std::optional<Sealed> Acceptor::seal(std::string_view text) {
  return handles_->ntlm ? handles_->seal_whole(text) : handles_->seal_in_parts(text);
}

std::optional<std::string> Acceptor::unseal(const Sealed& message) {
  // [RFC 4121 4.2.6.2] A token of that kind begins with 05 04 and says itself how it was rotated;
  // the older one of RC4 [RFC 4757 7.3] is padded by a byte, which only the parts can tell apart.
  const bool whole = handles_->ntlm || message.signature.starts_with("\x05\x04");
  return whole ? handles_->unseal_whole(message) : handles_->unseal_in_parts(message);
}

std::optional<std::string> Acceptor::wrap(std::string_view text) {
  const auto sealed = handles_->seal_whole(text);
  if (!sealed) return std::nullopt;
  return sealed->signature + sealed->ciphertext;
}

std::optional<std::string> Acceptor::unwrap(const std::string& token) {
  return handles_->unseal_whole({token, ""});
}

std::optional<Sealed> Acceptor::Handles::seal_whole(std::string_view text) {
  gss_buffer_desc input = borrowed(text);
  OwnedBuffer output;
  OM_uint32 minor = 0;
  int confidential = 0;
  const OM_uint32 major =
      gss_wrap(&minor, context, 1, GSS_C_QOP_DEFAULT, &input, &confidential, &output);
  if (major != GSS_S_COMPLETE || confidential == 0 || output.length < kNtlmSignature) return {};
  const std::string all = bytes_of(output);
  return Sealed{all.substr(0, kNtlmSignature), all.substr(kNtlmSignature)};
}

std::optional<Sealed> Acceptor::Handles::seal_in_parts(std::string_view text) {
  std::string data(text);
  std::array<gss_iov_buffer_desc, 3> parts{};
  parts[0].type = GSS_IOV_BUFFER_TYPE_HEADER | GSS_IOV_BUFFER_FLAG_ALLOCATE;
  parts[1].type = GSS_IOV_BUFFER_TYPE_DATA;
  parts[1].buffer = borrowed(data);
  parts[2].type = GSS_IOV_BUFFER_TYPE_PADDING | GSS_IOV_BUFFER_FLAG_ALLOCATE;
  OM_uint32 minor = 0;
  int confidential = 0;
  const OM_uint32 major =
      gss_wrap_iov(&minor, context, 1, GSS_C_QOP_DEFAULT, &confidential, parts.data(), 3);
  Sealed sealed{bytes_of(parts[0].buffer), data + bytes_of(parts[2].buffer)};
  OM_uint32 ignored = 0;
  gss_release_iov_buffer(&ignored, parts.data(), 3);
  if (major != GSS_S_COMPLETE || confidential == 0) return {};
  return sealed;
}

std::optional<std::string> Acceptor::Handles::unseal_whole(const Sealed& message) {
  const std::string all = message.signature + message.ciphertext;
  gss_buffer_desc input = borrowed(all);
  OwnedBuffer output;
  OM_uint32 minor = 0;
  int confidential = 0;
  const OM_uint32 major = gss_unwrap(&minor, context, &input, &output, &confidential, nullptr);
  reason = describe(major, minor, GSS_C_NO_OID);
  // A repeated or reordered message is no error of GSSAPI, but a mark beside success.
  if (major != GSS_S_COMPLETE || confidential == 0) return {};
  return bytes_of(output);
}

std::optional<std::string> Acceptor::Handles::unseal_in_parts(const Sealed& message) {
  if (message.ciphertext.empty()) return {};
  std::string header = message.signature;
  std::string data = message.ciphertext.substr(0, message.ciphertext.size() - 1);
  std::string padding = message.ciphertext.substr(message.ciphertext.size() - 1);
  std::array<gss_iov_buffer_desc, 3> parts{};
  parts[0] = {GSS_IOV_BUFFER_TYPE_HEADER, borrowed(header)};
  parts[1] = {GSS_IOV_BUFFER_TYPE_DATA, borrowed(data)};
  parts[2] = {GSS_IOV_BUFFER_TYPE_PADDING, borrowed(padding)};
  OM_uint32 minor = 0;
  int confidential = 0;
  const OM_uint32 major = gss_unwrap_iov(&minor, context, &confidential, nullptr, parts.data(), 3);
  reason = describe(major, minor, GSS_C_NO_OID);
  if (major != GSS_S_COMPLETE || confidential == 0) return {};
  return data;
}

}  // namespace wsman::service
