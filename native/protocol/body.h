// The bodies of Put, Create and custom actions, made from what a user gave.
#ifndef WSMAN_PROTOCOL_BODY_H_
#define WSMAN_PROTOCOL_BODY_H_

#include <string>
#include <vector>

#include "base/error.h"
#include "protocol/content.h"
#include "protocol/resource.h"
#include "protocol/writer.h"

namespace wsman {

// All of these fail with invalid_argument, naming the value that cannot be written.

// An element for each value, in order: text, nothing with xsi:nil, or the XML given.
Status write_values(XmlWriter& writer, const std::string& prefix,
                    const std::vector<NamedValues>& values);

// The texts of one entry; what is not text is refused.
Result<std::vector<std::string>> texts_of(const NamedValues& entry);

// Put of a document: as it is, or with a fragment in a w:XmlFragment unless it is one.
Result<std::string> put_body(const Target& target, const std::string& document);

// Create: the document, or the values below an element named after the resource.
Result<std::string> create_body(const Target& target, const Content& content);

// A custom action: the document, or the values below <name>_INPUT.
Result<std::string> invoke_body(const Target& target, const std::string& name,
                                const Content& content);

// What stands behind the last "/".
std::string last_segment(const std::string& uri);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_BODY_H_
