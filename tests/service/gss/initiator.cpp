#include "gss/initiator.h"

#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace wsman::endpoint {
namespace {

constexpr std::size_t kNtlmSignature = 16;
constexpr OM_uint32 kFlags = GSS_C_MUTUAL_FLAG | GSS_C_REPLAY_FLAG | GSS_C_SEQUENCE_FLAG |
                             GSS_C_CONF_FLAG | GSS_C_INTEG_FLAG;

gss_buffer_desc borrowed(std::string_view text) {
  return {text.size(), const_cast<char*>(text.data())};
}

std::string take(gss_buffer_desc& buffer) {
  std::string octets(static_cast<const char*>(buffer.value), buffer.length);
  OM_uint32 minor = 0;
  gss_release_buffer(&minor, &buffer);
  return octets;
}

void check(OM_uint32 major, const char* what) {
  if (GSS_ERROR(major) != 0) {
    throw std::runtime_error(std::string(what) + " failed with " + std::to_string(major));
  }
}

gss_OID oid_of(Initiator::Mechanism mechanism) {
  static std::array<char, 6> spnego = {0x2B, 0x06, 0x01, 0x05, 0x05, 0x02};
  static std::array<unsigned char, 10> ntlm = {0x2B, 0x06, 0x01, 0x04, 0x01,
                                               0x82, 0x37, 0x02, 0x02, 0x0A};
  static gss_OID_desc spnego_oid = {spnego.size(), spnego.data()};
  static gss_OID_desc ntlm_oid = {ntlm.size(), ntlm.data()};
  switch (mechanism) {
    case Initiator::Mechanism::kerberos:
      return gss_mech_krb5;
    case Initiator::Mechanism::ntlm:
      return &ntlm_oid;
    case Initiator::Mechanism::spnego:
      break;
  }
  return &spnego_oid;
}

}  // namespace

Initiator::Initiator(Mechanism mechanism, const std::string& host, std::string binding)
    : mechanism_(mechanism), binding_(std::move(binding)) {
  const std::string service = "HTTP@" + host;
  gss_buffer_desc text = borrowed(service);
  OM_uint32 minor = 0;
  check(gss_import_name(&minor, &text, GSS_C_NT_HOSTBASED_SERVICE, &target_), "gss_import_name");
}

Initiator::~Initiator() {
  OM_uint32 minor = 0;
  gss_delete_sec_context(&minor, &context_, GSS_C_NO_BUFFER);
  gss_release_name(&minor, &target_);
  gss_release_cred(&minor, &credential_);
}

void Initiator::allow_only(std::int32_t enctype) {
  gss_OID_set_desc mechanisms{1, gss_mech_krb5};
  OM_uint32 minor = 0;
  check(gss_acquire_cred(&minor, GSS_C_NO_NAME, GSS_C_INDEFINITE, &mechanisms, GSS_C_INITIATE,
                         &credential_, nullptr, nullptr),
        "gss_acquire_cred");
  check(gss_krb5_set_allowable_enctypes(&minor, credential_, 1, &enctype),
        "gss_krb5_set_allowable_enctypes");
}

std::string Initiator::step(const std::string& token) {
  gss_channel_bindings_struct bindings{};
  bindings.application_data = borrowed(binding_);
  gss_buffer_desc input = borrowed(token);
  gss_buffer_desc output{};
  OM_uint32 minor = 0;
  const OM_uint32 major =
      gss_init_sec_context(&minor, credential_, &context_, target_, oid_of(mechanism_), kFlags, 0,
                           binding_.empty() ? GSS_C_NO_CHANNEL_BINDINGS : &bindings, &input,
                           nullptr, &output, nullptr, nullptr);
  std::string answer = take(output);
  check(major, "gss_init_sec_context");
  established_ = major == GSS_S_COMPLETE;
  return answer;
}

// NTLM has no sealing in parts.
Sealed Initiator::seal(std::string_view text) {
  std::string data(text);
  if (mechanism_ == Mechanism::ntlm) {
    gss_buffer_desc input = borrowed(data);
    gss_buffer_desc output{};
    OM_uint32 minor = 0;
    check(gss_wrap(&minor, context_, 1, GSS_C_QOP_DEFAULT, &input, nullptr, &output), "gss_wrap");
    const std::string all = take(output);
    return {all.substr(0, kNtlmSignature), all.substr(kNtlmSignature)};
  }
  std::array<gss_iov_buffer_desc, 3> parts{};
  parts[0].type = GSS_IOV_BUFFER_TYPE_HEADER | GSS_IOV_BUFFER_FLAG_ALLOCATE;
  parts[1] = {GSS_IOV_BUFFER_TYPE_DATA, borrowed(data)};
  parts[2].type = GSS_IOV_BUFFER_TYPE_PADDING | GSS_IOV_BUFFER_FLAG_ALLOCATE;
  OM_uint32 minor = 0;
  check(gss_wrap_iov(&minor, context_, 1, GSS_C_QOP_DEFAULT, nullptr, parts.data(), 3),
        "gss_wrap_iov");
  const std::string padding(static_cast<const char*>(parts[2].buffer.value),
                            parts[2].buffer.length);
  Sealed sealed{
      std::string(static_cast<const char*>(parts[0].buffer.value), parts[0].buffer.length),
      data + padding};
  gss_release_iov_buffer(&minor, parts.data(), 3);
  return sealed;
}

std::optional<std::string> Initiator::unseal(const Sealed& message) {
  const std::string all = message.signature + message.ciphertext;
  gss_buffer_desc input = borrowed(all);
  gss_buffer_desc output{};
  OM_uint32 minor = 0;
  const OM_uint32 major = gss_unwrap(&minor, context_, &input, &output, nullptr, nullptr);
  std::string text = take(output);
  if (major != GSS_S_COMPLETE) return std::nullopt;
  return text;
}

}  // namespace wsman::endpoint
