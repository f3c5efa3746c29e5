// HTTP answers that carry no SOAP, in words and in the codes that Windows has for them.
#ifndef WSMAN_PROTOCOL_HTTP_ANSWER_H_
#define WSMAN_PROTOCOL_HTTP_ANSWER_H_

#include "base/error.h"
#include "transport/transport.h"

namespace wsman {

// The error for an answer without SOAP: by its status, or by its content if the status is a
// success.
Error http_error(const HttpResponse& response, const Endpoint& endpoint);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_HTTP_ANSWER_H_
