// Who may ask, by Digest [RFC 7616], and how the asking for it can err.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_DIGEST_H
#define WSMAN_TESTS_SERVICE_WSMAN_DIGEST_H

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.h"

namespace wsman::service {

struct DigestOptions {
  bool offered = false;
  // "MD5", "SHA-256", and either with "-sess"; in the order in which they are offered.
  std::vector<std::string> algorithms = {"SHA-256", "MD5"};
  std::uint32_t uses = 0;  // Of a nonce, until it is stale; 0 for no end.
};

enum class DigestQuirk {
  none,
  silent_change,      // A nonce is good for two requests, and it is not said that it was stale.
  endless_stale,      // Every answer is that the nonce was stale.
  unknown_algorithm,  // The only one offered is one that nobody knows.
  unknown_first,      // Such a one is offered before the others.
  no_qop,
  only_integrity,  // qop lists auth-int alone.
  no_nonce,
  quoted_realm,  // The realm has quotes and a backslash in it.
  closing,       // The connection is closed after each challenge.
};

inline constexpr std::array<std::pair<std::string_view, DigestQuirk>, 9> kDigestQuirks = {{
    {"silent-change", DigestQuirk::silent_change},
    {"endless-stale", DigestQuirk::endless_stale},
    {"unknown-algorithm", DigestQuirk::unknown_algorithm},
    {"unknown-first", DigestQuirk::unknown_first},
    {"no-qop", DigestQuirk::no_qop},
    {"only-integrity", DigestQuirk::only_integrity},
    {"no-nonce", DigestQuirk::no_nonce},
    {"quoted-realm", DigestQuirk::quoted_realm},
    {"closing", DigestQuirk::closing},
}};

std::optional<DigestQuirk> digest_quirk_named(std::string_view name);

class Digest {
 public:
  enum class Verdict { accepted, refused, stale };

  Digest(DigestOptions options, std::string user, std::string password);

  // Whether the request brings an answer to a challenge of ours.
  bool is_for(const Request& request) const;

  // Counts must go up by one: an answer that was used before is stale.
  Verdict authenticate(const Request& request, DigestQuirk quirk);

  // Adds what is asked for to a 401.
  void challenge(Response& response, bool stale, DigestQuirk quirk);

 private:
  using Parameters = std::map<std::string, std::string>;

  bool is_right(const Parameters& given, const Request& request, DigestQuirk quirk) const;
  bool is_current(const Parameters& given, DigestQuirk quirk);

  const DigestOptions options_;
  const std::string user_;
  const std::string password_;
  std::map<std::string, std::uint32_t> nonces_;  // How often each was used.
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_DIGEST_H
