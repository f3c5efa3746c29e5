// How authentication and sealing shall err in the requests that come by one path.
#ifndef WSMAN_TESTS_SERVICE_GSS_GSS_QUIRKS_H
#define WSMAN_TESTS_SERVICE_GSS_GSS_QUIRKS_H

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace wsman::service {

enum class GssQuirk {
  none,
  // Of the tokens.
  only_basic,          // Nothing but Basic is offered.
  garbage_token,       // The first answer carries a token that is none.
  garbage_last_token,  // So does the last, with 200.
  changed_last_token,  // One bit of the last is wrong.
  no_base64,           // The first answer carries what is not base64.
  oversized_token,     // The first answer carries a token of 256 KB.
  endless,             // Each token is answered with 401 and "go on".
  other_connection,    // Each further token is taken for one of a connection that is not known.
  endless_offer,       // Each token is answered with 401 and the offers.
  token_hangs_up,      // Hangs up instead of the first answer.
  token_closes,        // Closes the connection after the first answer.
  refusal_closes,      // Not wrong: closes the connection with each refusal.
  swap_certificate,    // As token_closes, once, and later connections have the other certificate.
  other_certificate,   // The client is taken to have seen the other certificate.
  // Of CredSSP.
  credssp_wrong_key,          // The proof of the key has one bit wrong.
  credssp_other_certificate,  // It is made of the key of another certificate.
  credssp_downgrade,          // Says version 2.
  credssp_garbage,            // The first message within TLS is none.
  credssp_oversized_token,    // It carries a token of 256 KB.
  credssp_error,              // It says that the logon failed.
  credssp_ends_shaking,       // Hangs up instead of an answer, in each phase.
  credssp_ends_proving,
  credssp_ends_binding,
  credssp_ends_delegating,
  credssp_closes_each,  // Not wrong: each group of an answer is closed.
  // Of sealed answers.
  plain_answer,
  stop_sealing,  // Plain from the second answer of a connection on.
  bad_signature,
  bit_flip,
  replay,     // The first sealed answer of the connection again, from the second on.
  reorder,    // The answer is sealed as the next one but one.
  truncated,  // The ciphertext lacks its end.
  wrong_protocol,
  wrong_length,  // Length= is one too large.
  short_length,  // Length= is one too small.
  wild_signature_length,
  no_tab,
  exchange_boundary,  // As Exchange writes it.
  omi_padding,        // As OMI writes it.
};

inline constexpr std::array<std::pair<std::string_view, GssQuirk>, 39> kGssQuirks = {{
    {"only-basic", GssQuirk::only_basic},
    {"garbage-token", GssQuirk::garbage_token},
    {"garbage-last-token", GssQuirk::garbage_last_token},
    {"changed-last-token", GssQuirk::changed_last_token},
    {"no-base64", GssQuirk::no_base64},
    {"oversized-token", GssQuirk::oversized_token},
    {"endless", GssQuirk::endless},
    {"endless-offer", GssQuirk::endless_offer},
    {"other-connection", GssQuirk::other_connection},
    {"token-hangs-up", GssQuirk::token_hangs_up},
    {"token-closes", GssQuirk::token_closes},
    {"refusal-closes", GssQuirk::refusal_closes},
    {"swap-certificate", GssQuirk::swap_certificate},
    {"other-certificate", GssQuirk::other_certificate},
    {"credssp-wrong-key", GssQuirk::credssp_wrong_key},
    {"credssp-other-certificate", GssQuirk::credssp_other_certificate},
    {"credssp-downgrade", GssQuirk::credssp_downgrade},
    {"credssp-garbage", GssQuirk::credssp_garbage},
    {"credssp-oversized-token", GssQuirk::credssp_oversized_token},
    {"credssp-error", GssQuirk::credssp_error},
    {"credssp-ends-shaking", GssQuirk::credssp_ends_shaking},
    {"credssp-ends-proving", GssQuirk::credssp_ends_proving},
    {"credssp-ends-binding", GssQuirk::credssp_ends_binding},
    {"credssp-ends-delegating", GssQuirk::credssp_ends_delegating},
    {"credssp-closes-each", GssQuirk::credssp_closes_each},
    {"plain-answer", GssQuirk::plain_answer},
    {"stop-sealing", GssQuirk::stop_sealing},
    {"bad-signature", GssQuirk::bad_signature},
    {"bit-flip", GssQuirk::bit_flip},
    {"replay", GssQuirk::replay},
    {"reorder", GssQuirk::reorder},
    {"truncated", GssQuirk::truncated},
    {"wrong-protocol", GssQuirk::wrong_protocol},
    {"wrong-length", GssQuirk::wrong_length},
    {"short-length", GssQuirk::short_length},
    {"wild-signature-length", GssQuirk::wild_signature_length},
    {"no-tab", GssQuirk::no_tab},
    {"exchange-boundary", GssQuirk::exchange_boundary},
    {"omi-padding", GssQuirk::omi_padding},
}};

// What the quirks of an oversized token send.
inline constexpr std::size_t kOversizedToken = 256UL * 1024;

inline std::optional<GssQuirk> gss_quirk_named(std::string_view name) {
  for (const auto& [known, quirk] : kGssQuirks) {
    if (known == name) return quirk;
  }
  return std::nullopt;
}

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_GSS_GSS_QUIRKS_H
