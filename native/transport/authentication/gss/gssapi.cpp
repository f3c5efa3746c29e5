#include "transport/authentication/gss/gssapi.h"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <mutex>

namespace wsman::gss {
namespace {

#ifdef __APPLE__
constexpr const char* kFileName = "/System/Library/Frameworks/GSS.framework/GSS";
// GSS.framework exports these functions under a private prefix only.
constexpr const char* kIovPrefix = "__ApplePrivate_";
#else
constexpr const char* kFileName = "libgssapi_krb5.so.2";
constexpr const char* kIovPrefix = "";
#endif

template <size_t size>
Oid oid(std::array<unsigned char, size>& bytes) {
  return {static_cast<uint32_t>(size), bytes.data()};
}

// Not const, because the functions take pointers without const to bytes that they do not change.
std::array<unsigned char, 6> spnego_bytes{0x2B, 0x06, 0x01, 0x05, 0x05, 0x02};
std::array<unsigned char, 9> kerberos_bytes{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x12, 0x01, 0x02, 0x02};
std::array<unsigned char, 10> user_name_bytes{0x2A, 0x86, 0x48, 0x86, 0xF7,
                                              0x12, 0x01, 0x02, 0x01, 0x01};
std::array<unsigned char, 10> host_service_bytes{0x2A, 0x86, 0x48, 0x86, 0xF7,
                                                 0x12, 0x01, 0x02, 0x01, 0x04};
std::array<unsigned char, 10> kerberos_name_bytes{0x2A, 0x86, 0x48, 0x86, 0xF7,
                                                  0x12, 0x01, 0x02, 0x02, 0x01};

Error library_missing(const std::string& why) {
  return make_error(ErrorCode::authentication,
                    "Kerberos needs a library of the system, which cannot be loaded: " + why,
                    {AdviceKey::install_kerberos});
}

// Looks functions up, and keeps the name of the first that is missing.
class Symbols {
 public:
  explicit Symbols(void* handle) : handle_(handle) {}

  template <typename Function>
  void find(const std::string& name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(handle_, name.c_str()));
    if (function == nullptr && missing_.empty()) missing_ = name;
  }

  const std::string& missing() const { return missing_; }

 private:
  void* handle_;
  std::string missing_;
};

}  // namespace

const Oid kSpnego = oid(spnego_bytes);
const Oid kKerberos = oid(kerberos_bytes);
const Oid kUserName = oid(user_name_bytes);
const Oid kHostService = oid(host_service_bytes);
const Oid kKerberosName = oid(kerberos_name_bytes);

bool equal(const Oid& one, const Oid& other) {
  const auto* a = static_cast<const unsigned char*>(one.elements);
  const auto* b = static_cast<const unsigned char*>(other.elements);
  return one.length == other.length && std::equal(a, a + one.length, b);
}

Result<Library> load(const char* file_name) {
  // RTLD_NOW finds an incomplete library here and not in the middle of a call. RTLD_LOCAL keeps its
  // names apart: Heimdal has functions of the same names.
  void* handle = dlopen(file_name, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    const char* why = dlerror();
    return library_missing(why != nullptr ? why : file_name);
  }
  // All or none: without one of these an authentication could begin and never end.
  Library found;
  Symbols symbols(handle);
  symbols.find("gss_import_name", found.import_name);
  symbols.find("gss_release_name", found.release_name);
  symbols.find("gss_acquire_cred", found.acquire_cred);
  symbols.find("gss_acquire_cred_with_password", found.acquire_cred_with_password);
  symbols.find("gss_set_neg_mechs", found.set_neg_mechs);
  symbols.find("gss_release_cred", found.release_cred);
  symbols.find("gss_init_sec_context", found.init_sec_context);
  symbols.find("gss_inquire_context", found.inquire_context);
  symbols.find("gss_delete_sec_context", found.delete_sec_context);
  symbols.find("gss_wrap", found.wrap);
  symbols.find("gss_unwrap", found.unwrap);
  symbols.find(kIovPrefix + std::string("gss_wrap_iov"), found.wrap_iov);
  symbols.find(kIovPrefix + std::string("gss_release_iov_buffer"), found.release_iov_buffer);
  symbols.find("gss_release_buffer", found.release_buffer);
  symbols.find("gss_display_status", found.display_status);
  if (!symbols.missing().empty()) {
    return library_missing(std::string(file_name) + " has no " + symbols.missing());
  }
  return found;
}

Result<const Library*> library() {
  // Never destroyed, because contexts may end while the process exits. A failure is not kept: the
  // library may be installed while PowerShell runs.
  static std::mutex mutex;
  static const Library* loaded = nullptr;
  const std::lock_guard<std::mutex> lock(mutex);
  if (loaded != nullptr) return loaded;
  const Result<Library> result = load(kFileName);
  if (!result.ok()) return result.error();
  loaded = new Library(result.value());
  return loaded;
}

}  // namespace wsman::gss
