// The loopback service as an acceptor, and a client of it.
#ifndef WSMAN_TESTS_E2E_AUTH_CLIENT_H_
#define WSMAN_TESTS_E2E_AUTH_CLIENT_H_

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/trace.h"
#include "support/advice.h"
#include "support/bounds.h"
#include "support/service.h"
#include "transport/http_transport.h"

namespace wsman::testing {

// Knows the realm's user "tester".
class Acceptor : public Service {
 public:
  // The one that most cases share: Negotiate, Kerberos and Basic, as on Windows.
  static Acceptor& instance();

  explicit Acceptor(const std::vector<std::string>& options = {});
};

// What a client asks for; the rest is as for a user who sets nothing.
struct Asked {
  AuthenticationKind kind = AuthenticationKind::negotiate;
  bool tls = false;
  std::string user = {};  // Empty: no credential.
  std::string password = {};
  std::string host = "localhost";
  std::uint16_t port = 0;  // That of the service, unless somebody stands before it.
  std::string path = "/wsman";
  std::vector<std::string> trusted_hosts = {"localhost", "127.0.0.1"};
  bool no_encryption = false;
  bool allow_unencrypted = false;
  bool spn_port = false;
  std::vector<std::string> fresh_credentials = {};  // Not empty: CredSSP is allowed.
  int credssp_minimum_version = 5;
  Milliseconds reach = kPatience;  // What a KDC may take, among others.
};

// NTLM, as it comes to be used: with a domain that no KDC knows.
Asked ntlm(bool tls = false);

// What a number of the service grew by.
class Growth {
 public:
  explicit Growth(Acceptor& service = Acceptor::instance())
      : service_(service), before_(service.security()) {}

  int operator()(const std::string& what) const {
    return service_.security().at(what).get<int>() - before_.at(what).get<int>();
  }

 private:
  Acceptor& service_;
  const nlohmann::json before_;
};

// One transport, and what came of its use.
class Client {
 public:
  explicit Client(const Asked& asked, Acceptor& service = Acceptor::instance());

  // What the policy says. The others are used only if it is ok.
  const Status& made() const { return made_; }
  Transport& transport() { return *transport_; }

  // Identify, which proves itself by what is answered.
  Result<HttpResponse> identify(bool idempotent = true);
  Result<HttpResponse> identify(const Call& call, bool idempotent = true);
  Result<HttpResponse> ask(const HttpRequest& request);

  // Everything that was said for -Verbose so far.
  std::string said();

  CloseOutcome close();

 private:
  TransportOptions options_;
  Status made_ = Done{};
  std::unique_ptr<Transport> transport_;
  Cancellation cancellation_;
  Trace trace_{Trace::Level::verbose};
};

inline bool is_identity(const Result<HttpResponse>& response) {
  return response.ok() && response.value().status == 200 &&
         response.value().body.find("IdentifyResponse") != std::string::npos;
}

// What comes of up to four requests, one after the other: the first that fails.
Result<HttpResponse> ask_repeatedly(Client& client);

// Identifies on eight threads at once, `each` times on each; returns how often that was answered.
int identified_at_once(Client& client, int each = 1);

// What failed, with its advice behind it; "" if it did not.
inline std::string sentence(const Error& error) { return error.message + " " + advice_of(error); }

template <typename T>
std::string sentence(const Result<T>& result) {
  return result.ok() ? std::string() : sentence(result.error());
}

template <typename T>
ErrorCode code(const Result<T>& result) {
  return result.ok() ? ErrorCode::internal : result.error().code;
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_E2E_AUTH_CLIENT_H_
