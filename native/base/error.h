// Failure as a value.
//
// Every room returns Result<T> or Status; nothing in the library throws across a room. The codes
// are the numbers of the C ABI (wsman.h), so a caller acts on the code and shows the message.
#ifndef WSMAN_BASE_ERROR_H_
#define WSMAN_BASE_ERROR_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>

namespace wsman {

// The closed list of failures. The numbers cross the ABI: the list only grows at its end.
enum class ErrorCode : int32_t {
  internal = 1,
  invalid_argument = 2,
  settings = 3,
  not_connected = 4,
  closed = 5,
  cancelled = 6,
  timed_out = 7,
  name_resolution = 8,
  cannot_connect = 9,
  connection_lost = 10,
  tls = 11,
  certificate = 12,
  access_denied = 13,
  authentication = 14,
  unencrypted = 15,
  http = 16,
  protocol = 17,
  limit = 18,
  fault = 19,
};

// The name of a code as it stands in documents, such as "NotConnected".
const char* name_of(ErrorCode code);

// A SOAP fault taken apart. What the server left out is empty.
struct FaultParts {
  std::string soap_code;         // Local name of s:Code/s:Value: "Sender", "Receiver".
  std::string soap_subcode;      // Local name of the subcode: "InvalidSelectors".
  std::string reason;            // s:Reason/s:Text.
  std::string detail;            // The w:FaultDetail URI.
  std::string machine;           // Of f:WSManFault.
  std::string provider;          // Of f:ProviderFault.
  std::string provider_path;     //
  std::string provider_message;  // What the provider says itself.
};

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;      // One or two sentences for a person. Never holds a secret.
  uint32_t wsman_code = 0;  // What Windows reports for the same failure; 0 where it has none.
  std::string fault_xml;    // The server's s:Fault, or empty.
  std::shared_ptr<const FaultParts> fault = nullptr;  // With ErrorCode::fault.
};

// `sentence` followed by the Windows code in hexadecimal, as every message ends that has one.
std::string with_code(const std::string& sentence, uint32_t wsman_code);

// A value or an Error. Test with ok(), then use value() or error().
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}      // NOLINT
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  bool ok() const { return content_.index() == 0; }
  T& value() { return std::get<0>(content_); }
  const T& value() const { return std::get<0>(content_); }
  Error& error() { return std::get<1>(content_); }
  const Error& error() const { return std::get<1>(content_); }

 private:
  std::variant<T, Error> content_;
};

struct Done {};
using Status = Result<Done>;

}  // namespace wsman

#endif  // WSMAN_BASE_ERROR_H_
