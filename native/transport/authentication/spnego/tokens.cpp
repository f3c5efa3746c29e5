#include "transport/authentication/spnego/tokens.h"

#include <utility>

namespace wsman::spnego {
namespace {

constexpr unsigned char kOctets = 0x04;
constexpr unsigned char kOid = 0x06;
constexpr unsigned char kEnumerated = 0x0A;
constexpr unsigned char kSequence = 0x30;
constexpr unsigned char kApplication = 0x60;  // [APPLICATION 0] of GSSAPI.

constexpr unsigned char member(unsigned number) {
  return static_cast<unsigned char>(0xA0U | number);
}

// 1.3.6.1.5.5.2
constexpr std::string_view kSpnegoOid = "\x06\x06\x2B\x06\x01\x05\x05\x02";
// 1.3.6.1.4.1.311.2.2.10, its content alone.
constexpr std::string_view kNtlmOid = "\x2B\x06\x01\x04\x01\x82\x37\x02\x02\x0A";

// Tag and length before `size` bytes of content.
std::string header(unsigned char tag, size_t size) {
  std::string bytes(1, static_cast<char>(tag));
  std::string length;
  for (size_t rest = size; rest != 0; rest >>= 8U) {
    length.insert(length.begin(), static_cast<char>(rest & 0xFFU));
  }
  if (size < 0x80) return bytes + static_cast<char>(size);
  return bytes + static_cast<char>(0x80U | length.size()) + length;
}

std::string element(unsigned char tag, std::string_view content) {
  return header(tag, content.size()).append(content);
}

// The octets of a member, with all tags around them.
Secret octets(unsigned number, std::string_view content) {
  const std::string inner = header(kOctets, content.size());
  Secret bytes(header(member(number), inner.size() + content.size()));
  bytes.append(inner);
  bytes.append(content);
  return bytes;
}

// Takes elements off the front of bytes.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  bool at_end() const { return rest_.empty(); }
  bool is_next(unsigned char tag) const {
    return !rest_.empty() && static_cast<unsigned char>(rest_.front()) == tag;
  }

  // The content of the next element, if that has the tag and lies within the bytes.
  std::optional<std::string_view> take(unsigned char tag) {
    if (!is_next(tag)) return std::nullopt;
    rest_.remove_prefix(1);
    const std::optional<size_t> size = take_length();
    if (!size || *size > rest_.size()) return std::nullopt;
    const std::string_view content = rest_.substr(0, *size);
    rest_.remove_prefix(*size);
    return content;
  }

 private:
  unsigned take_byte() {
    const unsigned byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }

  // A length in the one form that DER allows. More than four bytes of it are longer than any token.
  std::optional<size_t> take_length() {
    if (rest_.empty()) return std::nullopt;
    const unsigned first = take_byte();
    if (first < 0x80) return first;
    const unsigned bytes = first & 0x7FU;
    if (bytes == 0 || bytes > 4 || rest_.size() < bytes || rest_.front() == 0) return std::nullopt;
    size_t size = 0;
    for (unsigned i = 0; i < bytes; ++i) size = size << 8U | take_byte();
    if (size < 0x80) return std::nullopt;
    return size;
  }

  std::string_view rest_;
};

// The content of the only element in `bytes`.
std::optional<std::string_view> only(unsigned char tag, std::string_view bytes) {
  Reader reader(bytes);
  const std::optional<std::string_view> content = reader.take(tag);
  return reader.at_end() ? content : std::nullopt;
}

// A member of a sequence that may be left out: `value` gets the content of the element inside.
// False if it is there in another form.
bool take_member(Reader& reader, unsigned number, unsigned char tag,
                 std::optional<std::string_view>& value) {
  if (!reader.is_next(member(number))) return true;
  const std::optional<std::string_view> outer = reader.take(member(number));
  if (outer) value = only(tag, *outer);
  return value.has_value();
}

}  // namespace

std::string_view offered_mechanisms() {
  static const std::string list = element(kSequence, element(kOid, kNtlmOid));
  return list;
}

std::string write_init(std::string_view token) {
  const std::string content =
      element(member(0), offered_mechanisms()) + element(member(2), element(kOctets, token));
  return element(kApplication,
                 std::string(kSpnegoOid) + element(member(0), element(kSequence, content)));
}

Secret write_response(std::string_view token, std::string_view mechanism_list_mic) {
  const Secret inner = octets(2, token);
  const Secret mic = octets(3, mechanism_list_mic);
  const size_t size = inner.size() + mic.size();
  const std::string sequence = header(kSequence, size);
  Secret bytes(header(member(1), sequence.size() + size));
  bytes.append(sequence);
  bytes.append(inner.view());
  bytes.append(mic.view());
  return bytes;
}

std::optional<Response> read_response(std::string_view token) {
  const std::optional<std::string_view> outer = only(member(1), token);
  const std::optional<std::string_view> content = outer ? only(kSequence, *outer) : std::nullopt;
  if (!content) return std::nullopt;
  Reader reader(*content);
  std::optional<std::string_view> state;
  std::optional<std::string_view> mechanism;
  std::optional<std::string_view> inner;
  std::optional<std::string_view> mic;
  const bool read = take_member(reader, 0, kEnumerated, state) &&
                    take_member(reader, 1, kOid, mechanism) &&
                    take_member(reader, 2, kOctets, inner) && take_member(reader, 3, kOctets, mic);
  if (!read || !reader.at_end()) return std::nullopt;
  Response response;
  if (state) {
    if (state->size() != 1 || state->front() < 0 || state->front() > 3) return std::nullopt;
    response.state = static_cast<State>(state->front());
  }
  if (mechanism) response.is_ntlm = *mechanism == kNtlmOid;
  response.token = inner.value_or("");
  response.mechanism_list_mic = mic.value_or("");
  return response;
}

}  // namespace wsman::spnego
