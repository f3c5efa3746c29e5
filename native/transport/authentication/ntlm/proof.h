// What NTLMv2 computes of a password and a CHALLENGE. [MS-NLMP 3.3.2]
//
// Pure functions, for a system whose OpenSSL has MD5 (hash.h).
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_NTLM_PROOF_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_NTLM_PROOF_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "transport/authentication/ntlm/messages.h"

namespace wsman::ntlm {

// An account, all in UTF-16LE.
struct Account {
  Secret domain;  // Empty: the server's own account, or the name says it.
  Secret user;
  Secret password;
};

// NTOWFv2: as good as the password.
Secret response_key(const Account& account);

// What the client chooses for an answer.
struct Choice {
  std::string time;              // A FILETIME: the server's, if it gave one.
  std::string client_challenge;  // 8 random bytes.
  std::string target_info;
};

struct Response {
  Secret nt_response;  // NTProofStr and what it is about.
  Secret session_base_key;
};
Response respond(const Secret& response_key, const std::string& server_challenge,
                 const Choice& choice);

// The target information for the answer: the server's, with the statement that a message integrity
// code follows, the channel binding (zeros for none), and the service that the client wants, in
// UTF-16LE.
std::string answered_target_info(const Challenge& challenge, const std::string& channel_binding,
                                 std::string_view service);

// The message integrity code over all three messages, the last with zeros in its place.
Secret integrity_code(const Secret& session_key, std::string_view negotiate,
                      std::string_view challenge, std::string_view authenticate);

}  // namespace wsman::ntlm

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_NTLM_PROOF_H_
