#include "transport/authentication/gssapi.h"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <mutex>

namespace wsman::gss {
namespace {

#ifdef __APPLE__
constexpr const char* kFileName = "/System/Library/Frameworks/GSS.framework/GSS";
constexpr const char* kIovPrefix = "__ApplePrivate_";
#else
constexpr const char* kFileName = "libgssapi_krb5.so.2";
constexpr const char* kIovPrefix = "";
#endif

template <size_t size>
Oid oid(std::array<unsigned char, size>& octets) {
  return {static_cast<uint32_t>(size), octets.data()};
}

// The interface takes pointers to what it does not change without const.
std::array<unsigned char, 6> spnego_octets{0x2B, 0x06, 0x01, 0x05, 0x05, 0x02};
std::array<unsigned char, 9> kerberos_octets{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x12, 0x01, 0x02, 0x02};
std::array<unsigned char, 10> ntlm_octets{0x2B, 0x06, 0x01, 0x04, 0x01,
                                          0x82, 0x37, 0x02, 0x02, 0x0A};
std::array<unsigned char, 10> user_name_octets{0x2A, 0x86, 0x48, 0x86, 0xF7,
                                               0x12, 0x01, 0x02, 0x01, 0x01};
std::array<unsigned char, 10> host_service_octets{0x2A, 0x86, 0x48, 0x86, 0xF7,
                                                  0x12, 0x01, 0x02, 0x01, 0x04};
std::array<unsigned char, 10> kerberos_name_octets{0x2A, 0x86, 0x48, 0x86, 0xF7,
                                                   0x12, 0x01, 0x02, 0x02, 0x01};

Error library_missing(const std::string& why) {
  return {
      ErrorCode::authentication,
      "Negotiate and Kerberos need the Kerberos library of the system, which cannot be loaded: " +
          why +
          ". Install it: apt install libgssapi-krb5-2 (Debian, Ubuntu), dnf install krb5-libs "
          "(Fedora, RHEL), zypper install krb5 (SUSE), apk add krb5-libs (Alpine), pacman -S "
          "krb5 (Arch). Basic over https (-Authentication Basic -UseSSL) works without it.",
      0,
      {}};
}

// Looks functions up, and remembers the first that is not there.
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

const Oid kSpnego = oid(spnego_octets);
const Oid kKerberos = oid(kerberos_octets);
const Oid kNtlm = oid(ntlm_octets);
const Oid kUserName = oid(user_name_octets);
const Oid kHostService = oid(host_service_octets);
const Oid kKerberosName = oid(kerberos_name_octets);

bool equal(const Oid& one, const Oid& other) {
  const auto* a = static_cast<const unsigned char*>(one.elements);
  const auto* b = static_cast<const unsigned char*>(other.elements);
  return one.length == other.length && std::equal(a, a + one.length, b);
}

Result<Library> load(const char* file_name) {
  void* handle = dlopen(file_name, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    const char* why = dlerror();
    return library_missing(why != nullptr ? why : file_name);
  }
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
  symbols.find("gss_indicate_mechs", found.indicate_mechs);
  symbols.find("gss_release_oid_set", found.release_oid_set);
  symbols.find("gss_display_status", found.display_status);
  if (!symbols.missing().empty()) {
    return library_missing(std::string(file_name) + " has no " + symbols.missing());
  }
  return found;
}

Result<const Library*> library() {
  // Never destroyed: contexts may end while the process exits.
  static std::mutex mutex;
  static const Library* loaded = nullptr;
  const std::lock_guard<std::mutex> lock(mutex);
  if (loaded != nullptr) return loaded;
  const Result<Library> result = load(kFileName);
  if (!result.ok()) return result.error();
  loaded = new Library(result.value());
  return loaded;
}

bool has_mechanism(const Library& library, const Oid& mechanism) {
  uint32_t minor = 0;
  OidSet* all = nullptr;
  if ((library.indicate_mechs(&minor, &all) & kErrors) != 0 || all == nullptr) return false;
  const bool found = std::any_of(all->elements, all->elements + all->count,
                                 [&](const Oid& one) { return equal(one, mechanism); });
  library.release_oid_set(&minor, &all);
  return found;
}

Error ntlm_missing() {
  return {ErrorCode::authentication,
          "NTLM needs the GSSAPI plug-in gss-ntlmssp, which is not installed. Install it: apt "
          "install gss-ntlmssp (Debian, Ubuntu), dnf install gssntlmssp (Fedora, RHEL), and for "
          "other systems build https://github.com/gssapi/gss-ntlmssp. No setting of OpenSSL has to "
          "be changed for it.",
          0,
          {}};
}

}  // namespace wsman::gss
