// What an enumeration is limited to, as the w:Filter of Enumerate [DSP0226 8.3].
#ifndef WSMAN_PROTOCOL_FILTER_H_
#define WSMAN_PROTOCOL_FILTER_H_

#include <string>

#include "base/error.h"
#include "protocol/enumeration.h"
#include "protocol/resource.h"

namespace wsman {

// The n:Enumerate element for a query. Fails with invalid_argument if the filter does not have the
// form of its dialect, or if parts of the query exclude each other.
Result<std::string> enumerate_body(const Target& target, const Query& query, uint32_t max_elements);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_FILTER_H_
