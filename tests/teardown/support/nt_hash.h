// What NTLM makes of a password, and proves itself with.
#ifndef WSMAN_TEARDOWN_TEST_NT_HASH_H
#define WSMAN_TEARDOWN_TEST_NT_HASH_H

#include "support/masked.h"
#include "support/memory.h"

namespace wsman::testing {

// [MS-NLMP 3.3.1] MD4 of the password in UTF-16. Made in another process, so that nothing of it
// stays in this one. Throws std::runtime_error where OpenSSL has no MD4.
Needle nt_hash_of(const Masked& password);

}  // namespace wsman::testing

#endif  // WSMAN_TEARDOWN_TEST_NT_HASH_H
