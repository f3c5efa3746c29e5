// pubKeyAuth of CredSSP: what shows that the TLS between two ends is one, with nobody in between.
//
// Each end sends the public key of the server's certificate, or a hash of it, under the protection
// of the authentication inside. [MS-CSSP 3.1.5]
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_PUBLIC_KEY_PROOF_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_PUBLIC_KEY_PROOF_H_

#include <string>
#include <string_view>

namespace wsman {

// The first version whose proof is a hash over a nonce, which ended CVE-2018-0886.
constexpr int kCredsspNonceVersion = 5;

// What the key is proved with. `key` is the content of SubjectPublicKey.
struct PublicKeyClaim {
  int version = 0;  // In force between the two ends.
  std::string nonce;
  std::string key;
};

// What the client sends. Empty if OpenSSL cannot hash.
std::string client_key_proof(const PublicKeyClaim& claim);

// Whether `proof` is what the server has to answer. Takes the same time for every wrong one.
bool is_server_key_proof(const PublicKeyClaim& claim, std::string_view proof);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_PUBLIC_KEY_PROOF_H_
