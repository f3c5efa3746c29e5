// HTTP as bytes, for tests of what reads and writes it.
#ifndef WSMAN_TESTS_NATIVE_FAKES_HTTP_BYTES_H_
#define WSMAN_TESTS_NATIVE_FAKES_HTTP_BYTES_H_

#include <string>

#include "transport/transport.h"

namespace wsman::testing {

inline TransportOptions options_for(const std::string& host) {
  TransportOptions options;
  options.endpoint = {false, host, 5985, "/wsman"};
  return options;
}

// An answer with the body "hello".
inline const std::string kWhole =
    "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml;charset=UTF-8\r\n"
    "Content-Length: 5\r\n\r\nhello";

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_HTTP_BYTES_H_
