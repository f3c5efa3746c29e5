// The messages of CredSSP inside its TLS, and the credential that the last of them carries.
// [MS-CSSP 2.2.1]
//
// Pure functions over bytes.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_TS_REQUEST_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_TS_REQUEST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace wsman::credssp {

// The version of this client, in each message.
constexpr int kVersion = 6;

// A message of the client. An empty member is left out. Borrowed for the call.
struct TsRequest {
  std::string_view nego_token;
  std::string_view auth_info;
  std::string_view public_key_auth;
  std::string_view client_nonce;
};

Secret write_ts_request(const TsRequest& request);

// A message of the server. A member that was left out is empty.
struct TsResponse {
  int version = 0;
  std::string nego_token;
  std::string public_key_auth;
  std::optional<uint32_t> error_code;  // An NTSTATUS.
};

// Nothing unless `der` is one whole TSRequest in DER, with one token at most.
std::optional<TsResponse> read_ts_response(std::string_view der);

// TSCredentials with TSPasswordCreds in it. A user name "DOMAIN\user" is split, any other goes as
// it is. Nothing if name or password is not UTF-8.
std::optional<Secret> write_ts_credentials(std::string_view user_name, const Secret& password);

}  // namespace wsman::credssp

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_TS_REQUEST_H_
