// The query of an enumeration, and a page of its result.
#ifndef WSMAN_PROTOCOL_OPERATION_QUERY_H_
#define WSMAN_PROTOCOL_OPERATION_QUERY_H_

#include <cstddef>
#include <string>

namespace wsman::operation {

// The parts of a query.
struct Query {
  enum class Returns { object, epr, object_and_epr };
  enum class Polymorphism { deep, base_properties_only, shallow };

  Returns returns = Returns::object;
  Polymorphism polymorphism = Polymorphism::deep;
  std::string filter;         // Empty: no filter.
  std::string dialect;        // "wql", "selector", "association", or a URI; empty: WQL.
  bool associations = false;  // The association instances rather than the associated ones.
};

// One page: the bytes of the answer (in UTF-8), and the parts that were read from them.
struct Page {
  std::string bytes;
  size_t count = 0;      // Of its items.
  std::string language;  // xml:lang of the envelope, or empty.
  // The content of the EnumerationContext as XML, to pull with next. Empty at the end, and where a
  // server left it out, who cannot be asked for more then.
  std::string context;
  bool end = false;
};

}  // namespace wsman::operation

#endif  // WSMAN_PROTOCOL_OPERATION_QUERY_H_
