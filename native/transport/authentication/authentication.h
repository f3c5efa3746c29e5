// Proving who we are: one mechanism a file, all behind these two interfaces.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_AUTHENTICATION_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_AUTHENTICATION_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "base/secret.h"
#include "transport/authentication/challenges.h"
#include "transport/sealing.h"
#include "transport/transport.h"

namespace wsman {

// The request that an authorization line is for; some schemes cover it [RFC 7616 3.4.3].
struct RequestLine {
  std::string_view method;
  std::string_view target;
  bool to_proxy = false;

  std::string_view field() const { return to_proxy ? "Proxy-Authorization: " : "Authorization: "; }
};

// What one connection has proved, and how its messages are protected. It ends with its connection:
// a server keeps the same state for the same socket. One thread at a time.
class SecurityContext {
 public:
  virtual ~SecurityContext() = default;

  // Appends "Authorization: …\r\n", or nothing, to the head of that request. Asked for once a
  // request, at the moment of writing, so that the line exists nowhere else.
  virtual void append_authorization(Secret& head, const RequestLine& line) = 0;

  // The scheme of HTTP that carries tokens, such as "Negotiate". Empty if there are none, and so no
  // leg: everything is in the request itself.
  virtual std::string scheme() const { return {}; }

  // Takes what the server answered, empty at first, and makes the next token. Afterwards either
  // there is a token to send, with append_authorization(), or the context is established. May ask
  // a KDC; bounded by `call`.
  virtual Status step(std::string_view /*answer*/, const Call& /*call*/) { return Done{}; }

  // True if the server has to say first what it wants: it is asked with an empty request then.
  virtual bool needs_challenge() const { return false; }

  // A request was answered 401 with these challenges. True if it may be sent again with what they
  // say: it was refused for a reason that is no fault of the credential's. Fails if the mechanism
  // is among them and nothing can be made of it.
  virtual Result<bool> take_challenges(const std::vector<Challenge>& /*challenges*/) {
    return false;
  }

  // The server may answer the last token with no more than the name of the scheme; step("") is next
  // all the same.
  virtual bool takes_empty_answer() const { return false; }

  virtual bool has_token() const { return false; }
  virtual bool is_established() const { return true; }

  // The server refused what was sent. True if there is another way: step("") begins it.
  virtual bool fall_back() { return false; }

  // What protects the messages of an established context; null if they travel as they are.
  virtual Sealer* sealer() { return nullptr; }

  // Whether what is tried is a ticket, so that a server may refuse it for its clock's sake.
  virtual bool tries_ticket() const { return false; }

  // What proved the user, for messages: "Kerberos", "NTLM". Empty if nothing has yet.
  virtual std::string proof() const { return {}; }
};

// One mechanism with its credential, shared by the connections of a transport. Safe from any
// thread.
class Mechanism {
 public:
  virtual ~Mechanism() = default;

  // A context for a new connection. `channel_binding` names the TLS channel below it
  // (transport/channel_binding); empty without TLS. The mechanism outlives it.
  virtual std::unique_ptr<SecurityContext> begin(std::string channel_binding) = 0;

  // Overwrites the credential. Nothing is proved afterwards. False if a call that was left behind
  // still holds a copy, which goes when that call ends.
  virtual bool wipe() = 0;
};

// What the settings and the target allow, checked before any traffic.
struct AuthenticationPolicy {
  bool allow_unencrypted = false;  // Clear-text credentials and messages over http.
  bool allow_basic = true;
  bool allow_kerberos = true;
  bool allow_negotiate = true;
  bool allow_digest = true;
  bool allow_certificate = true;
  bool allow_credssp = false;
  std::vector<std::string> trusted_hosts = {};      // As is_trusted_host() reads them.
  std::vector<std::string> fresh_credentials = {};  // Who may get them: "wsman/*.example.com".
  int credssp_minimum_version = 5;                  // Below lies CVE-2018-0886.
};

// Fails with authentication if the mechanism is turned off, or is not enough for the target; with
// unencrypted if it would send a password or messages in clear text; with invalid_argument if a
// credential is missing, too much, or cannot be used.
Status check_authentication(const TransportOptions& options, const AuthenticationPolicy& policy);

// The mechanism for options that check_authentication() accepted. Takes the credential.
std::unique_ptr<Mechanism> make_mechanism(const TransportOptions& options, Credential credential,
                                          const AuthenticationPolicy& policy);

// What no mechanism of GSSAPI can take fails with invalid_argument.
Status check_credential(const Credential& credential);

// What Default stands for: Kerberos with the tickets of the user, Negotiate with a credential, as
// on Windows. Every other kind stands for itself.
AuthenticationKind effective_kind(const TransportOptions& options);

// NTLM does not prove who the server is, so it is used only where TLS has, or where the user said
// that this server need not.
bool allows_ntlm(const TransportOptions& options, const AuthenticationPolicy& policy);

// One file each.
std::unique_ptr<Mechanism> make_basic(Credential credential);
std::unique_ptr<Mechanism> make_digest(const TransportOptions& options, Credential credential);
std::unique_ptr<Mechanism> make_client_certificate();
std::unique_ptr<Mechanism> make_kerberos(const TransportOptions& options, Credential credential);
std::unique_ptr<Mechanism> make_negotiate(const TransportOptions& options, Credential credential,
                                          bool ntlm_allowed);
std::unique_ptr<Mechanism> make_credssp(const TransportOptions& options, Credential credential,
                                        const AuthenticationPolicy& policy);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_AUTHENTICATION_H_
