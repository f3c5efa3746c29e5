// Values put into what Get answered, for Put to send back.
#ifndef WSMAN_PROTOCOL_CHANGE_H_
#define WSMAN_PROTOCOL_CHANGE_H_

#include <libxml/tree.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "protocol/content.h"

namespace wsman {

// Puts each entry of `values` into the one child element of `root` with that local name, compared
// with case. Of "location" in any case the element of the CIM namespace does not count. One value
// needs exactly one element; a text also needs one that holds only text. Several values replace all
// elements of the name, at the place of the first; no value at all is nil. All else stays as it is.
// Fails with invalid_argument in a sentence that names the key and the resource.
Status change_values(xmlNodePtr root, const std::vector<NamedValues>& values,
                     const std::string& resource_uri);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_CHANGE_H_
