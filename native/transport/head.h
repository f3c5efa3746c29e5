// The strict reader of response heads: a pure function over octets.
//
// What a head says about where its answer ends must leave no room for two opinions, or a hostile
// server could smuggle one answer into the next. So the head is judged whole, before any parser
// sees it, and everything doubtful is refused [RFC 9112 6.3, 11.2].
#ifndef WSMAN_TRANSPORT_HEAD_H_
#define WSMAN_TRANSPORT_HEAD_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace wsman {

// Where the body of an answer ends.
enum class Framing {
  none,     // There is no body: 1xx, 204, 304, or Content-Length 0.
  length,   // After content_length octets.
  chunked,  // With the last chunk and its trailer.
  closing,  // With the connection.
};

struct Head {
  int status = 0;    // 100 to 599.
  int version = 11;  // 10 or 11.
  Framing framing = Framing::closing;
  uint64_t content_length = 0;
  bool is_encoded = false;        // It has a Content-Encoding, which no request of ours allows.
  bool keeps_connection = false;  // What version and Connection say; never with Framing::closing.
  std::string content_type;
  std::string location;
  std::vector<std::string> challenges;        // The values of WWW-Authenticate lines, in order.
  std::vector<std::string> proxy_challenges;  // Of Proxy-Authenticate.
};

// The length of the head at the start of `octets`, with its empty line; nothing if it is not whole
// yet. The first `seen` octets were looked at before, without finding its end: they are not looked
// at again, so that a head that drips in costs no more than one that comes whole.
std::optional<size_t> head_length(std::string_view octets, size_t seen = 0);

// What is wrong with a head that is not whole yet, if that can be seen: it does not begin as HTTP
// does, or it has a bare CR or LF, which would keep the empty line from ever coming. Empty if
// nothing is. The first `seen` octets were looked at before, without finding anything.
std::string_view early_refusal(std::string_view octets, size_t seen = 0);

// Judges a whole head, as head_length() measured it. The error is a few words, such as "two
// Content-Length lines".
struct HeadVerdict {
  Head head;
  std::string refusal;  // Empty if the head is accepted.
};
HeadVerdict judge_head(std::string_view head);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_HEAD_H_
