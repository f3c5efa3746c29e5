// A client of GSSAPI, for the tests of the acceptor.
#ifndef WSMAN_ENDPOINT_GSS_INITIATOR_H
#define WSMAN_ENDPOINT_GSS_INITIATOR_H

#include <gssapi/gssapi.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gss/acceptor.h"
#include "gss/kerberos_frame.h"

namespace wsman::endpoint {

class Initiator {
 public:
  enum class Mechanism { kerberos, ntlm, spnego };

  // Takes the identity of the environment: KRB5CCNAME, NTLM_USER_FILE. A `host` that the realm has
  // no service for leaves NTLM as what SPNEGO can do.
  explicit Initiator(Mechanism mechanism, const std::string& host = "localhost",
                     std::string binding = "");
  ~Initiator();
  Initiator(const Initiator&) = delete;
  Initiator& operator=(const Initiator&) = delete;

  // Before the first step: keys of Kerberos are of this type only.
  void allow_only(std::int32_t enctype);

  // The next token, which is empty when there is none to send. Throws std::runtime_error.
  std::string step(const std::string& token);
  bool is_established() const { return established_; }

  Sealed seal(std::string_view text);
  // Nothing if it is not the acceptor's next message.
  std::optional<std::string> unseal(const Sealed& message);

  // As endpoint::export_key().
  ContextKey export_key() { return endpoint::export_key(context_); }

 private:
  const Mechanism mechanism_;
  const std::string binding_;
  gss_name_t target_ = GSS_C_NO_NAME;
  gss_cred_id_t credential_ = GSS_C_NO_CREDENTIAL;
  gss_ctx_id_t context_ = GSS_C_NO_CONTEXT;
  bool established_ = false;
};

}  // namespace wsman::endpoint

#endif  // WSMAN_ENDPOINT_GSS_INITIATOR_H
