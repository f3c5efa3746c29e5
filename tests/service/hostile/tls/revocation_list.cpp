#include "hostile/tls/revocation_list.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

namespace wsman::hostile {
namespace {

using service::FreeWith;
using service::Identity;

using ListPtr = std::unique_ptr<X509_CRL, FreeWith<X509_CRL_free>>;
using TimePtr = std::unique_ptr<ASN1_TIME, FreeWith<ASN1_TIME_free>>;

void require_made(bool succeeded) {
  if (!succeeded) service::throw_openssl_error("make a revocation list");
}

TimePtr days_from_now(int days) { return TimePtr(X509_time_adj_ex(nullptr, days, 0, nullptr)); }

void add_entry(X509_CRL* list, const X509& revoked, const ASN1_TIME* when) {
  std::unique_ptr<X509_REVOKED, FreeWith<X509_REVOKED_free>> entry(X509_REVOKED_new());
  require_made(entry != nullptr);
  ASN1_INTEGER* const serial = const_cast<ASN1_INTEGER*>(X509_get0_serialNumber(&revoked));
  require_made(X509_REVOKED_set_serialNumber(entry.get(), serial) == 1 &&
               X509_REVOKED_set_revocationDate(entry.get(), const_cast<ASN1_TIME*>(when)) == 1 &&
               X509_CRL_add0_revoked(list, entry.get()) == 1);
  (void)entry.release();
}

}  // namespace

void write_revocation_list(const std::string& path, const Identity& issuer, const X509& revoked) {
  const ListPtr list(X509_CRL_new());
  const TimePtr from = days_from_now(-1);
  const TimePtr until = days_from_now(7);
  require_made(list && from && until);
  require_made(
      X509_CRL_set_version(list.get(), X509_CRL_VERSION_2) == 1 &&
      X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(issuer.certificate.get())) == 1 &&
      X509_CRL_set1_lastUpdate(list.get(), from.get()) == 1 &&
      X509_CRL_set1_nextUpdate(list.get(), until.get()) == 1);
  add_entry(list.get(), revoked, from.get());
  require_made(X509_CRL_sign(list.get(), issuer.key.get(), EVP_sha256()) > 0);
  const std::unique_ptr<BIO, FreeWith<BIO_free>> file(BIO_new_file(path.c_str(), "w"));
  require_made(file && PEM_write_bio_X509(file.get(), issuer.certificate.get()) == 1 &&
               PEM_write_bio_X509_CRL(file.get(), list.get()) == 1);
}

}  // namespace wsman::hostile
