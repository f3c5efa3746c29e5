// A user of the C ABI, who opens a session, asks what is wanted, and ends it.
#ifndef WSMAN_FUZZ_CALLER_H_
#define WSMAN_FUZZ_CALLER_H_

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "peer.h"

namespace wsman::fuzz {

// The words of the first line.
class Wanted {
 public:
  explicit Wanted(std::string_view input)
      : line_(" " + std::string(input.substr(0, input.find('\n'))) + " "),
        password_("Pa55-" + std::to_string(std::hash<std::string_view>{}(input))) {}

  bool has(std::string_view word) const {
    return line_.find(" " + std::string(word) + " ") != std::string::npos;
  }

  const char* authentication() const {
    if (has("basic")) return "Basic";
    if (has("digest")) return "Digest";
    if (has("negotiate")) return "Negotiate";
    return has("credssp") ? "Credssp" : "None";
  }

  // Another one for each input, so that none can have its own.
  const std::string& password() const { return password_; }

  // CredSSP does not go through one.
  bool has_proxy() const { return has("proxy") && !is("Credssp"); }
  const char* proxy_authentication() const { return is("None") ? "Basic" : authentication(); }
  bool has_credential() const { return !is("None"); }
  // What reaches the server is behind TLS.
  bool is_tls() const { return has("https") || has("tls") || has("tls12") || has_proxy(); }
  // And the server has it, too.
  bool has_tls() const { return tls_version() != 0; }
  // That of the server. No address of this computer is reached through a proxy.
  std::string place() const {
    if (has_proxy()) return "192.0.2.1:5986";
    return is_tls() ? "127.0.0.1:5986" : "127.0.0.1:5985";
  }
  // What connections are opened to.
  std::string reached() const { return has_proxy() ? "192.0.2.2:3128" : place(); }

  bool is_sealed() const { return is("Negotiate") || is("Credssp"); }

  Peer::Manner manner() const {
    return {has("bytewise") ? 1U : 0U, has("closing"), has("reluctant"), has("early"),
            has("resetting"),          tls_version()};
  }

 private:
  int tls_version() const {
    if (has("tls12")) return TLS1_2_VERSION;
    return has("tls") ? TLS1_3_VERSION : 0;
  }

  bool is(std::string_view name) const { return name == authentication(); }

  std::string line_;
  std::string password_;
};

// How a session ended. Both documents are null if it was never open.
struct End {
  nlohmann::json before = {};  // What wsman_state() said of it,
  nlohmann::json report = {};  // and wsman_disconnect().
  std::vector<std::string> requests_before = {};
  bool timed_out = false;  // A call did; all do on a computer that stands still.
};

// Demands of each call that it gives a document without the password, which steers no terminal, and
// of each error that it says something; and that nothing is left when the session has ended.
End hold_session(const Wanted& wanted, const Peer& peer);

}  // namespace wsman::fuzz

#endif  // WSMAN_FUZZ_CALLER_H_
