#include "protocol/message/http_answer.h"

#include <string>

#include "base/codes.h"
#include "base/text.h"

namespace wsman::message {
namespace {

// An HTTP status as the code that Windows reports for it and the end of a sentence.
struct Meaning {
  uint32_t code;
  const char* sentence;
  AdviceKey advice = AdviceKey::check_address;
};

Meaning meaning_of(int status) {
  switch (status) {
    case 400:
      return {code::kHttpBadRequest, "refused the request as malformed (HTTP 400)"};
    // Windows has no code for it but the general one.
    case 403:
      return {code::kUnknownHttpStatus, "forbids this request (HTTP 403)"};
    case 404:
      return {code::kHttpNotFound, "has nothing at that path (HTTP 404)"};
    case 405:
    case 501:
      return {code::kBadMethod, "does not take WS-Management requests at that path"};
    case 408:
      return {code::kUnknownHttpStatus, "gave up waiting for the request (HTTP 408)",
              AdviceKey::try_later};
    case 413:
      return {code::kRequestTooLarge, "refused the request as too large (HTTP 413)",
              AdviceKey::send_less};
    case 415:
      return {code::kUnknownHttpStatus, "does not take SOAP 1.2 at that path (HTTP 415)",
              AdviceKey::check_port_and_path};
    case 426:
      return {code::kUnknownHttpStatus, "wants another protocol on that port (HTTP 426)",
              AdviceKey::use_tls};
    case 429:
      return {code::kUnknownHttpStatus, "is busy, or was asked too often (HTTP 429)",
              AdviceKey::try_later};
    case 500:
      return {code::kHttpServerError, "failed inside (HTTP 500) and said no more",
              AdviceKey::read_server_log};
    case 502:
    case 504:
      return {code::kUnknownHttpStatus, "is behind a gateway that got no answer from it",
              AdviceKey::try_later};
    case 503:
      return {code::kServiceUnavailable, "is not ready to serve (HTTP 503)", AdviceKey::try_later};
    default:
      return {code::kUnknownHttpStatus,
              "answered with an HTTP status that WS-Management does not use"};
  }
}

Error error_of(const Endpoint& endpoint, const std::string& sentence, uint32_t code,
               AdviceKey advice = AdviceKey::check_address) {
  return make_error(ErrorCode::http, code, endpoint.display() + " " + sentence, {advice});
}

// Whether a status says that the request went no further: to elsewhere, or refused. A server, or a
// gateway before it, that fails with another one may have begun [RFC 9110 15.6].
bool turns_away(int status) {
  if (status >= 300 && status < 500) return true;
  return status == 501 || status == 503 || status == 505;
}

// The value of a header for a message, from a server that may be hostile: at most 200 bytes.
std::string shown(const std::string& value) {
  return value.empty() ? "another place" : for_people(value.substr(0, 200));
}

Error described(const HttpResponse& response, const Endpoint& endpoint) {
  const int status = response.status;
  // Redirects are not followed: the credential would go to a computer that the user did not name.
  if (status >= 300 && status < 400) {
    return error_of(
        endpoint,
        "points to " + shown(response.location) + " (HTTP " + std::to_string(status) + ")",
        code::kRedirect, AdviceKey::connect_there);
  }
  if (status >= 200 && status < 300) {
    if (response.body.empty())
      return error_of(endpoint, "sent an empty answer", code::kNoResponseData);
    // A web page mostly means the port of a web server or a login page of a proxy.
    const bool html = response.content_type == "text/html";
    return html ? error_of(endpoint, "answered with a web page", code::kHtml)
                : error_of(endpoint, "answered with something else than SOAP", code::kNoSoapType);
  }
  const Meaning meaning = meaning_of(status);
  std::string sentence = meaning.sentence;
  if (meaning.code == code::kUnknownHttpStatus && sentence.back() != ')')
    sentence += " (HTTP " + std::to_string(status) + ")";
  return error_of(endpoint, sentence, meaning.code, meaning.advice);
}

}  // namespace

Error http_error(const HttpResponse& response, const Endpoint& endpoint) {
  Error error = described(response, endpoint);
  error.outcome = turns_away(response.status) ? Outcome::not_done : Outcome::unknown;
  return error;
}

}  // namespace wsman::message
