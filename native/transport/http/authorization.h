// The Authorization or Proxy-Authorization field of a request.
#ifndef WSMAN_TRANSPORT_HTTP_AUTHORIZATION_H_
#define WSMAN_TRANSPORT_HTTP_AUTHORIZATION_H_

#include <string_view>

#include "base/secret.h"

namespace wsman::http {

// The request line that an authorization field is for. Digest covers method and target [RFC 7616
// 3.4.3].
struct RequestLine {
  std::string_view method;
  std::string_view target;
  bool to_proxy = false;

  std::string_view field() const { return to_proxy ? "Proxy-Authorization: " : "Authorization: "; }
};

class Authorization {
 public:
  virtual ~Authorization() = default;

  // Appends "Authorization: …\r\n", or nothing, to the head of that request. Called once for each
  // request, when it is written, so that no other copy of the field exists.
  virtual void append_authorization(Secret& head, const RequestLine& line) = 0;
};

}  // namespace wsman::http

#endif  // WSMAN_TRANSPORT_HTTP_AUTHORIZATION_H_
