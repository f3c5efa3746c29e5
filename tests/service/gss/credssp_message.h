// What travels inside the TLS of CredSSP, written and read by hand: this side shares no code with
// the client that is tested against it. [MS-CSSP 2.2.1, 3.1.5]
#ifndef WSMAN_TESTS_SERVICE_GSS_CREDSSP_MESSAGE_H
#define WSMAN_TESTS_SERVICE_GSS_CREDSSP_MESSAGE_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wsman::service {

// A field that is empty is not there.
struct CredsspMessage {
  int version = 0;
  std::string nego_token = {};
  std::string auth_info = {};
  std::string public_key_auth = {};
  std::optional<std::uint32_t> error_code = {};
  std::string client_nonce = {};
};

// Nothing if a single byte is not where it belongs.
std::optional<CredsspMessage> read_credssp(std::string_view der);
std::string write_credssp(const CredsspMessage& message);

struct DelegatedCredential {
  std::string domain;  // UTF-8, as the others.
  std::string user;
  std::string password;
};
std::optional<DelegatedCredential> read_credential(std::string_view der);

// What shows that one side knows the key; `version` is the one in force.
std::string client_proof(int version, const std::string& nonce, const std::string& key);
std::string server_proof(int version, const std::string& nonce, const std::string& key);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_GSS_CREDSSP_MESSAGE_H
