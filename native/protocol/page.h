// The answer to Enumerate or Pull, read in one pass without a tree: where its items stand.
#ifndef WSMAN_PROTOCOL_PAGE_H_
#define WSMAN_PROTOCOL_PAGE_H_

#include <string>
#include <vector>

#include "protocol/enumeration.h"

namespace wsman {

// What one pass over an envelope finds.
struct PageScan {
  bool well_formed = false;  // Without it nothing else counts.
  bool is_envelope = false;  // A SOAP 1.2 envelope.
  bool fault = false;        // The Body holds an s:Fault.
  std::string response;      // The local name of the first element in the Body, or "".
  std::vector<Page::Item> items;
  std::string language;
  std::string relates_to;
  std::string context;  // Its text, without white space around it.
  bool end = false;     // EndOfSequence, in either namespace.
};

// Reads a document in UTF-8. A DOCTYPE, an undeclared prefix and more than 256 levels are flaws.
PageScan scan_page(const std::string& octets);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_PAGE_H_
