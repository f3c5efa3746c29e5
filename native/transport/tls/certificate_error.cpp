#include "transport/tls/certificate_error.h"

#include <arpa/inet.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/codes.h"
#include "transport/tls/openssl.h"
#include "transport/tls/purpose.h"
#include "transport/tls/revocation.h"

namespace wsman::tls {
namespace {

constexpr size_t kMostNamesShown = 12;

// In RFC 2253 order. UTF-8 is not escaped, so that names stay readable. Control bytes are: the
// server chose this text, and a terminal that shows the message would obey them.
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
  // A dNSName is an IA5String [RFC 5280 4.2.1.6], but nothing makes a server keep to that. The text
  // goes to a terminal, and a NUL or a blank in it could make one name look like another.
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; }, '?');
  return text;
}

std::string ip_text(const ASN1_OCTET_STRING* value) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  // An iPAddress has four or sixteen bytes [RFC 5280 4.2.1.6]; inet_ntop() would read past a
  // shorter one.
  const int family = ASN1_STRING_length(value) == 4 ? AF_INET : AF_INET6;
  if (family == AF_INET6 && ASN1_STRING_length(value) != 16) return "?";
  inet_ntop(family, ASN1_STRING_get0_data(value), text.data(), text.size());
  return text.data();
}

std::string alternative_names(const X509* certificate) {
  const Owned<GENERAL_NAMES, GENERAL_NAMES_free> names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  const int count = names ? sk_GENERAL_NAME_num(names.get()) : 0;
  std::string list;
  size_t shown = 0;
  // Certificates of hosting services have hundreds of names. These are enough to see a wrong one.
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
  // OpenSSL reports one missing authority by several codes, depending on how much of the chain the
  // server sent. To a user they are one failure.
  return code == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT ||
         code == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT ||
         code == X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN ||
         code == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY ||
         code == X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE || code == X509_V_ERR_CERT_UNTRUSTED;
}

bool is_name_failure(int code) {
  return code == X509_V_ERR_HOSTNAME_MISMATCH || code == X509_V_ERR_IP_ADDRESS_MISMATCH;
}

bool is_weakness(int code) {
  return code == X509_V_ERR_EE_KEY_TOO_SMALL || code == X509_V_ERR_CA_KEY_TOO_SMALL ||
         code == X509_V_ERR_CA_MD_TOO_WEAK;
}

// OpenSSL names no certificate: what is not at fault at the end of the chain is above it.
std::string reason_about_purpose(X509* certificate) {
  if (certificate == nullptr) return "it is not meant for servers";
  const std::string fault = fault_for_role(certificate, Role::server);
  return fault.empty() ? "an authority above it is not meant for servers"
                       : "it is not meant for servers, since " + fault;
}

// With the A-labels, which are what stands in a certificate [RFC 5280 7.2].
std::string quoted_host(const Endpoint& endpoint) {
  const std::string called = "\"" + endpoint.called() + "\"";
  return endpoint.typed.empty() ? called : called + " (" + endpoint.host + ")";
}

// An address is compared with entries for addresses alone [RFC 9110 4.3.5], so one that stands
// among the names does not count.
bool has_address_as_name(X509* certificate, const Endpoint& endpoint, int code) {
  if (certificate == nullptr || code != X509_V_ERR_IP_ADDRESS_MISMATCH) return false;
  constexpr unsigned int kAsText =
      X509_CHECK_FLAG_ALWAYS_CHECK_SUBJECT | X509_CHECK_FLAG_NO_WILDCARDS;
  const std::string address = endpoint.host_for_tls();
  return X509_check_host(certificate, address.c_str(), address.size(), kAsText, nullptr) == 1;
}

std::string reason_about_name(X509* certificate, const Endpoint& endpoint, int code) {
  std::string reason = "it is not made out to " + quoted_host(endpoint);
  if (!has_address_as_name(certificate, endpoint, code)) return reason;
  return reason + ", since the address stands in it as a name and not as an IP address";
}

// Whether the chain ended at a certificate that is trusted here, and is not its own issuer.
bool ends_at_known_authority(int code) { return code == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT; }

// The certificate that is missing goes by its name, since it was not seen.
std::string reason_about_chain(X509* certificate, const std::vector<int>& failures,
                               const X509* chain_end) {
  std::string reason = "it is signed by an unknown certificate authority";
  if (chain_end == nullptr) return reason;
  const std::string issuer = text_of(X509_get_issuer_name(chain_end));
  const std::string end = subject_of(chain_end);
  if (std::any_of(failures.begin(), failures.end(), ends_at_known_authority))
    return reason + ": " + end + " is known here, but not " + issuer + ", which issued that one";
  const bool is_own = certificate != nullptr && X509_cmp(certificate, chain_end) == 0;
  const std::string missing = is_own ? "its issuer, " + issuer : issuer + ", which issued " + end;
  return reason + ": the certificate of " + missing +
         ", was not sent by the server, and is not known here";
}

struct CodeWords {
  int code;
  const char* words;
};

