#include "teardown/derived.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/provider.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "teardown/masked_service.h"

namespace wsman::testing {
namespace {

using Bytes = std::vector<unsigned char>;

// Calls `make` in a process that ends afterwards, and takes everything with it. It fills the bytes
// and says whether it could; they come back with their bits turned.
template <typename Make>
Bytes made_elsewhere(std::size_t size, const Make& make) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
  Bytes bytes(size);
  const auto whole = static_cast<ssize_t>(size);
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no process");
  if (child == 0) {
    const bool made = make(bytes);
    for (unsigned char& byte : bytes) byte ^= Masked::kMask;
    _exit(made && write(ends[1], bytes.data(), size) == whole ? 0 : 1);
  }
  close(ends[1]);
  const bool came = read(ends[0], bytes.data(), size) == whole;
  close(ends[0]);
  int status = 0;
  if (waitpid(child, &status, 0) != child || !came) throw std::runtime_error("no such hash");
  return bytes;
}

std::string plain_of(const Masked& password) {
  std::string plain;
  for (std::size_t i = 0; i < Masked::kSize; ++i) plain += static_cast<char>(password.at(i));
  return plain;
}

// Of ASCII.
Bytes utf16_of(std::string_view text) {
  Bytes bytes;
  for (const char letter : text) bytes.insert(bytes.end(), {static_cast<unsigned char>(letter), 0});
  return bytes;
}

bool nt_hash(const std::string& password, Bytes& hash) {
  const Bytes utf16 = utf16_of(password);
  OSSL_LIB_CTX* library = OSSL_LIB_CTX_new();
  if (OSSL_PROVIDER_load(library, "legacy") == nullptr) return false;
  const EVP_MD* md4 = EVP_MD_fetch(library, "MD4", nullptr);
  if (md4 == nullptr) return false;
  return EVP_Digest(utf16.data(), utf16.size(), hash.data(), nullptr, md4, nullptr) == 1;
}

bool ntlm_key(const std::string& password, const std::string& user, const std::string& domain,
              Bytes& key) {
  Bytes hash(16);
  if (!nt_hash(password, hash)) return false;
  const Bytes name = utf16_of(upper_case(user) + domain);
  return HMAC(EVP_md5(), hash.data(), 16, name.data(), name.size(), key.data(), nullptr) != nullptr;
}

bool digest_secret(const Masked& password, Bytes& text) {
  const std::string plain = std::string(kUser) + ":WSMAN:" + plain_of(password);
  std::array<unsigned char, 32> hash{};
  constexpr std::string_view kDigits = "0123456789abcdef";
  if (EVP_Digest(plain.data(), plain.size(), hash.data(), nullptr, EVP_sha256(), nullptr) != 1) {
    return false;
  }
  for (std::size_t i = 0; i < hash.size(); ++i) {
    text.at(2 * i) = static_cast<unsigned char>(kDigits[hash.at(i) >> 4U]);
    text.at(2 * i + 1) = static_cast<unsigned char>(kDigits[hash.at(i) & 0xFU]);
  }
  return true;
}

// Throws unless it is that of the example.
void expect(Bytes made, const Bytes& expected) {
  for (unsigned char& byte : made) byte ^= Masked::kMask;
  if (made != expected) throw std::runtime_error("NTLM is computed otherwise than in its example");
}

}  // namespace

void check_ntlm_example() {
  const std::string password = "Password";
  expect(made_elsewhere(16, [&](Bytes& hash) { return nt_hash(password, hash); }),
         {0xA4, 0xF4, 0x9C, 0x40, 0x65, 0x10, 0xBD, 0xCA, 0xB6, 0x82, 0x4E, 0xE7, 0xC3, 0x0F, 0xD8,
          0x52});
  expect(made_elsewhere(16, [&](Bytes& key) { return ntlm_key(password, "User", "Domain", key); }),
         {0x0C, 0x86, 0x8A, 0x40, 0x3B, 0xFD, 0x7A, 0x93, 0xA3, 0x00, 0x1E, 0xF2, 0x2E, 0xF0, 0x2E,
          0x3F});
}

Needle nt_hash_of(const Masked& password) {
  return {"the NT hash",
          made_elsewhere(16, [&](Bytes& hash) { return nt_hash(plain_of(password), hash); })};
}

Needle ntlm_key_of(const Masked& password) {
  return {"the key of NTLMv2", made_elsewhere(16, [&](Bytes& key) {
            return ntlm_key(plain_of(password), kUser, "WSMAN", key);
          })};
}

Needle digest_secret_of(const Masked& password) {
  return {kDigestSecret,
          made_elsewhere(64, [&](Bytes& text) { return digest_secret(password, text); })};
}

}  // namespace wsman::testing
