// The answer to Enumerate or Pull, read in one pass without a tree.
#ifndef WSMAN_PROTOCOL_OPERATION_PAGE_H_
#define WSMAN_PROTOCOL_OPERATION_PAGE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "base/call.h"
#include "protocol/message/envelope_scan.h"

namespace wsman::operation {

// The result of one pass over an envelope.
struct PageScan {
  message::EnvelopeScan envelope;
  size_t count = 0;     // Of the items.
  std::string context;  // Its text, without white space around it.
  bool context_has_elements = false;
  bool end = false;  // EndOfSequence, in either namespace.
};

// Reads a document in UTF-8. Throws std::bad_alloc.
PageScan scan_page(std::string_view bytes, const Call* call = nullptr);

}  // namespace wsman::operation

#endif  // WSMAN_PROTOCOL_OPERATION_PAGE_H_
