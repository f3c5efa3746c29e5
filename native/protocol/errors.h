// The two kinds of failure that this room finds by itself.
#ifndef WSMAN_PROTOCOL_ERRORS_H_
#define WSMAN_PROTOCOL_ERRORS_H_

#include <cstdint>
#include <string>

#include "base/error.h"

namespace wsman {

// Codes that Windows has for answers that break a promise, and for queries that cannot be.
namespace code {
inline constexpr uint32_t kInvalidXml = 0x80338043;
inline constexpr uint32_t kNoResults = 0x803380EF;
inline constexpr uint32_t kNoReference = 0x803380F0;
inline constexpr uint32_t kNoContext = 0x803380F1;
inline constexpr uint32_t kNoFragment = 0x803380F2;
inline constexpr uint32_t kWrongRelatesTo = 0x803380F3;
inline constexpr uint32_t kNoSoap = 0x803380F4;
inline constexpr uint32_t kNoResponseData = 0x803380F5;
inline constexpr uint32_t kPolymorphism = 0x80338137;
inline constexpr uint32_t kTooManyItems = 0x80338143;
inline constexpr uint32_t kNoIdentify = 0x803381F9;
}  // namespace code

// A request that cannot be written. `sentence` is whole.
inline Error invalid_argument(const std::string& sentence, uint32_t wsman_code = 0) {
  return {ErrorCode::invalid_argument, sentence, wsman_code, {}};
}

// An answer that breaks the protocol. `sentence` has no end, `advice` is whole.
inline Error protocol_error(const std::string& sentence, uint32_t wsman_code,
                            const std::string& advice) {
  return {ErrorCode::protocol, with_code(sentence, wsman_code) + ". " + advice, wsman_code, {}};
}

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_ERRORS_H_
