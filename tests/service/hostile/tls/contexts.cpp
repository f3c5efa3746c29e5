#include "hostile/tls/contexts.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/ssl.h>

#include <array>
#include <cstring>
#include <memory>

#include "hostile/tls/recipe.h"
#include "hostile/tls/revocation_list.h"
#include "hostile/tls/staple.h"

namespace wsman::hostile {
namespace {

using service::Identity;

constexpr int kWeakBits = 1024;
constexpr int kUsualBits = 2048;

// The second group of RFC 2409, which has 1024 bits. The caller owns it.
EVP_PKEY* make_small_group() {
  const std::unique_ptr<BIGNUM, service::FreeWith<BN_free>> prime(
      BN_get_rfc2409_prime_1024(nullptr));
  std::array<unsigned char, kWeakBits / 8> bytes{};
  BN_bn2nativepad(prime.get(), bytes.data(), static_cast<int>(bytes.size()));
  unsigned int generator = 2;
  std::array parameters{OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_FFC_P, bytes.data(), bytes.size()),
                        OSSL_PARAM_construct_uint(OSSL_PKEY_PARAM_FFC_G, &generator),
                        OSSL_PARAM_construct_end()};
  const std::unique_ptr<EVP_PKEY_CTX, service::FreeWith<EVP_PKEY_CTX_free>> maker(
      EVP_PKEY_CTX_new_from_name(nullptr, "DH", nullptr));
  EVP_PKEY* group = nullptr;
  if (EVP_PKEY_fromdata_init(maker.get()) != 1 ||
      EVP_PKEY_fromdata(maker.get(), &group, EVP_PKEY_KEY_PARAMETERS, parameters.data()) != 1) {
    service::throw_openssl_error("make a Diffie-Hellman group");
  }
  return group;
}

// Hands OpenSSL a copy of the staple for each connection that asks for it.
int give_staple(SSL* ssl, void* staple) {
  const auto& bytes = *static_cast<const std::string*>(staple);
  void* copy = OPENSSL_malloc(bytes.size());
  if (copy == nullptr) return SSL_TLSEXT_ERR_ALERT_FATAL;
  std::memcpy(copy, bytes.data(), bytes.size());
  if (SSL_set_tlsext_status_ocsp_resp(ssl, copy, static_cast<long>(bytes.size())) == 1) {
    return SSL_TLSEXT_ERR_OK;
  }
  OPENSSL_free(copy);
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

Recipe foreign_authority() {
  Recipe recipe;
  recipe.common_name = "An authority that nobody knows";
  recipe.is_authority = true;
  return recipe;
}

}  // namespace

Contexts::Contexts(const service::Authority& authority, bool only_tls_12)
    : only_tls_12_(only_tls_12), list_file_(authority.ca_file.parent_path() / "list.pem") {
  const Identity& issuer = authority.identity;
  add("tls", issue({}, &issuer));
  add_validity_and_names(issuer);
  add_issuers(issuer);
  add_old(issuer);
  add_revocation(issuer);
}

void Contexts::add(const std::string& name, const Identity& identity, const std::string& staple) {
  auto& context = contexts_
                      .emplace(std::piecewise_construct, std::forward_as_tuple(name),
                               std::forward_as_tuple(boost::asio::ssl::context::tls_server))
                      .first->second;
  SSL_CTX* const raw = context.native_handle();
  // Weak keys are there to be refused by the client, not by this side.
  SSL_CTX_set_security_level(raw, 0);
  service::use_identity(raw, identity);
  if (only_tls_12_) SSL_CTX_set_max_proto_version(raw, TLS1_2_VERSION);
  if (staple.empty()) return;
  staples_.push_back(staple);
  SSL_CTX_set_tlsext_status_cb(raw, give_staple);
  SSL_CTX_set_tlsext_status_arg(raw, &staples_.back());
}

void Contexts::add_validity_and_names(const Identity& authority) {
  Recipe expired;
  expired.first_day = -30;
  expired.last_day = -1;
  add("cert-expired", issue(expired, &authority));
  Recipe future;
  future.first_day = 2;
  add("cert-not-yet-valid", issue(future, &authority));
  Recipe elsewhere;
  elsewhere.names = "DNS:elsewhere.invalid,IP:127.0.0.9";
  add("cert-wrong-name", issue(elsewhere, &authority));
  // The common name counts for nothing where there are alternative names.
  Recipe only_common_name = elsewhere;
  only_common_name.common_name = "localhost";
  add("cert-only-common-name", issue(only_common_name, &authority));
  Recipe client;
  client.purpose = "clientAuth";
  add("cert-wrong-purpose", issue(client, &authority));
  Recipe weak;
  weak.rsa_bits = kWeakBits;
  add("cert-weak-key", issue(weak, &authority));
}

void Contexts::add_issuers(const Identity& authority) {
  add("cert-self-signed", issue({}, nullptr));
  const Identity foreign = issue(foreign_authority(), nullptr);
  add("cert-unknown-ca", issue({}, &foreign));
  Recipe between;
  between.common_name = "WSMan loopback intermediate";
  between.is_authority = true;
  const Identity intermediate = issue(between, &authority);
  const Identity leaf = issue({}, &intermediate);
  add("cert-chain-incomplete", leaf);
  add("cert-chain-complete", leaf);
  SSL_CTX_add1_chain_cert(contexts_.at("cert-chain-complete").native_handle(),
                          intermediate.certificate.get());
  // A server certificate that signs another one is no authority.
  const Identity server = issue({}, &authority);
  add("cert-issued-by-server", issue({}, &server));
  SSL_CTX_add1_chain_cert(contexts_.at("cert-issued-by-server").native_handle(),
                          server.certificate.get());
}

void Contexts::add_old(const Identity& authority) {
  const auto add_version = [&](const std::string& name, int version) {
    add(name, issue({}, &authority));
    SSL_CTX* const raw = contexts_.at(name).native_handle();
    SSL_CTX_set_min_proto_version(raw, version);
    SSL_CTX_set_max_proto_version(raw, version);
  };
  add_version("old-tls-1.0", TLS1_VERSION);
  add_version("old-tls-1.1", TLS1_1_VERSION);
  Recipe sha1;
  sha1.sha1 = true;
  add("old-hash", issue(sha1, &authority));
  Recipe rsa;
  rsa.rsa_bits = kUsualBits;
  add("old-group", issue(rsa, &authority));
  SSL_CTX* const raw = contexts_.at("old-group").native_handle();
  SSL_CTX_set_max_proto_version(raw, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(raw, "DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0");
  SSL_CTX_set0_tmp_dh_pkey(raw, make_small_group());
}

void Contexts::add_revocation(const Identity& authority) {
  const Identity usual = issue({}, &authority);
  const auto staple = [&](StapleKind kind) { return make_staple(kind, usual, authority); };
  add("cert-staple-good", usual, staple(StapleKind::good));
  add("cert-staple-revoked", usual, staple(StapleKind::revoked));
  add("cert-staple-stale", usual, staple(StapleKind::stale));
  add("cert-staple-garbage", usual, "no OCSP response at all");
  const Identity listed = issue({}, &authority);
  add("cert-listed", listed);
  write_revocation_list(list_file_, authority, *listed.certificate);
  Recipe strict;
  strict.must_staple = true;
  const Identity demanding = issue(strict, &authority);
  add("cert-must-staple-missing", demanding);
  add("cert-must-staple-good", demanding, make_staple(StapleKind::good, demanding, authority));
  add("cert-must-staple-forged", demanding, make_staple(StapleKind::forged, demanding, authority));
  add("cert-must-staple-unrelated", demanding,
      make_staple(StapleKind::unrelated, demanding, authority));
  add("cert-must-staple-endless", demanding,
      make_staple(StapleKind::endless, demanding, authority));
}

}  // namespace wsman::hostile
