// Sealed messages of NTLM: a signature, and the cipher behind it.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz.h"
#include "transport/authentication/ntlm/sealing.h"

namespace wsman::fuzz {
namespace {

constexpr size_t kSignature = ntlm::Direction::kSignatureSize;

ntlm::Direction fresh() { return {Secret(std::string(16, 'k')), ntlm::Sender::server}; }

// Bytes that nobody with the key has made.
void open_foreign(std::string_view bytes) {
  ntlm::Direction to = fresh();
  std::string message(bytes.substr(std::min(bytes.size(), kSignature)));
  demand(!to.open(message, bytes.substr(0, kSignature)).ok(), "Anything is opened");
}

// What was sealed is opened, once and in its order, and not if any of it was changed.
void open_own(std::string_view bytes) {
  ntlm::Direction from = fresh();
  ntlm::Direction to = fresh();
  const http::Sealed sealed = *from.seal(bytes);
  const std::string& first = sealed.cipher;
  const std::string& signature = sealed.signature;
  std::string opened = first;
  demand(to.open(opened, signature).ok() && opened == bytes, "What was sealed is not opened");
  std::string again = first;
  demand(!to.open(again, signature).ok(), "A message is opened twice");

  std::string changed = first + signature;
  const size_t at = bytes.empty() ? 0 : static_cast<unsigned char>(bytes[0]) % changed.size();
  changed[at] = static_cast<char>(changed[at] ^ 1);
  ntlm::Direction other = fresh();
  std::string message = changed.substr(0, first.size());
  demand(!other.open(message, changed.substr(first.size())).ok(), "A changed message is opened");
}

// Of three messages none may be missing, and none come before another.
void open_three(std::string_view bytes) {
  ntlm::Direction from = fresh();
  const std::array<http::Sealed, 3> sealed{*from.seal(bytes), *from.seal(bytes), *from.seal(bytes)};
  const auto opens = [&](const std::vector<size_t>& order) {
    ntlm::Direction to = fresh();
    return std::all_of(order.begin(), order.end(), [&](size_t which) {
      std::string message = sealed.at(which).cipher;
      return to.open(message, sealed.at(which).signature).ok() && message == bytes;
    });
  };
  demand(opens({0, 1, 2}), "What was sealed is not opened");
  for (const std::vector<size_t>& order :
       std::vector<std::vector<size_t>>{{1}, {2}, {0, 2}, {0, 0}, {0, 1, 0}, {0, 1, 1}})
    demand(!opens(order), "A message is missing, or comes again, and nobody notices");
}

void open_both(std::string_view bytes) {
  open_foreign(bytes);
  open_own(bytes);
  open_three(bytes);
}

const Target ntlm_sealed_target{"ntlm_sealed", open_both};

}  // namespace
}  // namespace wsman::fuzz
