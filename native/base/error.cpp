#include "base/error.h"

#include <array>
#include <cstdio>
#include <utility>

#include "base/codes.h"

namespace wsman {

const char* name_of(ErrorCode code) {
  // Without a default, so that the compiler names a code that has no case. The last return is for a
  // number that is outside of the enumeration.
  switch (code) {
    case ErrorCode::internal:
      return "Internal";
    case ErrorCode::invalid_argument:
      return "InvalidArgument";
    case ErrorCode::settings:
      return "Settings";
    case ErrorCode::not_connected:
      return "NotConnected";
    case ErrorCode::closed:
      return "Closed";
    case ErrorCode::cancelled:
      return "Cancelled";
    case ErrorCode::timed_out:
      return "TimedOut";
    case ErrorCode::name_resolution:
      return "NameResolution";
    case ErrorCode::cannot_connect:
      return "CannotConnect";
    case ErrorCode::connection_lost:
      return "ConnectionLost";
    case ErrorCode::tls:
      return "Tls";
    case ErrorCode::certificate:
      return "Certificate";
    case ErrorCode::access_denied:
      return "AccessDenied";
    case ErrorCode::authentication:
      return "Authentication";
    case ErrorCode::unencrypted:
      return "Unencrypted";
    case ErrorCode::http:
      return "Http";
    case ErrorCode::protocol:
      return "Protocol";
    case ErrorCode::limit:
      return "Limit";
    case ErrorCode::fault:
      return "Fault";
  }
  return "Internal";
}

const char* name_of(FaultKind kind) {
  // Without a default, for the same reason.
  switch (kind) {
    case FaultKind::other:
      return "Other";
    case FaultKind::no_resource:
      return "NoResource";
    case FaultKind::no_instance:
      return "NoInstance";
    case FaultKind::no_context:
      return "NoContext";
    case FaultKind::unsupported:
      return "Unsupported";
    case FaultKind::server_failed:
      return "ServerFailed";
    case FaultKind::too_large:
      return "TooLarge";
  }
  return "Other";
}

std::string with_code(const std::string& sentence, uint32_t wsman_code) {
  if (wsman_code == 0) return sentence;
  // Thirteen characters and the NUL. Eight hexadecimal digits are the form in which Windows shows
  // and documents its codes.
  std::array<char, 16> text{};
  (void)std::snprintf(text.data(), text.size(), " (0x%08X)", wsman_code);
  return sentence + text.data();
}

Error make_error(ErrorCode code, uint32_t wsman_code, const std::string& sentence,
                 AdviceList advice, const std::string& further) {
  // The sentence is ended here, behind the code, so that every error ends alike and no caller edits
  // a finished message.
  std::string message = with_code(sentence, wsman_code) + ".";
  if (!further.empty()) message += " " + further;
  return {code, std::move(message), wsman_code, std::move(advice)};
}

Error make_error(ErrorCode code, const std::string& sentence, AdviceList advice,
                 const std::string& further) {
  return make_error(code, 0, sentence, std::move(advice), further);
}

Error out_of_memory(Outcome outcome) {
  Error error;
  // Short enough to need no memory of its own.
  error.message = "Memory ran out.";
  error.wsman_code = code::kOutOfMemory;
  error.outcome = outcome;
  return error;
}

}  // namespace wsman
