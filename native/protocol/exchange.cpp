#include "protocol/exchange.h"

#include <utility>

#include "protocol/encoding.h"
#include "protocol/errors.h"
#include "protocol/mask.h"

namespace wsman {
namespace {

// "1,234,567".
std::string grouped(size_t number) {
  std::string text = std::to_string(number);
  for (size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string milliseconds_since(Clock::time_point start) {
  const auto spent = std::chrono::duration_cast<Milliseconds>(Clock::now() - start);
  return std::to_string(spent.count()) + " ms";
}

void say(Trace& trace, const std::string& subject, size_t octets_sent,
         const Result<HttpResponse>& response, Clock::time_point start) {
  const std::string sent = grouped(octets_sent) + " octets sent, ";
  if (!response.ok()) {
    trace.verbose(subject + ": no answer (" + name_of(response.error().code) + "), " + sent +
                  milliseconds_since(start));
    return;
  }
  trace.verbose(subject + ": " + std::to_string(response.value().status) + ", " + sent +
                grouped(response.value().body.size()) + " received, " + milliseconds_since(start));
  if (trace.wants_debug())
    trace.debug("Answer to " + subject + ": " + masked(response.value().body));
}

// The page is part of the subject: the first is Enumerate's.
std::string subject_of(const Request& request, const Target& target, uint32_t sequence) {
  const std::string page =
      request.operation == "Pull" ? " page " + std::to_string(sequence) + " of" : "";
  return request.operation + page + " " + target.resource_uri;
}

Status fill_in(HttpRequest& request, const Outgoing& outgoing, TextEncoding encoding) {
  if (outgoing.secrets == nullptr || outgoing.secrets->empty()) return Done{};
  Result<Secret> filled = filled_in(outgoing.envelope, *outgoing.secrets);
  if (!filled.ok()) return filled.error();
  request.body.clear();
  request.secret_body = std::make_shared<const Secret>(
      encoding == TextEncoding::utf16 ? to_utf16(filled.value()) : std::move(filled.value()));
  return Done{};
}

}  // namespace

Result<HttpResponse> send_envelope(const OperationContext& context, const Outgoing& outgoing,
                                   const Call& call) {
  HttpRequest request = to_http(outgoing.envelope, context.manner.encoding);
  // Counted without the secrets, whose length is nobody's business.
  const size_t octets = request.body.size();
  const Status filled = fill_in(request, outgoing, context.manner.encoding);
  if (!filled.ok()) return filled.error();
  request.anonymous_identify = outgoing.anonymous_identify;
  request.idempotent = outgoing.idempotent;
  if (call.trace == nullptr) return context.transport.exchange(request, call);
  if (call.trace->wants_debug())
    call.trace->debug("Request " + outgoing.subject + ": " + masked(outgoing.envelope));
  const Clock::time_point start = Clock::now();
  Result<HttpResponse> response = context.transport.exchange(request, call);
  say(*call.trace, outgoing.subject, octets, response, start);
  return response;
}

Result<Answer> send_request(const OperationContext& context, const Target& target,
                            const Request& request, Conversation& conversation, const Call& call) {
  Result<Message> message = write_message(context, target, request, conversation);
  if (!message.ok()) return message.error();
  Outgoing outgoing{subject_of(request, target, conversation.sequence),
                    std::move(message.value().envelope), false, request.idempotent,
                    request.secrets};
  Result<HttpResponse> response = send_envelope(context, outgoing, call);
  if (!response.ok()) return response.error();
  return Answer{std::move(response.value()), std::move(message.value().id)};
}

Result<Envelope> ask(const OperationContext& context, const Target& target, const Request& request,
                     const Call& call) {
  Conversation conversation;
  const Result<Answer> answer = send_request(context, target, request, conversation, call);
  if (!answer.ok()) return answer.error();
  Result<Envelope> envelope = read_answer(answer.value().response, context.endpoint);
  if (!envelope.ok()) return envelope;
  const Status related =
      check_relates_to(envelope.value().relates_to(), answer.value().message_id, context.endpoint);
  if (!related.ok()) return related.error();
  return envelope;
}

Status check_relates_to(const std::string& relates_to, const std::string& message_id,
                        const Endpoint& endpoint) {
  // GUIDs are the same in either case, and a server may write its own.
  if (relates_to.empty() || equal_ignoring_case(relates_to, message_id)) return Done{};
  return protocol_error("The answer of " + endpoint.display() + " belongs to another request",
                        code::kWrongRelatesTo, "Try again.");
}

}  // namespace wsman
