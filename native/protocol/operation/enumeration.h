// WS-Enumeration: Enumerate, Pull and Release, page by page [DSP0226 8].
#ifndef WSMAN_PROTOCOL_OPERATION_ENUMERATION_H_
#define WSMAN_PROTOCOL_OPERATION_ENUMERATION_H_

#include <cstdint>
#include <string>

#include "base/call.h"
#include "base/error.h"
#include "protocol/message/context.h"
#include "protocol/message/operation_sequence.h"
#include "protocol/message/resource.h"
#include "protocol/operation/query.h"

namespace wsman::operation {

// Enumerate, which asks for items at once (w:OptimizeEnumeration); a server may leave them out. A
// first page with items, but neither context nor end, is a page: no_way_on() comes after it.
// Fails as an operation does, and with invalid_argument for a query that cannot be written.
Result<Page> enumerate(const message::Context& context, const message::Target& target,
                       const Query& query, uint32_t max_elements,
                       message::OperationSequence& sequence, const Call& call);

// The error where a page is followed by nothing: it has neither a context nor an end.
Error no_way_on(const Endpoint& endpoint);

// The next page. Never sent twice. A context that the answer does not repeat stays the same.
Result<Page> pull(const message::Context& context, const message::Target& target,
                  const std::string& enumeration_context, uint32_t max_elements,
                  message::OperationSequence& sequence, const Call& call);

// Tells the server to forget the context.
Status release(const message::Context& context, const message::Target& target,
               const std::string& enumeration_context, message::OperationSequence& sequence,
               const Call& call);

}  // namespace wsman::operation

#endif  // WSMAN_PROTOCOL_OPERATION_ENUMERATION_H_
