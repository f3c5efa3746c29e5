// The symbolic names that Windows has for the codes of WS-Management.
#ifndef WSMAN_ABI_DOCUMENTS_CODE_NAMES_H_
#define WSMAN_ABI_DOCUMENTS_CODE_NAMES_H_

#include <cstdint>

namespace wsman::abi {

// The symbolic name, such as "ERROR_WSMAN_INVALID_SELECTORS"; "" if none is known.
const char* symbolic_name_of(uint32_t wsman_code);

}  // namespace wsman::abi

#endif  // WSMAN_ABI_DOCUMENTS_CODE_NAMES_H_
