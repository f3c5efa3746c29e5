// WS-Enumeration: Enumerate, Pull and Release, page by page [DSP0226 8].
#ifndef WSMAN_PROTOCOL_ENUMERATION_H_
#define WSMAN_PROTOCOL_ENUMERATION_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "protocol/conversation.h"
#include "protocol/operations.h"
#include "protocol/resource.h"

namespace wsman {

// What Enumerate asks for.
struct Query {
  enum class Returns { object, epr, object_and_epr };
  enum class Polymorphism { deep, base_properties_only, shallow };

  Returns returns = Returns::object;
  Polymorphism polymorphism = Polymorphism::deep;
  std::string filter;         // Empty: no filter.
  std::string dialect;        // "wql", "selector", "association", or a URI; empty: WQL.
  bool associations = false;  // The association instances rather than the associated ones.
};

// One page: the answer's octets as they came (in UTF-8), and where the items stand in them.
struct Page {
  struct Item {
    size_t offset = 0;
    size_t length = 0;
  };

  std::string octets;
  std::vector<Item> items;
  std::string language;  // xml:lang of the envelope, or empty.
  std::string context;   // To pull with next; empty at the end.
  bool end = false;
};

// Enumerate, which asks for items at once (w:OptimizeEnumeration); a server may leave them out.
// Fails as an operation does, and with invalid_argument for a query that cannot be written.
Result<Page> enumerate(const OperationContext& context, const Target& target, const Query& query,
                       uint32_t max_elements, Conversation& conversation, const Call& call);

// The next page. Never sent twice. A context that the answer does not repeat stays the same.
Result<Page> pull(const OperationContext& context, const Target& target,
                  const std::string& enumeration_context, uint32_t max_elements,
                  Conversation& conversation, const Call& call);

// Tells the server to forget the context.
Status release(const OperationContext& context, const Target& target,
               const std::string& enumeration_context, Conversation& conversation,
               const Call& call);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_ENUMERATION_H_
