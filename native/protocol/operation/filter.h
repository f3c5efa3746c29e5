// The limits of an enumeration, as the w:Filter of Enumerate [DSP0226 8.3].
#ifndef WSMAN_PROTOCOL_OPERATION_FILTER_H_
#define WSMAN_PROTOCOL_OPERATION_FILTER_H_

#include <string>

#include "base/error.h"
#include "protocol/message/resource.h"
#include "protocol/operation/query.h"

namespace wsman::operation {

// The n:Enumerate element for a query. Fails with invalid_argument if the filter does not have the
// form of its dialect, or if parts of the query exclude each other.
Result<std::string> enumerate_body(const message::Target& target, const Query& query,
                                   uint32_t max_elements);

}  // namespace wsman::operation

#endif  // WSMAN_PROTOCOL_OPERATION_FILTER_H_
