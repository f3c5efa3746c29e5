#include "transport/trust.h"

#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <system_error>
#include <vector>

#include "transport/tls.h"

namespace wsman {
namespace {

namespace fs = std::filesystem;

struct Entry {
  std::string stamp;  // Names, sizes and times of the files that were loaded.
  Trust trust;
};

std::mutex trust_mutex;
// Never destroyed: connections may still end while the process exits.
std::map<std::string, Entry>& entries() {
  static auto* map = new std::map<std::string, Entry>();
  return *map;
}

Error cannot_trust(const std::string& path, const std::string& why) {
  return {
      ErrorCode::certificate,
      "The certificate authorities in \"" + path + "\" (client setting TrustedCAPath) " + why + ".",
      0,
      {}};
}

bool is_certificate_file(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".pem" || extension == ".crt" || extension == ".cer" || extension == ".crl";
}

std::vector<fs::path> files_of(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) return {fs::path(path)};
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(path, ignored)) {
    if (is_certificate_file(entry.path())) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string stamp_of(const std::string& path) {
  struct stat status {};
  if (path.empty() || stat(path.c_str(), &status) != 0) return path + ":absent;";
#if defined(__APPLE__)
  const auto& changed = status.st_mtimespec;
#else
  const auto& changed = status.st_mtim;
#endif
  return path + ":" + std::to_string(status.st_ino) + ":" + std::to_string(status.st_size) + ":" +
         std::to_string(changed.tv_sec) + "." + std::to_string(changed.tv_nsec) + ";";
}

std::string from_environment(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : otherwise;
}

std::string stamp_of_all(const std::string& trusted_ca_path) {
  std::string stamp =
      stamp_of(from_environment(X509_get_default_cert_file_env(), X509_get_default_cert_file())) +
      stamp_of(from_environment(X509_get_default_cert_dir_env(), X509_get_default_cert_dir()));
  if (trusted_ca_path.empty()) return stamp;
  stamp += stamp_of(trusted_ca_path);
  for (const fs::path& file : files_of(trusted_ca_path)) stamp += stamp_of(file.string());
  return stamp;
}

Status add_authorities(X509_STORE* store, const std::string& trusted_ca_path) {
  bool added = false;
  for (const fs::path& file : files_of(trusted_ca_path)) {
    if (X509_STORE_load_file(store, file.c_str()) == 1) {
      added = true;
    } else {
      return cannot_trust(file.string(), "cannot be read, or hold no PEM certificate");
    }
  }
  if (!added)
    return cannot_trust(trusted_ca_path,
                        "are none: the folder has no .pem, .crt, .cer or .crl file");
  return Done{};
}

bool has_crls(const X509_STORE* store) {
  STACK_OF(X509_OBJECT)* objects = X509_STORE_get0_objects(store);
  for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
    if (X509_OBJECT_get_type(sk_X509_OBJECT_value(objects, i)) == X509_LU_CRL) return true;
  }
  return false;
}

Result<Trust> load(const std::string& trusted_ca_path) {
  OPENSSL_init_ssl(OPENSSL_INIT_NO_ATEXIT, nullptr);
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  if (!context) return Error{ErrorCode::internal, "OpenSSL made no context.", 0, {}};
  X509_STORE* store = SSL_CTX_get_cert_store(context.get());
  (void)X509_STORE_set_default_paths(store);  // A system without a bundle is not an error.
  if (!trusted_ca_path.empty()) {
    const Status added = add_authorities(store, trusted_ca_path);
    if (!added.ok()) return added.error();
  }
  prepare_context(context.get());
  return Trust{context, has_crls(store)};
}

}  // namespace

Result<Trust> trusted_context(const std::string& trusted_ca_path) {
  const std::string stamp = stamp_of_all(trusted_ca_path);
  const std::lock_guard<std::mutex> lock(trust_mutex);
  Entry& entry = entries()[trusted_ca_path];
  if (entry.trust.context && entry.stamp == stamp) return entry.trust;
  Result<Trust> trust = load(trusted_ca_path);
  if (trust.ok()) entry = {stamp, trust.value()};
  return trust;
}

}  // namespace wsman
