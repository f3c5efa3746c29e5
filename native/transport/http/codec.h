// HTTP/1.1 as bytes: writes a request, and reads a response piece by piece within its limits.
#ifndef WSMAN_TRANSPORT_HTTP_CODEC_H_
#define WSMAN_TRANSPORT_HTTP_CODEC_H_

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/secret.h"
#include "transport/http/authorization.h"
#include "transport/http/body.h"
#include "transport/http/head.h"
#include "transport/transport.h"

namespace wsman::http {

// Writes head, authorization line and body of one request into `message`, which is emptied first.
void write_request(Secret& message, const std::string& method, const std::string& target,
                   const Endpoint& endpoint, const HttpRequest& request,
                   Authorization& authorization);

// Reads one response from bytes as they arrive: head.h the heads, body.h the body.
class ResponseReader {
 public:
  // `options` outlives the reader. With `tunnel` it reads the answer to CONNECT: a success has no
  // body, because the bytes that follow belong to the tunnel [RFC 9110 9.3.6].
  explicit ResponseReader(const TransportOptions& options, bool tunnel = false);
  ResponseReader(const ResponseReader&) = delete;
  ResponseReader& operator=(const ResponseReader&) = delete;

  // Takes bytes as received. Fails with protocol or limit.
  Status take(std::string_view bytes);

  // Takes the end of the stream, which TLS must have announced by close_notify. Fails with
  // connection_lost if the response was not complete.
  Status take_end();

  bool has_begun() const { return begun_; }

  // The final head has been read, so the server reads no more of the request.
  bool has_final_head() const { return stage_ != Stage::head; }

  bool is_done() const { return stage_ == Stage::done; }

  // Whether the connection can carry another request. Only after is_done().
  bool keeps_connection() const { return head_.keeps_connection && !surplus_; }

  // Only after is_done().
  const Head& head() const { return head_; }
  HttpResponse take_response();

 private:
  enum class Stage { head, body, done };

  Status take_head();
  Status begin_body();
  Status take_body();
  Error broken(const std::string& why) const;
  Error speaks_tls() const;
  Error too_large(const char* what, AdviceKey advice) const;

  const TransportOptions& options_;
  const bool proxy_tunnel_;
  Stage stage_ = Stage::head;
  std::string waiting_;    // Bytes that are not consumed yet.
  size_t seen_ = 0;        // Of these, the bytes already searched for the end of a head.
  size_t head_bytes_ = 0;  // The bytes of all heads of this answer.
  int interim_answers_ = 0;
  Head head_;
  std::optional<BodyReader> body_;
  bool begun_ = false;
  bool surplus_ = false;  // Bytes came after the response.
};

}  // namespace wsman::http

#endif  // WSMAN_TRANSPORT_HTTP_CODEC_H_
