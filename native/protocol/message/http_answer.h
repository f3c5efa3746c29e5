// Errors for HTTP answers that carry no SOAP, with the codes of Windows.
#ifndef WSMAN_PROTOCOL_MESSAGE_HTTP_ANSWER_H_
#define WSMAN_PROTOCOL_MESSAGE_HTTP_ANSWER_H_

#include "base/error.h"
#include "transport/transport.h"

namespace wsman::message {

// The error for an answer without SOAP: by its status, or by its content if the status is a
// success. Its outcome is not_done if the status says that the request was turned away, or if it
// was never sent.
Error http_error(const HttpResponse& response, const Endpoint& endpoint);

}  // namespace wsman::message

#endif  // WSMAN_PROTOCOL_MESSAGE_HTTP_ANSWER_H_
