#include "transport/http/multipart_encrypted.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "transport/http/tls_records.h"

namespace wsman::http {
namespace {

constexpr std::string_view kBoundary = "Encrypted Boundary";
// Bounds for what a server may send before any of it is authenticated.
constexpr size_t kLongestLine = 1024;
constexpr size_t kMostLines = 16;
constexpr size_t kLongestSignature = 4096;
constexpr size_t kMostFill = 15;

// Takes the line at the start of `rest`, without its end. Returns nothing if there is none within
// the bound: after the part headers comes the cipher, which must not be searched for line ends.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const size_t end = rest.substr(0, kLongestLine + 2).find("\r\n");
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 2);
  return line;
}

// The boundary in a delimiter line, or nothing if it is none. Exchange puts a blank before it.
std::string_view boundary_in(std::string_view line) {
  return line.starts_with("--") ? trimmed(line.substr(2)) : std::string_view();
}

// The value of a part header if it has that name. Windows begins part headers with a tab.
std::optional<std::string_view> value_of(std::string_view line, std::string_view name) {
  line = trimmed(line);
  const bool named = line.size() > name.size() && line[name.size()] == ':' &&
                     equal_without_case(line.substr(0, name.size()), name);
  if (!named) return std::nullopt;
  return trimmed(line.substr(name.size() + 1));
}

// "type=application/soap+xml;charset=UTF-8;Length=123".
bool read_original(std::string_view value, std::string& type, SealedPiece& piece) {
  constexpr std::string_view kType = "type=";
  constexpr std::string_view kLength = "length=";
  // From the end, because the type has parameters of its own, and Length is the last.
  const size_t last = value.rfind(';');
  if (last == std::string_view::npos || last < kType.size()) return false;
  const std::string_view length = trimmed(value.substr(last + 1));
  if (!equal_without_case(value.substr(0, kType.size()), kType)) return false;
  if (!equal_without_case(length.substr(0, kLength.size()), kLength)) return false;
  const std::string_view digits = length.substr(kLength.size());
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), piece.length);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return false;
  type = value.substr(kType.size(), last - kType.size());
  return true;
}

// The properties that all parts of an answer share.
struct Form {
  std::string_view boundary;
  std::string_view protocol;
  bool in_records = false;
};

// The first part says what is sealed. Ends with the delimiter between the parts.
std::string read_description(std::string_view& rest, const Form& form, std::string& type,
                             SealedPiece& piece) {
  bool described = false;
  bool named = false;
  for (size_t lines = 0; lines < kMostLines; ++lines) {
    const std::optional<std::string_view> line = take_line(rest);
    if (!line) return "its parts have no end";
    // A message for another mechanism than the negotiated one is refused, and so is one without a
    // length.
    if (boundary_in(*line) == form.boundary) {
      if (!named) return "it does not name " + std::string(form.protocol);
      return described ? "" : "it does not say what was encrypted";
    }
    const auto name = value_of(*line, "Content-Type");
    if (name) named = equal_without_case(*name, form.protocol);
    const auto original = value_of(*line, "OriginalContent");
    if (original) described = read_original(*original, type, piece);
  }
  return "it has too many part headers";
}

size_t read_length(std::string_view bytes) {
  size_t value = 0;
  // Little-endian on the wire [MS-WSMV 2.2.9.1], whatever the machine.
  for (size_t i = 4; i > 0; --i) value = value << 8U | static_cast<unsigned char>(bytes[i - 1]);
  return value;
}

// The bytes of cipher and signature. The stated length is that of the plain text, and TLS adds
// record heads and tags to it, so records are measured by themselves.
size_t bytes_of(std::string_view rest, const Form& form, const SealedPiece& piece) {
  return form.in_records ? tls_records_at(rest) : piece.signature_bytes + piece.length;
}

// The second part. Ends with what follows the cipher.
std::string read_cipher(std::string_view& rest, const Form& form, SealedPiece& piece) {
  const std::optional<std::string_view> line = take_line(rest);
  if (!line || !value_of(*line, "Content-Type")) return "its second part has no Content-Type";
  if (rest.size() < 4) return "it ends before the signature";
  piece.signature_bytes = read_length(rest);
  rest.remove_prefix(4);
  if (piece.signature_bytes == 0 || piece.signature_bytes > kLongestSignature) {
    return "its signature has an impossible length";
  }
  if (rest.size() < piece.signature_bytes) return "it ends within the signature";
  // In this order, because the sum of the two could overflow: the server chose piece.length.
  if (piece.length > rest.size() - piece.signature_bytes) return "it is shorter than it says";
  const size_t size = bytes_of(rest, form, piece);
  if (size < piece.signature_bytes + piece.length) return "its records are shorter than it says";
  piece.bytes = rest.substr(0, size);
  rest.remove_prefix(size);
  return "";
}

// The text after a piece.
enum class Next { piece, end, nonsense };

// The end is a closing delimiter, with nothing but line ends behind it. Between pieces stands a
// delimiter that opens the next one, with or without one that closes the last. No line end precedes
// it, unlike in MIME [RFC 2046 5.1.1]: the cipher ends where its length says.
Next read_delimiter(std::string_view& rest, const Form& form) {
  bool closed = false;
  for (;;) {
    if (closed && rest.find_first_not_of("\r\n") == std::string_view::npos) return Next::end;
    if (!rest.starts_with("--")) return Next::nonsense;
    rest.remove_prefix(2);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    if (!rest.starts_with(form.boundary)) return Next::nonsense;
    rest.remove_prefix(form.boundary.size());
    if (!rest.starts_with("--")) break;
    if (closed) return Next::nonsense;
    closed = true;
    rest.remove_prefix(2);
    if (rest.starts_with("\r\n")) rest.remove_prefix(2);
  }
  // Only TLS makes several pieces of a message.
  if (!form.in_records || !rest.starts_with("\r\n")) return Next::nonsense;
  rest.remove_prefix(2);
  return Next::piece;
}

