// The operations of WS-Management, one function each: an envelope out, an answer read.
#ifndef WSMAN_PROTOCOL_OPERATIONS_H_
#define WSMAN_PROTOCOL_OPERATIONS_H_

#include <cstddef>
#include <string>

#include "base/call.h"
#include "base/error.h"
#include "protocol/content.h"
#include "protocol/envelope.h"
#include "protocol/resource.h"
#include "transport/transport.h"

namespace wsman {

// Who the server says it is [DSP0226 11].
struct Identity {
  std::string protocol_version;
  std::string product_vendor;
  std::string product_version;
  std::string xml;  // The IdentifyResponse element as a document.
};

// What the headers of all requests of one session say.
struct Manner {
  TextEncoding encoding = TextEncoding::utf8;
  size_t max_envelope_octets = 512000;
  Milliseconds operation_timeout{60000};
  std::string locale = "en-US";
  std::string data_locale = "en-US";
  std::string session_id;  // p:SessionId, "uuid:" and a GUID; constant for a session.
};

// What every operation over one transport has in common.
struct OperationContext {
  Transport& transport;
  const Endpoint& endpoint;
  const Manner& manner;
};

// Identify. `anonymous` asks for the answer that needs no credential [DSP0226 11.1]. Fails as
// Transport::exchange() and read_answer(), or with protocol if the answer is no IdentifyResponse.
Result<Identity> identify(const OperationContext& context, bool anonymous, const Call& call);

// Each of the following returns the first element of the answer's Body as a document that declares
// the namespaces it uses and bears the xml:lang of the envelope; "" where the Body is empty. They
// fail as Transport::exchange() and read_answer(), with invalid_argument if `content` cannot be
// made a body, and with protocol if the answer lacks what the operation promises.

// Get [DSP0226 7.3]. Sent again if the connection died before any answer.
Result<std::string> get(const OperationContext& context, const Target& target, const Call& call);

// Put [DSP0226 7.4] of content.document, or, without one, of what Get answers with the values of
// `content` in it, placed as change_values() says. With a fragment, both are about the fragment.
Result<std::string> set(const OperationContext& context, const Target& target,
                        const Content& content, const Call& call);

// Create [DSP0226 7.6]. The body's root is named after the last segment of the resource URI; for a
// shell it is rsp:Shell. The answer is the x:ResourceCreated element, or whatever stands first.
Result<std::string> create(const OperationContext& context, const Target& target,
                           const Content& content, const Call& call);

// Delete [DSP0226 7.5].
Status remove(const OperationContext& context, const Target& target, const Call& call);

// A custom action [DSP0226 9]. The body's root is <action>_INPUT in the namespace of the resource;
// the actions of a shell (Command, Send, Receive, Signal) have the bodies of [MS-WSMV 2.2.4]
// instead. `action` is a name, or the URI of an action.
Result<std::string> invoke(const OperationContext& context, const Target& target,
                           const std::string& action, const Content& content, const Call& call);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_OPERATIONS_H_
