// The codes of Windows for the failures that this library reports, or looks for in answers.
#ifndef WSMAN_BASE_CODES_H_
#define WSMAN_BASE_CODES_H_

#include <cstdint>

namespace wsman::code {

#define WSMAN_CODE(number, name, constant) inline constexpr uint32_t constant = number;
#define WSMAN_CODE_NAME(number, name)
#include "base/codes.def"
#undef WSMAN_CODE
#undef WSMAN_CODE_NAME

}  // namespace wsman::code

#endif  // WSMAN_BASE_CODES_H_
