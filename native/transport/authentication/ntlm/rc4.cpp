#include "transport/authentication/ntlm/rc4.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace wsman::ntlm {
namespace {

constexpr unsigned kStates = 256;
constexpr unsigned kLast = kStates - 1;

// Words, because bytes that were just stored are slow to load as a part of something wider.
uint32_t* words_of(const Secret& secret) {
  return reinterpret_cast<uint32_t*>(const_cast<char*>(secret.view().data()));
}

// How far a byte at that place in memory stands from the low end of a number of eight bytes.
constexpr unsigned shift_of(unsigned place) {
  return 8 * (std::endian::native == std::endian::little ? place : 7 - place);
}

// Eight bytes of the key stream as they stand in memory. Written out, because compilers leave the
// loop.
template <typename Next, unsigned... kPlaces>
uint64_t next_eight(const Next& next, std::integer_sequence<unsigned, kPlaces...> /*places*/) {
  uint64_t key = 0;
  ((key |= uint64_t{next()} << shift_of(kPlaces)), ...);
  return key;
}

}  // namespace

Rc4::Rc4(std::string_view key) {
  state_.extend(kStates * sizeof(uint32_t));
  uint32_t* const state = words_of(state_);
  for (unsigned i = 0; i < kStates; ++i) state[i] = i;
  unsigned j = 0;
  for (unsigned i = 0; i < kStates; ++i) {
    j = (j + state[i] + static_cast<unsigned char>(key[i % key.size()])) & kLast;
    std::swap(state[i], state[j]);
  }
}

void Rc4::apply(char* bytes, size_t size) {
  uint32_t* const state = words_of(state_);
  uint32_t i = i_;
  uint32_t j = j_;
  const auto next = [&] {
    i = (i + 1) & kLast;
    const uint32_t one = state[i];
    j = (j + one) & kLast;
    const uint32_t other = state[j];
    state[i] = other;
    state[j] = one;
    return state[(one + other) & kLast];
  };
  // Eight at a time, which is half as fast again: a message may have a megabyte.
  for (; size >= sizeof(uint64_t); size -= sizeof(uint64_t), bytes += sizeof(uint64_t)) {
    uint64_t text = 0;
    std::memcpy(&text, bytes, sizeof text);
    text ^= next_eight(next, std::make_integer_sequence<unsigned, sizeof text>());
    std::memcpy(bytes, &text, sizeof text);
  }
  std::transform(bytes, bytes + size, bytes, [&](char byte) {
    return static_cast<char>(static_cast<unsigned char>(byte) ^ next());
  });
  i_ = i;
  j_ = j;
}

}  // namespace wsman::ntlm
