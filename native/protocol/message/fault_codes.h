// The codes of Windows for the faults of the standards, and the advice for some of them.
#ifndef WSMAN_PROTOCOL_MESSAGE_FAULT_CODES_H_
#define WSMAN_PROTOCOL_MESSAGE_FAULT_CODES_H_

#include <cstdint>
#include <string>

#include "base/error.h"

namespace wsman::message {

// A name with its namespace; "" if its prefix has none.
struct QualifiedName {
  std::string uri;
  std::string local;
};

// The code for a fault that names none; 0 where Windows has none. `detail` is the FaultDetail URI;
// an unknown detail counts as none.
uint32_t code_of_fault(const QualifiedName& code, const QualifiedName& subcode,
                       const std::string& detail);

// The kind of a fault, by its subcode. The namespace does not count: servers differ in it.
FaultKind kind_of_fault(const QualifiedName& subcode);

// The advice for a code; none where the text of the server says all there is to say.
AdviceList advice_for(uint32_t wsman_code);

}  // namespace wsman::message

#endif  // WSMAN_PROTOCOL_MESSAGE_FAULT_CODES_H_
