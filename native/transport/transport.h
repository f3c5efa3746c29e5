// The seam between SOAP and the network: one request, one answer, one end.
//
// The rooms to the left know only this header; unit tests put a transport of their own behind it.
#ifndef WSMAN_TRANSPORT_TRANSPORT_H_
#define WSMAN_TRANSPORT_TRANSPORT_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "base/secret.h"
#include "transport/endpoint.h"

namespace wsman {

// How a user asks to be authenticated. The names are those of PowerShell's enumeration.
enum class AuthenticationKind {
  none,
  default_,
  basic,
  negotiate,
  kerberos,
  digest,
  credssp,
  client_certificate,
};

const char* name_of(AuthenticationKind kind);

struct Credential {
  bool given = false;
  std::string user_name;
  Secret password;
};

// Bounds of one exchange. Each one is named in the error that it causes.
struct Timeouts {
  Milliseconds resolve{10000};
  Milliseconds connect_address{10000};  // One address.
  Milliseconds connect{20000};          // All addresses.
  Milliseconds tls{10000};
  Milliseconds authenticate{30000};  // Each answer of a KDC.
  Milliseconds send{30000};
  Milliseconds receive{65000};  // OperationTimeout + NetworkDelayms.
  Milliseconds close{200};      // For the peer's close_notify.
};

// Which checks of the server's certificate are left out.
struct CertificateChecks {
  bool skip_ca = false;
  bool skip_cn = false;
  bool skip_revocation = false;
};

class ClientIdentity;

// What a client proves itself with in the TLS handshake: handed over, or in a file.
struct ClientCertificate {
  std::vector<std::string> chain = {};  // In DER, the client's own first.
  Secret private_key;                   // PKCS#8 in DER, of the first.
  std::string file = {};                // PEM or PKCS#12, with both; instead of these.
};

// How to get through a proxy, where there is one.
struct ProxyOptions {
  AuthenticationKind authentication = AuthenticationKind::none;  // negotiate, basic or digest.
  Credential credential;
  std::string address;  // As https_proxy has it. Empty: there is none.
  std::string bypass;   // As no_proxy has it.
};

// All that a transport needs to reach one computer.
struct TransportOptions {
  Endpoint endpoint;
  AuthenticationKind authentication = AuthenticationKind::none;
  Credential credential;
  ClientCertificate certificate;  // With AuthenticationKind::client_certificate.
  std::shared_ptr<const ClientIdentity> identity = nullptr;  // Made of it by the transport.
  std::optional<ProxyOptions> proxy;  // Absent: whatever the environment says, none is used.
  Timeouts timeouts;
  CertificateChecks checks;
  bool no_encryption = false;        // Over http messages travel as they are; AllowUnencrypted too.
  bool spn_port = false;             // The port is part of the name of the service.
  std::string trusted_ca_path;       // File or folder with further CAs, or empty.
  size_t max_head_octets = 65536;    // Of a response head.
  size_t max_body_octets = 1024000;  // Of a response body: twice MaxEnvelopeSizekb.
};

struct HttpRequest {
  std::string content_type;
  std::string body;
  bool anonymous_identify = false;  // Adds the header WSMANIDENTIFY: unauthenticated.
  bool idempotent = false;          // May be sent again if the connection died before any answer.
  // Sent in place of `body` if it is there: it holds a secret.
  std::shared_ptr<const Secret> secret_body = nullptr;

  std::string_view content() const { return secret_body ? secret_body->view() : body; }
};

struct HttpResponse {
  int status = 0;
  std::string content_type;  // Media type in lower case, without parameters.
  std::string location;
  std::string body;
};

// What hanging up came to.
struct CloseOutcome {
  int closed = 0;        // Connections that were open.
  bool graceful = true;  // Every TLS peer was sent close_notify.
  bool secrets_wiped = true;
};

// The connections to one computer. Every function may be called from any thread. After close()
// every exchange fails with ErrorCode::closed.
class Transport {
 public:
  virtual ~Transport() = default;

  // Sends one request and reads the whole answer. An answer with any status but 401 is a value. The
  // request is sent a second time only if nothing of it can have been carried out: the connection
  // was found dead before the first octet was written, or it died before any answer and the request
  // is idempotent, or the server no longer knew who is at the other end of a kept connection. An
  // encrypted request is then encrypted anew.
  //
  // Fails with name_resolution, cannot_connect, connection_lost, tls, certificate, authentication,
  // unencrypted, access_denied, timed_out, cancelled, closed, protocol or limit; the message names
  // computer and port.
  virtual Result<HttpResponse> exchange(const HttpRequest& request, const Call& call) = 0;

  // Hangs up and wipes the credential. Never fails; bounded by `call`. Repeating it finds nothing.
  virtual CloseOutcome close(const Call& call) = 0;

  virtual int connections() const = 0;
};

// Makes the transport for one computer, without traffic. Fails with authentication, unencrypted or
// invalid_argument if the combination of options cannot work.
using TransportFactory = std::function<Result<std::unique_ptr<Transport>>(TransportOptions)>;

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_TRANSPORT_H_
