// The two kinds of failure that this room finds without the server or the transport.
#ifndef WSMAN_PROTOCOL_XML_ERRORS_H_
#define WSMAN_PROTOCOL_XML_ERRORS_H_

#include <cstdint>
#include <string>
#include <utility>

#include "base/error.h"

namespace wsman::xml {

// A request that cannot be written. `sentence` has no end of its own, as with make_error().
inline Error invalid_argument(const std::string& sentence, AdviceList advice = {}) {
  return make_error(ErrorCode::invalid_argument, sentence, std::move(advice));
}

// An answer that breaks the protocol, so that it does not tell what came of the request.
inline Error protocol_error(const std::string& sentence, uint32_t wsman_code, AdviceKey advice) {
  Error error = make_error(ErrorCode::protocol, wsman_code, sentence, {advice});
  error.outcome = Outcome::unknown;
  return error;
}

}  // namespace wsman::xml

#endif  // WSMAN_PROTOCOL_XML_ERRORS_H_
