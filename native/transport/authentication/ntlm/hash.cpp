#include "transport/authentication/ntlm/hash.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <new>

#include "base/secret_memory.h"
#include "transport/tls/openssl.h"

namespace wsman::ntlm {
namespace {

constexpr size_t kBlock = 64;

using Words = std::array<uint32_t, 4>;
using Block = std::array<uint32_t, 16>;

// A round of MD4 [RFC 1320 3.4]: its function, its constant, the order in which it takes the words
// of a block, and the widths of its rotations.
struct Round {
  uint32_t (*mix)(uint32_t x, uint32_t y, uint32_t z);
  uint32_t constant;
  std::array<uint8_t, 16> order;
  std::array<uint8_t, 4> widths;
};

constexpr std::array<Round, 3> kRounds = {{
    {[](uint32_t x, uint32_t y, uint32_t z) { return (x & y) | (~x & z); },
     0,
     {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
     {3, 7, 11, 19}},
    {[](uint32_t x, uint32_t y, uint32_t z) { return (x & y) | (x & z) | (y & z); },
     0x5A827999,
     {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
     {3, 5, 9, 13}},
    {[](uint32_t x, uint32_t y, uint32_t z) { return x ^ y ^ z; },
     0x6ED9EBA1,
     {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15},
     {3, 9, 11, 15}},
}};

void take_block(Words& state, const char* bytes) {
  Block block{};
  for (size_t i = 0; i < kBlock; ++i) {
    block.at(i / 4) |= uint32_t{static_cast<unsigned char>(bytes[i])} << (i % 4 * 8);
  }
  Words words = state;
  for (const Round& round : kRounds) {
    for (size_t i = 0; i < block.size(); ++i) {
      const uint32_t sum = words[0] + round.mix(words[1], words[2], words[3]) +
                           block.at(round.order.at(i)) + round.constant;
      const unsigned width = round.widths.at(i % 4);
      words = {words[3], sum << width | sum >> (32 - width), words[1], words[2]};
    }
  }
  for (size_t i = 0; i < state.size(); ++i) state.at(i) += words.at(i);
  wipe_bytes(block.data(), sizeof block);
  wipe_bytes(words.data(), sizeof words);
}

// Whether OpenSSL hashes with it: a policy may forbid what is there.
bool works(const EVP_MD* hash) {
  const tls::Owned<EVP_MD_CTX, EVP_MD_CTX_free> running(EVP_MD_CTX_new());
  return hash != nullptr && running && EVP_DigestInit_ex(running.get(), hash, nullptr) == 1;
}

// Fetched once, because that costs more than the hash of a small message. 1.1.1 fetches nothing.
const EVP_MD* openssl_md5() {
  static const EVP_MD* const found = []() -> const EVP_MD* {
    const EVP_MD* const md5 =
        tls::is_openssl_3() ? EVP_MD_fetch(nullptr, "MD5", nullptr) : EVP_md5();
    if (works(md5)) return md5;
    if (tls::take_failure().lacked_memory) throw std::bad_alloc();
    return nullptr;
  }();
  return found;
}

bool add(EVP_MD_CTX* hash, Pieces pieces) {
  return std::all_of(pieces.begin(), pieces.end(), [&](std::string_view piece) {
    return EVP_DigestUpdate(hash, piece.data(), piece.size()) == 1;
  });
}

// The hash of `first` and `message`.
Secret hash(std::string_view first, Pieces message) {
  const tls::Owned<EVP_MD_CTX, EVP_MD_CTX_free> running(EVP_MD_CTX_new());
  Secret result;
  auto* const to = reinterpret_cast<unsigned char*>(result.extend(kHashSize));
  const bool done = running && EVP_DigestInit_ex(running.get(), openssl_md5(), nullptr) == 1 &&
                    add(running.get(), {first}) && add(running.get(), message) &&
                    EVP_DigestFinal_ex(running.get(), to, nullptr) == 1;
  // Of a hash that is there nothing but memory can be missing.
  if (!done) throw std::bad_alloc();
  return result;
}

// The key, filled with zeros to a block, with each byte changed by `pad` [RFC 2104 2].
Secret padded_key(std::string_view key, unsigned pad) {
  Secret padded;
  char* const bytes = padded.extend(kBlock);
  std::copy(key.begin(), key.end(), bytes);
  std::for_each(bytes, bytes + kBlock, [&](char& byte) {
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ pad);
  });
  return padded;
}

}  // namespace

Secret md4(std::string_view message) {
  Words state = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};
  const size_t whole = message.size() / kBlock * kBlock;
  for (size_t at = 0; at < whole; at += kBlock) take_block(state, message.data() + at);
  // A one bit, zeros, and the length in bits close the last block [RFC 1320 3.1, 3.2].
  Secret last(message.substr(whole));
  last.append("\x80");
  last.extend((2 * kBlock - last.size() - sizeof(uint64_t)) % kBlock);
  const uint64_t bits = uint64_t{message.size()} * 8;
  for (unsigned i = 0; i < sizeof bits; ++i) *last.extend(1) = static_cast<char>(bits >> (8 * i));
  for (size_t at = 0; at < last.size(); at += kBlock) take_block(state, last.view().data() + at);
  Secret result;
  char* const to = result.extend(kHashSize);
  for (size_t i = 0; i < kHashSize; ++i) {
    to[i] = static_cast<char>(state.at(i / 4) >> (i % 4 * 8));
  }
  wipe_bytes(state.data(), sizeof state);
  return result;
}

Secret md5(Pieces message) { return hash({}, message); }

Secret hmac_md5(std::string_view key, Pieces message) {
  const Secret inner = hash(padded_key(key, 0x36).view(), message);
  return hash(padded_key(key, 0x5C).view(), {inner.view()});
}

bool has_md5() { return openssl_md5() != nullptr; }

}  // namespace wsman::ntlm
