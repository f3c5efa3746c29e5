// The codes that Windows has for the faults of the standards, and what to do about some of them.
#ifndef WSMAN_PROTOCOL_FAULT_CODES_H_
#define WSMAN_PROTOCOL_FAULT_CODES_H_

#include <cstdint>
#include <string>

namespace wsman {

// A name with its namespace; that is "" if its prefix has none.
struct QualifiedName {
  std::string uri;
  std::string local;
};

// The code for a fault without one; 0 where Windows has none. `detail` is the FaultDetail URI. An
// unknown detail counts as none.
uint32_t code_of_fault(const QualifiedName& code, const QualifiedName& subcode,
                       const std::string& detail);

// What to try, as a sentence; "" where the server's text is all there is to say.
const char* advice_for(uint32_t wsman_code);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_FAULT_CODES_H_
