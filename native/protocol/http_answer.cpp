#include "protocol/http_answer.h"

#include <string>

namespace wsman {
namespace {

struct Meaning {
  uint32_t code;
  const char* sentence;
  const char* advice;
};

constexpr const char* kWhere =
    "Check the port, the application name (-ApplicationName, usually wsman) and that the "
    "WS-Management service runs";

Meaning meaning_of(int status) {
  switch (status) {
    case 400:
      return {0x80338171, "refused the request as malformed (HTTP 400)", kWhere};
    case 403:
      return {0x8033810F, "forbids this request (HTTP 403)", kWhere};
    case 404:
      return {0x80338113, "has nothing at that path (HTTP 404)", kWhere};
    case 405:
    case 501:
      return {0x80338074, "does not take WS-Management requests at that path", kWhere};
    case 413:
      return {0x80338111, "refused the request as too large (HTTP 413)",
              "Lower MaxEnvelopeSizekb, or send less at once"};
    case 500:
      return {0x80338170, "failed inside (HTTP 500) and said no more",
              "Look at the server's own log"};
    case 503:
      return {0x80338112, "is not ready to serve (HTTP 503)", "Try again later"};
    default:
      return {0x8033810F, "answered with an HTTP status that WS-Management does not use", kWhere};
  }
}

Error error_of(const Endpoint& endpoint, const std::string& sentence, uint32_t code,
               const std::string& advice) {
  return {ErrorCode::http,
          with_code(endpoint.display() + " " + sentence, code) + ". " + advice + ".",
          code,
          {}};
}

// A header value for a message: shown only if it is plain ASCII, and not at any length.
std::string shown(const std::string& value) {
  for (const char c : value) {
    if (c < 0x20 || c == 0x7F) return "an unreadable place";
  }
  return value.empty() ? "another place" : value.substr(0, 200);
}

}  // namespace

Error http_error(const HttpResponse& response, const Endpoint& endpoint) {
  const int status = response.status;
  if (status >= 300 && status < 400) {
    return error_of(
        endpoint,
        "points to " + shown(response.location) + " (HTTP " + std::to_string(status) + ")",
        0x80338199, "Redirects are never followed; connect to that place if you trust it");
  }
  if (status >= 200 && status < 300) {
    if (response.body.empty())
      return error_of(endpoint, "sent an empty answer", 0x803380F5, kWhere);
    const bool html = response.content_type == "text/html";
    return html ? error_of(endpoint, "answered with a web page", 0x80338173, kWhere)
                : error_of(endpoint, "answered with something else than SOAP", 0x803380F7, kWhere);
  }
  const Meaning meaning = meaning_of(status);
  std::string sentence = meaning.sentence;
  if (meaning.code == 0x8033810F && status != 403)
    sentence += " (HTTP " + std::to_string(status) + ")";
  return error_of(endpoint, sentence, meaning.code, meaning.advice);
}

}  // namespace wsman
