// One message to the server and its answer, and what is said about it to whoever listens.
#ifndef WSMAN_PROTOCOL_EXCHANGE_H_
#define WSMAN_PROTOCOL_EXCHANGE_H_

#include <string>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "protocol/body_secret.h"
#include "protocol/envelope.h"
#include "protocol/operations.h"
#include "protocol/request.h"

namespace wsman {

// What is sent.
struct Outgoing {
  std::string subject;  // "Get http://…/Win32_Service", for the trace.
  std::string envelope;
  bool anonymous_identify = false;
  bool idempotent = false;
  const std::vector<BodySecret>* secrets = nullptr;  // Their placeholders are in the envelope.
};

// Sends and gives the answer as it came. Every exchange of this room goes through here, so that
// every one of them is in the trace of the call.
Result<HttpResponse> send_envelope(const OperationContext& context, const Outgoing& outgoing,
                                   const Call& call);

// Writes the message of an operation, sends it and gives the answer as it came.
struct Answer {
  HttpResponse response;
  std::string message_id;  // What was sent, for check_relates_to().
};
Result<Answer> send_request(const OperationContext& context, const Target& target,
                            const Request& request, Conversation& conversation, const Call& call);

// The same, with the answer read: a fault is an error.
Result<Envelope> ask(const OperationContext& context, const Target& target, const Request& request,
                     const Call& call);

// Fails with protocol if the answer says that it belongs to another message. Some servers do not
// say, and white space around it does not count.
Status check_relates_to(const std::string& relates_to, const std::string& message_id,
                        const Endpoint& endpoint);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_EXCHANGE_H_
