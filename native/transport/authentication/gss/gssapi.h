// GSSAPI, loaded at run time: the module works without it, and the error names the package to
// install if it is needed.
//
// The few types and functions of RFC 2744 that are used are declared here, so that the build needs
// no package. The layout is that of MIT krb5 and of Apple's GSS.framework.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_GSS_GSSAPI_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_GSS_GSSAPI_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace wsman::gss {

#if defined(__APPLE__) && defined(__x86_64__)
#pragma pack(push, 2)
#endif

struct Buffer {
  size_t length = 0;
  void* value = nullptr;
};

struct Oid {
  uint32_t length = 0;
  void* elements = nullptr;
};

struct OidSet {
  size_t count = 0;
  Oid* elements = nullptr;
};

struct ChannelBindings {
  uint32_t initiator_address_type = 0;  // GSS_C_AF_UNSPEC.
  Buffer initiator_address;
  uint32_t acceptor_address_type = 0;
  Buffer acceptor_address;
  Buffer application_data;
};

struct IovBuffer {
  uint32_t type = 0;
  Buffer buffer;
};

#if defined(__APPLE__) && defined(__x86_64__)
#pragma pack(pop)
#endif

struct NameBody;
struct CredentialBody;
struct ContextBody;
using NameHandle = NameBody*;
using CredentialHandle = CredentialBody*;
using ContextHandle = ContextBody*;

// The flags that a context is asked for, and those that it reports [RFC 2743 2.2.1].
constexpr uint32_t kMutual = 2;
constexpr uint32_t kReplay = 4;
constexpr uint32_t kSequence = 8;
constexpr uint32_t kConfidential = 16;
constexpr uint32_t kIntegrity = 32;
constexpr uint32_t kDelegated = 1;
constexpr uint32_t kDelegateByPolicy = 32768;

constexpr uint32_t kComplete = 0;
constexpr uint32_t kContinueNeeded = 1;
constexpr uint32_t kErrors = 0xFFFF0000;            // Calling and routine errors [RFC 2744 3.9.1].
constexpr uint32_t kNoCredential = 7U << 16;        // GSS_S_NO_CRED.
constexpr uint32_t kCredentialExpired = 11U << 16;  // GSS_S_CREDENTIALS_EXPIRED.
constexpr uint32_t kBadBindings = 4U << 16;         // GSS_S_BAD_BINDINGS.

// The outcome of a function of the library [RFC 2744 3.9.1].
struct GssStatus {
  uint32_t major = kComplete;
  uint32_t minor = 0;  // Of the mechanism.

  bool failed() const { return (major & kErrors) != 0; }
  bool continues() const { return (major & kContinueNeeded) != 0; }
};

constexpr uint32_t kIovData = 1;
constexpr uint32_t kIovHeader = 2;
constexpr uint32_t kIovPadding = 9;
constexpr uint32_t kIovAllocate = 0x00010000;

extern const Oid kSpnego;        // 1.3.6.1.5.5.2
extern const Oid kKerberos;      // 1.2.840.113554.1.2.2
extern const Oid kUserName;      // 1.2.840.113554.1.2.1.1
extern const Oid kHostService;   // 1.2.840.113554.1.2.1.4
extern const Oid kKerberosName;  // 1.2.840.113554.1.2.2.1

bool equal(const Oid& one, const Oid& other);

// The functions, under their names in RFC 2744 without "gss_".
struct Library {
  uint32_t (*import_name)(uint32_t*, const Buffer*, const Oid*, NameHandle*) = nullptr;
  uint32_t (*release_name)(uint32_t*, NameHandle*) = nullptr;
  uint32_t (*acquire_cred)(uint32_t*, NameHandle, uint32_t, const OidSet*, int, CredentialHandle*,
                           OidSet**, uint32_t*) = nullptr;
  uint32_t (*acquire_cred_with_password)(uint32_t*, NameHandle, const Buffer*, uint32_t,
                                         const OidSet*, int, CredentialHandle*, OidSet**,
                                         uint32_t*) = nullptr;
  uint32_t (*set_neg_mechs)(uint32_t*, CredentialHandle, const OidSet*) = nullptr;
  uint32_t (*release_cred)(uint32_t*, CredentialHandle*) = nullptr;
  uint32_t (*init_sec_context)(uint32_t*, CredentialHandle, ContextHandle*, NameHandle, const Oid*,
                               uint32_t, uint32_t, const ChannelBindings*, const Buffer*, Oid**,
                               Buffer*, uint32_t*, uint32_t*) = nullptr;
  uint32_t (*inquire_context)(uint32_t*, ContextHandle, NameHandle*, NameHandle*, uint32_t*, Oid**,
                              uint32_t*, int*, int*) = nullptr;
  uint32_t (*delete_sec_context)(uint32_t*, ContextHandle*, Buffer*) = nullptr;
  uint32_t (*wrap)(uint32_t*, ContextHandle, int, uint32_t, const Buffer*, int*, Buffer*) = nullptr;
  uint32_t (*unwrap)(uint32_t*, ContextHandle, const Buffer*, Buffer*, int*, uint32_t*) = nullptr;
  uint32_t (*wrap_iov)(uint32_t*, ContextHandle, int, uint32_t, int*, IovBuffer*, int) = nullptr;
  uint32_t (*release_iov_buffer)(uint32_t*, IovBuffer*, int) = nullptr;
  uint32_t (*release_buffer)(uint32_t*, Buffer*) = nullptr;
  uint32_t (*display_status)(uint32_t*, uint32_t, int, const Oid*, uint32_t*, Buffer*) = nullptr;
};

// The library of this system, loaded on first use and never unloaded. Fails with authentication and
// the package to install; the next call tries again. Safe from any thread.
Result<const Library*> library();

// Loads one by name. Separate for its tests.
Result<Library> load(const char* file_name);

}  // namespace wsman::gss

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_GSS_GSSAPI_H_
