// The tokens of SPNEGO with NTLM inside, and no other mechanism. [RFC 4178 4.2]
//
// Pure functions over bytes. The reader takes DER in one form: definite lengths, as short as can
// be, and nothing behind the end.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_SPNEGO_TOKENS_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_SPNEGO_TOKENS_H_

#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace wsman::spnego {

// The list of mechanisms that the first token offers, in DER: what mechListMIC is made of.
std::string_view offered_mechanisms();

// NegTokenInit, in the frame of GSSAPI [RFC 2743 3.1].
std::string write_init(std::string_view token);

// NegTokenResp with the next token of the mechanism and the MIC of the offered mechanisms.
Secret write_response(std::string_view token, std::string_view mechanism_list_mic);

enum class State { completed = 0, incomplete = 1, rejected = 2, mic_requested = 3 };

// NegTokenResp of the server. Parts that were left out are empty.
struct Response {
  std::optional<State> state;
  std::optional<bool> is_ntlm;  // Of the mechanism that it names.
  std::string token;
  std::string mechanism_list_mic;
};

// Nothing unless `token` is one whole NegTokenResp.
std::optional<Response> read_response(std::string_view token);

}  // namespace wsman::spnego

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_SPNEGO_TOKENS_H_
