// A page of an enumeration: what its one pass finds is what a tree of it shows.
#include "protocol/operation/page.h"

#include <libxml/tree.h>

#include <string>
#include <string_view>

#include "edge.h"
#include "fuzz.h"
#include "protocol/message/envelope.h"
#include "protocol/xml/encoding.h"
#include "protocol/xml/names.h"
#include "protocol/xml/xml.h"

namespace wsman::fuzz {
namespace {

// The parts of the response, as a tree shows them.
struct Parts {
  int items = 0;     // Elements of that name, in any namespace.
  int contexts = 0;  // The same.
  size_t count = 0;
  std::string context;
  bool context_has_elements = false;
  bool end = false;
};

Parts parts_of(xmlNodePtr response) {
  Parts parts;
  for (xmlNodePtr part = xml::first_element(response); part != nullptr;
       part = xmlNextElementSibling(part)) {
    const std::string_view name = xml::name_of(part);
    parts.items += name == "Items" ? 1 : 0;
    parts.contexts += name == "EnumerationContext" ? 1 : 0;
    if (!xml::is_in(part, ns::kEnumeration) && !xml::is_in(part, ns::kWsman)) continue;
    parts.end = parts.end || name == "EndOfSequence";
    if (name == "Items") {
      parts.count += xmlChildElementCount(part);
    } else if (name == "EnumerationContext") {
      parts.context = xml::text_of(part);
      parts.context_has_elements = xml::first_element(part) != nullptr;
    }
  }
  return parts;
}

void compare(const operation::PageScan& scan, const message::Envelope& envelope) {
  xmlNodePtr response = envelope.body_child();
  const Parts parts = parts_of(response);
  const bool twice = parts.items > 1 || parts.contexts > 1;
  demand(scan.envelope.well_formed != twice,
         "What stands twice decides whether the page is refused");
  if (twice) return;
  demand(scan.envelope.is_envelope && !scan.envelope.fault,
         "The pass finds no envelope, or a fault in it");
  demand(scan.envelope.response == (response == nullptr ? "" : xml::name_of(response)),
         "The two find another response");
  demand(scan.count == parts.count, "The two count other items");
  demand(scan.context == parts.context && scan.end == parts.end &&
             scan.context_has_elements == parts.context_has_elements,
         "The two go on otherwise");
  demand(scan.envelope.language == envelope.language() &&
             scan.envelope.relates_to == envelope.relates_to(),
         "The two read another language or another message");
}

// Where the parser is given the next piece changes nothing.
void check_edge(const std::string& moved, const operation::PageScan& scan) {
  if (moved.empty()) return;
  const operation::PageScan again = operation::scan_page(moved);
  demand(again.envelope.well_formed == scan.envelope.well_formed,
         "Whether a page is well-formed depends on where it is cut");
  if (!scan.envelope.well_formed) return;
  demand(again.envelope.is_envelope == scan.envelope.is_envelope &&
             again.envelope.fault == scan.envelope.fault &&
             again.envelope.response == scan.envelope.response &&
             again.envelope.language == scan.envelope.language &&
             again.envelope.relates_to == scan.envelope.relates_to,
         "The frame of a page depends on where it is cut");
  demand(again.count == scan.count && again.context == scan.context && again.end == scan.end &&
             again.context_has_elements == scan.context_has_elements,
         "What a page says depends on where it is cut");
}

void read_page(std::string_view bytes) {
  std::string text(bytes);
  const Result<message::Envelope> envelope =
      message::read_answer({200, "application/soap+xml", "", text}, {kServer});
  if (text.empty() || !xml::make_utf8(text).ok()) {
    demand(!envelope.ok(), "An envelope is in no encoding");
    return;
  }
  const operation::PageScan scan = operation::scan_page(text);
  check_edge(over_an_edge(text), scan);
  if (envelope.ok()) return compare(scan, envelope.value());
  const bool is_fault = envelope.error().code == ErrorCode::fault;
  demand(!scan.envelope.well_formed || !scan.envelope.is_envelope ||
             scan.envelope.response.empty() || scan.envelope.fault == is_fault,
         "Only the tree finds a fault, or only the pass an envelope");
}

const Target page_target{"page", read_page};

}  // namespace
}  // namespace wsman::fuzz
