#include "tls/authority.h"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace wsman::service {
namespace {

using std::filesystem::path;
using BioPtr = std::unique_ptr<BIO, FreeWith<BIO_free>>;

[[noreturn]] void throw_errno(const path& file) {
  throw std::system_error(errno, std::generic_category(), file.string());
}

// Held while it lives. The system drops the lock with its holder, however that ends, and the holder
// only makes two small files: so the wait is short.
class DirectoryLock {
 public:
  explicit DirectoryLock(const path& file)
      : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) throw_errno(file);
    while (::flock(descriptor_, LOCK_EX) != 0) {
      if (errno == EINTR) continue;
      ::close(descriptor_);
      throw_errno(file);
    }
  }
  ~DirectoryLock() { ::close(descriptor_); }
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  int descriptor_;
};

// Opens `file` for writing with the given mode from the first moment on.
BioPtr create(const path& file, mode_t mode) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (descriptor < 0) throw_errno(file);
  BioPtr bio(BIO_new_fd(descriptor, BIO_CLOSE));
  if (!bio) {
    ::close(descriptor);
    throw_openssl_error("write a file");
  }
  return bio;
}

// A reader without the lock, such as a client, sees the old file or the new one, never half of it.
template <typename Write>
void replace(const path& file, mode_t mode, Write write) {
  const path draft = path(file) += ".new";
  {
    const BioPtr bio = create(draft, mode);
    if (write(bio.get()) != 1) throw_openssl_error("write a file");
  }
  std::filesystem::rename(draft, file);
}

// Nothing if either file is missing or unreadable, or if they are not a pair.
Identity load(const path& ca_file, const path& key_file) {
  Identity identity;
  const BioPtr certificate(BIO_new_file(ca_file.c_str(), "r"));
  const BioPtr key(BIO_new_file(key_file.c_str(), "r"));
  if (certificate && key) {
    identity.certificate.reset(PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr));
    identity.key.reset(PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr));
  }
  const bool usable = identity.certificate && identity.key &&
                      X509_check_private_key(identity.certificate.get(), identity.key.get()) == 1 &&
                      X509_cmp_current_time(X509_get0_notAfter(identity.certificate.get())) > 0;
  ERR_clear_error();
  return usable ? std::move(identity) : Identity();
}

}  // namespace

Authority load_or_make_authority(const path& directory) {
  std::filesystem::create_directories(directory);
  const path ca_file = std::filesystem::absolute(directory / "ca.pem");
  const path key_file = directory / "ca-key.pem";
  const DirectoryLock lock(directory / "ca.lock");

  Identity identity = load(ca_file, key_file);
  if (!identity.certificate) {
    identity = make_authority_certificate();
    replace(key_file, 0600, [&](BIO* bio) {
      return PEM_write_bio_PrivateKey(bio, identity.key.get(), nullptr, nullptr, 0, nullptr,
                                      nullptr);
    });
    replace(ca_file, 0644,
            [&](BIO* bio) { return PEM_write_bio_X509(bio, identity.certificate.get()); });
  }
  return {std::move(identity), ca_file};
}

}  // namespace wsman::service
