// ClientCertificate [MS-WSMV 3.1.4.1.30.4]: TLS has proved who the client is, and the authorization
// line says that this is what is meant.
#include "transport/authentication/authentication.h"

namespace wsman {
namespace {

class CertificateContext : public SecurityContext {
 public:
  void append_authorization(Secret& head, const RequestLine& line) override {
    head.append(line.field());
    head.append("http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual\r\n");
  }

  std::string proof() const override { return "ClientCertificate"; }
};

class Certificate : public Mechanism {
 public:
  std::unique_ptr<SecurityContext> begin(std::string /*channel_binding*/) override {
    return std::make_unique<CertificateContext>();
  }
  bool wipe() override { return true; }  // The transport has the key.
};

}  // namespace

std::unique_ptr<Mechanism> make_client_certificate() { return std::make_unique<Certificate>(); }

}  // namespace wsman
