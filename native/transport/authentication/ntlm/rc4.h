// The stream cipher RC4, which NTLM seals with. Our own: OpenSSL has it in its legacy provider
// alone.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_NTLM_RC4_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_NTLM_RC4_H_

#include <cstdint>
#include <string_view>

#include "base/secret.h"

namespace wsman::ntlm {

class Rc4 {
 public:
  // `key` has 1 to 256 bytes.
  explicit Rc4(std::string_view key);

  // Encrypts or decrypts in place. The stream goes on where it was.
  void apply(char* bytes, size_t size);

 private:
  Secret state_;
  uint32_t i_ = 0;
  uint32_t j_ = 0;
};

}  // namespace wsman::ntlm

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_NTLM_RC4_H_