// One piece after the other.
std::string read_pieces(std::string_view rest, const Form& form, SealedAnswer& answer) {
  for (;;) {
    SealedPiece piece;
    std::string type;
    std::string refusal = read_description(rest, form, type, piece);
    if (refusal.empty()) refusal = read_cipher(rest, form, piece);
    if (!refusal.empty()) return refusal;
    if (answer.pieces.empty()) answer.original_type = type;
    // The pieces are one message, so they cannot differ in type.
    if (type != answer.original_type) return "its pieces are of several types";
    answer.pieces.push_back(piece);
    const Next next = read_delimiter(rest, form);
    if (next == Next::end) return "";
    if (next == Next::nonsense) return "it does not end where it says";
  }
}

void append_piece(std::string& body, const std::string& protocol, const std::string& original_type,
                  const Sealed& sealed) {
  const std::string delimiter = "--" + std::string(kBoundary);
  body += delimiter + "\r\nContent-Type: " + protocol +
          "\r\nOriginalContent: type=" + original_type +
          ";Length=" + std::to_string(sealed.length.value_or(sealed.cipher.size())) + "\r\n" +
          delimiter + "\r\nContent-Type: application/octet-stream\r\n";
  const size_t size = sealed.signature.size();
  // The length of the signature in four bytes, little-endian [MS-WSMV 2.2.9.1].
  for (unsigned shift = 0; shift < 32; shift += 8) {
    body.push_back(static_cast<char>(static_cast<unsigned char>(size >> shift)));
  }
  body.append(sealed.signature).append(sealed.cipher);
}

}  // namespace

Result<std::vector<Sealed>> seal_pieces(Sealer& sealer, std::string_view plain) {
  std::vector<Sealed> pieces;
  // At least one piece, also for an empty message.
  do {
    const std::string_view piece = plain.substr(0, sealer.most_in_piece());
    Result<Sealed> sealed = sealer.seal(piece);
    if (!sealed.ok()) return sealed.error();
    pieces.push_back(std::move(sealed.value()));
    plain.remove_prefix(piece.size());
  } while (!plain.empty());
  return pieces;
}

std::string sealed_content_type(const std::string& protocol, size_t pieces) {
  const std::string kind = pieces > 1 ? "x-multi-encrypted" : "encrypted";
  return "multipart/" + kind + ";protocol=\"" + protocol + "\";boundary=\"" +
         std::string(kBoundary) + "\"";
}

bool is_sealed_type(std::string_view media_type, const Sealer& sealer) {
  return media_type == "multipart/encrypted" ||
         (sealer.seals_in_records() && media_type == "multipart/x-multi-encrypted");
}

// Part headers begin without the tab that Windows writes: OMI closes the connection when it reads
// one, and Windows accepts both. No empty line follows the part headers, and no line end the
// cipher.
std::string write_sealed(const std::string& protocol, const std::string& original_type,
                         const std::vector<Sealed>& pieces) {
  constexpr size_t kAround = 512;
  size_t size = 0;
  for (const Sealed& sealed : pieces) {
    size += kAround + sealed.signature.size() + sealed.cipher.size();
  }
  std::string body;
  body.reserve(size);
  for (const Sealed& sealed : pieces) append_piece(body, protocol, original_type, sealed);
  return body.append("--").append(kBoundary).append("--\r\n");
}

SealedAnswer read_sealed(std::string_view body, std::string_view protocol, bool in_records) {
  SealedAnswer answer;
  const std::optional<std::string_view> first = take_line(body);
  const Form form{first ? boundary_in(*first) : std::string_view(), protocol, in_records};
  answer.refusal =
      form.boundary.empty() ? "it does not begin with a boundary" : read_pieces(body, form, answer);
  return answer;
}

// GSSAPI pads the message before it seals, so the stated length may be more than that of the
// message. TLS does not pad.
Result<std::string> unseal_pieces(Sealer& sealer, const SealedAnswer& answer) {
  std::string message;
  for (const SealedPiece& piece : answer.pieces) {
    Result<std::string> plain = sealer.unseal(piece.bytes, piece.signature_bytes);
    if (!plain.ok()) return plain.error();
    const size_t size = plain.value().size();
    if (size > piece.length) return Error{ErrorCode::protocol, "it is longer than it says"};
    if (size < piece.length && sealer.seals_in_records()) {
      return Error{ErrorCode::protocol, "it is shorter than it says"};
    }
    // Mostly there is one piece, of a megabyte perhaps.
    if (message.empty()) {
      message = std::move(plain.value());
    } else {
      message.append(plain.value());
    }
  }
  return message;
}

void strip_padding(std::string& message) {
  size_t fill = 0;
  // Less than one block of AES. XML in UTF-8 has no NUL, so none of the message is lost. The caller
  // does not ask this for UTF-16.
  while (fill < kMostFill && fill < message.size() && message[message.size() - 1 - fill] == '\0')
    ++fill;
  message.resize(message.size() - fill);
}

}  // namespace wsman::http
