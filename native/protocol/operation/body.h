// The bodies of Put, Create and custom actions, made from the values or the document of a user.
#ifndef WSMAN_PROTOCOL_OPERATION_BODY_H_
#define WSMAN_PROTOCOL_OPERATION_BODY_H_

#include <string>

#include "base/error.h"
#include "protocol/message/resource.h"
#include "protocol/operation/content.h"

namespace wsman::operation {

// All of these fail with invalid_argument, naming the value that cannot be written.

// Put of a document: as it is, or with a fragment in a w:XmlFragment unless it is one.
Result<std::string> put_body(const message::Target& target, const std::string& document);

// Create: the document, or the values below an element named after the resource.
Result<std::string> create_body(const message::Target& target, const Content& content);

// A custom action: the document, or the values below <name>_INPUT.
Result<std::string> invoke_body(const message::Target& target, const std::string& name,
                                const Content& content);

}  // namespace wsman::operation

#endif  // WSMAN_PROTOCOL_OPERATION_BODY_H_
