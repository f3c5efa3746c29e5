// What is decided about CredSSP before any traffic, and what a server's refusal means.
#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "transport/authentication/credssp.h"
#include "transport/codes.h"
#include "transport/http_text.h"
#include "transport/trusted_hosts.h"

namespace wsman {
namespace {

constexpr uint32_t kPasswordNeeded = 0x803381A1;
constexpr uint32_t kCredsspDisabled = 0x803381A2;
constexpr uint32_t kNotAllowedForTarget = 0x803381A3;

std::string how_to_allow(const TransportOptions& options) {
  return ". CredSSP hands the server your user name and password, so it has to be allowed for each "
         "computer: Enable-WSManCredSSP -Role Client -DelegateComputer " +
         options.endpoint.host;
}

// "wsman/*.example.com"; an entry for another service is not for us.
bool covers(std::string_view entry, std::string_view host) {
  constexpr std::string_view kService = "wsman/";
  entry = trimmed(entry);
  return equal_without_case(entry.substr(0, kService.size()), kService) &&
         matches_wildcard(entry.substr(kService.size()), host);
}

// What a status says in words, and the code that Windows has for the same failure.
struct Meaning {
  uint32_t status;
  uint32_t code;
  const char* words;
  const char* advice;
};

constexpr const char* kCheckThem = "Check the user name and the password.";
constexpr const char* kAskThere = "Ask whoever administers the account.";

constexpr std::array<Meaning, 15> kMeanings = {{
    {0xC000006D, 1326, "the user name or the password is wrong", kCheckThem},
    {0xC000006A, 1326, "the password is wrong", kCheckThem},
    {0xC0000064, 1326, "it knows no such user", kCheckThem},
    {0x8009030C, 1326, "it refused the logon", kCheckThem},
    {0xC000006E, 1327, "a restriction of the account forbids it", kAskThere},
    {0xC000006F, 1328, "the account may not log on at this time", kAskThere},
    {0xC0000070, 1329, "the account may not log on from here", kAskThere},
    {0xC0000071, 1330, "the password has expired", "Change it."},
    {0xC0000072, 1331, "the account is disabled", kAskThere},
    {0xC0000133, 1398, "the clocks are too far apart", "Set them: Kerberos allows five minutes."},
    {0xC000015B, 1385, "the account may not log on in this way", kAskThere},
    {0xC0000193, 1793, "the account has expired", kAskThere},
    {0xC0000224, 1907, "the password has to be changed first", "Change it."},
    {0xC0000234, 1909, "the account is locked", kAskThere},
    {0x80090346, kSecurityUnmapped, "it was shown another certificate than its own",
     "Look for somebody between here and there."},
}};

std::string in_hexadecimal(uint32_t status) {
  std::array<char, 16> text{};
  (void)std::snprintf(text.data(), text.size(), "0x%08X", status);
  return text.data();
}

}  // namespace

Status check_delegation(const TransportOptions& options, const AuthenticationPolicy& policy) {
  if (!policy.allow_credssp) {
    return Error{
        ErrorCode::authentication,
        with_code("CredSSP authentication is turned off by the client settings", kCredsspDisabled) +
            how_to_allow(options),
        kCredsspDisabled,
        {}};
  }
  if (!options.credential.given) {
    return Error{ErrorCode::invalid_argument,
                 with_code("CredSSP hands over a user name and a password, and none was given",
                           kPasswordNeeded) +
                     ". Add -Credential: what you are logged on with here cannot be handed over.",
                 kPasswordNeeded,
                 {}};
  }
  const bool allowed =
      std::any_of(policy.fresh_credentials.begin(), policy.fresh_credentials.end(),
                  [&](const std::string& entry) { return covers(entry, options.endpoint.host); });
  if (allowed) return Done{};
  return Error{ErrorCode::authentication,
               with_code("The client settings do not allow that " + options.endpoint.host +
                             " is handed a user name and a password",
                         kNotAllowedForTarget) +
                   how_to_allow(options),
               kNotAllowedForTarget,
               {}};
}

Error ended_with_status(const TransportOptions& options, uint32_t status) {
  const auto* const found = std::find_if(kMeanings.begin(), kMeanings.end(),
                                         [&](const Meaning& one) { return one.status == status; });
  const bool known = found != kMeanings.end();
  const uint32_t code = known ? found->code : kAccessDenied;
  return {code == kSecurityUnmapped ? ErrorCode::authentication : ErrorCode::access_denied,
          with_code(options.endpoint.display() + " ended the authentication of the user \"" +
                        options.credential.user_name + "\" with the status " +
                        in_hexadecimal(status) + (known ? ": " : "") + (known ? found->words : ""),
                    code) +
              ". " + (known ? found->advice : kCheckThem),
          code,
          {}};
}

}  // namespace wsman
