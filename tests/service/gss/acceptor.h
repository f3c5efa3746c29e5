// One client that proves who it is, and the sealing that follows: the only file that knows GSSAPI.
#ifndef WSMAN_TESTS_SERVICE_GSS_ACCEPTOR_H
#define WSMAN_TESTS_SERVICE_GSS_ACCEPTOR_H

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gss/gss_options.h"

namespace wsman::service {

// A message as it travels: [MS-WSMV 2.2.9.1.3] the signature apart from the rest.
struct Sealed {
  std::string signature;
  std::string ciphertext;
};

class Acceptor {
 public:
  enum class Outcome { go_on, established, refused };

  // The service's own identity is taken from the keytab, and from nothing for NTLM. `raw_kerberos`
  // accepts Kerberos alone, without SPNEGO around it. Throws std::runtime_error without an
  // identity.
  Acceptor(const GssOptions& options, bool raw_kerberos);
  ~Acceptor();

  // Takes one token. `binding` is what the client shall be bound to; empty for nothing. `answer`
  // receives the token to send, which may be empty.
  Outcome step(const std::string& token, const std::string& binding, std::string& answer);

  // Why the last step refused, in GSSAPI's words.
  const std::string& reason() const;

  // After `established`.
  bool is_ntlm() const;
  bool is_bound() const;      // The client was bound to the same channel.
  bool is_delegated() const;  // It sent credentials to act with.
  std::string client() const;

  // Nothing if the context cannot, or if the message is not the next one that the client sealed.
  std::optional<Sealed> seal(std::string_view text);
  std::optional<std::string> unseal(const Sealed& message);

  // The same in one piece, as GSSAPI itself makes it.
  std::optional<std::string> wrap(std::string_view text);
  std::optional<std::string> unwrap(const std::string& token);

 private:
  struct Handles;
  std::unique_ptr<Handles> handles_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_GSS_ACCEPTOR_H
