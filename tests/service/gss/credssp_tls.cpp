#include "gss/credssp_tls.h"

#include <openssl/x509.h>

#include <array>

namespace wsman::service {
namespace {

std::string key_of(const X509* certificate) {
  const ASN1_BIT_STRING* const key = X509_get0_pubkey_bitstr(certificate);
  return {reinterpret_cast<const char*>(key->data), static_cast<std::size_t>(key->length)};
}

}  // namespace

CredsspTlsServer::CredsspTlsServer(const GssOptions& options)
    : context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
  const Identity own = make_own_certificate();
  use_identity(context_.get(), own);
  const int version = options.credssp_tls_13 ? TLS1_3_VERSION : TLS1_2_VERSION;
  SSL_CTX_set_max_proto_version(context_.get(), version);
  SSL_CTX_set_min_proto_version(context_.get(), version);
  // Of TLS 1.2, so that it is known what a record looks like.
  SSL_CTX_set_cipher_list(context_.get(), "AESGCM");
  if (!options.credssp_tickets) SSL_CTX_set_num_tickets(context_.get(), 0);
  key_ = key_of(own.certificate.get());
  other_key_ = key_of(make_authority_certificate().certificate.get());
}

CredsspTls::CredsspTls(const CredsspTlsServer& server)
    : ssl_(SSL_new(server.context())), in_(BIO_new(BIO_s_mem())), out_(BIO_new(BIO_s_mem())) {
  SSL_set_bio(ssl_.get(), in_, out_);
  SSL_set_accept_state(ssl_.get());
}

std::string CredsspTls::taken() {
  std::string records(BIO_ctrl_pending(out_), '\0');
  if (!records.empty()) BIO_read(out_, records.data(), static_cast<int>(records.size()));
  return records;
}

std::optional<std::string> CredsspTls::shake_hands(std::string_view records) {
  BIO_write(in_, records.data(), static_cast<int>(records.size()));
  const int result = SSL_do_handshake(ssl_.get());
  if (result != 1 && SSL_get_error(ssl_.get(), result) != SSL_ERROR_WANT_READ) return std::nullopt;
  return taken();
}

std::string CredsspTls::seal(std::string_view text) {
  SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size()));
  return taken();
}

std::optional<std::string> CredsspTls::unseal(std::string_view records) {
  BIO_write(in_, records.data(), static_cast<int>(records.size()));
  std::string text;
  std::array<char, 16384> piece{};
  int size = 0;
  while ((size = SSL_read(ssl_.get(), piece.data(), static_cast<int>(piece.size()))) > 0) {
    text.append(piece.data(), static_cast<std::size_t>(size));
  }
  const bool whole =
      SSL_get_error(ssl_.get(), size) == SSL_ERROR_WANT_READ && SSL_has_pending(ssl_.get()) == 0;
  if (!whole) return std::nullopt;
  return text;
}

// [RFC 5288 3] In TLS 1.2 a nonce of 8 bytes follows the head of a record.
std::size_t CredsspTls::before() const {
  return SSL_version(ssl_.get()) == TLS1_3_VERSION ? 5 : 13;
}

// [RFC 8446 5.2] In TLS 1.3 the type of the content stands before the tag.
std::size_t CredsspTls::behind() const {
  return SSL_version(ssl_.get()) == TLS1_3_VERSION ? 17 : 16;
}

}  // namespace wsman::service
