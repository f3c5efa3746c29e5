// What Windows calls the codes of WS-Management.
#ifndef WSMAN_BASE_WSMAN_CODES_H_
#define WSMAN_BASE_WSMAN_CODES_H_

#include <cstdint>

namespace wsman {

// The symbolic name, such as "ERROR_WSMAN_INVALID_SELECTORS"; "" if none is known.
const char* symbolic_name_of(uint32_t wsman_code);

}  // namespace wsman

#endif  // WSMAN_BASE_WSMAN_CODES_H_
