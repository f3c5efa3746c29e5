#include "hostile/tls/contexts.h"

#include <openssl/ssl.h>

#include <cstring>

#include "hostile/tls/recipe.h"
#include "hostile/tls/staple.h"

namespace wsman::hostile {
namespace {

using service::Identity;

constexpr int kWeakBits = 1024;

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

Contexts::Contexts(const Identity& authority) {
  add("tls", issue({}, &authority));
  add_validity_and_names(authority);
  add_issuers(authority);
  add_revocation(authority);
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

void Contexts::add_revocation(const Identity& authority) {
  const Identity usual = issue({}, &authority);
  const auto staple = [&](StapleKind kind) { return make_staple(kind, usual, authority); };
  add("cert-staple-good", usual, staple(StapleKind::good));
  add("cert-staple-revoked", usual, staple(StapleKind::revoked));
  add("cert-staple-stale", usual, staple(StapleKind::stale));
  add("cert-staple-garbage", usual, "no OCSP response at all");
  Recipe strict;
  strict.must_staple = true;
  const Identity demanding = issue(strict, &authority);
  add("cert-must-staple-missing", demanding);
  add("cert-must-staple-good", demanding, make_staple(StapleKind::good, demanding, authority));
  add("cert-must-staple-forged", demanding, make_staple(StapleKind::forged, demanding, authority));
  add("cert-must-staple-unrelated", demanding,
      make_staple(StapleKind::unrelated, demanding, authority));
}

}  // namespace wsman::hostile
