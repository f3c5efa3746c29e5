#include "transport/client_identity.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

#include "transport/bio.h"
#include "transport/certificate.h"

namespace wsman {
namespace {

constexpr uint32_t kNeeded = 0x803380B4;
constexpr uint32_t kInvalid = 0x803380B7;
constexpr uint32_t kInvalidUsage = 0x80338155;
constexpr size_t kLargestFile = 1048576;

Bio bio_over(std::string_view octets) {
  return Bio(BIO_new_mem_buf(octets.data(), static_cast<int>(octets.size())));
}

Error unusable(const std::string& sentence, const std::string& advice, uint32_t code = kInvalid) {
  ERR_clear_error();
  return {ErrorCode::invalid_argument, with_code(sentence, code) + ". " + advice, code, {}};
}

// The whole of a file, without a copy in a buffer of a stream.
Status read_whole(const std::string& path, Secret& content) {
  std::ifstream file;
  file.rdbuf()->pubsetbuf(nullptr, 0);
  file.open(path, std::ios::binary);
  std::array<char, 4096> part{};
  while (file && content.size() <= kLargestFile) {
    file.read(part.data(), part.size());
    content.append({part.data(), static_cast<size_t>(file.gcount())});
  }
  OPENSSL_cleanse(part.data(), part.size());
  if (!file.eof() || content.empty()) {
    return unusable("The client certificate's file " + path + " cannot be read",
                    "The client setting ClientCertificateFile names it.");
  }
  return Done{};
}

// OpenSSL asks this for the password of what is encrypted. There is nobody to ask.
int no_password(char* /*buffer*/, int /*size*/, int /*writing*/, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

Error encrypted(const std::string& path) {
  return unusable("The key in the client certificate's file " + path + " is encrypted",
                  "Store it without a password, in a file that you alone can read (chmod 600).");
}

}  // namespace

Result<std::shared_ptr<const ClientIdentity>> ClientIdentity::load(ClientCertificate source) {
  if (source.chain.empty() && source.file.empty()) {
    return unusable("ClientCertificate authentication needs a client certificate",
                    "Add -CertificateThumbprint, or name a file in the client setting "
                    "ClientCertificateFile.",
                    kNeeded);
  }
  const std::shared_ptr<ClientIdentity> identity(new ClientIdentity());
  const Status read =
      source.chain.empty() ? identity->read_file(source.file) : identity->read_parts(source);
  if (!read.ok()) return read.error();
  const Status checked = identity->check();
  if (!checked.ok()) return checked.error();
  return std::shared_ptr<const ClientIdentity>(identity);
}

Status ClientIdentity::read_parts(const ClientCertificate& source) {
  for (const std::string& der : source.chain) {
    const auto* octets = reinterpret_cast<const unsigned char*>(der.data());
    Certificate certificate(d2i_X509(nullptr, &octets, static_cast<long>(der.size())));
    if (!certificate) return unusable("The client certificate cannot be read", "It is no X.509.");
    chain_.push_back(std::move(certificate));
  }
  const std::string_view der = source.private_key.view();
  const auto* octets = reinterpret_cast<const unsigned char*>(der.data());
  key_.reset(d2i_AutoPrivateKey(nullptr, &octets, static_cast<long>(der.size())));
  return Done{};
}

Status ClientIdentity::read_file(const std::string& path) {
  Secret content;
  Status read = read_whole(path, content);
  if (!read.ok()) return read;
  const bool is_pem = content.view().find("-----BEGIN ") != std::string_view::npos;
  return is_pem ? read_pem(content.view(), path) : read_pkcs12(content.view(), path);
}

// Certificates and key in any order; the client's own is the one that belongs to the key.
Status ClientIdentity::read_pem(std::string_view text, const std::string& path) {
  bool asked = false;
  const Bio key_bio = bio_over(text);
  key_.reset(PEM_read_bio_PrivateKey(key_bio.get(), nullptr, no_password, &asked));
  if (asked) return encrypted(path);
  const Bio bio = bio_over(text);
  for (;;) {
    Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, no_password, &asked));
    if (!certificate) break;
    chain_.push_back(std::move(certificate));
  }
  ERR_clear_error();
  if (chain_.empty()) {
    return unusable("There is no certificate in the client certificate's file " + path,
                    "Put it there in PEM, together with its key.");
  }
  const auto own = std::find_if(chain_.begin(), chain_.end(), [&](const Certificate& certificate) {
    return key_ && X509_check_private_key(certificate.get(), key_.get()) == 1;
  });
  if (own != chain_.end()) std::rotate(chain_.begin(), own, own + 1);
  ERR_clear_error();
  return Done{};
}

Status ClientIdentity::read_pkcs12(std::string_view octets, const std::string& path) {
  const Bio bio = bio_over(octets);
  struct FreePkcs12 {
    void operator()(PKCS12* pkcs12) const { PKCS12_free(pkcs12); }
  };
  const std::unique_ptr<PKCS12, FreePkcs12> file(d2i_PKCS12_bio(bio.get(), nullptr));
  if (!file) {
    return unusable("The client certificate's file " + path + " is neither PEM nor PKCS#12",
                    "Convert it to PEM, certificate and key in one file.");
  }
  // "No password" is written in two ways.
  const bool plain = PKCS12_verify_mac(file.get(), nullptr, 0) == 1;
  if (!plain && PKCS12_verify_mac(file.get(), "", 0) != 1) return encrypted(path);
  EVP_PKEY* key = nullptr;
  X509* own = nullptr;
  STACK_OF(X509)* others = nullptr;
  if (PKCS12_parse(file.get(), plain ? nullptr : "", &key, &own, &others) != 1) {
    return unusable("The client certificate's file " + path + " cannot be read",
                    "Its encryption may be one that OpenSSL does not offer any more.");
  }
  key_.reset(key);
  if (own != nullptr) chain_.emplace_back(own);
  while (others != nullptr && sk_X509_num(others) > 0) chain_.emplace_back(sk_X509_shift(others));
  sk_X509_free(others);
  if (chain_.empty()) {
    return unusable("There is no certificate in the client certificate's file " + path,
                    "Put it there, together with its key.");
  }
  return Done{};
}

Status ClientIdentity::check() const {
  X509* own = chain_.front().get();
  const std::string name = "The client certificate " + subject();
  if (!key_) return unusable(name + " has no private key", "Import it together with its key.");
  if (X509_check_private_key(own, key_.get()) != 1) {
    return unusable(name + " does not belong to the private key", "Use the key it was made for.");
  }
  if (X509_cmp_current_time(X509_get0_notAfter(own)) < 0) {
    return unusable(name + " has expired", "Renew it.");
  }
  if (X509_cmp_current_time(X509_get0_notBefore(own)) > 0) {
    return unusable(name + " is not valid yet", "Compare the clock of this computer.");
  }
  if (X509_check_purpose(own, X509_PURPOSE_SSL_CLIENT, 0) != 1) {
    return unusable(name + " is not meant for clients",
                    "Its extended key usage must have Client Authentication (1.3.6.1.5.5.7.3.2).",
                    kInvalidUsage);
  }
  return Done{};
}

bool ClientIdentity::show(SSL* ssl) const {
  bool taken = SSL_use_certificate(ssl, chain_.front().get()) == 1 &&
               SSL_use_PrivateKey(ssl, key_.get()) == 1;
  for (size_t i = 1; i < chain_.size() && taken; ++i) {
    taken = SSL_add1_chain_cert(ssl, chain_[i].get()) == 1;
  }
  return taken;
}

std::string ClientIdentity::subject() const { return subject_of(chain_.front().get()); }

}  // namespace wsman
