// The messages of CredSSP, as they travel inside its TLS, and the credential that the last of them
// hands over. [MS-CSSP 2.2.1]
//
// Pure functions over octets. DER by OpenSSL's templates; what OpenSSL copies is cleansed.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_TS_REQUEST_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_TS_REQUEST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace wsman {

// What this client says of itself in each message.
constexpr int kCredsspVersion = 6;

// What goes out. An empty member is left out. Borrowed for the call.
struct TsRequest {
  std::string_view nego_token;
  std::string_view auth_info;
  std::string_view public_key_auth;
  std::string_view client_nonce;
};

// Nothing if memory ran out.
std::optional<Secret> write_ts_request(const TsRequest& request);

// What comes back. A member that was left out is empty.
struct TsAnswer {
  int version = 0;
  std::string nego_token;
  std::string public_key_auth;
  std::optional<uint32_t> error_code;  // An NTSTATUS.
};

// Nothing if `der` is anything but one whole TSRequest in DER, with one token at most.
std::optional<TsAnswer> read_ts_answer(std::string_view der);

// TSCredentials with TSPasswordCreds in it. A user name "DOMAIN\user" is taken apart, every other
// goes as it is. Nothing if name or password is not UTF-8, or memory ran out.
std::optional<Secret> write_ts_credentials(std::string_view user_name, const Secret& password);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_TS_REQUEST_H_
