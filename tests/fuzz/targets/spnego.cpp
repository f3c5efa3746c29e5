// The tokens of SPNEGO.
#include <string_view>

#include "fuzz.h"
#include "transport/authentication/spnego/tokens.h"

namespace wsman::fuzz {
namespace {

void read_token(std::string_view bytes) {
  const auto response = spnego::read_response(bytes);
  if (response) {
    demand(response->token.size() + response->mechanism_list_mic.size() < bytes.size(),
           "A token has more in it than it is long");
  }
  // The reader takes what the writer writes, whatever is in it.
  const std::string_view token = bytes.substr(0, bytes.size() / 2);
  const std::string_view mic = bytes.substr(token.size());
  const auto again = spnego::read_response(spnego::write_response(token, mic).view());
  demand(again && again->token == token && again->mechanism_list_mic == mic && !again->state,
         "Another token is read than was written");
  demand(!spnego::read_response(spnego::write_init(bytes)), "A first token is taken for an answer");
}

const Target spnego_target{"spnego", read_token};

}  // namespace
}  // namespace wsman::fuzz
