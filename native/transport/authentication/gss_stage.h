// One security context of GSSAPI: from its first token to the messages that it protects.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_GSS_STAGE_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_GSS_STAGE_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "transport/authentication/gss_credentials.h"
#include "transport/sealing.h"

namespace wsman {

// Who is authenticated to.
struct GssTarget {
  std::string service;  // "HTTP/server01", with ":5985" if the port is part of the name.
  std::string channel_binding;
  bool delegates = false;  // Lets Kerberos hand the user's ticket on, where the KDC approves.
};

// Owned together by a connection and by a call to GSSAPI that may be left behind. One thread at a
// time.
class GssStage {
 public:
  GssStage(const gss::Library& library, std::shared_ptr<GssCredentials> credentials, GssUse use,
           GssTarget target);

  // Takes the server's token, empty at first, and makes the next. Blocks: it may ask a KDC.
  void advance(const std::string& answer);

  // What advance() came to. A failed stage is of no further use.
  const std::optional<GssFailure>& failure() const { return failure_; }
  const Secret& token() const { return token_; }
  void token_was_sent() { token_.wipe(); }
  bool is_established() const { return established_; }

  GssUse use() const { return use_; }

  // Of an established context. What was proved is what the mechanism says that was used, and never
  // a flag: NTLM claims to have proved the server as well.
  bool is_kerberos() const { return is_kerberos_; }
  uint32_t flags() const { return flags_; }

  Result<Sealed> seal(std::string_view plain);
  Result<std::string> unseal(std::string octets, size_t signature_octets);

  // The same in one piece, as protocols want it that carry GSSAPI's own tokens (CredSSP). NTLM can
  // from its last token on, which SPNEGO has answered only later.
  bool can_wrap() const;
  Result<std::string> wrap(std::string_view plain);
  Result<std::string> unwrap(std::string token);

 private:
  bool prove_kerberos();
  bool begin(gss::Context& context, GssUse use, uint32_t& major, uint32_t& minor);
  bool import_target(gss::Name& name);
  uint32_t init(gss::Context& context, const gss::Credential& credential, const gss::Oid& mechanism,
                const std::string& answer, uint32_t& minor);
  void fail(uint32_t major, uint32_t minor, const gss::Oid& mechanism);
  Result<Sealed> seal_by_wrap(std::string_view plain);
  Result<Sealed> seal_by_iov(std::string_view plain);
  Error cannot_seal(uint32_t major, uint32_t minor) const;

  const gss::Library& library_;
  const std::shared_ptr<GssCredentials> credentials_;
  const GssUse use_;
  const GssTarget target_;
  gss::Context context_;
  Secret token_;
  std::optional<GssFailure> failure_;
  bool established_ = false;
  bool is_kerberos_ = false;
  uint32_t flags_ = 0;
  uint32_t lifetime_ = 0;  // Seconds.
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_GSS_STAGE_H_
