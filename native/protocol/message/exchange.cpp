#include "protocol/message/exchange.h"

#include <utility>

#include "base/codes.h"
#include "protocol/xml/encoding.h"
#include "protocol/xml/errors.h"
#include "protocol/xml/mask.h"

namespace wsman::message {
namespace {

// The number with groups of three digits: "1,234,567". Not by the locale, since the trace is the
// same everywhere.
std::string grouped(size_t number) {
  std::string text = std::to_string(number);
  for (size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string milliseconds_since(Clock::time_point start) {
  const auto spent = std::chrono::duration_cast<Milliseconds>(Clock::now() - start);
  return std::to_string(spent.count()) + " ms";
}

void say(Trace& trace, const std::string& subject, size_t bytes_sent,
         const Result<HttpResponse>& response, Clock::time_point start) {
  const std::string sent = grouped(bytes_sent) + " bytes sent, ";
  if (!response.ok()) {
    trace.verbose(subject + ": no answer (" + name_of(response.error().code) + "), " + sent +
                  milliseconds_since(start));
    return;
  }
  trace.verbose(subject + ": " + std::to_string(response.value().status) + ", " + sent +
                grouped(response.value().body.size()) + " received, " + milliseconds_since(start));
  // Masking parses the whole answer, so it is done only for a caller that listens.
  if (trace.wants_debug())
    trace.debug("Answer to " + subject + ": " +
                xml::masked(response.value().body, response.value().charset));
}

// The subject of a line in the trace. The sequence number is that of the page, because Enumerate
// itself gives the first.
std::string subject_of(const Request& request, const Target& target, uint32_t sequence) {
  const std::string page =
      request.operation == "Pull" ? " page " + std::to_string(sequence) + " of" : "";
  return request.operation + page + " " + target.resource_uri;
}

Status fill_in(HttpRequest& request, const Outgoing& outgoing, xml::TextEncoding encoding) {
  if (outgoing.secrets == nullptr || outgoing.secrets->empty()) return Done{};
  Result<Secret> filled = xml::filled_in(outgoing.envelope, *outgoing.secrets);
  if (!filled.ok()) return filled.error();
  // The body is not sent twice: `secret_body` is the whole envelope, in memory that is wiped.
  request.body.clear();
  request.secret_body = std::make_shared<const Secret>(encoding == xml::TextEncoding::utf16
                                                           ? xml::to_utf16(filled.value())
                                                           : std::move(filled.value()));
  return Done{};
}

// The document in an answer. What is no answer to speak of is read once more, now into a tree,
// because read_answer() tells a fault from HTTP errors and from flaws of the XML.
Result<BodyDocument> document_in(HttpResponse response, std::string_view preferred,
                                 const Expected& expected) {
  if (response.status == 200 && may_be_soap(response) &&
      xml::make_utf8(response.body, response.charset).ok()) {
    response.charset = "UTF-8";
    BodyDocument document = scan_body(response.body, preferred, expected.call);
    if (document.envelope.is_answer()) return document;
  }
  const Result<Envelope> envelope = read_answer(response, expected);
  if (!envelope.ok()) return envelope.error();
  if (envelope.value().body_child() != nullptr) {
    return xml::protocol_error("The answer of " + expected.endpoint.display() + " cannot be read",
                               code::kInvalidXml, AdviceKey::update_server);
  }
  BodyDocument nothing;
  nothing.envelope.relates_to = envelope.value().relates_to();
  return nothing;
}

}  // namespace

Result<HttpResponse> send_envelope(const Context& context, const Outgoing& outgoing,
                                   const Call& call) {
  HttpRequest request = to_http(outgoing.envelope, context.headers.encoding);
  // Counted before the secrets are put in, so that the trace does not tell their length.
  const size_t bytes = request.body.size();
  const Status filled = fill_in(request, outgoing, context.headers.encoding);
  if (!filled.ok()) return filled.error();
  request.anonymous_identify = outgoing.anonymous_identify;
  request.idempotent = outgoing.idempotent || context.is_repeatable;
  // Without a listener nothing is timed and nothing is masked.
  if (call.trace == nullptr) return context.transport.exchange(request, call);
  // The envelope still has its placeholders here, so a secret cannot reach the trace.
  if (call.trace->wants_debug())
    call.trace->debug("Request " + outgoing.subject + ": " + xml::masked(outgoing.envelope));
  const Clock::time_point start = Clock::now();
  Result<HttpResponse> response = context.transport.exchange(request, call);
  say(*call.trace, outgoing.subject, bytes, response, start);
  return response;
}

Expected expected(const Context& context, const std::string& message_id, const Call& call) {
  return {context.endpoint, message_id, context.headers.locale, &call};
}

Result<Answer> send_request(const Context& context, const Target& target, const Request& request,
                            OperationSequence& sequence, const Call& call) {
  Result<Message> message = write_message(context, target, request, sequence);
  if (!message.ok()) return message.error();
  const Outgoing outgoing{.subject = subject_of(request, target, sequence.sequence),
                          .envelope = std::move(message.value().envelope),
                          .idempotent = request.idempotent,
                          .secrets = request.secrets};
  Result<HttpResponse> response = send_envelope(context, outgoing, call);
  if (!response.ok()) return response.error();
  return Answer{std::move(response.value()), std::move(message.value().id)};
}

Result<Envelope> ask(const Context& context, const Target& target, const Request& request,
                     const Call& call) {
  // An operation of one message: its p:OperationID is used once.
  OperationSequence sequence;
  const Result<Answer> answer = send_request(context, target, request, sequence, call);
  if (!answer.ok()) return answer.error();
  Result<Envelope> envelope = or_out_of_memory(
      [&] {
        return read_answer(answer.value().response,
                           expected(context, answer.value().message_id, call));
      },
      Outcome::unknown);
  if (!envelope.ok()) return envelope;
  const Status related =
      check_relates_to(envelope.value().relates_to(), answer.value().message_id, context.endpoint);
  if (!related.ok()) return related.error();
  return envelope;
}

Result<BodyDocument> ask_document(const Context& context, const Target& target,
                                  const Request& request, const Call& call,
                                  std::string_view preferred) {
  OperationSequence sequence;
  Result<Answer> answer = send_request(context, target, request, sequence, call);
  if (!answer.ok()) return answer.error();
  const std::string& message_id = answer.value().message_id;
  // The request was carried out, and its answer is lost where memory runs out.
  Result<BodyDocument> document = or_out_of_memory(
      [&] {
        return document_in(std::move(answer.value().response), preferred,
                           expected(context, message_id, call));
      },
      Outcome::unknown);
  if (!document.ok()) return document;
  const Status related =
      check_relates_to(document.value().envelope.relates_to, message_id, context.endpoint);
  if (!related.ok()) return related.error();
  return document;
}

Status check_relates_to(const std::string& relates_to, const std::string& message_id,
                        const Endpoint& endpoint) {
  if (!is_of_another(relates_to, message_id)) return Done{};
  return xml::protocol_error("The answer of " + endpoint.display() + " belongs to another request",
                             code::kWrongRelatesTo, AdviceKey::try_again);
}

}  // namespace wsman::message
