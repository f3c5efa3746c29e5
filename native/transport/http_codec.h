// HTTP/1.1 as octets: a request written, a response read piece by piece within its bounds.
#ifndef WSMAN_TRANSPORT_HTTP_CODEC_H_
#define WSMAN_TRANSPORT_HTTP_CODEC_H_

#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/secret.h"
#include "transport/authentication/authentication.h"
#include "transport/head.h"
#include "transport/transport.h"

namespace wsman {

// Writes head, authorization line and body of one request into `message`, which is emptied first.
void write_request(Secret& message, const std::string& method, const std::string& target,
                   const Endpoint& endpoint, const HttpRequest& request, SecurityContext& context);

// The media type in a Content-Type: in lower case, without parameters.
std::string media_type(std::string_view content_type);

// Reads one response from octets as they arrive. Heads are judged by transport/head; Beast's parser
// takes the framing off the body, and its exceptions end here.
class ResponseReader {
 public:
  // `options` outlives the reader. With `tunnel` it reads the answer to CONNECT, which has no body
  // if it is a success: what follows is the tunnel [RFC 9110 9.3.6].
  explicit ResponseReader(const TransportOptions& options, bool tunnel = false);
  ~ResponseReader();
  ResponseReader(const ResponseReader&) = delete;
  ResponseReader& operator=(const ResponseReader&) = delete;

  // Takes octets as they came. Fails with protocol or limit.
  Status take(std::string_view octets);

  // The peer has ended the stream, and said so. Fails with connection_lost if the response was not
  // whole.
  Status take_end();

  bool has_begun() const { return begun_; }

  // The final head is there, so that no more of the request is wanted.
  bool has_final_head() const { return stage_ != Stage::head; }

  bool is_done() const { return stage_ == Stage::done; }

  // Whether the connection can carry another request. Only after is_done().
  bool keeps_connection() const { return head_.keeps_connection && !surplus_; }

  // Only after is_done().
  const Head& head() const { return head_; }
  HttpResponse take_response();

 private:
  enum class Stage { head, body, done };
  struct Body;

  Status take_head();
  Status begin_body(std::string_view head);
  Status take_body();
  Error broken(const std::string& why) const;
  Error too_large(const char* what) const;

  const TransportOptions& options_;
  const bool tunnel_;
  Stage stage_ = Stage::head;
  std::string waiting_;     // Octets that are not taken yet.
  size_t seen_ = 0;         // Of them, those that were looked at for the end of a head.
  size_t head_octets_ = 0;  // Of all heads of this answer.
  int interim_answers_ = 0;
  Head head_;
  std::unique_ptr<Body> body_;
  bool begun_ = false;
  bool surplus_ = false;  // Octets came after the response.
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_HTTP_CODEC_H_
