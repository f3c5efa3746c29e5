#include "transport/tls/reasons.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "transport/tls/openssl.h"

namespace wsman::tls {
namespace {

struct Meaning {
  int reason;  // An SSL_R, or an alert with the offset of SSL_AD_REASON_OFFSET.
  const char* words;
  AdviceKey advice;
};

constexpr const char* kBrokenOff = "the server broke it off";
constexpr const char* kNoTls = "the server answered with something else than TLS";
constexpr const char* kOldTls = "the server has no TLS 1.2 or later";
// Where the configuration of the computer demands more than this library does.
constexpr const char* kNoTls13 =
    "the server has no TLS 1.3, which the policy of OpenSSL on this computer demands";
constexpr const char* kNothingCommon =
    "the server and this client have no cipher, group or signature in common";

constexpr AdviceKey kPort = AdviceKey::check_tls_port;
constexpr AdviceKey kCiphers = AdviceKey::match_ciphers;
// What the client setting LegacyTLSHosts allows.
constexpr AdviceKey kOld = AdviceKey::allow_legacy_tls;

// The alerts are those of RFC 8446 6.2, and the names behind them.
constexpr std::array<Meaning, 27> kMeanings{
    {{SSL_R_UNEXPECTED_EOF_WHILE_READING, kBrokenOff, kPort},
     {SSL_R_WRONG_VERSION_NUMBER, kNoTls, kPort},
     {SSL_R_HTTP_REQUEST, kNoTls, kPort},
     {SSL_R_PACKET_LENGTH_TOO_LONG, kNoTls, kPort},
     {SSL_R_UNSUPPORTED_PROTOCOL, kOldTls, kOld},
     {SSL_R_WRONG_SSL_VERSION, kOldTls, kOld},
     {SSL_R_VERSION_TOO_LOW, kOldTls, kOld},
     {SSL_R_TLSV1_ALERT_PROTOCOL_VERSION, kOldTls, kOld},
     {SSL_R_LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED,
      "the server signs with SHA-1 or MD5, which are too weak", kOld},
     {SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE,
      "the server found nothing that it and this client both allow, such as a cipher, a group or a "
      "signature (handshake_failure)",
      kCiphers},
     {SSL_R_TLSV1_ALERT_INSUFFICIENT_SECURITY,
      "the server demands stronger ciphers than this client allows (insufficient_security)",
      kCiphers},
     {SSL_R_WRONG_CIPHER_RETURNED, kNothingCommon, kCiphers},
     {SSL_R_UNKNOWN_CIPHER_RETURNED, kNothingCommon, kCiphers},
     {SSL_R_NO_CIPHERS_AVAILABLE, "the policy of OpenSSL on this computer leaves no cipher for it",
      AdviceKey::configure_open_ssl},
     {SSL_R_NO_SUITABLE_KEY_SHARE, kNothingCommon, kCiphers},
     {SSL_R_BAD_KEY_SHARE, kNothingCommon, kCiphers},
     {SSL_R_WRONG_CURVE, kNothingCommon, kCiphers},
     {SSL_R_WRONG_SIGNATURE_TYPE, kNothingCommon, kCiphers},
     {SSL_R_UNSAFE_LEGACY_RENEGOTIATION_DISABLED,
      "the server does not have secure renegotiation (RFC 5746), without which somebody in between "
      "can put requests of theirs before those of the user",
      kOld},
     {SSL_R_DH_KEY_TOO_SMALL, "the server's Diffie-Hellman group is too small to be safe", kOld},
     {SSL_R_TLSV1_UNRECOGNIZED_NAME, "the server has no certificate for that name",
      AdviceKey::check_computer_name},
     {SSL_R_TLSV1_ALERT_INTERNAL_ERROR, "the server failed inside (internal_error)",
      AdviceKey::read_server_log},
     {SSL_R_TLSV1_ALERT_USER_CANCELLED, "the server called it off (user_canceled)", kPort},
     {SSL_R_SSLV3_ALERT_UNEXPECTED_MESSAGE,
      "the server did not expect a message of this client (unexpected_message)", kPort},
     {SSL_R_TLSV1_ALERT_DECODE_ERROR,
      "the server could not read a message of this client (decode_error)", kPort},
     {SSL_R_SSLV3_ALERT_ILLEGAL_PARAMETER,
      "the server does not take a message of this client (illegal_parameter)", kPort},
     {SSL_R_SSLV3_ALERT_BAD_RECORD_MAC,
      "what arrived at the server was not what was sent (bad_record_mac)", kPort}}};

struct Refusal {
  int alert;
  const char* words;
  bool has_other_causes;
};

constexpr std::array<Refusal, 10> kRefusals{
    {{SSL_AD_BAD_CERTIFICATE, "it cannot be read, or a signature of it is wrong", false},
     {SSL_AD_UNSUPPORTED_CERTIFICATE, "it is of a kind that is not taken there", false},
     {SSL_AD_CERTIFICATE_REVOKED, "it was revoked", false},
     {SSL_AD_CERTIFICATE_EXPIRED, "it has expired", false},
     {SSL_AD_CERTIFICATE_UNKNOWN, "the reason was not told", false},
     {SSL_AD_UNKNOWN_CA, "its authority is not known there", false},
     {SSL_AD_ACCESS_DENIED, "it is valid, but access is not granted", false},
     {SSL_AD_CERTIFICATE_REQUIRED, "none was shown", false},
     {SSL_AD_DECRYPT_ERROR, "the proof of its key was not accepted", true},
     {SSL_AD_HANDSHAKE_FAILURE, "the reason was not told", true}}};

// Reasons that OpenSSL's libraries share, which are about itself: below those of each library in
// 1.1.1, with a flag far above them in 3.
bool is_common(int reason) { return reason < 100 || reason > SSL_AD_REASON_OFFSET + UINT8_MAX; }

}  // namespace

Reason reason_in_words(unsigned long openssl_error, long lowest_version) {
  const FailureParts parts = parts_of(openssl_error);
  if (openssl_error == 0 || parts.library == ERR_LIB_SYS) return {kBrokenOff, kPort};
  const bool is_of_tls = parts.library == ERR_LIB_SSL;
  const auto* const known =
      std::find_if(kMeanings.begin(), kMeanings.end(),
                   [&parts](const Meaning& row) { return row.reason == parts.reason; });
  if (is_of_tls && known != kMeanings.end()) {
    if (known->words == kOldTls && lowest_version > TLS1_2_VERSION)
      return {kNoTls13, AdviceKey::configure_open_ssl};
    return {known->words, known->advice};
  }
  const int alert = parts.reason - SSL_AD_REASON_OFFSET;
  if (is_of_tls && alert >= 0 && alert <= UINT8_MAX)
    return {"the server ended it with the alert " + std::to_string(alert), kPort};
  const char* text = ERR_reason_error_string(openssl_error);
  const std::string inside = text != nullptr ? text : std::to_string(openssl_error);
  if (is_of_tls && is_common(parts.reason))
    return {"OpenSSL failed inside (" + inside + ")", AdviceKey::try_again};
  // A message is read by these; others fetch algorithms, which a policy may refuse.
  if (!is_of_tls && parts.library != ERR_LIB_ASN1 && parts.library != ERR_LIB_X509)
    return {"OpenSSL failed inside (" + inside + ")", AdviceKey::configure_open_ssl};
  return {"a message of the server breaks TLS (OpenSSL: " + inside + ")", kPort};
}

std::string refusal_in_words(unsigned long openssl_error, bool is_concerned) {
  const FailureParts parts = parts_of(openssl_error);
  const int alert = parts.reason - SSL_AD_REASON_OFFSET;
  const auto* const known =
      std::find_if(kRefusals.begin(), kRefusals.end(),
                   [alert](const Refusal& row) { return row.alert == alert; });
  if (parts.library != ERR_LIB_SSL || known == kRefusals.end()) return {};
  return known->has_other_causes && !is_concerned ? "" : known->words;
}

}  // namespace wsman::tls
