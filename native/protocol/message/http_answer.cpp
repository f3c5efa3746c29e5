#include "protocol/message/http_answer.h"

#include <algorithm>
#include <string>

#include "base/codes.h"
#include "base/text.h"

namespace wsman::message {
namespace {

// An HTTP status as the code that Windows reports for it and what a sentence says before its
// number.
struct Meaning {
  uint32_t code;
  const char* sentence;
  AdviceKey advice = AdviceKey::check_address;
};

Meaning meaning_of(int status) {
  switch (status) {
    case 400:
      return {code::kHttpBadRequest, "refused the request as malformed"};
    // Windows has no code for it but the general one.
    case 403:
      return {code::kUnknownHttpStatus, "forbids this request"};
    case 404:
      return {code::kHttpNotFound, "has nothing at that path"};
    case 405:
    case 501:
      return {code::kBadMethod, "does not take WS-Management requests at that path"};
    case 408:
      return {code::kUnknownHttpStatus, "gave up waiting for the request", AdviceKey::try_later};
    case 413:
      return {code::kRequestTooLarge, "refused the request as too large", AdviceKey::send_less};
    case 415:
      return {code::kUnknownHttpStatus, "does not take SOAP 1.2 at that path",
              AdviceKey::check_port_and_path};
    case 426:
      return {code::kUnknownHttpStatus, "wants another protocol on that port", AdviceKey::use_tls};
    case 429:
      return {code::kUnknownHttpStatus, "is busy, or was asked too often", AdviceKey::try_later};
    case 500:
      return {code::kHttpServerError, "failed inside", AdviceKey::read_server_log};
    case 502:
    case 504:
      return {code::kUnknownHttpStatus, "is behind a gateway that got no answer from it",
              AdviceKey::try_later};
    case 503:
      return {code::kServiceUnavailable, "is not ready to serve", AdviceKey::try_later};
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

// The title of a web page, which often says what its status does not: at most 200 bytes. Empty for
// anything else.
std::string title_of(const HttpResponse& response) {
  if (response.content_type != "text/html") return {};
  const std::string page = response.body.substr(0, 4096);
  const std::string lower = lower_case(page);
  const size_t tag = lower.find("<title");
  const size_t begin = tag == std::string::npos ? tag : lower.find('>', tag);
  const size_t end = begin == std::string::npos ? begin : lower.find("</title", begin);
  if (end == std::string::npos) return {};
  size_t size = std::min<size_t>(end - begin - 1, 200);
  // No character is cut in two (UTF-8).
  while (size > 0 && (static_cast<unsigned char>(page[begin + 1 + size]) & 0xC0) == 0x80) --size;
  const std::string title = page.substr(begin + 1, size);
  return std::string(trimmed(for_people(title), " "));
}

std::string titled(const std::string& title) {
  return title.empty() ? "" : " titled \"" + title + "\"";
}

Error refused(const HttpResponse& response, const Endpoint& endpoint) {
  const int status = response.status;
  const Meaning meaning = meaning_of(status);
  const std::string title = title_of(response);
  std::string sentence = meaning.sentence + (" (HTTP " + std::to_string(status) + ")");
  if (!title.empty()) sentence += ", with a web page" + titled(title);
  if (response.body.empty() && status == 500) sentence += " and said no more";
  Error error = error_of(endpoint, sentence, meaning.code, meaning.advice);
  // So web servers answer plain http on a port of TLS.
  if ((status == 400 || status == 403) && !endpoint.tls)
    error.advice.emplace_back(AdviceKey::use_tls_if_spoken);
  return error;
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
  if (status < 200 || status >= 300) return refused(response, endpoint);
  if (response.body.empty())
    return error_of(endpoint, "sent an empty answer", code::kNoResponseData);
  // A web page mostly means the port of a web server or a login page of a proxy.
  return response.content_type == "text/html"
             ? error_of(endpoint, "answered with a web page" + titled(title_of(response)),
                        code::kHtml)
             : error_of(endpoint, "answered with something else than SOAP", code::kNoSoapType);
}

}  // namespace

Error http_error(const HttpResponse& response, const Endpoint& endpoint) {
  Error error = described(response, endpoint);
  const bool is_not_done =
      response.is_before_request || (turns_away(response.status) && !response.is_unproved);
  error.outcome = is_not_done ? Outcome::not_done : Outcome::unknown;
  error.is_before_request = response.is_before_request;
  return error;
}

}  // namespace wsman::message
