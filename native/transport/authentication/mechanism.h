// The authentication of the user: one mechanism a file, all behind these two interfaces.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_MECHANISM_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_MECHANISM_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "transport/authentication/policy.h"
#include "transport/authentication/refusal.h"
#include "transport/http/authorization.h"
#include "transport/http/challenges.h"
#include "transport/http/multipart_encrypted.h"
#include "transport/transport.h"

namespace wsman::authentication {

// The authentication of one connection and the protection of its messages. It ends with its
// connection, because a server keeps the same state for the same socket. One thread at a time.
class SecurityContext : public http::Authorization {
 public:
  // The scheme of HTTP that carries tokens, such as "Negotiate". Empty if there are none: then
  // everything is in the request itself, and no round trip is needed.
  virtual std::string scheme() const { return {}; }

  // Takes the answer of the server, empty at first, and makes the next token. Afterwards either
  // there is a token to send, with append_authorization(), or the context is established. May ask a
  // KDC; bounded by `call`.
  virtual Status step(std::string_view /*answer*/, const Call& /*call*/) { return Done{}; }

  // True if the mechanism needs a challenge first; the server then gets an empty request.
  virtual bool needs_challenge() const { return false; }

  // Takes the challenges of a 401. True if the request may be sent again with an answer to them: it
  // was refused for a reason other than the credential. Fails if a challenge of this mechanism
  // cannot be answered.
  virtual Result<bool> take_challenges(const std::vector<http::Challenge>& /*challenges*/) {
    return false;
  }

  // True if the server may answer with the bare name of the scheme; step("") is next all the same.
  virtual bool takes_empty_answer() const { return false; }

  virtual bool has_token() const { return false; }

  // True if the token is the first one of a mechanism: the server keeps nothing for the connection
  // yet, and a new one would do.
  virtual bool is_first_token() const { return false; }

  virtual bool is_established() const { return true; }

  // Called when the server refused the token. True if another mechanism is left: step("") begins
  // it.
  virtual bool fall_back() { return false; }

  // Protects the messages of an established context; null if they travel as they are.
  virtual http::Sealer* sealer() { return nullptr; }

  // What it means that the server refused the last token.
  virtual Refusal refusal() const { return {}; }

  // The name of the mechanism that authenticated the user, for messages: "Kerberos", "NTLM". Empty
  // before that.
  virtual std::string proof() const { return {}; }
};

// One mechanism with its credential, shared by the connections of a transport. Safe from any
// thread.
class Mechanism {
 public:
  virtual ~Mechanism() = default;

  // Whether its contexts are bound to the TLS channel below them.
  virtual bool wants_channel_binding() const = 0;

  // A context for a new connection. `channel_binding` names the TLS channel below it
  // (transport/tls/channel_binding); empty without TLS, and where it is not wanted. The mechanism
  // outlives it.
  virtual std::unique_ptr<SecurityContext> begin(std::string channel_binding) = 0;

  // Overwrites the credential; no authentication succeeds afterwards. False if a call in the
  // background still holds a copy, which is wiped when that call ends.
  virtual bool wipe() = 0;
};

// Each mechanism defines these two in its own file: the check of the options before any traffic,
// and the mechanism for options that passed it (check_basic(), make_basic()).
#define WSMAN_MECHANISM(kind, ...)                                                               \
  Status check_##kind(const TransportOptions& options, const Policy& policy);                    \
  std::unique_ptr<Mechanism> make_##kind(const TransportOptions& options, Credential credential, \
                                         const Policy& policy);
#include "transport/mechanisms.def"
#undef WSMAN_MECHANISM

}  // namespace wsman::authentication

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_MECHANISM_H_
