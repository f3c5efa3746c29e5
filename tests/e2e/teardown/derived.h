// What is made of a password and is as good as the password itself.
#ifndef WSMAN_TESTS_E2E_TEARDOWN_DERIVED_H_
#define WSMAN_TESTS_E2E_TEARDOWN_DERIVED_H_

#include "support/masked.h"
#include "teardown/memory.h"

namespace wsman::testing {

// All are made in another process, so that nothing of them stays in this one.

// [MS-NLMP 3.3.1] What NTLM proves itself with: MD4 of the password in UTF-16. Throws
// std::runtime_error where OpenSSL has no MD4.
Needle nt_hash_of(const Masked& password);

// [MS-NLMP 3.3.2] The key that NTLMv2 makes of it for one user and domain: NTOWFv2. Throws alike.
Needle ntlm_key_of(const Masked& password);

// Both are made as in the example of [MS-NLMP 4.2]. Throws std::runtime_error if they are not: what
// is computed otherwise is found nowhere.
void check_ntlm_example();

inline constexpr const char* kDigestSecret = "the secret of Digest";

// [RFC 7616 3.4.2] What Digest does: SHA-256 of user, realm and password in hexadecimal.
Needle digest_secret_of(const Masked& password);

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_E2E_TEARDOWN_DERIVED_H_
