// A SOAP fault as an error: the sentence first, the server's own XML with it.
#ifndef WSMAN_PROTOCOL_FAULT_H_
#define WSMAN_PROTOCOL_FAULT_H_

#include <libxml/tree.h>

#include "base/error.h"
#include "transport/endpoint.h"

namespace wsman {

// The error for an s:Fault element. The text is that of f:WSManFault's f:Message where there is
// one, else the Reason [DSP0226 14]; the code is WSManFault's Code.
Error fault_error(xmlNodePtr fault, const Endpoint& endpoint);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_FAULT_H_
