#include "support/nt_hash.h"

#include <openssl/evp.h>
#include <openssl/provider.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace wsman::testing {
namespace {

using Hash = std::array<unsigned char, 16>;

// The process ends afterwards, and takes everything with it.
bool make(const Masked& password, Hash& hash) {
  std::array<unsigned char, 2 * Masked::kSize> utf16{};
  for (std::size_t i = 0; i < Masked::kSize; ++i) utf16.at(2 * i) = password.at(i);
  OSSL_LIB_CTX* library = OSSL_LIB_CTX_new();
  if (OSSL_PROVIDER_load(library, "legacy") == nullptr) return false;
  const EVP_MD* md4 = EVP_MD_fetch(library, "MD4", nullptr);
  if (md4 == nullptr) return false;
  if (EVP_Digest(utf16.data(), utf16.size(), hash.data(), nullptr, md4, nullptr) != 1) return false;
  for (unsigned char& octet : hash) octet ^= Masked::kMask;
  return true;
}

}  // namespace

Needle nt_hash_of(const Masked& password) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
  Hash hash{};
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no process");
  if (child == 0) {
    const bool made = make(password, hash);
    const ssize_t sent = made ? write(ends[1], hash.data(), hash.size()) : -1;
    _exit(sent == static_cast<ssize_t>(hash.size()) ? 0 : 1);
  }
  close(ends[1]);
  const bool came = read(ends[0], hash.data(), hash.size()) == static_cast<ssize_t>(hash.size());
  close(ends[0]);
  int status = 0;
  if (waitpid(child, &status, 0) != child || !came) throw std::runtime_error("no MD4");
  return {"the NT hash", {hash.begin(), hash.end()}};
}

}  // namespace wsman::testing
