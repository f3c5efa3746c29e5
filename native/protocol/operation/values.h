// The values of a body as elements.
#ifndef WSMAN_PROTOCOL_OPERATION_VALUES_H_
#define WSMAN_PROTOCOL_OPERATION_VALUES_H_

#include <string>
#include <vector>

#include "base/error.h"
#include "protocol/operation/content.h"
#include "protocol/xml/writer.h"

namespace wsman::operation {

// Both fail with invalid_argument, naming the value that cannot be written.

// One element for each value, in order: its text, no content with xsi:nil, or the XML given.
Status write_values(xml::XmlWriter& writer, const std::string& prefix,
                    const std::vector<NamedValues>& values);

// The texts of one entry; any other kind of value is refused.
Result<std::vector<std::string>> texts_of(const NamedValues& entry);

}  // namespace wsman::operation

#endif  // WSMAN_PROTOCOL_OPERATION_VALUES_H_
