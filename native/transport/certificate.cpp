#include "transport/certificate.h"

#include <arpa/inet.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "transport/bio.h"
#include "transport/revocation.h"

namespace wsman {
namespace {

constexpr uint32_t kSecureFailure = 12175;  // ERROR_WINHTTP_SECURE_FAILURE
constexpr size_t kMostNamesShown = 12;

struct FreeNames {
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};

// RFC 2253 order, without escaping UTF-8, but with control octets escaped: the text goes into a
// message that a terminal shows.
std::string text_of(const X509_NAME* name) {
  const Bio bio(BIO_new(BIO_s_mem()));
  const unsigned long flags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  if (!bio || name == nullptr || X509_NAME_print_ex(bio.get(), name, 0, flags) < 0) return "?";
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return size > 0 ? std::string(data, static_cast<size_t>(size)) : "(empty)";
}

std::string dns_text(const ASN1_STRING* value) {
  const auto* data = reinterpret_cast<const char*>(ASN1_STRING_get0_data(value));
  std::string text(data, static_cast<size_t>(ASN1_STRING_length(value)));
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; }, '?');
  return text;
}

std::string ip_text(const ASN1_OCTET_STRING* value) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = ASN1_STRING_length(value) == 4 ? AF_INET : AF_INET6;
  if (family == AF_INET6 && ASN1_STRING_length(value) != 16) return "?";
  inet_ntop(family, ASN1_STRING_get0_data(value), text.data(), text.size());
  return text.data();
}

std::string alternative_names(const X509* certificate) {
  const std::unique_ptr<GENERAL_NAMES, FreeNames> names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  const int count = names ? sk_GENERAL_NAME_num(names.get()) : 0;
  std::string list;
  size_t shown = 0;
  for (int i = 0; i < count && shown < kMostNamesShown; ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_DNS && name->type != GEN_IPADD) continue;
    list += list.empty() ? "" : ", ";
    list += name->type == GEN_DNS ? dns_text(name->d.dNSName) : ip_text(name->d.iPAddress);
    ++shown;
  }
  return list.empty() ? "none" : list;
}

bool is_chain_failure(int code) {
  return code == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT ||
         code == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT ||
         code == X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN ||
         code == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY ||
         code == X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE || code == X509_V_ERR_CERT_UNTRUSTED;
}

bool is_name_failure(int code) {
  return code == X509_V_ERR_HOSTNAME_MISMATCH || code == X509_V_ERR_IP_ADDRESS_MISMATCH;
}

std::string reason_for(int code, const Endpoint& endpoint) {
  if (is_chain_failure(code)) return "its certificate authority is not trusted here";
  if (is_name_failure(code)) return "it is not made out to \"" + endpoint.host + "\"";
  if (code == X509_V_ERR_CERT_HAS_EXPIRED) return "it has expired";
  if (code == X509_V_ERR_CERT_NOT_YET_VALID) return "it is not valid yet";
  if (code == X509_V_ERR_INVALID_PURPOSE) return "it is not meant for servers";
  if (code == X509_V_ERR_CERT_REVOKED) return "it was revoked";
  if (code == X509_V_ERR_OCSP_VERIFY_NEEDED) {
    return "it demands a stapled answer about its revocation, which the server did not send";
  }
  return X509_verify_cert_error_string(code);
}

std::string advice_for(const std::vector<int>& failures) {
  std::string advice;
  if (std::any_of(failures.begin(), failures.end(), is_chain_failure)) {
    advice +=
        " Name its authority in the client setting TrustedCAPath, or leave the check out with "
        "New-WSManSessionOption -SkipCACheck.";
  }
  if (std::any_of(failures.begin(), failures.end(), is_name_failure)) {
    advice +=
        " Connect by a name that the certificate has, or leave the check out with "
        "New-WSManSessionOption -SkipCNCheck.";
  }
  return advice;
}

}  // namespace

bool is_forgiven(int verify_code, const CertificateChecks& checks) {
  return (checks.skip_ca && is_chain_failure(verify_code)) ||
         (checks.skip_cn && is_name_failure(verify_code)) || is_unknown_revocation(verify_code) ||
         (checks.skip_revocation && verify_code == X509_V_ERR_CERT_REVOKED);
}

std::string subject_of(const X509* certificate) {
  return text_of(X509_get_subject_name(certificate));
}

Error certificate_error(const Endpoint& endpoint, X509* certificate,
                        const std::vector<int>& failures) {
  std::string reasons;
  for (const int code : failures) {
    const std::string reason = reason_for(code, endpoint);
    if (reasons.find(reason) != std::string::npos) continue;
    reasons += (reasons.empty() ? "" : "; ") + reason;
  }
  std::string message =
      with_code("The certificate of " + endpoint.display() + " was refused", kSecureFailure) +
      ": " + reasons + ".";
  if (certificate != nullptr) {
    message += " Subject: " + subject_of(certificate) +
               "; names: " + alternative_names(certificate) +
               "; issuer: " + text_of(X509_get_issuer_name(certificate)) + ".";
  }
  return {ErrorCode::certificate, message + advice_for(failures), kSecureFailure, {}};
}

}  // namespace wsman
