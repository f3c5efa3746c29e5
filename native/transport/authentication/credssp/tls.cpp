#include "transport/authentication/credssp/tls.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <new>

#include "transport/http/tls_records.h"
#include "transport/tls/context.h"
#include "transport/tls/reasons.h"

namespace wsman::credssp {
namespace {

constexpr size_t kNonceInRecord = 8;  // The explicit nonce of GCM and CCM in TLS 1.2 [RFC 5288 3].

// Nothing is verified here, see the header. Nothing is resumed or renegotiated, because the proof
// of the key is about one handshake.
SSL_CTX* make_context() {
  SSL_CTX* made = SSL_CTX_new(TLS_client_method());
  if (made == nullptr) return nullptr;
  // OpenSSL passes over a cipher that it has no memory for, and the context is kept.
  if (!tls::demand_tls12(made) || errno == ENOMEM) {
    const tls::KeptLack lack;
    SSL_CTX_free(made);
    return nullptr;
  }
  SSL_CTX_set_verify(made, SSL_VERIFY_NONE, nullptr);
  SSL_CTX_set_session_cache_mode(made, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(made, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  tls::forbid_insecure_renegotiation(made);
  return made;
}

// Never freed, because contexts may end while the process exits. A failure is not kept, so that
// each is told with its reason.
SSL_CTX* shared_context() {
  static std::mutex mutex;
  static SSL_CTX* context = nullptr;
  const std::lock_guard<std::mutex> lock(mutex);
  if (context == nullptr) context = make_context();
  return context;
}

}  // namespace

// libssl sets errno to 0 before it writes, such as the alert of a failure.
void Tls::note_lack(int is_written, int /*version*/, int type, const void* /*message*/,
                    size_t /*size*/, SSL* /*ssl*/, void* self) {
  if (is_written != 0 && type == SSL3_RT_HEADER && errno == ENOMEM)
    static_cast<Tls*>(self)->lacked_memory_ = true;
}

Error Tls::broken(const std::string& otherwise) const {
  const tls::Failure failure = tls::take_failure();
  if (failure.lacked_memory || lacked_memory_) throw std::bad_alloc();
  return {ErrorCode::protocol,
          failure.code != 0
              ? tls::reason_in_words(failure.code, SSL_get_min_proto_version(ssl_.get())).words
              : otherwise};
}

Result<std::unique_ptr<Tls>> Tls::open() {
  tls::forget_failures();
  SSL_CTX* const context = shared_context();
  tls::Ssl ssl(context != nullptr ? SSL_new(context) : nullptr);
  tls::Bio in(BIO_new(BIO_s_mem()));
  tls::Bio out(BIO_new(BIO_s_mem()));
  if (!ssl || !in || !out) return tls::cannot_begin_tls();
  // The SSL owns both from here on.
  SSL_set_bio(ssl.get(), in.release(), out.release());
  SSL_set_connect_state(ssl.get());
  std::unique_ptr<Tls> tls(new Tls(std::move(ssl)));
  SSL_set_msg_callback(tls->ssl_.get(), note_lack);
  SSL_set_msg_callback_arg(tls->ssl_.get(), tls.get());
  return tls;
}

void Tls::begin_step() {
  tls::forget_failures();
  lacked_memory_ = false;
}

bool Tls::feed(std::string_view records) {
  const int size = static_cast<int>(records.size());
  return size == 0 || BIO_write(in_, records.data(), size) == size;
}

void Tls::take_ours(std::string& ours) {
  const size_t size = BIO_ctrl_pending(out_);
  const size_t before = ours.size();
  ours.resize(before + size);
  if (size > 0) BIO_read(out_, ours.data() + before, static_cast<int>(size));
}

Status Tls::shake_hands(std::string_view records, std::string& ours) {
  // SSL_get_error() reads the error queue of the thread, where a call of other code may have left
  // an entry.
  begin_step();
  if (!feed(records)) return broken("its bytes cannot be kept");
  const int result = SSL_do_handshake(ssl_.get());
  // A handshake over memory has no more input than this answer, so it is expected to want more.
  if (result != 1 && SSL_get_error(ssl_.get(), result) != SSL_ERROR_WANT_READ) {
    return broken("the server broke off the TLS handshake");
  }
  take_ours(ours);
  return Done{};
}

std::string Tls::server_key() const {
  X509* const certificate = SSL_get0_peer_certificate(ssl_.get());
  // The bit string without the algorithm around it: the server proves SubjectPublicKey
  // [MS-CSSP 3.1.5].
  const ASN1_BIT_STRING* const key =
      certificate != nullptr ? X509_get0_pubkey_bitstr(certificate) : nullptr;
  if (key == nullptr) return {};
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(key)),
          static_cast<size_t>(ASN1_STRING_length(key))};
}

Result<std::string> Tls::seal(std::string_view plain) {
  begin_step();
  if (plain.empty()) return broken("TLS carries no empty message");
  size_t written = 0;
  if (SSL_write_ex(ssl_.get(), plain.data(), plain.size(), &written) != 1 ||
      written != plain.size()) {
    return broken("TLS has ended");
  }
  std::string records;
  take_ours(records);
  return records;
}

// The bytes of a record before its cipher text. They differ by cipher mode alone, while the trailer
// is a tag, or a hash and padding in either order, or the type of the content and a tag.
size_t Tls::before_cipher() const {
  // TLS 1.3 has no explicit nonce [RFC 8446 5.3].
  if (SSL_version(ssl_.get()) >= TLS1_3_VERSION) return http::kTlsRecordHead;
  const int nid = SSL_CIPHER_get_cipher_nid(SSL_get_current_cipher(ssl_.get()));
  const EVP_CIPHER* const cipher = EVP_get_cipherbynid(nid);
  // CBC has its IV there instead [RFC 5246 6.2.3.2]; ChaCha20-Poly1305 has nothing [RFC 7905 2].
  const int mode = cipher != nullptr ? EVP_CIPHER_get_mode(cipher) : EVP_CIPH_STREAM_CIPHER;
  if (mode == EVP_CIPH_GCM_MODE || mode == EVP_CIPH_CCM_MODE)
    return http::kTlsRecordHead + kNonceInRecord;
  if (mode != EVP_CIPH_CBC_MODE) return http::kTlsRecordHead;
  return http::kTlsRecordHead + static_cast<size_t>(EVP_CIPHER_get_iv_length(cipher));
}

Result<http::Sealed> Tls::seal_piece(std::string_view plain) {
  const Result<std::string> sealed = seal(plain);
  if (!sealed.ok()) return sealed.error();
  const std::string& record = sealed.value();
  // The signature goes first and has the length of the trailer, as Windows cuts a record.
  const size_t trailer = record.size() - std::min(record.size(), before_cipher() + plain.size());
  return http::Sealed{record.substr(0, trailer), record.substr(trailer), plain.size()};
}

Result<std::string> Tls::unseal(std::string_view records) {
  begin_step();
  // OpenSSL would keep the start of a record that is cut short, and read the next message as its
  // end.
  if (http::tls_records_at(records) != records.size()) {
    return Error{ErrorCode::protocol, "it is not made of whole TLS records"};
  }
  if (!feed(records)) return broken("its bytes cannot be kept");
  std::string plain;
  for (;;) {
    const size_t before = plain.size();
    plain.resize(before + http::kMostInTlsRecord);
    size_t taken = 0;
    const int result =
        SSL_read_ex(ssl_.get(), plain.data() + before, http::kMostInTlsRecord, &taken);
    plain.resize(before + taken);
    // Until no record is left: one message may have many, and some carry nothing.
    if (result == 1) continue;
    if (SSL_get_error(ssl_.get(), 0) == SSL_ERROR_WANT_READ) return plain;
    return broken("the server ended the TLS");
  }
}

}  // namespace wsman::credssp
