// One message to the server and its answer, with a line about it in the trace of the call.
#ifndef WSMAN_PROTOCOL_MESSAGE_EXCHANGE_H_
#define WSMAN_PROTOCOL_MESSAGE_EXCHANGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "protocol/message/body_document.h"
#include "protocol/message/context.h"
#include "protocol/message/envelope.h"
#include "protocol/message/request.h"
#include "protocol/xml/body_secret.h"

namespace wsman::message {

// A message as it is sent.
struct Outgoing {
  std::string subject;  // "Get http://…/Win32_Service", for the trace.
  std::string envelope;
  bool anonymous_identify = false;
  bool idempotent = false;
  const std::vector<xml::BodySecret>* secrets = nullptr;  // Their placeholders are in the envelope.
};

// Sends a message and gives the answer as it came. Every exchange of this room goes through here,
// so that every one of them is in the trace of the call.
Result<HttpResponse> send_envelope(const Context& context, const Outgoing& outgoing,
                                   const Call& call);

// What is known of the answer to that message.
Expected expected(const Context& context, const std::string& message_id, const Call& call);

// Writes the message of an operation, sends it and gives the answer as it came.
struct Answer {
  HttpResponse response;
  std::string message_id;  // Of the request, for check_relates_to().
};
Result<Answer> send_request(const Context& context, const Target& target, const Request& request,
                            OperationSequence& sequence, const Call& call);

// The same, with the answer read: a fault is an error.
Result<Envelope> ask(const Context& context, const Target& target, const Request& request,
                     const Call& call);

// The same with a document of the Body: of the element called `preferred`, or of the first one. An
// empty document where the Body is empty.
Result<BodyDocument> ask_document(const Context& context, const Target& target,
                                  const Request& request, const Call& call,
                                  std::string_view preferred = {});

// Fails with protocol if the answer relates to another message.
Status check_relates_to(const std::string& relates_to, const std::string& message_id,
                        const Endpoint& endpoint);

}  // namespace wsman::message

#endif  // WSMAN_PROTOCOL_MESSAGE_EXCHANGE_H_
