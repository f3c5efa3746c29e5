#include "transport/tls/certified_key.h"

#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/codes.h"
#include "base/regular_file.h"
#include "transport/tls/certificate_error.h"
#include "transport/tls/openssl.h"
#include "transport/tls/purpose.h"

namespace wsman::tls {
namespace {

constexpr size_t kLargestFile = 1048576;  // A chain with its key has a few kilobytes.

Error unusable(const std::string& sentence, AdviceKey advice,
               uint32_t wsman_code = code::kClientInvalidCert) {
  return make_error(ErrorCode::invalid_argument, wsman_code, sentence, {advice});
}

// OpenSSL calls this for the password of an encrypted key. Without a callback of ours it would
// prompt on the terminal of the process.
int no_password(char* /*buffer*/, int /*size*/, int /*writing*/, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

void free_certificates(STACK_OF(X509) * certificates) { sk_X509_pop_free(certificates, X509_free); }

Error encrypted(const std::string& path) {
  return unusable("The key in the client certificate's file " + path + " is encrypted",
                  AdviceKey::store_key_unencrypted);
}

}  // namespace

Result<std::shared_ptr<const CertifiedKey>> CertifiedKey::load(ClientCertificate source) {
  if (source.chain.empty() && source.file.empty()) {
    return unusable("ClientCertificate authentication needs a client certificate",
                    AdviceKey::add_certificate, code::kClientCertNeeded);
  }
  bool lacked_memory = false;
  const auto try_it = [&] {
    const NotedFailures noted;
    auto read_one = read(source);
    // Also of one that was read: a chain may lack what there was no memory for.
    lacked_memory = errno == ENOMEM;
    return read_one;
  };
  auto loaded = try_it();
  // ENOMEM is left too where memory came from elsewhere in the end, but hardly twice.
  if (lacked_memory) loaded = try_it();
  if (lacked_memory) return out_of_memory();
  return loaded;
}

Result<std::shared_ptr<const CertifiedKey>> CertifiedKey::read(const ClientCertificate& source) {
  const std::shared_ptr<CertifiedKey> identity(new CertifiedKey());
  const Status read =
      source.chain.empty() ? identity->read_file(source.file) : identity->read_parts(source);
  if (!read.ok()) return read.error();
  const Status checked = identity->check();
  if (!checked.ok()) return checked.error();
  return std::shared_ptr<const CertifiedKey>(identity);
}

Status CertifiedKey::read_parts(const ClientCertificate& source) {
  for (const std::string& der : source.chain) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    Certificate certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
    if (!certificate) {
      return unusable("The client certificate cannot be read: it is no X.509",
                      AdviceKey::add_certificate);
    }
    chain_.push_back(std::move(certificate));
  }
  const std::string_view der = source.private_key.view();
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  // A missing or unreadable key leaves null, which check() reports with the name of the
  // certificate.
  key_.reset(d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(der.size())));
  return Done{};
}

Status CertifiedKey::read_file(const std::string& path) {
  Secret content;
  const FileReading read =
      read_regular_file(path, kLargestFile, [&](std::string_view piece) { content.append(piece); });
  if (!read.refusal.empty()) {
    return unusable("The client certificate's file " + path + " " + read.refusal,
                    AdviceKey::check_certificate_file);
  }
  if (read.is_shared) shared_file_ = path;
  const bool is_pem = content.view().find("-----BEGIN ") != std::string_view::npos;
  return is_pem ? read_pem(content.view(), path) : read_pkcs12(content.view(), path);
}

