// A user of the C ABI, who opens a session, asks what is wanted, and ends it.
#ifndef WSMAN_FUZZ_CALLER_H_
#define WSMAN_FUZZ_CALLER_H_

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "peer.h"

namespace wsman::fuzz {

// The words of the first line.
class Wanted {
 public:
  explicit Wanted(std::string_view input)
      : line_(input.substr(0, input.find('\n'))),
        password_("Pa55-" + std::to_string(std::hash<std::string_view>{}(input))) {}

  bool has(std::string_view word) const { return line_.find(word) != std::string_view::npos; }

  const char* authentication() const {
    if (has("basic")) return "Basic";
    if (has("digest")) return "Digest";
    if (has("negotiate")) return "Negotiate";
    return has("credssp") ? "Credssp" : "None";
  }

  // Another one for each input, so that none can have its own.
  const std::string& password() const { return password_; }

  // A proxy knows three of these.
  const char* proxy_authentication() const {
    return !has_credential() || has("credssp") ? "Basic" : authentication();
  }
  bool has_credential() const { return std::string_view("None") != authentication(); }
  // What reaches the server is behind TLS.
  bool is_tls() const { return has("https") || has("proxy"); }
  // That of the server. No address of this computer is reached through a proxy.
  std::string place() const {
    if (has("proxy")) return "192.0.2.1:5986";
    return is_tls() ? "127.0.0.1:5986" : "127.0.0.1:5985";
  }
  // What connections are opened to.
  std::string reached() const { return has("proxy") ? "192.0.2.2:3128" : place(); }

  bool is_sealed() const { return has("negotiate") || has("credssp"); }

  Peer::Manner manner() const {
    return {has("bytewise") ? 1U : 0U, has("closing"), has("reluctant"), has("resetting")};
  }

 private:
  std::string_view line_;
  std::string password_;
};

// How a session ended. Both documents are null if it was never open.
struct End {
  nlohmann::json before = {};  // What wsman_state() said of it,
  nlohmann::json report = {};  // and wsman_disconnect().
};

// Demands of each call that it gives a document without the password, which steers no terminal, and
// of each error that it says something; and that nothing is left when the session has ended.
End hold_session(const Wanted& wanted, const Peer& peer);

}  // namespace wsman::fuzz

#endif  // WSMAN_FUZZ_CALLER_H_
