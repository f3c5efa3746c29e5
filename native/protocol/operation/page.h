// The answer to Enumerate or Pull, read in one pass without a tree.
#ifndef WSMAN_PROTOCOL_OPERATION_PAGE_H_
#define WSMAN_PROTOCOL_OPERATION_PAGE_H_

#include <cstddef>
#include <string>

#include "base/call.h"

namespace wsman::operation {

// The result of one pass over an envelope.
struct PageScan {
  bool well_formed = false;  // Without it nothing else counts.
  bool is_envelope = false;  // A SOAP 1.2 envelope.
  bool fault = false;        // The Body holds an s:Fault.
  std::string response;      // The local name of the first element in the Body, or "".
  size_t count = 0;          // Of the items.
  std::string language;
  std::string relates_to;
  std::string context;  // Its text, without white space around it.
  bool context_has_elements = false;
  bool end = false;  // EndOfSequence, in either namespace.
};

// Reads a document in UTF-8. A DOCTYPE, an undeclared prefix and more than 256 levels are flaws.
PageScan scan_page(const std::string& bytes, const Call* call = nullptr);

}  // namespace wsman::operation

#endif  // WSMAN_PROTOCOL_OPERATION_PAGE_H_
