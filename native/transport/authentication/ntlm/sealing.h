// The signing and sealing of one direction of a session, with extended session security and a key
// of 128 bits, for a system whose OpenSSL has MD5 (hash.h). [MS-NLMP 3.4]
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_NTLM_SEALING_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_NTLM_SEALING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/secret.h"
#include "transport/authentication/ntlm/rc4.h"
#include "transport/http/multipart_encrypted.h"

namespace wsman::ntlm {

enum class Sender { client, server };

// One end of a direction: the sender seals and signs, the receiver opens and verifies. Messages are
// counted, so each is good once and in its place. After a failure it is of no further use.
class Direction {
 public:
  // The size of a signature [MS-NLMP 2.2.2.9.1].
  static constexpr size_t kSignatureSize = 16;

  Direction(const Secret& session_key, Sender sender);

  // Nothing if the count is used up.
  std::optional<http::Sealed> seal(std::string_view plain);

  // Decrypts `message` in place. The error is a few words about the cause.
  Status open(std::string& message, std::string_view signature);

  // The same for a message that travels as it is.
  std::optional<std::string> sign(std::string_view message);
  Status verify(std::string_view message, std::string_view signature);

  // Begins the key stream anew. The count goes on. [MS-SPNG 3.3.5.1]
  void restart_cipher() { cipher_ = Rc4(sealing_key_.view()); }

 private:
  // The first bytes of the hash of the next message, in plain.
  std::optional<std::string> checksum_of(std::string_view message) const;
  // The signature made of it, and the next count.
  std::string stamp(std::string checksum);

  Secret signing_key_;
  Secret sealing_key_;
  Rc4 cipher_;
  uint64_t count_ = 0;
};

}  // namespace wsman::ntlm

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_NTLM_SEALING_H_
