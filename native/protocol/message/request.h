// The envelope of a request: the headers of every operation, around its body.
#ifndef WSMAN_PROTOCOL_MESSAGE_REQUEST_H_
#define WSMAN_PROTOCOL_MESSAGE_REQUEST_H_

#include <string>
#include <vector>

#include "base/error.h"
#include "protocol/message/context.h"
#include "protocol/message/operation_sequence.h"
#include "protocol/message/resource.h"
#include "protocol/xml/body_secret.h"

namespace wsman::message {

// The parts of an envelope that differ by operation.
struct Request {
  std::string operation;  // For people: "Get".
  std::string action;     // The a:Action.
  std::string body;       // The content of the Body: XML that declares all that it uses, or "".
  bool idempotent = false;
  bool fragment = false;  // Whether the fragment of the target is meant.
  const std::vector<xml::BodySecret>* secrets = nullptr;  // Those of the body, if there are any.
};

// An envelope in UTF-8, and the a:MessageID that its answer has to name.
struct Message {
  std::string envelope;
  std::string id;
};

// Writes the headers in the order of Microsoft's client. Fails with invalid_argument if XML cannot
// hold a part of the target.
Result<Message> write_message(const Context& context, const Target& target, const Request& request,
                              OperationSequence& sequence);

// Writes a w:SelectorSet. The same failure.
Result<std::string> selector_set(const std::vector<Selector>& selectors);

}  // namespace wsman::message

#endif  // WSMAN_PROTOCOL_MESSAGE_REQUEST_H_
