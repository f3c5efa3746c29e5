// The answer of an HTTP server: head, framing, body.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "fuzz.h"
#include "transport/http/codec.h"
#include "transport/http/head.h"

namespace wsman::fuzz {
namespace {

// What a caller gets of an answer.
struct Heard {
  bool refused = false;
  bool done = false;
  bool kept = false;
  http::Head head = {};
  HttpResponse response = {};
};

// Small limits, so that small inputs meet them.
TransportOptions limited() {
  TransportOptions options;
  options.endpoint = kServer;
  options.max_head_bytes = 512;
  options.max_body_bytes = 1024;
  return options;
}

// Reads an answer in pieces, whose sizes `next_size` gives, and then the end of the stream.
template <typename NextSize>
Heard read_in_pieces(std::string_view bytes, bool tunnel, NextSize next_size) {
  const TransportOptions options = limited();
  http::ResponseReader reader(options, tunnel);
  Heard heard;
  while (!bytes.empty() && !heard.refused) {
    const std::string_view piece = bytes.substr(0, next_size());
    heard.refused = !reader.take(piece).ok();
    bytes.remove_prefix(piece.size());
  }
  if (!heard.refused && !reader.is_done()) heard.refused = !reader.take_end().ok();
  heard.done = !heard.refused && reader.is_done();
  if (!heard.done) return heard;
  heard.kept = reader.keeps_connection();
  heard.head = reader.head();
  heard.response = reader.take_response();
  return heard;
}

void compare(const Heard& one, const Heard& other) {
  demand(one.refused == other.refused, "Whether an answer is refused depends on where it was cut");
  demand(one.done == other.done && one.kept == other.kept,
         "Where an answer ends depends on where it was cut");
  demand(one.response.status == other.response.status &&
             one.response.content_type == other.response.content_type &&
             one.response.charset == other.response.charset &&
             one.response.location == other.response.location &&
             one.response.body == other.response.body,
         "What an answer says depends on where it was cut");
  demand(one.head.challenges == other.head.challenges &&
             one.head.proxy_challenges == other.head.proxy_challenges,
         "So do its challenges");
}

void check(const Heard& heard) {
  if (!heard.done) return;
  demand(heard.response.body.size() <= limited().max_body_bytes, "A body is above its limit");
  demand(heard.response.status >= 200 && heard.response.status < 600, "No final status");
  demand(!heard.kept || heard.head.framing != http::Framing::closing,
         "A connection is kept that was the end of an answer");
  for (const std::string& challenge : heard.head.challenges) {
    demand(std::none_of(challenge.begin(), challenge.end(),
                        [](char c) { return c == '\r' || c == '\n' || c == '\0'; }),
           "A challenge has a line end in it");
  }
}

// The end of a head is found from wherever it was looked for before.
void check_search(std::string_view bytes) {
  const std::optional<size_t> length = http::head_length(bytes);
  const size_t before = length.value_or(bytes.size() + 1) - 1;
  for (size_t seen = 0; seen <= before; seen += 1 + before / 16)
    demand(http::head_length(bytes, seen) == length, "The end of a head depends on the search");
}

const Target http_target{
    "http", [](std::string_view bytes) {
      check_search(bytes);
      for (const bool tunnel : {false, true}) {
        const Heard whole = read_in_pieces(bytes, tunnel, [&] { return bytes.size(); });
        check(whole);
        compare(whole, read_in_pieces(bytes, tunnel, [] { return 1; }));
        size_t size = bytes.size();
        compare(whole, read_in_pieces(bytes, tunnel, [&] { return size = 1 + size * 31 % 67; }));
      }
    }};

}  // namespace
}  // namespace wsman::fuzz
