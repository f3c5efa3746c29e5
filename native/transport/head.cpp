#include "transport/head.h"

#include <algorithm>
#include <charconv>

#include "transport/http_text.h"

namespace wsman {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kEmptyLine = "\r\n\r\n";
constexpr std::string_view kBeginning = "HTTP/";

bool is_control(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return (octet < 0x20 && c != '\t') || octet == 0x7F;
}

// Takes the next line, without its end, off `rest`.
std::string_view next_line(std::string_view& rest) {
  const size_t end = rest.find(kLineEnd);
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + kLineEnd.size());
  return line;
}

// Reads one head from top to bottom; stops at the first thing it refuses.
class Judge {
 public:
  HeadVerdict run(std::string_view head) {
    std::string_view rest = head;
    read_status_line(next_line(rest));
    while (accepted() && rest != kLineEnd) read_field(next_line(rest));
    if (accepted()) conclude();
    return std::move(verdict_);
  }

 private:
  bool accepted() const { return verdict_.refusal.empty(); }
  void refuse(const char* why) { verdict_.refusal = why; }

  // "HTTP/1.1 200 OK"; the reason may be missing, with or without its space.
  void read_status_line(std::string_view line) {
    Head& head = verdict_.head;
    if (has_control(line)) return refuse("a control octet in the status line");
    const bool version = line.substr(0, 7) == "HTTP/1." && line.size() >= 12 &&
                         (line[7] == '0' || line[7] == '1') && line[8] == ' ';
    if (!version) return refuse("no HTTP/1.1 status line");
    const std::string_view digits = line.substr(9, 3);
    const bool ends = line.size() == 12 || line[12] == ' ';
    if (!std::all_of(digits.begin(), digits.end(), is_digit) || !ends) return refuse("no status");
    head.version = line[7] == '1' ? 11 : 10;
    head.status = (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
    head.keeps_connection = head.version == 11;
    if (head.status < 100 || head.status > 599) refuse("a status outside 100 to 599");
  }

  void read_field(std::string_view line) {
    if (!line.empty() && (line.front() == ' ' || line.front() == '\t'))
      return refuse("a folded line");
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return refuse("a line without a colon");
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (!is_token(name)) return refuse("a field name that is no token");
    if (has_control(value)) return refuse("a control octet in a field");
    if (equal_without_case(name, "Content-Length")) return read_length(value);
    if (equal_without_case(name, "Transfer-Encoding")) return read_encoding(value);
    if (equal_without_case(name, "Connection")) return read_connection(value);
    if (equal_without_case(name, "Content-Encoding")) return read_content_encoding(value);
    if (equal_without_case(name, "Content-Type")) verdict_.head.content_type = value;
    if (equal_without_case(name, "Location")) verdict_.head.location = value;
    if (equal_without_case(name, "WWW-Authenticate")) verdict_.head.challenges.emplace_back(value);
    if (equal_without_case(name, "Proxy-Authenticate"))
      verdict_.head.proxy_challenges.emplace_back(value);
  }

  void read_length(std::string_view value) {
    if (has_length_) return refuse("two Content-Length lines");
    has_length_ = true;
    const bool digits = !value.empty() && std::all_of(value.begin(), value.end(), is_digit);
    const auto read =
        std::from_chars(value.data(), value.data() + value.size(), verdict_.head.content_length);
    if (!digits || read.ec != std::errc()) refuse("a Content-Length that is no number");
  }

  void read_encoding(std::string_view value) {
    if (has_encoding_) return refuse("two Transfer-Encoding lines");
    has_encoding_ = true;
    if (!equal_without_case(value, "chunked")) refuse("a Transfer-Encoding other than chunked");
  }

  void read_content_encoding(std::string_view value) {
    if (!value.empty() && !equal_without_case(value, "identity")) verdict_.head.is_encoded = true;
  }

  void read_connection(std::string_view value) {
    while (!value.empty()) {
      const size_t comma = value.find(',');
      const std::string_view option = trimmed(value.substr(0, comma));
      if (equal_without_case(option, "close")) closes_ = true;
      if (equal_without_case(option, "keep-alive")) verdict_.head.keeps_connection = true;
      value.remove_prefix(comma == std::string_view::npos ? value.size() : comma + 1);
    }
  }

  // What the lines mean together.
  void conclude() {
    Head& head = verdict_.head;
    if (has_length_ && has_encoding_)
      return refuse("Content-Length together with Transfer-Encoding");
    if (has_encoding_ && head.version == 10) return refuse("Transfer-Encoding in HTTP/1.0");
    const bool bodiless = head.status < 200 || head.status == 204 || head.status == 304;
    if (bodiless || (has_length_ && head.content_length == 0)) {
      head.framing = Framing::none;
    } else if (has_encoding_) {
      head.framing = Framing::chunked;
    } else if (has_length_) {
      head.framing = Framing::length;
    }
    if (closes_ || head.framing == Framing::closing) head.keeps_connection = false;
  }

  static bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_control);
  }

  HeadVerdict verdict_;
  bool has_length_ = false;
  bool has_encoding_ = false;
  bool closes_ = false;
};

}  // namespace

std::optional<size_t> head_length(std::string_view octets, size_t seen) {
  // The empty line may have begun in what was seen.
  const size_t from = seen - std::min(seen, kEmptyLine.size() - 1);
  const size_t end = octets.find(kEmptyLine, from);
  if (end == std::string_view::npos) return std::nullopt;
  return end + kEmptyLine.size();
}

std::string_view early_refusal(std::string_view octets, size_t seen) {
  const std::string_view first = octets.substr(0, kBeginning.size());
  if (first != kBeginning.substr(0, first.size())) return "no HTTP/1.1 status line";
  // Whether the last octet seen is a bare CR is known only now.
  for (size_t i = seen - std::min<size_t>(seen, 1); i < octets.size(); ++i) {
    const bool bare_feed = octets[i] == '\n' && (i == 0 || octets[i - 1] != '\r');
    const bool bare_return = octets[i] == '\r' && i + 1 < octets.size() && octets[i + 1] != '\n';
    if (bare_feed) return "a bare line feed";
    if (bare_return) return "a bare carriage return";
  }
  return {};
}

HeadVerdict judge_head(std::string_view head) { return Judge().run(head); }

}  // namespace wsman
