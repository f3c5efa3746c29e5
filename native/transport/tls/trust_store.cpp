#include "transport/tls/trust_store.h"

#include <dirent.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/file_stamp.h"
#include "base/regular_file.h"
#include "base/text.h"
#include "base/timed_mutex.h"
#include "base/wait.h"
#include "transport/tls/context.h"
#include "transport/tls/openssl.h"

namespace wsman::tls {
namespace {

// The revocation lists of large authorities have tens of megabytes.
constexpr size_t kLargestTrustFile = size_t{128} << 20U;

struct Entry {
  TimedMutex mutex;   // Held while the files are read, which a network folder may take long for.
  std::string stamp;  // Names, sizes and times of the files that were loaded.
  Trust trust;
};

std::mutex entries_mutex;
// Never destroyed: connections may still end while the process exits.
std::map<std::string, std::shared_ptr<Entry>>& entries() {
  static auto* map = new std::map<std::string, std::shared_ptr<Entry>>();
  return *map;
}

std::shared_ptr<Entry> entry_for(const std::string& trusted_ca_path) {
  const std::lock_guard<std::mutex> lock(entries_mutex);
  std::shared_ptr<Entry>& entry = entries()[trusted_ca_path];
  if (!entry) entry = std::make_shared<Entry>();
  return entry;
}

Error cannot_trust(const std::string& path, const std::string& why) {
  return make_error(ErrorCode::certificate,
                    "The certificate authorities of the client setting TrustedCAPath cannot be "
                    "trusted: \"" +
                        path + "\" " + why);
}

bool has_extension(const std::string& name, std::string_view extension) {
  return name.size() > extension.size() && lower_case(name).ends_with(extension);
}

bool is_certificate_file(const std::string& name) {
  constexpr std::array<std::string_view, 6> extensions{".pem", ".crt", ".cer",
                                                       ".der", ".crl", ".p7b"};
  return std::any_of(extensions.begin(), extensions.end(),
                     [&](std::string_view extension) { return has_extension(name, extension); });
}

struct CloseFolder {
  void operator()(DIR* folder) const { (void)closedir(folder); }
};

// `failure` is errno where a folder could not be listed to its end, else 0. Not by the iterator of
// C++, which ends the process where memory runs out.
std::vector<std::string> files_of(const std::string& path, int& failure) {
  failure = 0;
  struct stat status {};
  if (stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return {path};
  std::vector<std::string> files;
  const std::unique_ptr<DIR, CloseFolder> folder(opendir(path.c_str()));
  const auto next = [&] {
    errno = 0;
    return readdir(folder.get());
  };
  const dirent* entry = nullptr;
  while (folder && (entry = next()) != nullptr) {
    const std::string name = static_cast<const char*>(entry->d_name);
    if (is_certificate_file(name)) files.push_back(std::string(path).append("/").append(name));
  }
  failure = errno;
  if (failure == ENOMEM) throw std::bad_alloc();
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
  int ignored = 0;
  for (const std::string& file : files_of(trusted_ca_path, ignored)) stamp += version_of(file);
  return stamp;
}

// OpenSSL asks here for the password of what is encrypted, instead of at the terminal.
int give_no_password(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*unused*/) {
  return -1;
}

void free_all(STACK_OF(X509_INFO) * entries) { sk_X509_INFO_pop_free(entries, X509_INFO_free); }

// What a file gave to a store.
class Addition {
 public:
  explicit Addition(X509_STORE* store) : store_(store) {}

  void take(X509* certificate) {
    if (certificate != nullptr) note(X509_STORE_add_cert(store_, certificate));
  }
  void take(X509_CRL* list) {
    if (list != nullptr) note(X509_STORE_add_crl(store_, list));
  }
  // A container without a content of its own: as Windows exports several certificates, .p7b.
  void take(const PKCS7* container) {
    if (container == nullptr || !PKCS7_type_is_signed(container) || container->d.sign == nullptr)
      return;
    const PKCS7_SIGNED& content = *container->d.sign;
    for (int i = 0; i < sk_X509_num(content.cert); ++i) take(sk_X509_value(content.cert, i));
    for (int i = 0; i < sk_X509_CRL_num(content.crl); ++i) take(sk_X509_CRL_value(content.crl, i));
  }

  bool is_empty() const { return count_ == 0; }

  // For a sentence about the file; empty if there is nothing to refuse.
  std::string refusal() const {
    if (refused_) return "has a certificate that OpenSSL does not take";
    return is_empty() ? "holds no certificate or revocation list, in PEM or DER" : "";
  }

 private:
  void note(int added) {
    ++count_;
    refused_ = refused_ || added != 1;
  }

  X509_STORE* store_;
  int count_ = 0;
  bool refused_ = false;
};

// The one object that the bytes are; null if they are another one, or more.
template <typename T>
T* from_der(T* (*read)(T**, const unsigned char**, long), void (*release)(T*),
            std::string_view der) {
  const auto* end = reinterpret_cast<const unsigned char*>(der.data());
  const unsigned char* const whole = end + der.size();
  T* object = read(nullptr, &end, static_cast<long>(der.size()));
  if (object == nullptr || end == whole) return object;
  release(object);
  return nullptr;
}

void add_pem(Addition& addition, std::string_view content) {
  const Bio bio = bio_over(content);
  const Owned<STACK_OF(X509_INFO), free_all> entries(
      PEM_X509_INFO_read_bio(bio.get(), nullptr, give_no_password, nullptr));
  for (int i = 0; entries && i < sk_X509_INFO_num(entries.get()); ++i) {
    const X509_INFO& entry = *sk_X509_INFO_value(entries.get(), i);
    addition.take(entry.x509);
    addition.take(entry.crl);
  }
  // It does not know containers.
  const Bio again = bio_over(content);
  addition.take(
      Owned<PKCS7, PKCS7_free>(PEM_read_bio_PKCS7(again.get(), nullptr, give_no_password, nullptr))
          .get());
}

// The form in which Windows exports a .cer and authorities publish a .crl.
void add_der(Addition& addition, std::string_view content) {
  addition.take(Certificate(from_der(d2i_X509, X509_free, content)).get());
  addition.take(
      Owned<X509_CRL, X509_CRL_free>(from_der(d2i_X509_CRL, X509_CRL_free, content)).get());
  addition.take(Owned<PKCS7, PKCS7_free>(from_der(d2i_PKCS7, PKCS7_free, content)).get());
}

FileReading read_file(const std::string& path, std::string& content) {
  return read_regular_file(path, kLargestTrustFile,
                           [&](std::string_view piece) { content.append(piece); });
}

// Whether a file is there for this user, and could not be read all the same. Nobody can tell then
// whether it has a revocation list, and what was loaded without it is kept until a file changes.
bool is_lost(int code) {
  constexpr std::array<int, 7> others{0, ENOENT, ENOTDIR, ELOOP, ENXIO, EACCES, EPERM};
  return std::find(others.begin(), others.end(), code) == others.end();
}

// Adds the certificates and revocation lists in the content of a file.
std::string add_content(X509_STORE* store, std::string_view content) {
  Addition addition(store);
  errno = 0;
  add_pem(addition, content);
  if (addition.is_empty()) add_der(addition, content);
  // A certificate can be there without its key, or only a part of the file.
  if (take_failure().lacked_memory) throw std::bad_alloc();
  return addition.refusal();
}

FileReading add_file(X509_STORE* store, const std::string& path) {
  std::string content;
  FileReading reading = read_file(path, content);
  if (reading.refusal.empty()) reading.refusal = add_content(store, content);
  return reading;
}

// Whether a file is PEM of certificates alone. A revocation list counts for chains, too, that need
// none of the certificates beside it.
bool holds_certificates_alone(std::string_view content) {
  const auto has = [&](std::string_view text) {
    return content.find(text) != std::string_view::npos;
  };
  return has("CERTIFICATE-----") && !has(" CRL-----") && !has("PKCS7") && !has("PKCS #7");
}

// A folder without the file leaves ENOENT, and a verification that lacked memory must not be taken
// for one that had it (verification.cpp).
int look_into_folder(X509_LOOKUP* folder, X509_LOOKUP_TYPE type, const X509_NAME* name,
                     X509_OBJECT* found) {
  const KeptLack kept;
  return X509_LOOKUP_meth_get_get_by_subject(X509_LOOKUP_hash_dir())(folder, type, name, found);
}

// OpenSSL's own, with that function before it. One for the process, never freed: see entries().
X509_LOOKUP_METHOD* lookup_in_folder() {
  static X509_LOOKUP_METHOD* const method = [] {
    const X509_LOOKUP_METHOD* const own = X509_LOOKUP_hash_dir();
    X509_LOOKUP_METHOD* const made = X509_LOOKUP_meth_new("wsman folder");
    if (made == nullptr) throw std::bad_alloc();
    X509_LOOKUP_meth_set_new_item(made, X509_LOOKUP_meth_get_new_item(own));
    X509_LOOKUP_meth_set_free(made, X509_LOOKUP_meth_get_free(own));
    X509_LOOKUP_meth_set_ctrl(made, X509_LOOKUP_meth_get_ctrl(own));
    X509_LOOKUP_meth_set_get_by_subject(made, look_into_folder);
    return made;
  }();
  return method;
}

// In the folder OpenSSL looks for an issuer when it needs one. Its own function for the file would
// open whatever the environment names.
Result<std::shared_ptr<SystemBundle>> add_authorities_of_system(X509_STORE* store) {
  X509_LOOKUP* const folder = X509_STORE_add_lookup(store, lookup_in_folder());
  if (folder != nullptr) (void)X509_LOOKUP_add_dir(folder, nullptr, X509_FILETYPE_DEFAULT);
  std::string content;
  const std::string path =
      from_environment(X509_get_default_cert_file_env(), X509_get_default_cert_file());
  const FileReading reading = read_file(path, content);
  if (is_lost(reading.code)) {
    return make_error(ErrorCode::certificate,
                      "The certificate authorities of the system cannot be trusted: \"" + path +
                          "\" " + reading.refusal);
  }
  std::shared_ptr<SystemBundle> bundle;
  // A system without a bundle is not an error.
  if (!reading.refusal.empty()) return bundle;
  if (holds_certificates_alone(content)) {
    bundle = std::make_shared<SystemBundle>(std::move(content));
  } else {
    (void)add_content(store, content);
  }
  return bundle;
}

// A file that was named has to be read. In a folder what is of no use is passed over, and told,
// unless nothing is left: somebody else may have put it there.
Result<std::vector<std::string>> add_authorities(X509_STORE* store,
                                                 const std::string& trusted_ca_path) {
  std::vector<std::string> passed_over;
  int failure = 0;
  const std::vector<std::string> files = files_of(trusted_ca_path, failure);
  if (failure != 0) {
    return cannot_trust(trusted_ca_path,
                        "cannot be listed: " + std::generic_category().message(failure));
  }
  for (const std::string& file : files) {
    const FileReading added = add_file(store, file);
    if (added.refusal.empty()) continue;
    // Without a list that is meant to be there, what it revokes would be trusted.
    const bool is_list = has_extension(file, ".crl");
    if (is_list || is_lost(added.code) || passed_over.size() + 1 == files.size())
      return cannot_trust(file, added.refusal);
    passed_over.push_back("\"" + file + "\" " + added.refusal);
  }
  if (files.empty())
    return cannot_trust(trusted_ca_path,
                        "is a folder without a .pem, .crt, .cer, .der, .crl or .p7b file");
  return passed_over;
}

bool has_crls(const X509_STORE* store) {
  STACK_OF(X509_OBJECT)* objects = X509_STORE_get0_objects(store);
  for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
    if (X509_OBJECT_get_type(sk_X509_OBJECT_value(objects, i)) == X509_LU_CRL) return true;
  }
  return false;
}

Result<Trust> load(const std::string& trusted_ca_path) {
  forget_failures();
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  if (!context || !prepare_context(context.get())) return cannot_begin_tls();
  // OpenSSL passes over a cipher that it has no memory for. Here, because errno is another one once
  // files were looked for.
  if (take_failure().lacked_memory) return out_of_memory();
  X509_STORE* store = SSL_CTX_get_cert_store(context.get());
  Result<std::shared_ptr<SystemBundle>> bundle = add_authorities_of_system(store);
  if (!bundle.ok()) return bundle.error();
  std::vector<std::string> passed_over;
  if (!trusted_ca_path.empty()) {
    Result<std::vector<std::string>> added = add_authorities(store, trusted_ca_path);
    if (!added.ok()) return added.error();
    passed_over = std::move(added.value());
  }
  // What it had no memory for is missing, and would be until the files change.
  if (take_failure().lacked_memory) return out_of_memory();
  return Trust{context, has_crls(store), std::move(passed_over), std::move(bundle.value())};
}

}  // namespace

void SystemBundle::read_into(X509_STORE* store) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (is_read_.load()) return;
  // What cannot be read of it is passed over.
  (void)add_content(store, pem_);
  pem_ = {};
  is_read_.store(true);
}

Result<Trust> trusted_context(const std::string& trusted_ca_path, const Call& call) {
  // Before the files are read: a file that changes meanwhile gives another stamp next time, and is
  // loaded again.
  std::string stamp = stamp_of_all(trusted_ca_path);
  const Phase phase{"the reading of the certificate authorities"};
  const std::shared_ptr<Entry> entry = entry_for(trusted_ca_path);
  if (!entry->mutex.lock(call)) return stopped_error(look_at(call), call, phase);
  const std::lock_guard<TimedMutex> lock(entry->mutex, std::adopt_lock);
  if (entry->trust.context && entry->stamp == stamp) return entry->trust;
  Result<Trust> trust = load(trusted_ca_path);
  // Connections over the old context keep it by their references. A failure is not kept, so that a
  // corrected file is read at the next connect.
  if (trust.ok()) {
    entry->trust = trust.value();
    entry->stamp = std::move(stamp);
  }
  return trust;
}

void read_anew(const std::string& trusted_ca_path) {
  const std::lock_guard<std::mutex> lock(entries_mutex);
  entries().erase(trusted_ca_path);
}

}  // namespace wsman::tls