constexpr std::array<CodeWords, 16> kCodeWords{
    {{X509_V_ERR_CERT_HAS_EXPIRED, "it has expired"},
     {X509_V_ERR_CERT_NOT_YET_VALID, "it is not valid yet"},
     {X509_V_ERR_CERT_REVOKED, "it was revoked"},
     {X509_V_ERR_OCSP_VERIFY_NEEDED,
      "it demands a stapled answer about its revocation, which the server did not send"},
     {X509_V_ERR_EE_KEY_TOO_SMALL, "its key is too weak"},
     {X509_V_ERR_CA_KEY_TOO_SMALL, "the key of an authority above it is too weak"},
     {X509_V_ERR_CA_MD_TOO_WEAK, "it, or one above it, is signed with a hash that is too weak"},
     {X509_V_ERR_CERT_SIGNATURE_FAILURE, "its signature, or that of one above it, is wrong"},
     {X509_V_ERR_INVALID_CA, "one above it is not the certificate of an authority"},
     {X509_V_ERR_KEYUSAGE_NO_CERTSIGN, "the key of one above it is not meant to sign others"},
     {X509_V_ERR_PATH_LENGTH_EXCEEDED,
      "there are more authorities above it than one of them allows"},
     {X509_V_ERR_CERT_CHAIN_TOO_LONG, "there are too many certificates above it"},
     {X509_V_ERR_PERMITTED_VIOLATION, "an authority above it may not issue for its names"},
     {X509_V_ERR_EXCLUDED_VIOLATION, "an authority above it may not issue for its names"},
     {X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION,
      "it, or one above it, has a critical extension that is not known here"},
     {X509_V_ERR_OUT_OF_MEM, "memory ran out"}}};

std::string reason_for(int code, const Endpoint& endpoint, X509* certificate) {
  if (is_name_failure(code)) return reason_about_name(certificate, endpoint, code);
  if (code == X509_V_ERR_INVALID_PURPOSE) return reason_about_purpose(certificate);
  const auto* const known = std::find_if(kCodeWords.begin(), kCodeWords.end(),
                                         [code](const CodeWords& row) { return row.code == code; });
  if (known != kCodeWords.end()) return known->words;
  return std::string("OpenSSL does not accept it (") + X509_verify_cert_error_string(code) + ")";
}

AdviceList advice_for(const std::vector<int>& failures, bool misses_issuer, bool as_name,
                      const Endpoint& endpoint) {
  AdviceList advice;
  if (std::any_of(failures.begin(), failures.end(), is_weakness))
    advice.push_back(advice_on_age(endpoint));
  const auto has = [&](int code) {
    return std::find(failures.begin(), failures.end(), code) != failures.end();
  };
  const bool known_end = std::any_of(failures.begin(), failures.end(), ends_at_known_authority);
  if (misses_issuer && !known_end) advice.emplace_back(AdviceKey::send_issuer);
  if (std::any_of(failures.begin(), failures.end(), is_chain_failure))
    advice.emplace_back(known_end ? AdviceKey::trust_issuer : AdviceKey::trust_authority);
  if (std::any_of(failures.begin(), failures.end(), is_name_failure))
    advice.emplace_back(as_name ? AdviceKey::issue_for_address
                                : AdviceKey::connect_by_certified_name);
  if (has(X509_V_ERR_CERT_HAS_EXPIRED)) advice.emplace_back(AdviceKey::renew_server_certificate);
  if (has(X509_V_ERR_CERT_HAS_EXPIRED) || has(X509_V_ERR_CERT_NOT_YET_VALID))
    advice.emplace_back(AdviceKey::check_clock);
  if (std::find(failures.begin(), failures.end(), X509_V_ERR_INVALID_PURPOSE) != failures.end())
    advice.emplace_back(AdviceKey::issue_for_servers);
  return advice;
}

}  // namespace

bool is_forgiven(int verify_code, const CertificateChecks& checks) {
  // Each option forgives the failures of its own check. An unknown revocation is no failure, and
  // must-staple has a code of its own.
  return (checks.skip_ca && is_chain_failure(verify_code)) ||
         (checks.skip_cn && is_name_failure(verify_code)) || is_unknown_revocation(verify_code) ||
         (checks.skip_revocation && verify_code == X509_V_ERR_CERT_REVOKED);
}

std::string subject_of(const X509* certificate) {
  return text_of(X509_get_subject_name(certificate));
}

Advice advice_on_age(const Endpoint& endpoint) {
  return {AdviceKey::allow_legacy_tls, {endpoint.host_in_list()}};
}

Error certificate_error(const Endpoint& endpoint, X509* certificate,
                        const std::vector<int>& failures, const X509* chain_end) {
  std::string reasons;
  bool as_name = false;
  for (const int code : failures) {
    const std::string reason = is_chain_failure(code)
                                   ? reason_about_chain(certificate, failures, chain_end)
                                   : reason_for(code, endpoint, certificate);
    as_name = as_name || has_address_as_name(certificate, endpoint, code);
    // Several codes have one text, and a chain may have one fault at several depths.
    if (reasons.find(reason) != std::string::npos) continue;
    reasons += (reasons.empty() ? "" : "; ") + reason;
  }
  // Not by make_error(), because the reasons stand behind the code in the same sentence.
  std::string message = with_code("The certificate of " + endpoint.display() + " was refused",
                                  code::kWinhttpSecureFailure) +
                        ": " + reasons + ".";
  if (certificate != nullptr) {
    message += " Subject: " + subject_of(certificate) +
               "; names: " + alternative_names(certificate) +
               "; issuer: " + text_of(X509_get_issuer_name(certificate)) + ".";
  }
  return {ErrorCode::certificate, std::move(message), code::kWinhttpSecureFailure,
          advice_for(failures, chain_end != nullptr, as_name, endpoint)};
}

}  // namespace wsman::tls
