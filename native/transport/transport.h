// The seam between SOAP and the network: one request, one answer, one end.
//
// The session room sends its requests through this interface only, so unit tests implement
// Transport themselves and open no sockets.
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

// The authentication that a user asks for.
enum class AuthenticationKind {
  none,
  default_,  // Kerberos or Negotiate, as the credential has it.
#define WSMAN_MECHANISM(kind, ...) kind,
#include "transport/mechanisms.def"
#undef WSMAN_MECHANISM
};

const char* name_of(AuthenticationKind kind);

// The kind with that name. Returns nothing if there is none.
std::optional<AuthenticationKind> authentication_kind(std::string_view name);

struct Credential {
  bool given = false;
  std::string user_name;
  Secret password;
};

// The bounds of one exchange, in milliseconds. The error that a bound causes names its phase.
struct Timeouts {
  // Of a new connection: resolving, connecting, the proxy, TLS and authentication together, the
  // answers of a KDC included. When a session is opened, its first answer too.
  Milliseconds reach{10000};
  Milliseconds send{30000};
  Milliseconds receive{65000};            // OperationTimeout + NetworkDelayms.
  const char* receive_setting = nullptr;  // The client setting it comes from; null for none.
  Milliseconds close{200};                // For the peer's close_notify.
};

// The client setting that `reach` comes from.
inline constexpr const char* kConnectTimeoutSetting = "ConnectTimeoutms";

// The same call with the bound for reaching a computer.
inline Call reaching(const Call& call, const Timeouts& timeouts) {
  return call.within(timeouts.reach, kConnectTimeoutSetting);
}

// The checks of the server's certificate to leave out.
struct CertificateChecks {
  bool skip_ca = false;
  bool skip_cn = false;
  bool skip_revocation = false;
};

namespace tls {
class CertifiedKey;
}

// The certificate that a client presents in the TLS handshake: in memory, or in a file.
struct ClientCertificate {
  std::vector<std::string> chain = {};  // In DER, the client's own first.
  Secret private_key;                   // PKCS#8 in DER, of the first.
  std::string file = {};                // PEM or PKCS#12, with both; instead of these.
};

// The proxy, and how to authenticate to it.
struct ProxyOptions {
  AuthenticationKind authentication = AuthenticationKind::none;  // negotiate, basic or digest.
  Credential credential;
  std::string address;  // As https_proxy has it. Empty: there is none.
  std::string bypass;   // As no_proxy has it.
};

// The switches of a connection that a user can set. A request is read into these, and they are
// passed on unchanged.
struct TransportSwitches {
  CertificateChecks checks;
  bool no_encryption = false;  // Messages over http are not encrypted; needs AllowUnencrypted.
  bool spn_port = false;       // The port is part of the name of the service.
};

// All that a transport needs to reach one computer.
struct TransportOptions : TransportSwitches {
  Endpoint endpoint;
  AuthenticationKind authentication = AuthenticationKind::none;
  Credential credential;
  ClientCertificate certificate;  // With AuthenticationKind::client_certificate.
  std::shared_ptr<const tls::CertifiedKey> certified_key =
      nullptr;                        // Loaded from it by the transport.
  std::optional<ProxyOptions> proxy;  // Absent: none is used, despite the environment.
  Timeouts timeouts;
  std::string trusted_ca_path;      // File or folder with further CAs, or empty.
  bool legacy_tls = false;          // LegacyTLSHosts names the computer (tls/context.h).
  size_t max_head_bytes = 65536;    // Of a response head.
  size_t max_body_bytes = 1024000;  // Of a response body: twice MaxEnvelopeSizekb.
};

struct HttpRequest {
  std::string content_type;
  std::string body;
  bool anonymous_identify = false;  // Adds the header WSMANIDENTIFY: unauthenticated.
  bool idempotent = false;          // May be carried out twice.
  // Holds a secret, and is sent in the place of `body` if it is not null.
  std::shared_ptr<const Secret> secret_body = nullptr;

  std::string_view content() const { return secret_body ? secret_body->view() : body; }
};

struct HttpResponse {
  int status = 0;
  std::string content_type;  // Media type in lower case, without parameters.
  std::string location;
  std::string body;
  // The encoding that Content-Type names; empty if it names none, or if the request was encrypted.
  std::string charset = {};
  // The request was encrypted. A status is not, so anybody on the way may have written it, and it
  // does not say what became of the request.
  bool is_unproved = false;
  // It came before the request was sent, in the place of an authentication.
  bool is_before_request = false;
};

// The outcome of a close.
struct CloseOutcome {
  int closed = 0;        // Connections that were open.
  bool graceful = true;  // Every TLS peer was sent close_notify.
  bool secrets_wiped = true;
};

// The number of connections to one computer, and so of its requests in flight.
inline constexpr size_t kMostConnections = 4;

// The connections to one computer. Every function may be called from any thread. After close()
// every exchange fails with ErrorCode::closed.
class Transport {
 public:
  virtual ~Transport() = default;

  // Sends one request and reads the whole answer. An answer with any status but 401 is a value. The
  // request is sent a second time only if nothing of it can have been carried out: the connection
  // was found dead before the first byte was written, or it died before any answer and the request
  // is idempotent, or the server had dropped the authentication of a kept connection. The last of
  // an encrypted request only if it is idempotent: that nothing was done is told in clear text,
  // which anybody on the way may have written. It is encrypted anew each time.
  //
  // Fails with name_resolution, cannot_connect, connection_lost, tls, certificate, authentication,
  // unencrypted, access_denied, timed_out, cancelled, closed, protocol or limit; the message names
  // computer and port.
  virtual Result<HttpResponse> exchange(const HttpRequest& request, const Call& call) = 0;

  // Closes all connections and wipes the credential. Never fails; bounded by `call`. Safe to
  // repeat: the second call finds nothing to close.
  virtual CloseOutcome close(const Call& call) = 0;

  virtual int connections() const = 0;
};

// The error for work over a session that is no longer open. The name may be empty.
Error closed_error(const std::string& computer_name);

// Makes the transport for one computer, without traffic. Fails with authentication, unencrypted or
// invalid_argument if the combination of options cannot work.
using TransportFactory = std::function<Result<std::unique_ptr<Transport>>(TransportOptions)>;

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_TRANSPORT_H_
