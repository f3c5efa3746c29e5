#include "base/error.h"

#include <array>
#include <cstdio>

namespace wsman {

const char* name_of(ErrorCode code) {
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

std::string with_code(const std::string& sentence, uint32_t wsman_code) {
  if (wsman_code == 0) return sentence;
  std::array<char, 16> text{};
  (void)std::snprintf(text.data(), text.size(), " (0x%08X)", wsman_code);
  return sentence + text.data();
}

}  // namespace wsman
