#include "transport/channel_binding.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <memory>

namespace wsman {
namespace {

struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};

// X509_get_signature_info() looks into the parameters of RSASSA-PSS as well.
const EVP_MD* hash_for(X509* certificate) {
  int hash = NID_undef;
  if (X509_get_signature_info(certificate, &hash, nullptr, nullptr, nullptr) != 1) hash = NID_undef;
  if (hash == NID_undef || hash == NID_md5 || hash == NID_sha1 || hash == NID_md5_sha1) {
    return EVP_sha256();
  }
  const EVP_MD* named = EVP_get_digestbynid(hash);
  return named != nullptr ? named : EVP_sha256();
}

}  // namespace

std::string end_point_binding(const std::string& certificate) {
  const auto* octets = reinterpret_cast<const unsigned char*>(certificate.data());
  const std::unique_ptr<X509, FreeCertificate> parsed(
      d2i_X509(nullptr, &octets, static_cast<long>(certificate.size())));
  if (!parsed) return {};
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(certificate.data(), certificate.size(), digest.data(), &size,
                 hash_for(parsed.get()), nullptr) != 1) {
    return {};
  }
  return "tls-server-end-point:" + std::string(digest.begin(), digest.begin() + size);
}

}  // namespace wsman
