#include "transport/http/head.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "transport/http/token.h"

namespace wsman::http {
namespace {

constexpr std::string_view kEmptyLine = "\r\n\r\n";
constexpr std::string_view kBeginning = "HTTP/";

// Takes the next line, without its end, off `rest`.
std::string_view next_line(std::string_view& rest) {
  const size_t end = rest.find(kLineEnd);
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + kLineEnd.size());
  return line;
}

// Reads one head from top to bottom; stops at the first thing it refuses.
class HeadReader {
 public:
  HeadResult read(std::string_view head) {
    std::string_view rest = head;
    read_status_line(next_line(rest));
    // Nothing is there that the line could continue.
    if (accepted() && is_continued(rest)) refuse("a folded line");
    while (accepted() && rest != kLineEnd) {
      const std::string_view line = next_line(rest);
      folded_ = is_continued(rest);
      if (folded_) {
        read_field(unfolded(line, rest));
      } else {
        read_field(line);
      }
    }
    if (accepted()) conclude();
    return std::move(result_);
  }

 private:
  bool accepted() const { return result_.refusal.empty(); }
  void refuse(const char* why) { result_.refusal = why; }

  // "HTTP/1.1 200 OK". The reason may be missing, and some servers leave out the space before it
  // too [RFC 9112 4].
  void read_status_line(std::string_view line) {
    Head& head = result_.head;
    if (has_control(line)) return refuse("a control byte in the status line");
    const bool version = line.substr(0, 7) == "HTTP/1." && line.size() >= 12 &&
                         (line[7] == '0' || line[7] == '1') && line[8] == ' ';
    if (!version) return refuse("no HTTP/1.1 status line");
    const std::string_view digits = line.substr(9, 3);
    const bool ends = line.size() == 12 || line[12] == ' ';
    if (!std::all_of(digits.begin(), digits.end(), is_digit) || !ends) return refuse("no status");
    head.version = line[7] == '1' ? 11 : 10;
    head.status = (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
    // HTTP/1.1 keeps the connection unless told otherwise, HTTP/1.0 closes it [RFC 9112 9.3].
    head.keeps_connection = head.version == 11;
    if (head.status < 100 || head.status > 599) refuse("a status outside 100 to 599");
  }

  // Whether the line that comes continues the one before it (obsolete line folding).
  static bool is_continued(std::string_view rest) {
    return !rest.empty() && (rest.front() == ' ' || rest.front() == '\t');
  }

  // The field of `line` and of all lines that continue it, which are taken off `rest`, with a space
  // in the place of each fold [RFC 9112 5.2].
  static std::string unfolded(std::string_view line, std::string_view& rest) {
    std::string field(line);
    while (is_continued(rest)) field.append(" ").append(trimmed(next_line(rest)));
    return field;
  }

  // Readers differ on whether a fold continues the field before it, so none may say where the body
  // ends.
  bool refuses_fold() {
    if (folded_) refuse("a folded line in a field that frames the body");
    return folded_;
  }

  void read_field(std::string_view line) {
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return refuse("a line without a colon");
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    // A blank before the colon, as in "Content-Length : 5", makes the name no token. Readers that
    // differ on such a field see different answers [RFC 9112 5.1].
    if (!is_token(name)) return refuse("a field name that is no token");
    if (has_control(value)) return refuse("a control byte in a field");
    if (equal_without_case(name, "Content-Length")) return read_length(value);
    if (equal_without_case(name, "Transfer-Encoding")) return read_encoding(value);
    if (equal_without_case(name, "Connection")) return read_connection(value);
    if (equal_without_case(name, "Content-Encoding")) return read_content_encoding(value);
    if (equal_without_case(name, "Content-Type")) result_.head.content_type = value;
    if (equal_without_case(name, "Location")) result_.head.location = value;
    if (equal_without_case(name, "WWW-Authenticate")) result_.head.challenges.emplace_back(value);
    if (equal_without_case(name, "Proxy-Authenticate"))
      result_.head.proxy_challenges.emplace_back(value);
  }

  void read_length(std::string_view value) {
    if (refuses_fold()) return;
    // Even two equal ones: the RFC allows to merge them, but no server needs that [RFC 9112 6.3].
    if (has_length_) return refuse("two Content-Length lines");
    has_length_ = true;
    // Digits only [RFC 9110 8.6]: no sign, no list, nothing behind the number. from_chars() reports
    // an overflow.
    const bool digits = !value.empty() && std::all_of(value.begin(), value.end(), is_digit);
    const auto read =
        std::from_chars(value.data(), value.data() + value.size(), result_.head.content_length);
    if (!digits || read.ec != std::errc()) refuse("a Content-Length that is no number");
  }

  void read_encoding(std::string_view value) {
    if (refuses_fold()) return;
    if (has_encoding_) return refuse("two Transfer-Encoding lines");
    has_encoding_ = true;
    // No request has a TE field, so chunked is the only coding that may come [RFC 9112 7.4]. A list
    // of codings is refused as well.
    if (!equal_without_case(value, "chunked")) refuse("a Transfer-Encoding other than chunked");
  }

  void read_content_encoding(std::string_view value) {
    if (!value.empty() && !equal_without_case(value, "identity")) result_.head.is_encoded = true;
  }

  void read_connection(std::string_view value) {
    while (!value.empty()) {
      const size_t comma = value.find(',');
      const std::string_view option = trimmed(value.substr(0, comma));
      if (equal_without_case(option, "close")) closes_ = true;
      if (equal_without_case(option, "keep-alive")) result_.head.keeps_connection = true;
      value.remove_prefix(comma == std::string_view::npos ? value.size() : comma + 1);
    }
  }

  // Decides the framing by all fields together.
  void conclude() {
    Head& head = result_.head;
    // A sign of smuggling: one reader goes by the length, the other by the chunks [RFC 9112 6.1].
    if (has_length_ && has_encoding_)
      return refuse("Content-Length together with Transfer-Encoding");
    // HTTP/1.0 has no transfer codings; such framing is faulty [RFC 9112 6.1].
    if (has_encoding_ && head.version == 10) return refuse("Transfer-Encoding in HTTP/1.0");
    // These have no body whatever their fields say [RFC 9112 6.3]. A body all the same is found as
    // bytes after the answer (codec.cpp).
    const bool bodiless = head.status < 200 || head.status == 204 || head.status == 304;
    if (bodiless || (has_length_ && head.content_length == 0)) {
      head.framing = Framing::none;
    } else if (has_encoding_) {
      head.framing = Framing::chunked;
    } else if (has_length_) {
      head.framing = Framing::length;
    }
    // "close" wins over "keep-alive" if a server sends both [RFC 9112 9.3].
    if (closes_ || head.framing == Framing::closing) head.keeps_connection = false;
  }

  HeadResult result_;
  bool has_length_ = false;
  bool has_encoding_ = false;
  bool closes_ = false;
  bool folded_ = false;  // The field being read.
};

}  // namespace

std::optional<size_t> head_length(std::string_view bytes, size_t seen) {
  // The empty line may have begun in what was seen.
  const size_t from = seen - std::min(seen, kEmptyLine.size() - 1);
  const size_t end = bytes.find(kEmptyLine, from);
  if (end == std::string_view::npos) return std::nullopt;
  return end + kEmptyLine.size();
}

std::string_view early_refusal(std::string_view bytes, size_t seen) {
  const std::string_view first = bytes.substr(0, kBeginning.size());
  if (first != kBeginning.substr(0, first.size())) return "no HTTP/1.1 status line";
  // Whether the last byte seen is a bare CR is known only now.
  for (size_t i = seen - std::min<size_t>(seen, 1); i < bytes.size(); ++i) {
    const bool bare_feed = bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r');
    const bool bare_return = bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] != '\n';
    if (bare_feed) return "a bare line feed";
    if (bare_return) return "a bare carriage return";
  }
  return {};
}

HeadResult read_head(std::string_view head) { return HeadReader().read(head); }

}  // namespace wsman::http
