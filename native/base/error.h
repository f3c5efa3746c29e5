// Failure as a value.
//
// Every room returns Result<T> or Status; nothing in the library throws across a room, but for
// std::bad_alloc where memory runs out. The codes
// are the numbers of the C ABI (wsman.h), so a caller acts on the code and shows the message.
#ifndef WSMAN_BASE_ERROR_H_
#define WSMAN_BASE_ERROR_H_

#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <variant>

#include "base/advice.h"

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

// The subject of a SOAP fault, as far as callers act on it. The code of the error stays
// ErrorCode::fault, because callers ask first whether the server answered with a fault.
enum class FaultKind {
  other,
  no_resource,    // DestinationUnreachable: the service has no such resource, or no such instance.
  no_instance,    // InvalidSelectors: nothing has these selectors.
  no_context,     // InvalidEnumerationContext: the service keeps no such enumeration.
  unsupported,    // ActionNotSupported: the resource does not do that.
  server_failed,  // InternalError, EndpointUnavailable: the service broke.
  too_large,      // EncodingLimit: the answer, or the request, does not fit.
};

// The name of a kind as it stands in documents, such as "NoResource".
const char* name_of(FaultKind kind);

// The parts of a SOAP fault. A part that the server left out is empty.
struct FaultParts {
  FaultKind kind = FaultKind::other;
  std::string soap_code;         // Local name of s:Code/s:Value: "Sender", "Receiver".
  std::string soap_subcode;      // Local name of the subcode: "InvalidSelectors".
  std::string reason;            // s:Reason/s:Text.
  std::string detail;            // The w:FaultDetail URI.
  std::string machine;           // Of f:WSManFault.
  std::string provider;          // Of f:ProviderFault.
  std::string provider_path;     //
  std::string provider_message;  // The text of the provider.
};

// Whether the request behind a failure was carried out, as far as the client can tell. Each error
// is made with it: by the transport where no answer came, and by the protocol where one did.
enum class Outcome {
  not_done,  // No: nothing of it was sent, or the server refused it.
  unknown,   // It may have been: it was sent, and no answer that can be read tells.
};

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message = {};    // The failure, in whole sentences. Never a secret.
  uint32_t wsman_code = 0;     // The code of Windows for the same failure; 0 if it has none.
  AdviceList advice = {};      // Advice to the user, in this order.
  std::string fault_xml = {};  // The server's s:Fault, or empty.
  std::shared_ptr<const FaultParts> fault = nullptr;  // With ErrorCode::fault.
  Outcome outcome = Outcome::not_done;
  bool is_before_request = false;  // The server answered so in the place of an authentication.
};

// `sentence` followed by the Windows code in hexadecimal, if there is one.
std::string with_code(const std::string& sentence, uint32_t wsman_code);

// Makes an error of `sentence`, which comes without a full stop: the Windows code and the full stop
// are appended. `further` follows, in whole sentences.
Error make_error(ErrorCode code, uint32_t wsman_code, const std::string& sentence,
                 AdviceList advice = {}, const std::string& further = {});

// The same for a failure that has no code on Windows.
Error make_error(ErrorCode code, const std::string& sentence, AdviceList advice = {},
                 const std::string& further = {});

// The error where memory ran out. It takes none itself.
Error out_of_memory(Outcome outcome = Outcome::not_done);

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

// The result of `work`, which may throw std::bad_alloc.
template <typename Work>
auto or_out_of_memory(const Work& work, Outcome outcome = Outcome::not_done) -> decltype(work()) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return out_of_memory(outcome);
  }
}

}  // namespace wsman

#endif  // WSMAN_BASE_ERROR_H_
