// The operations of WS-Management, one function each: an envelope out, an answer read.
#ifndef WSMAN_PROTOCOL_OPERATION_OPERATIONS_H_
#define WSMAN_PROTOCOL_OPERATION_OPERATIONS_H_

#include <string>

#include "base/call.h"
#include "base/error.h"
#include "protocol/message/context.h"
#include "protocol/message/resource.h"
#include "protocol/operation/content.h"

namespace wsman::operation {

// The identity that the server gives [DSP0226 11].
struct IdentifyResponse {
  std::string protocol_version;
  std::string product_vendor;
  std::string product_version;
};

// Identify. `anonymous` asks for the answer that needs no credential [DSP0226 11.1]. Fails as
// Transport::exchange() and read_answer(), or with protocol if the answer is no IdentifyResponse.
Result<IdentifyResponse> identify(const message::Context& context, bool anonymous,
                                  const Call& call);

// The same with its element, as a document that declares the namespaces it uses.
struct IdentifyDocument {
  IdentifyResponse identity;
  std::string xml;
};
Result<IdentifyDocument> identify_document(const message::Context& context, bool anonymous,
                                           const Call& call);

// Each of the following returns the first element of the answer's Body as a document that declares
// the namespaces it uses and bears the xml:lang of the envelope; "" where the Body is empty. They
// fail as Transport::exchange() and read_answer(), with invalid_argument if `content` cannot be
// made a body, and with protocol if the answer lacks what the operation promises.

// Get [DSP0226 7.3]. Sent again if the connection died before any answer.
Result<std::string> get(const message::Context& context, const message::Target& target,
                        const Call& call);

// Put [DSP0226 7.4] of content.document, or, without one, of what Get answers with the values of
// `content` in it, placed as change_values() says. With a fragment, both are about the fragment.
Result<std::string> set(const message::Context& context, const message::Target& target,
                        const Content& content, const Call& call);

// Create [DSP0226 7.6]. The body's root is named after the last segment of the resource URI; for a
// shell it is rsp:Shell. The answer is the x:ResourceCreated element, or else the first one.
Result<std::string> create(const message::Context& context, const message::Target& target,
                           const Content& content, const Call& call);

// Delete [DSP0226 7.5].
Status remove(const message::Context& context, const message::Target& target, const Call& call);

// A custom action [DSP0226 9]. The body's root is <action>_INPUT in the namespace of the resource;
// the actions of a shell (Command, Send, Receive, Signal) have the bodies of [MS-WSMV 2.2.4]
// instead. `action` is a name, or the URI of an action.
Result<std::string> invoke(const message::Context& context, const message::Target& target,
                           const std::string& action, const Content& content, const Call& call);

}  // namespace wsman::operation

#endif  // WSMAN_PROTOCOL_OPERATION_OPERATIONS_H_
