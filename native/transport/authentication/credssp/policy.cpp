// The checks of CredSSP before any traffic, and the meaning of a server's refusal.
#include "transport/authentication/policy.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "base/codes.h"
#include "base/text.h"
#include "transport/authentication/credssp/mechanism.h"
#include "transport/authentication/trusted_hosts.h"

namespace wsman::credssp {
namespace {

// Compares an entry such as "wsman/*.example.com". Entries for other services are left out.
bool covers(std::string_view entry, std::string_view host) {
  constexpr std::string_view kService = "wsman/";
  entry = trimmed(entry);
  return equal_without_case(entry.substr(0, kService.size()), kService) &&
         authentication::matches_wildcard(entry.substr(kService.size()), host);
}

// A status in words, and the Win32 code of the same failure.
struct Meaning {
  uint32_t status;
  uint32_t code;
  const char* words;
  AdviceKey advice;
};

constexpr AdviceKey kCheckThem = AdviceKey::check_credential;
constexpr AdviceKey kAskThere = AdviceKey::ask_administrator;

constexpr std::array<Meaning, 15> kMeanings = {{
    // 0xC... is an NTSTATUS; 0x8009030C is SEC_E_LOGON_DENIED and 0x80090346 SEC_E_BAD_BINDINGS.
    {0xC000006D, code::kLogonFailure, "the user name or password is incorrect", kCheckThem},
    {0xC000006A, code::kLogonFailure, "the user name or password is incorrect (the password)",
     kCheckThem},
    {0xC0000064, code::kLogonFailure,
     "the user name or password is incorrect (it knows no such user)", kCheckThem},
    {0x8009030C, code::kLogonFailure, "it refused the logon", kCheckThem},
    {0xC000006E, code::kAccountRestriction, "a restriction of the account forbids it", kAskThere},
    {0xC000006F, code::kInvalidLogonHours, "the account may not log on at this time", kAskThere},
    {0xC0000070, code::kInvalidWorkstation, "the account may not log on from here", kAskThere},
    {0xC0000071, code::kPasswordExpired, "the password has expired", AdviceKey::change_password},
    {0xC0000072, code::kAccountDisabled, "the account is disabled", kAskThere},
    {0xC0000133, code::kTimeSkew, "the clocks are too far apart", AdviceKey::set_clocks},
    {0xC000015B, code::kLogonTypeNotGranted, "the account may not log on in this way", kAskThere},
    {0xC0000193, code::kAccountExpired, "the account has expired", kAskThere},
    {0xC0000224, code::kPasswordMustChange, "the password has to be changed first",
     AdviceKey::change_password},
    {0xC0000234, code::kAccountLockedOut, "the account is currently locked", kAskThere},
    {0x80090346, code::kSecurityUnmapped, "it was shown another certificate than its own",
     AdviceKey::look_for_interceptor},
}};

std::string in_hexadecimal(uint32_t status) {
  std::array<char, 16> text{};
  (void)std::snprintf(text.data(), text.size(), "0x%08X", status);
  return text.data();
}

}  // namespace

Status check_delegation(const TransportOptions& options, const authentication::Policy& policy) {
  if (!options.credential.given) {
    return make_error(ErrorCode::invalid_argument, code::kCredsspUsernamePasswordNeeded,
                      "CredSSP hands over a user name and a password, and none was given",
                      {AdviceKey::add_credential_for_cred_ssp});
  }
  const bool allowed =
      std::any_of(policy.fresh_credentials.begin(), policy.fresh_credentials.end(),
                  [&](const std::string& entry) { return covers(entry, options.endpoint.host); });
  if (allowed) return Done{};
  return make_error(ErrorCode::authentication, code::kClientAllowFreshCredentials,
                    "The client settings do not allow that " + options.endpoint.called() +
                        " is handed a user name and a password",
                    {{AdviceKey::allow_cred_ssp, {options.endpoint.host_in_list()}}});
}

Error ended_with_status(const TransportOptions& options, uint32_t status) {
  const auto* const found = std::find_if(kMeanings.begin(), kMeanings.end(),
                                         [&](const Meaning& one) { return one.status == status; });
  const bool known = found != kMeanings.end();
  // An unknown status is shown as it came; access was denied in any case.
  const uint32_t code = known ? found->code : code::kAccessDenied;
  return make_error(
      code == code::kSecurityUnmapped ? ErrorCode::authentication : ErrorCode::access_denied, code,
      options.endpoint.display() + " ended the authentication of the user \"" +
          options.credential.user_name + "\" with the status " + in_hexadecimal(status) +
          (known ? ": " : "") + (known ? found->words : ""),
      {known ? found->advice : kCheckThem});
}

}  // namespace wsman::credssp
