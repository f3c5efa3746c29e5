#include "transport/authentication/credssp/public_key_proof.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <new>

#include "transport/tls/openssl.h"

namespace wsman::credssp {
namespace {

// The zero at the end is hashed too [MS-CSSP 3.1.5]. Each direction has a text of its own, so that
// the proof of the client cannot be sent back as the proof of the server.
constexpr std::string_view kToServer("CredSSP Client-To-Server Binding Hash\0", 38);
constexpr std::string_view kToClient("CredSSP Server-To-Client Binding Hash\0", 38);

std::string bound(std::string_view magic, const PublicKeyClaim& claim) {
  const std::string text = std::string(magic) + claim.nonce + claim.key;
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned int size = 0;
  const tls::NotedFailures noted;
  if (EVP_Digest(text.data(), text.size(), hash.data(), &size, EVP_sha256(), nullptr) != 1) {
    if (tls::take_failure().lacked_memory) throw std::bad_alloc();
    return {};
  }
  return {reinterpret_cast<const char*>(hash.data()), size};
}

std::string server_key_proof(const PublicKeyClaim& claim) {
  if (claim.version >= kNonceVersion) return bound(kToClient, claim);
  // Below version 5 the first byte plus one tells the answer from the proof of the client.
  std::string key = claim.key;
  if (!key.empty()) key[0] = static_cast<char>(static_cast<unsigned char>(key[0]) + 1U);
  return key;
}

}  // namespace

std::string client_key_proof(const PublicKeyClaim& claim) {
  return claim.version >= kNonceVersion ? bound(kToServer, claim) : claim.key;
}

bool is_server_key_proof(const PublicKeyClaim& claim, std::string_view proof) {
  const std::string expected = server_key_proof(claim);
  // An empty expectation comes from a hash that failed, and would accept an empty proof.
  return !expected.empty() && expected.size() == proof.size() &&
         CRYPTO_memcmp(expected.data(), proof.data(), proof.size()) == 0;
}

}  // namespace wsman::credssp
