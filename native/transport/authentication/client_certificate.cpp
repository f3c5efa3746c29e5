// ClientCertificate [MS-WSMV 3.1.4.1.30.4]: TLS has authenticated the client, and the authorization
// line tells the server to use that.
#include "base/codes.h"
#include "transport/authentication/mechanism.h"

namespace wsman::authentication {
namespace {

class CertificateContext : public SecurityContext {
 public:
  void append_authorization(Secret& head, const http::RequestLine& line) override {
    head.append(line.field());
    // The name of a profile of DSP0226, where HTTP would have a scheme [MS-WSMV 3.1.4.1.30.4].
    head.append("http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual\r\n");
  }

  std::string proof() const override { return "ClientCertificate"; }
};

class Certificate : public Mechanism {
 public:
  bool wants_channel_binding() const override { return false; }

  std::unique_ptr<SecurityContext> begin(std::string /*channel_binding*/) override {
    return std::make_unique<CertificateContext>();
  }
  bool wipe() override { return true; }  // The transport owns the key.
};

}  // namespace

Status check_client_certificate(const TransportOptions& options, const Policy& /*policy*/) {
  // The user is the one that the server maps the certificate to, so a credential would go unused.
  if (options.credential.given) {
    return make_error(ErrorCode::invalid_argument, code::kClientCertUnneededCreds,
                      "A client certificate and a credential cannot be given together",
                      {AdviceKey::leave_out_credential});
  }
  // Only a TLS handshake can carry a certificate and the proof of its key.
  if (!options.endpoint.tls) {
    return make_error(ErrorCode::invalid_argument, code::kCannotUseCertificatesForHttp,
                      "A client certificate is shown over https only", {AdviceKey::use_tls});
  }
  return Done{};
}

std::unique_ptr<Mechanism> make_client_certificate(const TransportOptions& /*options*/,
                                                   Credential /*credential*/,
                                                   const Policy& /*policy*/) {
  return std::make_unique<Certificate>();
}

}  // namespace wsman::authentication
