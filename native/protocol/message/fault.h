// A SOAP fault as an error: the sentence first, the server's own XML with it.
#ifndef WSMAN_PROTOCOL_MESSAGE_FAULT_H_
#define WSMAN_PROTOCOL_MESSAGE_FAULT_H_

#include <libxml/tree.h>

#include <string_view>

#include "base/error.h"
#include "transport/endpoint.h"

namespace wsman::message {

// The error for an s:Fault element [DSP0226 14], its parts in Error::fault. The text is that of the
// detail where there is one, be it Windows' f:WSManFault or p:MSFT_WmiError or OMI's p:OMI_Error,
// else the Reason. So is the code; where the server sent none, it is the one that Windows has for
// the fault's code, subcode and FaultDetail. Of several texts of the Reason, the one in `language`
// is taken.
Error fault_error(xmlNodePtr fault, const Endpoint& endpoint, std::string_view language);

// The same for the Fault of a SOAP 1.1 envelope.
Error soap11_fault_error(xmlNodePtr fault, const Endpoint& endpoint);

}  // namespace wsman::message

#endif  // WSMAN_PROTOCOL_MESSAGE_FAULT_H_
