// The strict reader of response heads: a pure function over bytes.
//
// A head must state the end of its answer in exactly one way. Otherwise a hostile server could
// smuggle one answer into the next. So the whole head is read before any parser sees it, and every
// ambiguity is refused [RFC 9112 6.3, 11.2].
#ifndef WSMAN_TRANSPORT_HTTP_HEAD_H_
#define WSMAN_TRANSPORT_HTTP_HEAD_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace wsman::http {

// The way in which the end of a body is stated.
enum class Framing {
  none,     // There is no body: 1xx, 204, 304, or Content-Length 0.
  length,   // After content_length bytes.
  chunked,  // With the last chunk and its trailer.
  closing,  // With the connection.
};

struct Head {
  int status = 0;    // 100 to 599.
  int version = 11;  // 10 or 11.
  Framing framing = Framing::closing;
  uint64_t content_length = 0;
  bool is_encoded = false;        // It has a Content-Encoding, which no request allows.
  bool keeps_connection = false;  // By version and Connection; never with Framing::closing.
  std::string content_type;
  std::string location;
  std::vector<std::string> challenges;        // The values of WWW-Authenticate lines, in order.
  std::vector<std::string> proxy_challenges;  // Of Proxy-Authenticate.
};

// The length of the head at the start of `bytes`, with its empty line. Returns nothing if the head
// is not complete. The first `seen` bytes are known not to contain its end and are not searched
// again, so that a head that arrives byte by byte costs linear time.
std::optional<size_t> head_length(std::string_view bytes, size_t seen = 0);

// The fault of an incomplete head, as far as it is visible: it does not begin as HTTP does, or it
// has a bare CR or LF, so that its empty line may never come. Empty if there is no fault. The first
// `seen` bytes were searched before, without a fault.
std::string_view early_refusal(std::string_view bytes, size_t seen = 0);

// Reads a whole head, as head_length() measured it. The error is a few words, such as "two
// Content-Length lines".
struct HeadResult {
  Head head;
  std::string refusal;  // Empty if the head is accepted.
};
HeadResult read_head(std::string_view head);

}  // namespace wsman::http

#endif  // WSMAN_TRANSPORT_HTTP_HEAD_H_