// Tools write certificates and key in any order. The client's own certificate is the one that
// belongs to the key, and TLS sends it first [RFC 8446 4.4.2].
Status CertifiedKey::read_pem(std::string_view text, const std::string& path) {
  bool asked = false;
  const Bio key_bio = bio_over(text);
  key_.reset(PEM_read_bio_PrivateKey(key_bio.get(), nullptr, no_password, &asked));
  if (asked) return encrypted(path);
  // A second pass over the text: the first one has read up to the key, and passed over what stood
  // before it.
  const Bio bio = bio_over(text);
  for (;;) {
    Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, no_password, &asked));
    if (!certificate) break;
    chain_.push_back(std::move(certificate));
  }
  if (chain_.empty()) {
    return unusable("There is no certificate in the client certificate's file " + path,
                    AdviceKey::fill_certificate_file);
  }
  const auto own = std::find_if(chain_.begin(), chain_.end(), [&](const Certificate& certificate) {
    return key_ && X509_check_private_key(certificate.get(), key_.get()) == 1;
  });
  // The others keep their order, which is that of the chain. Without a match check() reports the
  // key.
  if (own != chain_.end()) std::rotate(chain_.begin(), own, own + 1);
  return Done{};
}

Status CertifiedKey::read_pkcs12(std::string_view bytes, const std::string& path) {
  const Bio bio = bio_over(bytes);
  const Owned<PKCS12, PKCS12_free> file(d2i_PKCS12_bio(bio.get(), nullptr));
  if (!file) {
    return unusable("The client certificate's file " + path + " is neither PEM nor PKCS#12",
                    AdviceKey::convert_certificate_file);
  }
  // No password is written in two ways: as an absent password and as an empty one, which give
  // different keys [RFC 7292 B.1]. Writers are not of one mind.
  const bool plain = PKCS12_verify_mac(file.get(), nullptr, 0) == 1;
  if (!plain && PKCS12_verify_mac(file.get(), "", 0) != 1) return encrypted(path);
  EVP_PKEY* key = nullptr;
  X509* own = nullptr;
  STACK_OF(X509)* others = nullptr;
  const bool read = PKCS12_parse(file.get(), plain ? nullptr : "", &key, &own, &others) == 1;
  // Of a failure 1.1.1 leaves pointers to a key and a certificate that it has freed.
  key_.reset(read ? key : nullptr);
  Certificate certificate(read ? own : nullptr);
  const Owned<STACK_OF(X509), free_certificates> rest(others);
  if (!read) {
    return unusable("The client certificate's file " + path +
                        " cannot be read; its encryption may be one that OpenSSL does not offer "
                        "any more",
                    AdviceKey::convert_certificate_file);
  }
  if (certificate) chain_.push_back(std::move(certificate));
  // Each is taken off the stack, so that it is owned once.
  while (sk_X509_num(rest.get()) > 0) chain_.push_back(Certificate(sk_X509_shift(rest.get())));
  if (chain_.empty()) {
    return unusable("There is no certificate in the client certificate's file " + path,
                    AdviceKey::fill_certificate_file);
  }
  return Done{};
}

Status CertifiedKey::check() const {
  // The errors of this function name the cause. A server would answer most of these with the same
  // alert, or by closing the connection.
  X509* own = chain_.front().get();
  const std::string name = "The client certificate " + subject();
  if (!key_) return unusable(name + " has no private key", AdviceKey::import_with_key);
  if (X509_check_private_key(own, key_.get()) != 1) {
    return unusable(name + " does not belong to the private key", AdviceKey::use_its_key);
  }
  if (X509_cmp_current_time(X509_get0_notAfter(own)) < 0) {
    return unusable(name + " has expired", AdviceKey::renew_certificate);
  }
  if (X509_cmp_current_time(X509_get0_notBefore(own)) > 0) {
    return unusable(name + " is not valid yet", AdviceKey::check_clock);
  }
  const std::string fault = fault_for_role(own, Role::client);
  if (!fault.empty()) {
    return unusable(name + " is not meant for clients, since " + fault,
                    AdviceKey::issue_for_clients, code::kCertInvalidUsageClient);
  }
  return Done{};
}

bool CertifiedKey::show(SSL* ssl) const {
  bool taken = SSL_use_certificate(ssl, chain_.front().get()) == 1 &&
               SSL_use_PrivateKey(ssl, key_.get()) == 1;
  for (size_t i = 1; i < chain_.size() && taken; ++i) {
    taken = SSL_add1_chain_cert(ssl, chain_[i].get()) == 1;
  }
  return taken;
}

std::string CertifiedKey::subject() const { return subject_of(chain_.front().get()); }

}  // namespace wsman::tls
