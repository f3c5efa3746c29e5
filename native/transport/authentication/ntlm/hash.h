// The hash functions that NTLM is made of.
//
// MD5 is OpenSSL's, which a policy of the system may forbid. MD4 is our own: OpenSSL has it in its
// legacy provider alone, which slim systems lack.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_NTLM_HASH_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_NTLM_HASH_H_

#include <cstddef>
#include <initializer_list>
#include <string_view>

#include "base/secret.h"

namespace wsman::ntlm {

// The bytes of each hash.
constexpr size_t kHashSize = 16;

// A message in pieces, one behind the other.
using Pieces = std::initializer_list<std::string_view>;

// MD4 [RFC 1320].
Secret md4(std::string_view message);

// Whether OpenSSL has MD5. What follows, and all that is made of it, is for a system that has.
bool has_md5();

// MD5 [RFC 1321] and HMAC-MD5 [RFC 2104]; `key` has at most 64 bytes. Throw std::bad_alloc.
Secret md5(Pieces message);
Secret hmac_md5(std::string_view key, Pieces message);

}  // namespace wsman::ntlm

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_NTLM_HASH_H_
