#include "transport/tls/channel_binding.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>

#include "transport/tls/openssl.h"

namespace wsman::tls {
namespace {

// X509_get_signature_info() also reads the parameters of RSASSA-PSS, whose object identifier names
// no hash.
const EVP_MD* hash_for(X509* certificate) {
  int hash = NID_undef;
  if (X509_get_signature_info(certificate, &hash, nullptr, nullptr, nullptr) != 1) hash = NID_undef;
  if (hash == NID_undef || hash == NID_md5 || hash == NID_sha1 || hash == NID_md5_sha1) {
    // MD5 and SHA-1 become SHA-256 by the RFC [RFC 5929 4.1]. It leaves undefined what a signature
    // without a hash does, such as Ed25519. Both ends have to choose alike, or the server refuses
    // the authentication.
    return EVP_sha256();
  }
  const EVP_MD* named = EVP_get_digestbynid(hash);
  return named != nullptr ? named : EVP_sha256();
}

Result<std::string> binding_to(const std::string& certificate) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(certificate.data());
  const Certificate parsed(d2i_X509(nullptr, &bytes, static_cast<long>(certificate.size())));
  if (!parsed) return make_error(ErrorCode::tls, "The certificate of the server cannot be read");
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  // Over the bytes as the server sent them: encoding the parsed certificate again might change
  // them.
  if (EVP_Digest(certificate.data(), certificate.size(), digest.data(), &size,
                 hash_for(parsed.get()), nullptr) != 1) {
    return make_error(ErrorCode::tls, "OpenSSL cannot hash the certificate of the server");
  }
  // The prefix of the unique name is part of the binding [RFC 5056 2.1].
  return "tls-server-end-point:" + std::string(digest.begin(), digest.begin() + size);
}

}  // namespace

Result<std::string> end_point_binding(const std::string& certificate) {
  const NotedFailures noted;
  Result<std::string> binding = binding_to(certificate);
  // Also where there is one: it may be made with the hash for certificates that name none.
  if (take_failure().lacked_memory) return out_of_memory();
  return binding;
}

}  // namespace wsman::tls
