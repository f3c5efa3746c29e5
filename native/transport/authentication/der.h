// DER, as far as the tokens of authentication have it [X.690].
//
// Pure functions over bytes. The reader takes the one form that DER allows: definite lengths, as
// short as can be. Tags have one byte.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_DER_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_DER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace wsman::der {

constexpr unsigned char kInteger = 0x02;
constexpr unsigned char kOctets = 0x04;
constexpr unsigned char kOid = 0x06;
constexpr unsigned char kEnumerated = 0x0A;
constexpr unsigned char kSequence = 0x30;
constexpr unsigned char kApplication = 0x60;  // [APPLICATION 0] of GSSAPI.

// The explicit tag of a member.
constexpr unsigned char member(unsigned number) {
  return static_cast<unsigned char>(0xA0U | number);
}

// Tag and length before `size` bytes of content.
std::string header(unsigned char tag, size_t size);

std::string element(unsigned char tag, std::string_view content);

// As element(), of what may be derived from a password.
Secret secret_element(unsigned char tag, std::string_view content);

// An OCTET STRING as a member.
Secret secret_octets(unsigned number, std::string_view content);

// Takes elements off the front of bytes.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  bool at_end() const { return rest_.empty(); }
  bool is_next(unsigned char tag) const {
    return !rest_.empty() && static_cast<unsigned char>(rest_.front()) == tag;
  }

  // The content of the next element, if that has the tag and lies within the bytes.
  std::optional<std::string_view> take(unsigned char tag);

  // A member that may be left out: `value` gets the content of the element inside. False if it is
  // there in another form.
  bool take_member(unsigned number, unsigned char tag, std::optional<std::string_view>& value);

 private:
  unsigned take_byte();
  std::optional<size_t> take_length();

  std::string_view rest_;
};

// The content of the only element in `bytes`.
std::optional<std::string_view> only(unsigned char tag, std::string_view bytes);

// The number in the content of an INTEGER of eight bytes at most.
std::optional<int64_t> integer(std::string_view content);

}  // namespace wsman::der

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_DER_H_
