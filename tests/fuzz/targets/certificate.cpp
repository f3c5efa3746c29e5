// Certificates: those of a server in errors, and those that a user names.
#include <openssl/err.h>
#include <openssl/x509.h>

#include <string>
#include <string_view>
#include <utility>

#include "fuzz.h"
#include "support/scratch_folder.h"
#include "transport/tls/certificate_error.h"
#include "transport/tls/certified_key.h"
#include "transport/tls/openssl.h"

namespace wsman::fuzz {
namespace {

void check_error(const Error& error) {
  demand(!error.message.empty() && error.message.find('\n') == std::string::npos,
         "An error is not a sentence");
}

void load(ClientCertificate source) {
  const auto key = tls::CertifiedKey::load(std::move(source));
  if (!key.ok()) check_error(key.error());
}

void load_file(std::string_view bytes) {
  static const testing::ScratchFolder folder;
  ClientCertificate source;
  source.file = folder.write("client.pfx", std::string(bytes));
  load(std::move(source));
}

void show(std::string_view der) {
  const auto* from = reinterpret_cast<const unsigned char*>(der.data());
  const tls::Certificate certificate(d2i_X509(nullptr, &from, static_cast<long>(der.size())));
  if (!certificate) return;
  for (const int code : {X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_CERT_HAS_EXPIRED,
                         X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_INVALID_PURPOSE,
                         X509_V_ERR_CERT_REVOKED}) {
    check_error(tls::certificate_error(kServer, certificate.get(), {code}));
  }
}

// The bytes are a certificate and its key in memory, a file, and what a server sends.
void read_bytes(std::string_view bytes) {
  ClientCertificate source;
  source.chain = {std::string(bytes)};
  source.private_key.append(bytes);
  {
    const tls::NotedFailures noted;
    load(std::move(source));
    load_file(bytes);
    show(bytes);
  }
  // The queue belongs to the thread, and so to the caller too.
  demand(ERR_peek_error() == 0, "OpenSSL keeps an error");
}

const Target certificate_target{"certificate", read_bytes};

}  // namespace
}  // namespace wsman::fuzz
