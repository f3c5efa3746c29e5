// The envelope of a request: the headers of every operation, around its body.
#ifndef WSMAN_PROTOCOL_REQUEST_H_
#define WSMAN_PROTOCOL_REQUEST_H_

#include <string>
#include <vector>

#include "base/error.h"
#include "protocol/body_secret.h"
#include "protocol/conversation.h"
#include "protocol/operations.h"
#include "protocol/resource.h"

namespace wsman {

// What one operation puts into its envelope.
struct Request {
  std::string operation;  // For people: "Get".
  std::string action;     // The a:Action.
  std::string body;       // The content of the Body: XML that declares all that it uses, or "".
  bool idempotent = false;
  bool fragment = false;                             // Whether the fragment of the target is meant.
  const std::vector<BodySecret>* secrets = nullptr;  // Those of the body, if there are any.
};

// An envelope in UTF-8, and the a:MessageID that its answer has to name.
struct Message {
  std::string envelope;
  std::string id;
};

// Writes the headers in the order of Microsoft's client. Fails with invalid_argument if XML cannot
// hold a part of the target.
Result<Message> write_message(const OperationContext& context, const Target& target,
                              const Request& request, Conversation& conversation);

// Writes a w:SelectorSet. The same failure.
Result<std::string> selector_set(const std::vector<Selector>& selectors);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_REQUEST_H_
