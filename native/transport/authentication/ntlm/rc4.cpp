#include "transport/authentication/ntlm/rc4.h"

#include <utility>

namespace wsman::ntlm {
namespace {

constexpr unsigned kStates = 256;

uint8_t* bytes_of(Secret& secret) {
  return reinterpret_cast<uint8_t*>(const_cast<char*>(secret.view().data()));
}

}  // namespace

Rc4::Rc4(std::string_view key) {
  auto* const state = reinterpret_cast<uint8_t*>(state_.extend(kStates));
  for (unsigned i = 0; i < kStates; ++i) state[i] = static_cast<uint8_t>(i);
  uint8_t j = 0;
  for (unsigned i = 0; i < kStates; ++i) {
    j = static_cast<uint8_t>(j + state[i] + static_cast<uint8_t>(key[i % key.size()]));
    std::swap(state[i], state[j]);
  }
}

void Rc4::apply(char* bytes, size_t size) {
  uint8_t* const state = bytes_of(state_);
  uint8_t i = i_;
  uint8_t j = j_;
  for (size_t at = 0; at < size; ++at) {
    const uint8_t one = state[++i];
    j = static_cast<uint8_t>(j + one);
    const uint8_t other = state[j];
    state[i] = other;
    state[j] = one;
    const uint8_t key = state[static_cast<uint8_t>(one + other)];
    bytes[at] = static_cast<char>(static_cast<uint8_t>(bytes[at]) ^ key);
  }
  i_ = i;
  j_ = j;
}

}  // namespace wsman::ntlm
