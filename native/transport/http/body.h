// The body of a response, without the framing that head.h has found [RFC 9112 6, 7].
#ifndef WSMAN_TRANSPORT_HTTP_BODY_H_
#define WSMAN_TRANSPORT_HTTP_BODY_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "transport/http/head.h"

namespace wsman::http {

// Reads one body from bytes as they arrive. Whatever is not exactly a body of that framing is
// refused: another reader could find its end elsewhere.
class BodyReader {
 public:
  enum class Verdict { accepted, too_large, broken };

  // Refuses more than `most_bytes`, before they come where the framing says how many there will be.
  BodyReader(Framing framing, uint64_t length, size_t most_bytes)
      : framing_(framing), left_(length), most_bytes_(most_bytes) {
    if (framing_ == Framing::none) stage_ = Stage::done;
  }

  // Takes what it can read off `bytes`. The rest is not whole yet, and has to come again with the
  // bytes behind it, or stands behind the body.
  Verdict take(std::string_view& bytes);

  // Why the last verdict was `broken`, in a few words.
  std::string_view refusal() const { return refusal_; }

  // A body that ends with the connection is never done by itself.
  bool is_done() const { return stage_ == Stage::done; }

  std::string& content() { return content_; }

 private:
  enum class Stage { data, chunk_end, chunk_line, trailer, done };

  Verdict take_chunked(std::string_view& bytes);
  Verdict take_data(std::string_view& bytes);
  Verdict take_chunk_end(std::string_view& bytes);
  Verdict take_line(std::string_view& bytes);
  Verdict take_chunk_line(std::string_view line);
  Verdict take_trailer(std::string_view line);
  Verdict refuse(std::string_view why) {
    refusal_ = why;
    return Verdict::broken;
  }

  const Framing framing_;
  uint64_t left_;  // Bytes of the body, or of the chunk, that are to come.
  const size_t most_bytes_;
  Stage stage_ = framing_ == Framing::chunked ? Stage::chunk_line : Stage::data;
  size_t trailer_bytes_ = 0;
  std::string content_;
  std::string_view refusal_;
};

}  // namespace wsman::http

#endif  // WSMAN_TRANSPORT_HTTP_BODY_H_
