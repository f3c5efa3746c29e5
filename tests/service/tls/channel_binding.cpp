#include "tls/channel_binding.h"

#include <openssl/evp.h>
#include <openssl/objects.h>

#include <array>

#include "tls/certificates.h"

namespace wsman::service {

std::string server_end_point(const X509* certificate) {
  int hash = NID_undef;
  // Knows the hash of RSASSA-PSS too, which is in its parameters.
  X509_get_signature_info(const_cast<X509*>(certificate), &hash, nullptr, nullptr, nullptr);
  const EVP_MD* digest = EVP_get_digestbynid(hash);
  if (hash == NID_md5 || hash == NID_sha1 || digest == nullptr) digest = EVP_sha256();

  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  if (X509_digest(certificate, digest, bytes.data(), &size) != 1) {
    throw_openssl_error("hash a certificate");
  }
  return "tls-server-end-point:" + std::string(bytes.begin(), bytes.begin() + size);
}

}  // namespace wsman::service
