#include "hostile/tls/staple.h"

#include <openssl/ocsp.h>

#include <ctime>
#include <memory>

namespace wsman::hostile {
namespace {

using service::FreeWith;
using service::Identity;

using BasicPtr = std::unique_ptr<OCSP_BASICRESP, FreeWith<OCSP_BASICRESP_free>>;
using ResponsePtr = std::unique_ptr<OCSP_RESPONSE, FreeWith<OCSP_RESPONSE_free>>;
using IdPtr = std::unique_ptr<OCSP_CERTID, FreeWith<OCSP_CERTID_free>>;
using TimePtr = std::unique_ptr<ASN1_TIME, FreeWith<ASN1_TIME_free>>;

constexpr long kSecondsOfADay = 24L * 60 * 60;

void check(bool succeeded) {
  if (!succeeded) service::throw_openssl_error("make an OCSP response");
}

TimePtr in_days(long days) {
  return TimePtr(X509_time_adj(nullptr, days * kSecondsOfADay, nullptr));
}

void add_status(OCSP_BASICRESP* answer, StapleKind kind, const Identity& subject,
                const Identity& issuer) {
  const bool revoked = kind == StapleKind::revoked || kind == StapleKind::stale;
  const X509* about =
      kind == StapleKind::unrelated ? issuer.certificate.get() : subject.certificate.get();
  const IdPtr id(OCSP_cert_to_id(nullptr, about, issuer.certificate.get()));
  const long last_day = kind == StapleKind::stale ? -1 : 7;
  const TimePtr from = in_days(last_day - 8);
  const TimePtr until = in_days(last_day);
  const TimePtr revoked_at = in_days(-10);
  check(id && from && until && revoked_at);
  check(OCSP_basic_add1_status(
            answer, id.get(), revoked ? V_OCSP_CERTSTATUS_REVOKED : V_OCSP_CERTSTATUS_GOOD,
            OCSP_REVOKED_STATUS_KEYCOMPROMISE, revoked ? revoked_at.get() : nullptr, from.get(),
            kind == StapleKind::endless ? nullptr : until.get()) != nullptr);
}

}  // namespace

std::string make_staple(StapleKind kind, const Identity& subject, const Identity& issuer) {
  const BasicPtr answer(OCSP_BASICRESP_new());
  check(answer != nullptr);
  add_status(answer.get(), kind, subject, issuer);
  const Identity& signer = kind == StapleKind::forged ? subject : issuer;
  check(OCSP_basic_sign(answer.get(), signer.certificate.get(), signer.key.get(), EVP_sha256(),
                        nullptr, 0) == 1);
  const ResponsePtr response(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, answer.get()));
  check(response != nullptr);
  unsigned char* bytes = nullptr;
  const int size = i2d_OCSP_RESPONSE(response.get(), &bytes);
  check(size > 0);
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

}  // namespace wsman::hostile
