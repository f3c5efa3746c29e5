// The headers of a request, judged before anything is done.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_HEADERS_H
#define WSMAN_TESTS_SERVICE_WSMAN_HEADERS_H

#include <chrono>

#include "wsman/soap_request.h"

namespace wsman::service {

// Refuses headers that are missing, malformed, or must be understood and are not.
void check_headers(const SoapRequest& request);

// OperationTimeout, or a minute.
std::chrono::milliseconds operation_timeout(const SoapRequest& request);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_HEADERS_H
