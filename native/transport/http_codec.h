// HTTP/1.1 as octets: a request head written, a response read piece by piece within its bounds.
#ifndef WSMAN_TRANSPORT_HTTP_CODEC_H_
#define WSMAN_TRANSPORT_HTTP_CODEC_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/secret.h"
#include "transport/authentication/authentication.h"
#include "transport/transport.h"

namespace wsman {

// Head, authorization line and body of one request in one buffer.
Secret write_request(const std::string& method, const std::string& target, const Endpoint& endpoint,
                     const HttpRequest& request, const Authenticator& authenticator);

// Reads one response from octets as they arrive. The parser's exceptions end here.
class ResponseReader {
 public:
  ResponseReader(const TransportOptions& options);
  ~ResponseReader();
  ResponseReader(const ResponseReader&) = delete;
  ResponseReader& operator=(const ResponseReader&) = delete;

  // Takes octets as they came. Fails with protocol or limit.
  Status take(std::string_view octets);

  // The peer has ended the stream. Fails with connection_lost if the response was not whole.
  Status take_end();

  bool is_done() const;

  // Whether the connection can carry another request. Only after is_done().
  bool keeps_connection() const;

  // Only after is_done().
  HttpResponse take_response();

  // The names in WWW-Authenticate lines, in order. Only after is_done().
  std::vector<std::string> challenges() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_HTTP_CODEC_H_
