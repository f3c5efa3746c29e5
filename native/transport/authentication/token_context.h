// A security context below HTTP, whatever makes it: Kerberos is GSSAPI's (gss/context), NTLM our
// own (ntlm/context).
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_TOKEN_CONTEXT_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_TOKEN_CONTEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/secret.h"
#include "transport/http/multipart_encrypted.h"

namespace wsman::authentication {

// One thread at a time.
class TokenContext {
 public:
  virtual ~TokenContext() = default;

  // The next token to send; empty if there is none.
  virtual const Secret& token() const = 0;
  virtual void token_was_sent() = 0;
  virtual bool is_established() const = 0;

  // Of an established context, as http::Sealer has it.
  virtual Result<http::Sealed> seal(std::string_view plain) = 0;
  virtual Result<std::string> unseal(std::string_view bytes, size_t signature_bytes) = 0;

  // The same in one piece, for protocols that carry such tokens themselves (CredSSP). NTLM can wrap
  // from its last token on, before SPNEGO has ended.
  virtual bool can_wrap() const = 0;
  virtual Result<std::string> wrap(std::string_view plain) = 0;
  virtual Result<std::string> unwrap(std::string_view token) = 0;
};

}  // namespace wsman::authentication

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_TOKEN_CONTEXT_H_
