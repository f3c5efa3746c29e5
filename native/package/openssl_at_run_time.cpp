// OpenSSL as .NET finds it, so that a process has one: its fixes, its authorities, its policy and
// its FIPS module are those of the system. Its functions are called through a table (written by
// openssl_table.cmake) that is filled here once and read-only from then on.
#include <dlfcn.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <sys/mman.h>

#include <cstdlib>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "transport/tls/openssl_library.h"

extern "C" {
// An address for each name, on pages of its own.
extern void* wsman_openssl_table[];
extern const size_t wsman_openssl_table_size;  // Of these pages, in bytes.
extern const char* const wsman_openssl_names[];
extern const size_t wsman_openssl_count;
}

namespace wsman::tls {
namespace {

// In the place of a function that this OpenSSL does not have: it says that it failed.
long absent() { return 0; }

// What OpenSSL 1.1.1 has under other names. [OpenSSL 3.0, migration_guide(7)]
struct Old {
  unsigned long (*get_error)(const char**, int*, const char**, int*);
  int (*iv_length)(const EVP_CIPHER*);
  unsigned long (*cipher_flags)(const EVP_CIPHER*);
  X509* (*peer_certificate)(const SSL*);
  int (*load_locations)(X509_STORE*, const char*, const char*);
  void (*free_certificate)(X509*);
} old;

unsigned long get_error_all(const char** file, int* line, const char** /*function*/,
                            const char** data, int* flags) {
  return old.get_error(file, line, data, flags);
}

int cipher_mode(const EVP_CIPHER* cipher) {
  return static_cast<int>(old.cipher_flags(cipher) & EVP_CIPH_MODE);
}

int cipher_iv_length(const EVP_CIPHER* cipher) { return old.iv_length(cipher); }

X509* owned_certificate(const SSL* ssl) { return old.peer_certificate(ssl); }

// The connection holds it as well, and outlives the use.
X509* borrowed_certificate(const SSL* ssl) {
  X509* const certificate = old.peer_certificate(ssl);
  old.free_certificate(certificate);
  return certificate;
}

int load_file(X509_STORE* store, const char* file) {
  return old.load_locations(store, file, nullptr);
}

struct Substitute {
  std::string_view name;
  void* function;
};

template <typename Function>
void* address(Function* function) {
  return reinterpret_cast<void*>(function);
}

void* substitute_for(std::string_view name) {
  const Substitute substitutes[] = {
      {"ERR_get_error_all", address(get_error_all)},
      {"EVP_CIPHER_get_iv_length", address(cipher_iv_length)},
      {"EVP_CIPHER_get_mode", address(cipher_mode)},
      {"EVP_MD_fetch", address(absent)},
      {"EVP_default_properties_is_fips_enabled", address(absent)},
      {"SSL_get0_peer_certificate", address(borrowed_certificate)},
      {"SSL_get1_peer_certificate", address(owned_certificate)},
      {"X509_STORE_load_file", address(load_file)},
  };
  for (const Substitute& one : substitutes) {
    if (one.name == name) return one.function;
  }
  return address(absent);
}

// Whoever calls before there is an OpenSSL is told so, too: in a constructor as well.
__attribute__((constructor(101))) void fill() {
  for (size_t i = 0; i < wsman_openssl_count; ++i) wsman_openssl_table[i] = address(absent);
}

template <typename Function>
bool find(void* library, const char* name, Function*& function) {
  function = reinterpret_cast<Function*>(dlsym(library, name));
  return function != nullptr;
}

// What 1.1.0 has of that has the same names, but it lacks what 1.1.1 brought.
bool find_old(void* library) {
  return dlsym(library, "SSL_read_ex") != nullptr &&
         dlsym(library, "X509_get_signature_info") != nullptr &&
         find(library, "ERR_get_error_line_data", old.get_error) &&
         find(library, "EVP_CIPHER_iv_length", old.iv_length) &&
         find(library, "EVP_CIPHER_flags", old.cipher_flags) &&
         find(library, "SSL_get_peer_certificate", old.peer_certificate) &&
         find(library, "X509_STORE_load_locations", old.load_locations) &&
         find(library, "X509_free", old.free_certificate);
}

// The versions that are taken, in .NET's order; its user may name another.
std::vector<std::string> file_names() {
  std::vector<std::string> names{"libssl.so.3", "libssl.so.1.1"};
  const char* const version = std::getenv("CLR_OPENSSL_VERSION_OVERRIDE");
  if (version != nullptr) names.insert(names.begin(), std::string("libssl.so.") + version);
  return names;
}

// One that is in the process already comes first.
void* open() {
  const std::vector<std::string> names = file_names();
  for (const int loaded : {RTLD_NOLOAD, 0}) {
    for (const std::string& name : names) {
      void* const library = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL | loaded);
      if (library != nullptr) return library;
    }
  }
  return nullptr;
}

Error missing(const std::string& what) {
  return make_error(ErrorCode::tls, what, {AdviceKey::install_open_ssl});
}

Status load() {
  void* const library = open();
  if (library == nullptr) {
    return missing("OpenSSL (libssl.so.3 or libssl.so.1.1) is not on this computer");
  }
  // A name of 3.0 alone.
  const bool is_old = dlsym(library, "OPENSSL_version_major") == nullptr;
  if (is_old && !find_old(library)) {
    return missing("The OpenSSL of this computer is older than 1.1.1");
  }
  for (size_t i = 0; i < wsman_openssl_count; ++i) {
    void* const function = dlsym(library, wsman_openssl_names[i]);
    wsman_openssl_table[i] =
        function != nullptr ? function : substitute_for(wsman_openssl_names[i]);
  }
  (void)mprotect(wsman_openssl_table, wsman_openssl_table_size, PROT_READ);
  return Done{};
}

}  // namespace

Status require_openssl() {
  static std::mutex mutex;
  static bool is_loaded = false;
  const std::lock_guard<std::mutex> lock(mutex);
  if (is_loaded) return Done{};
  Status status = load();
  is_loaded = status.ok();
  return status;
}

}  // namespace wsman::tls
