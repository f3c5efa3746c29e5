#include "transport/authentication/gss/failure.h"

#include <algorithm>
#include <cerrno>
#include <new>

#include "base/codes.h"
#include "transport/authentication/gss/handles.h"

namespace wsman::gss {
namespace {

// The base of the codes of libkrb5 [com_err table "krb5"]; offsets up to 127 are the codes of the
// protocol [RFC 4120 7.5.9].
constexpr int64_t kKerberosCodes = -1765328384;

constexpr int kMajorStatus = 1;
constexpr int kMinorStatus = 2;
constexpr int kMostSentences = 8;

std::string words_for(const gss::Library& library, uint32_t status, int kind,
                      const gss::Oid& mechanism) {
  std::string words;
  uint32_t more = 0;
  // One status may have several sentences, each with a mark that another one follows
  // [RFC 2744 5.11]. The limit ends the loop for a plug-in that always sets it.
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
      // The words may repeat bytes from a KDC, and control characters could steer the terminal.
      words.begin(), words.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return words;
}

Reason kerberos_reason(int64_t code) {
  switch (code) {
    case 6:  // KDC_ERR_C_PRINCIPAL_UNKNOWN
      return Reason::user_unknown;
    case 7:  // KDC_ERR_S_PRINCIPAL_UNKNOWN
      return Reason::service_unknown;
    case 18:  // KDC_ERR_CLIENT_REVOKED
      return Reason::account_locked;
    case 23:  // KDC_ERR_KEY_EXPIRED
      return Reason::password_expired;
    case 24:   // KDC_ERR_PREAUTH_FAILED
    case 31:   // KRB_AP_ERR_BAD_INTEGRITY: of an answer that the password's key does not open.
    case 210:  // KRB5_PREAUTH_FAILED
      return Reason::wrong_password;
    case 32:  // KRB_AP_ERR_TKT_EXPIRED
      return Reason::ticket_expired;
    case 37:   // KRB_AP_ERR_SKEW
    case 148:  // KRB5_KDCREP_SKEW
      return Reason::clock_skew;
    case 41:  // KRB_AP_ERR_MODIFIED
      return Reason::wrong_key;
    case 46:  // KRB_AP_ERR_MUT_FAIL
      return Reason::unproved;
    case 141:  // KRB5_CC_NOTFOUND
    case 195:  // KRB5_FCC_NOFILE
      return Reason::no_ticket;
    case 154:  // KRB5_REALM_UNKNOWN
    case 220:  // KRB5_REALM_CANT_RESOLVE
    case 224:  // KRB5_CONFIG_NODEFREALM
    case 135:  // KRB5_CONFIG_CANTOPEN
      return Reason::no_realm;
    case 156:  // KRB5_KDC_UNREACH
      return Reason::kdc_unreachable;
    default:
      return Reason::other;
  }
}

// The error for a reason: kind, code of Windows, sentence and advice.
struct Meaning {
  ErrorCode code;
  uint32_t wsman_code;
  std::string sentence;
  AdviceKey advice;
};

Meaning meaning_of(Reason reason, const TransportOptions& options, const std::string& service) {
  const ErrorCode denied = ErrorCode::access_denied;
  const ErrorCode failed = ErrorCode::authentication;
  const std::string user = "\"" + options.credential.user_name + "\"";
  const std::string incorrect = "The user name or password is incorrect: ";
  const std::string no_servers = "There are no logon servers available: ";
  switch (reason) {
    case Reason::wrong_password:
      return {denied, code::kLogonFailure,
              incorrect + "the KDC refused the password of the user " + user,
              AdviceKey::check_credential};
    case Reason::password_expired:
      return {denied, code::kLogonFailure, "The password of the user " + user + " has expired",
              AdviceKey::change_kerberos_password};
    case Reason::account_locked:
      return {denied, code::kLogonFailure,
              "The account of the user " + user + " is currently locked or has expired",
              AdviceKey::ask_administrator};
    case Reason::user_unknown:
      return {denied, code::kLogonFailure, incorrect + "the KDC does not know the user " + user,
              AdviceKey::check_user_and_realm};
    case Reason::no_realm:
      return {failed, code::kNoLogonServers, no_servers + "no KDC is known for the user's realm",
              AdviceKey::configure_realm};
    case Reason::kdc_unreachable:
      return {failed, code::kNoLogonServers, no_servers + "the KDC cannot be reached",
              AdviceKey::check_kdc};
    case Reason::no_ticket:
      return {failed, code::kNoSuchLogonSession, "There is no Kerberos ticket of yours",
              AdviceKey::get_ticket};
    case Reason::ticket_expired:
      return {failed, code::kSecurityUnmapped, "Your Kerberos ticket has expired",
              AdviceKey::renew_ticket};
    case Reason::clock_skew:
      return {failed, code::kSecurityUnmapped,
              "The clocks of this computer and of the KDC or the server are too far apart",
              AdviceKey::set_clocks};
    case Reason::service_unknown:
      return {failed, code::kSecurityUnmapped,
              "The KDC cannot find the computer: it knows no service " + service,
              AdviceKey::register_service_name};
    case Reason::wrong_key:
      return {failed, code::kSecurityUnmapped,
              "The server cannot read a ticket for " + service +
                  ", which is registered to another account",
              AdviceKey::correct_service_name};
    case Reason::unproved:
      return {failed, code::kMutualAuthenticationFailed, "The server did not prove who it is",
              AdviceKey::verify_server};
    case Reason::bindings:
      return {failed, code::kSecurityUnmapped, "The server takes part in another TLS channel",
              AdviceKey::look_for_tls_proxy};
    case Reason::other:
      break;
  }
  return {failed, code::kSecurityUnmapped, "Kerberos failed", AdviceKey::use_other_authentication};
}

}  // namespace

Reason reason_for(const GssStatus& status) {
  // The minor status first: GSSAPI has one major status for many failures of Kerberos. Only a wrong
  // binding has a status of its own and no code of Kerberos.
  const uint32_t routine = status.major & gss::kErrors;
  if (routine == gss::kBadBindings) return Reason::bindings;
  // The code is negative and arrives in an unsigned type.
  const Reason reason = kerberos_reason(static_cast<int32_t>(status.minor) - kKerberosCodes);
  if (reason != Reason::other) return reason;
  if (routine == gss::kNoCredential) return Reason::no_ticket;
  if (routine == gss::kCredentialExpired) return Reason::ticket_expired;
  return Reason::other;
}

Failure read_failure(const gss::Library& library, const GssStatus& status,
                     const gss::Oid& mechanism) {
  if (status.minor == ENOMEM) throw std::bad_alloc();
  Failure failure;
  failure.reason = reason_for(status);
  if (status.minor != 0) failure.words = words_for(library, status.minor, kMinorStatus, mechanism);
  // A mechanism may have no words for its own status; those of GSSAPI itself are less specific.
  if (failure.words.empty())
    failure.words = words_for(library, status.major, kMajorStatus, mechanism);
  return failure;
}

Error kerberos_error(const Failure& failure, const TransportOptions& options,
                     const std::string& service) {
  const Meaning meaning = meaning_of(failure.reason, options, service);
  const std::string words = failure.words.empty() ? "" : " (" + failure.words + ")";
  return make_error(meaning.code, meaning.wsman_code,
                    "WinRM cannot process the request, as Kerberos could not authenticate to " +
                        options.endpoint.display() + ". " + meaning.sentence + words,
                    {meaning.advice});
}

}  // namespace wsman::gss
