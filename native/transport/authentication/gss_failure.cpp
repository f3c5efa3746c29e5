#include "transport/authentication/gss_failure.h"

#include <algorithm>

#include "transport/authentication/gss_handles.h"
#include "transport/codes.h"

namespace wsman {
namespace {

constexpr uint32_t kNoLogonServers = 1311;
constexpr uint32_t kNoLogonSession = 1312;

// The codes of libkrb5 count from here [com_err table "krb5"]; up to 127 they are those of the
// protocol [RFC 4120 7.5.9].
constexpr int64_t kKerberosCodes = -1765328384;

constexpr int kMajorStatus = 1;
constexpr int kMinorStatus = 2;
constexpr int kMostSentences = 8;

std::string words_for(const gss::Library& library, uint32_t status, int kind,
                      const gss::Oid& mechanism) {
  std::string words;
  uint32_t more = 0;
  for (int i = 0; i < kMostSentences; ++i) {
    gss::OwnBuffer text(library);
    uint32_t minor = 0;
    if (library.display_status(&minor, status, kind, &mechanism, &more, text.out()) !=
        gss::kComplete) {
      break;
    }
    words += (words.empty() ? "" : "; ") + std::string(text.view());
    if (more == 0) break;
  }
  std::replace_if(
      words.begin(), words.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return words;
}

GssReason kerberos_reason(int64_t code) {
  switch (code) {
    case 6:  // KDC_ERR_C_PRINCIPAL_UNKNOWN
      return GssReason::user_unknown;
    case 7:  // KDC_ERR_S_PRINCIPAL_UNKNOWN
      return GssReason::service_unknown;
    case 18:  // KDC_ERR_CLIENT_REVOKED
      return GssReason::account_locked;
    case 23:  // KDC_ERR_KEY_EXPIRED
      return GssReason::password_expired;
    case 24:   // KDC_ERR_PREAUTH_FAILED
    case 31:   // KRB_AP_ERR_BAD_INTEGRITY: of an answer that the password's key does not open.
    case 210:  // KRB5_PREAUTH_FAILED
      return GssReason::wrong_password;
    case 32:  // KRB_AP_ERR_TKT_EXPIRED
      return GssReason::ticket_expired;
    case 37:   // KRB_AP_ERR_SKEW
    case 148:  // KRB5_KDCREP_SKEW
      return GssReason::clock_skew;
    case 41:  // KRB_AP_ERR_MODIFIED
      return GssReason::wrong_key;
    case 141:  // KRB5_CC_NOTFOUND
    case 195:  // KRB5_FCC_NOFILE
      return GssReason::no_ticket;
    case 154:  // KRB5_REALM_UNKNOWN
    case 220:  // KRB5_REALM_CANT_RESOLVE
    case 224:  // KRB5_CONFIG_NODEFREALM
    case 135:  // KRB5_CONFIG_CANTOPEN
      return GssReason::no_realm;
    case 156:  // KRB5_KDC_UNREACH
      return GssReason::kdc_unreachable;
    default:
      return GssReason::other;
  }
}

struct Advice {
  ErrorCode code;
  uint32_t wsman_code;
  std::string sentence;
  std::string what_to_do;
};

Advice advice_for(GssReason reason, const TransportOptions& options, const std::string& service) {
  const ErrorCode failed = ErrorCode::authentication;
  const std::string user = "\"" + options.credential.user_name + "\"";
  switch (reason) {
    case GssReason::wrong_password:
      return {ErrorCode::access_denied, kLogonFailure,
              "The KDC refused the password of the user " + user,
              "Check the user name and the password."};
    case GssReason::password_expired:
      return {ErrorCode::access_denied, kLogonFailure,
              "The password of the user " + user + " has expired", "Change it, with kpasswd say."};
    case GssReason::account_locked:
      return {ErrorCode::access_denied, kLogonFailure,
              "The account of the user " + user + " is locked or has expired",
              "Ask its administrator."};
    case GssReason::user_unknown:
      return {ErrorCode::access_denied, kLogonFailure, "The KDC does not know the user " + user,
              "Check the user name, and give its realm: user@REALM."};
    case GssReason::no_realm:
      return {failed, kNoLogonServers, "No KDC is known for the user's realm",
              "Give the realm (user@REALM), and name its KDC in /etc/krb5.conf or in DNS."};
    case GssReason::kdc_unreachable:
      return {failed, kNoLogonServers, "The KDC cannot be reached",
              "Check the network, and the KDC in /etc/krb5.conf or in DNS."};
    case GssReason::no_ticket:
      return {failed, kNoLogonSession, "There is no Kerberos ticket of yours",
              "Get one with kinit, or give -Credential."};
    case GssReason::ticket_expired:
      return {failed, kSecurityUnmapped, "Your Kerberos ticket has expired",
              "Get a new one with kinit, or give -Credential."};
    case GssReason::clock_skew:
      return {failed, kSecurityUnmapped,
              "The clocks of this computer and of the KDC or the server are too far apart",
              "Set them right; Kerberos bears five minutes."};
    case GssReason::service_unknown:
      return {
          failed, kSecurityUnmapped, "The KDC knows no service " + service,
          "Connect by the name that the service is registered under, or register the service "
          "principal name (setspn on Windows). New-WSManSessionOption -SPNPort asks for it with "
          "the port."};
    case GssReason::wrong_key:
      return {failed, kSecurityUnmapped,
              "The server cannot read a ticket for " + service +
                  ", which is registered to another account",
              "Have the service principal name corrected, or ask for the one with the port: "
              "New-WSManSessionOption -SPNPort."};
    case GssReason::bindings:
      return {failed, kSecurityUnmapped, "The server takes part in another TLS channel",
              "Look for a proxy between here and there that decrypts TLS."};
    case GssReason::other:
      break;
  }
  return {failed, kSecurityUnmapped, "Kerberos failed",
          "Use another -Authentication if it is not set up here."};
}

}  // namespace

GssReason reason_for(uint32_t major, uint32_t minor) {
  const uint32_t routine = major & gss::kErrors;
  if (routine == gss::kBadBindings) return GssReason::bindings;
  const GssReason reason = kerberos_reason(static_cast<int32_t>(minor) - kKerberosCodes);
  if (reason != GssReason::other) return reason;
  if (routine == gss::kNoCredential) return GssReason::no_ticket;
  if (routine == gss::kCredentialExpired) return GssReason::ticket_expired;
  return GssReason::other;
}

GssFailure read_failure(const gss::Library& library, uint32_t major, uint32_t minor,
                        const gss::Oid& mechanism) {
  GssFailure failure;
  failure.reason = reason_for(major, minor);
  if (minor != 0) failure.words = words_for(library, minor, kMinorStatus, mechanism);
  if (failure.words.empty()) failure.words = words_for(library, major, kMajorStatus, mechanism);
  return failure;
}

Error kerberos_error(const GssFailure& failure, const TransportOptions& options,
                     const std::string& service) {
  const Advice advice = advice_for(failure.reason, options, service);
  const std::string sentence =
      "Kerberos could not authenticate to " + options.endpoint.display() + ": " + advice.sentence;
  const std::string words = failure.words.empty() ? "" : " (" + failure.words + ")";
  return {advice.code,
          with_code(sentence + words, advice.wsman_code) + ". " + advice.what_to_do,
          advice.wsman_code,
          {}};
}

}  // namespace wsman
