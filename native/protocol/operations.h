// The operations of WS-Management, one function each: an envelope out, an answer read.
#ifndef WSMAN_PROTOCOL_OPERATIONS_H_
#define WSMAN_PROTOCOL_OPERATIONS_H_

#include <string>

#include "base/call.h"
#include "base/error.h"
#include "protocol/envelope.h"
#include "transport/transport.h"

namespace wsman {

// Who the server says it is [DSP0226 11].
struct Identity {
  std::string protocol_version;
  std::string product_vendor;
  std::string product_version;
  std::string xml;  // The IdentifyResponse element as a document.
};

// What every operation over one transport has in common.
struct OperationContext {
  Transport& transport;
  Endpoint endpoint;
  TextEncoding encoding = TextEncoding::utf8;
};

// Identify. `anonymous` asks for the answer that needs no credential [DSP0226 11.1]. Fails as
// Transport::exchange() and read_answer(), or with protocol if the answer is no IdentifyResponse.
Result<Identity> identify(const OperationContext& context, bool anonymous, const Call& call);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_OPERATIONS_H_
