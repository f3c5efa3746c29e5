// Values put into the answer to Get, which Put then sends back.
#ifndef WSMAN_PROTOCOL_OPERATION_CHANGE_H_
#define WSMAN_PROTOCOL_OPERATION_CHANGE_H_

#include <libxml/tree.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "protocol/operation/content.h"

namespace wsman::operation {

// Puts each entry of `values` into the one child element of `root` with that local name, compared
// with case. For "location", in any case, an element of the CIM namespace does not count. One value
// needs exactly one element; a text also needs one that holds only text. Several values replace all
// elements of the name, at the place of the first; no value at all is nil. Everything else stays.
// Fails with invalid_argument in a sentence that names the key and the resource.
Status change_values(xmlNodePtr root, const std::vector<NamedValues>& values,
                     const std::string& resource_uri);

}  // namespace wsman::operation

#endif  // WSMAN_PROTOCOL_OPERATION_CHANGE_H_
