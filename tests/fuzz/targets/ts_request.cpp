// TSRequest of CredSSP, and the proof of the server's key.
#include "transport/authentication/credssp/ts_request.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "fuzz.h"
#include "transport/authentication/credssp/public_key_proof.h"

namespace wsman::fuzz {
namespace {

// The reader takes what the writer writes.
void check_written(std::string_view bytes) {
  const std::string_view token = bytes.substr(0, bytes.size() / 2);
  const std::string_view key = bytes.substr(token.size());
  const Secret written = credssp::write_ts_request({token, {}, key, {}});
  const auto read = credssp::read_ts_response(written.view());
  demand(read && read->nego_token == token && read->public_key_auth == key &&
             read->version == credssp::kVersion,
         "Another message is read than was written");
}

// Only one text proves a key, and never what the client sent.
void check_proof(std::string_view key, const std::string& proof) {
  for (const int version : {2, 5, 6}) {
    const credssp::PublicKeyClaim claim{version, std::string(32, 'n'), std::string(key)};
    demand(!credssp::is_server_key_proof(claim, credssp::client_key_proof(claim)),
           "The proof of the client proves the server");
    demand(!credssp::is_server_key_proof(claim, {}), "Nothing proves the server");
    demand(version < credssp::kNonceVersion || !credssp::is_server_key_proof(claim, proof),
           "Anything proves the server");
  }
}

void read_message(std::string_view bytes) {
  const auto answer = credssp::read_ts_response(bytes);
  if (answer) {
    demand(answer->version >= 1 && answer->version <= 255, "A version that there is not");
    demand(answer->nego_token.size() + answer->public_key_auth.size() < bytes.size(),
           "A message has more in it than it is long");
    check_proof(answer->nego_token, answer->public_key_auth);
  }
  check_written(bytes);
  (void)credssp::write_ts_credentials(bytes, Secret(bytes));
}

const Target ts_request_target{"ts_request", read_message};

}  // namespace
}  // namespace wsman::fuzz
