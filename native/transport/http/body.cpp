#include "transport/http/body.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "transport/http/token.h"

namespace wsman::http {
namespace {

// Each is far above what servers send. An extension is legal, and means nothing here [RFC 9112
// 7.1.1]; a line has room for a size before it.
constexpr size_t kMostExtension = 256;
constexpr size_t kMostChunkLine = kMostExtension + 32;
constexpr size_t kMostTrailer = 8192;

// The number at the front of a chunk line, which is taken off it; nothing if there is none.
std::optional<uint64_t> take_size(std::string_view& line) {
  uint64_t size = 0;
  const auto read = std::from_chars(line.data(), line.data() + line.size(), size, 16);
  if (read.ec != std::errc()) return std::nullopt;
  line.remove_prefix(static_cast<size_t>(read.ptr - line.data()));
  return size;
}

bool is_field(std::string_view line) {
  const size_t colon = line.find(':');
  return colon != std::string_view::npos && is_token(line.substr(0, colon)) && !has_control(line);
}

// Obsolete line folding [RFC 9112 5.2].
bool is_continuation(std::string_view line) {
  return !line.empty() && (line.front() == ' ' || line.front() == '\t') && !has_control(line);
}

}  // namespace

BodyReader::Verdict BodyReader::take(std::string_view& bytes) {
  if (framing_ == Framing::chunked) return take_chunked(bytes);
  if (framing_ == Framing::closing) left_ = bytes.size();
  const Verdict verdict = take_data(bytes);
  if (framing_ == Framing::length && left_ == 0) stage_ = Stage::done;
  return verdict;
}

BodyReader::Verdict BodyReader::take_chunked(std::string_view& bytes) {
  Verdict verdict = Verdict::accepted;
  size_t before = bytes.size() + 1;
  // Until it is done, or a step finds that its bytes are not whole.
  while (verdict == Verdict::accepted && !is_done() && bytes.size() < before) {
    before = bytes.size();
    switch (stage_) {
      case Stage::data:
        verdict = take_data(bytes);
        if (left_ == 0) stage_ = Stage::chunk_end;
        break;
      case Stage::chunk_end:
        verdict = take_chunk_end(bytes);
        break;
      default:
        verdict = take_line(bytes);
    }
  }
  return verdict;
}

BodyReader::Verdict BodyReader::take_data(std::string_view& bytes) {
  if (left_ > most_bytes_ - content_.size()) return Verdict::too_large;
  // At once, because to grow bit by bit touches twice the memory: with a page of a megabyte that
  // took longer than to unseal it. A length is bounded by now, a chunk as well.
  if (content_.capacity() < content_.size() + left_)
    content_.reserve(std::max(content_.size() + static_cast<size_t>(left_), 2 * content_.size()));
  const size_t size = static_cast<size_t>(std::min<uint64_t>(left_, bytes.size()));
  content_.append(bytes.substr(0, size));
  bytes.remove_prefix(size);
  left_ -= size;
  return Verdict::accepted;
}

BodyReader::Verdict BodyReader::take_chunk_end(std::string_view& bytes) {
  if (bytes.substr(0, 2) != kLineEnd.substr(0, bytes.size()))
    return refuse("a chunk that is longer than it says");
  if (bytes.size() < kLineEnd.size()) return Verdict::accepted;
  bytes.remove_prefix(kLineEnd.size());
  stage_ = Stage::chunk_line;
  return Verdict::accepted;
}

BodyReader::Verdict BodyReader::take_line(std::string_view& bytes) {
  const bool in_trailer = stage_ == Stage::trailer;
  const size_t most = in_trailer ? kMostTrailer - trailer_bytes_ : kMostChunkLine;
  const size_t end = bytes.find(kLineEnd);
  const bool is_whole = end != std::string_view::npos;
  // Looked at before the line is whole, which it may never be.
  const std::string_view line = bytes.substr(0, end);
  const std::string_view allowed = line.substr(0, most);
  if (allowed.find('\n') != std::string_view::npos) return refuse("a bare line feed");
  const size_t carriage_return = allowed.find('\r');
  const bool begins_end = !is_whole && line.ends_with('\r');  // Of the line, as far as is known.
  const size_t size = line.size() - (begins_end ? 1 : 0);
  if (carriage_return < size) return refuse("a bare carriage return");
  if (size > most) return refuse("a chunk line or trailer that is too long");
  if (!is_whole) return Verdict::accepted;
  bytes.remove_prefix(end + kLineEnd.size());
  return in_trailer ? take_trailer(line) : take_chunk_line(line);
}

BodyReader::Verdict BodyReader::take_chunk_line(std::string_view line) {
  const std::optional<uint64_t> size = take_size(line);
  if (!size) return refuse("a chunk without a size");
  // Some servers pad the size, which may stand before an extension only.
  const std::string_view extension = trimmed(line);
  if (!extension.empty() && extension.front() != ';')
    return refuse("a chunk size that is no number");
  if (has_control(extension)) return refuse("a control byte in a chunk line");
  if (extension.size() > kMostExtension) return refuse("a chunk extension that is too long");
  if (*size > most_bytes_ - content_.size()) return Verdict::too_large;
  left_ = *size;
  stage_ = *size == 0 ? Stage::trailer : Stage::data;
  return Verdict::accepted;
}

// Its fields mean nothing here, and are looked at because they end the body.
BodyReader::Verdict BodyReader::take_trailer(std::string_view line) {
  const bool continues = trailer_bytes_ > 0 && is_continuation(line);
  trailer_bytes_ = std::min(kMostTrailer, trailer_bytes_ + line.size() + kLineEnd.size());
  if (line.empty()) {
    stage_ = Stage::done;
  } else if (!continues && !is_field(line)) {
    return refuse("a trailer that is no field");
  }
  return Verdict::accepted;
}

}  // namespace wsman::http
