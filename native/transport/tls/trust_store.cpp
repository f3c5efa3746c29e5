#include "transport/tls/trust_store.h"

#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <system_error>
#include <vector>

#include "base/file_stamp.h"
#include "transport/tls/context.h"

namespace wsman::tls {
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
  return make_error(ErrorCode::certificate, "The certificate authorities in \"" + path +
                                                "\" (client setting TrustedCAPath) " + why);
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
  // A folder is listed in any order, and the stamp is made of the list.
  std::sort(files.begin(), files.end());
  return files;
}

std::string version_of(const std::string& path) {
  const FileStamp stamp = stamp_of(path);
  return path + ":" + (stamp.error == 0 ? stamp.text : "absent") + ";";
}

std::string from_environment(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : otherwise;
}

std::string stamp_of_all(const std::string& trusted_ca_path) {
  std::string stamp =
      version_of(from_environment(X509_get_default_cert_file_env(), X509_get_default_cert_file())) +
      version_of(from_environment(X509_get_default_cert_dir_env(), X509_get_default_cert_dir()));
  if (trusted_ca_path.empty()) return stamp;
  // The folder's own time changes when a file is added or removed, not when one is written in
  // place.
  stamp += version_of(trusted_ca_path);
  for (const fs::path& file : files_of(trusted_ca_path)) stamp += version_of(file.string());
  return stamp;
}

Status add_authorities(X509_STORE* store, const std::string& trusted_ca_path) {
  bool added = false;
  for (const fs::path& file : files_of(trusted_ca_path)) {
    if (X509_STORE_load_file(store, file.c_str()) == 1) {
      added = true;
    } else {
      // One bad file is an error. Passed over, it would show later as a server without a trusted
      // authority.
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
  // OpenSSL's exit handler would free what threads that were left behind still use while the
  // process exits.
  OPENSSL_init_ssl(OPENSSL_INIT_NO_ATEXIT, nullptr);
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  if (!context) return make_error(ErrorCode::internal, "OpenSSL made no context");
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
  // Before the files are read: a file that changes meanwhile gives another stamp next time, and is
  // loaded again.
  const std::string stamp = stamp_of_all(trusted_ca_path);
  const std::lock_guard<std::mutex> lock(trust_mutex);
  Entry& entry = entries()[trusted_ca_path];
  if (entry.trust.context && entry.stamp == stamp) return entry.trust;
  Result<Trust> trust = load(trusted_ca_path);
  // Connections over the old context keep it by their references. A failure is not kept, so that a
  // corrected file is read at the next connect.
  if (trust.ok()) entry = {stamp, trust.value()};
  return trust;
}

}  // namespace wsman::tls
