// The TLS inside CredSSP: records of anybody during the handshake, and changed ones after it.
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "fakes/tls_far_end.h"
#include "fuzz.h"
#include "transport/authentication/credssp/tls.h"

namespace wsman::fuzz {
namespace {

// Who does not hold a key cannot end a handshake.
void shake_hands_with_anybody(std::string_view records) {
  const auto near = std::move(credssp::Tls::open().value());
  std::string ours;
  bool going = near->shake_hands({}, ours).ok();
  while (going && !records.empty()) {
    const std::string_view part = records.substr(0, 1 + records.size() / 2);
    going = near->shake_hands(part, ours).ok();
    records.remove_prefix(part.size());
  }
  demand(!near->is_shaken(), "A handshake ended that no server took part in");
  (void)near->server_key();
}

// The client's end, once both have shaken hands.
std::unique_ptr<credssp::Tls> shaken(testing::TlsFarEnd& far, int version) {
  auto near = std::move(credssp::Tls::open().value());
  std::string theirs;
  while (!near->is_shaken()) {
    std::string ours;
    demand(near->shake_hands(theirs, ours).ok(), "A handshake failed");
    theirs = far.shake_hands(ours);
  }
  // The tickets of TLS 1.3 carry nothing.
  const auto nothing = near->unseal(version == TLS1_3_VERSION ? theirs : "");
  demand(nothing.ok() && nothing.value().empty(), "Something is heard that nobody said");
  return near;
}

// What arrives is what was sealed, or nothing. An attacker changes the byte `at`.
void hear(int version, size_t at, char change, const std::string& plain) {
  testing::TlsFarEnd far(version);
  const auto near = shaken(far, version);
  std::string records = far.seal(plain);
  if (records.empty()) return;
  char& changed = records[at % records.size()];
  changed = static_cast<char>(changed ^ change);
  const Result<std::string> heard = near->unseal(records);
  demand(heard.ok() == (change == 0), "Whether records are taken is not decided by a change");
  if (heard.ok()) demand(heard.value() == plain, "Another text is heard than was sealed");
}

// Of two texts each is heard once, in its order, or the rest is refused: an attacker may repeat a
// record, drop or cut one, or swap them.
void hear_two(char how, const std::string& plain) {
  testing::TlsFarEnd far(TLS1_3_VERSION);
  const auto near = shaken(far, TLS1_3_VERSION);
  const std::string second = plain.substr(plain.size() / 2);
  const std::string one = far.seal(plain.substr(0, plain.size() / 2));
  const std::string two = far.seal(second);
  if (one.empty() || two.empty()) return;
  const auto refuses = [&near](const std::string& records) {
    const Result<std::string> heard = near->unseal(records);
    return !heard.ok() || heard.value().empty();
  };
  if (how == 'd') return demand(refuses(two), "A record is missing, and nobody notices");
  if (how == 's') return demand(refuses(two + one), "Records are taken in another order");
  // Of its seal more than what the next record may begin with by chance.
  if (how == 'c')
    return demand(refuses(one.substr(0, one.size() - 8) + two), "A record is taken that was cut");
  demand(near->unseal(one).ok() && refuses(one), "A record is taken twice");
}

// The first byte says which.
void talk(std::string_view input) {
  if (input.size() < 4) return;
  if (input.front() == 'h') return shake_hands_with_anybody(input.substr(1));
  if (input.front() == 't') return hear_two(input[1], std::string(input.substr(2)));
  const auto number = [&](size_t i) {
    return static_cast<size_t>(static_cast<unsigned char>(input[i]));
  };
  hear(input.front() == '2' ? TLS1_2_VERSION : TLS1_3_VERSION, number(1) * 64 + number(2), input[3],
       std::string(input.substr(4)));
}

const Target credssp_tls_target{"credssp_tls", talk};

}  // namespace
}  // namespace wsman::fuzz
