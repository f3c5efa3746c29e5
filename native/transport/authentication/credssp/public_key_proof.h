// pubKeyAuth of CredSSP: the proof that both ends share one TLS, without a machine in the middle.
//
// Each end sends the public key of the server's certificate, or a hash of it, under the protection
// of the authentication inside. [MS-CSSP 3.1.5]
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_PUBLIC_KEY_PROOF_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_PUBLIC_KEY_PROOF_H_

#include <string>
#include <string_view>

namespace wsman::credssp {

// The first version whose proof is a hash over a nonce, which ended CVE-2018-0886.
constexpr int kNonceVersion = 5;

// The input of the proof. `key` is the content of SubjectPublicKey.
struct PublicKeyClaim {
  int version = 0;  // In force between the two ends.
  std::string nonce;
  std::string key;
};

// The proof of the client. Empty if OpenSSL cannot hash.
std::string client_key_proof(const PublicKeyClaim& claim);

// Whether `proof` is the right answer of the server. Takes the same time for every wrong one.
bool is_server_key_proof(const PublicKeyClaim& claim, std::string_view proof);

}  // namespace wsman::credssp

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_PUBLIC_KEY_PROOF_H_
