#include "transport/tls/purpose.h"

#include <openssl/x509v3.h>

namespace wsman::tls {
namespace {

// What OpenSSL asks of a certificate for a role in TLS.
struct Demands {
  int purpose;
  uint32_t key_usage;           // One of these, where it has a key usage.
  uint32_t extended_key_usage;  // One of these, where it has an extended one.
  const char* extended_name;
  const char* key_usage_names;
};

const Demands& demands_of(Role role) {
  // SGC is what servers had whose strong ciphers needed a licence. OpenSSL takes it for serverAuth.
  static constexpr Demands kServer{X509_PURPOSE_SSL_SERVER,
                                   KU_DIGITAL_SIGNATURE | KU_KEY_ENCIPHERMENT | KU_KEY_AGREEMENT,
                                   XKU_SSL_SERVER | XKU_SGC, "serverAuth (1.3.6.1.5.5.7.3.1)",
                                   "digitalSignature, keyEncipherment and keyAgreement"};
  static constexpr Demands kClient{X509_PURPOSE_SSL_CLIENT, KU_DIGITAL_SIGNATURE | KU_KEY_AGREEMENT,
                                   XKU_SSL_CLIENT, "clientAuth (1.3.6.1.5.5.7.3.2)",
                                   "digitalSignature and keyAgreement"};
  return role == Role::server ? kServer : kClient;
}

// The usages are all bits where the certificate has no such extension.
bool lists_role(X509* certificate, const Demands& demands) {
  return (X509_get_extended_key_usage(certificate) & demands.extended_key_usage) != 0;
}

bool key_may(X509* certificate, const Demands& demands) {
  return (X509_get_key_usage(certificate) & demands.key_usage) != 0;
}

// Whether the only thing that OpenSSL can have against it is that it lists any purpose, and not
// that of the role. What Netscape's extension says instead is left to OpenSSL.
bool is_for_any(X509* certificate, const Demands& demands, bool is_authority) {
  constexpr uint32_t kBoth = EXFLAG_XKUSAGE | EXFLAG_NSCERT;
  if ((X509_get_extension_flags(certificate) & kBoth) != EXFLAG_XKUSAGE) return false;
  if ((X509_get_extended_key_usage(certificate) & XKU_ANYEKU) == 0) return false;
  return is_authority ? X509_check_ca(certificate) == 1 : key_may(certificate, demands);
}

}  // namespace

bool allows_role(X509* certificate, Role role, bool is_authority) {
  const Demands& demands = demands_of(role);
  return X509_check_purpose(certificate, demands.purpose, is_authority ? 1 : 0) == 1 ||
         is_for_any(certificate, demands, is_authority);
}

std::string fault_for_role(X509* certificate, Role role) {
  if (allows_role(certificate, role, false)) return {};
  const Demands& demands = demands_of(role);
  if (!key_may(certificate, demands)) {
    return std::string("its key usage lacks each of ") + demands.key_usage_names;
  }
  if (!lists_role(certificate, demands)) {
    return std::string("its extended key usage lacks ") + demands.extended_name;
  }
  return "its Netscape certificate type says otherwise";
}

}  // namespace wsman::tls
