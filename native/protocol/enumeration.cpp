#include "protocol/enumeration.h"

#include <algorithm>
#include <utility>

#include "protocol/encoding.h"
#include "protocol/errors.h"
#include "protocol/exchange.h"
#include "protocol/filter.h"
#include "protocol/page.h"
#include "protocol/writer.h"

namespace wsman {
namespace {

constexpr const char* kEnumerationAdvice =
    "Look for an update of the server, or enumerate in another way.";

std::string action_of(const char* name) { return std::string(ns::kEnumeration) + "/" + name; }

// An answer that is no page: a fault, or broken in a way that the judge of all answers names.
Error judged(const HttpResponse& response, const Endpoint& endpoint) {
  const Result<Envelope> envelope = read_answer(response, endpoint);
  if (!envelope.ok()) return envelope.error();
  return protocol_error("The answer of " + endpoint.display() + " cannot be read as a page",
                        code::kInvalidXml, kEnumerationAdvice);
}

// What was asked, to judge the answer by.
struct Asked {
  const char* response;  // The name of the element that must come.
  const std::string& message_id;
  uint32_t max_elements;
};

Status check_scan(const PageScan& scan, const Asked& asked, const Endpoint& endpoint) {
  Status related = check_relates_to(scan.relates_to, asked.message_id, endpoint);
  if (!related.ok()) return related;
  if (scan.response != asked.response) {
    return protocol_error("The answer of " + endpoint.display() + " has no " + asked.response,
                          code::kNoResults, kEnumerationAdvice);
  }
  if (scan.items.size() > std::max<size_t>(asked.max_elements, 1)) {
    return protocol_error(endpoint.display() + " sent " + std::to_string(scan.items.size()) +
                              " items, more than the " + std::to_string(asked.max_elements) +
                              " asked for",
                          code::kTooManyItems, kEnumerationAdvice);
  }
  return Done{};
}

// The page in an answer. Its octets are moved into the page.
Result<Page> page_of(HttpResponse response, const Asked& asked, const Endpoint& endpoint) {
  if (response.status != 200 || !is_soap(response)) return judged(response, endpoint);
  if (!make_utf8(response.body)) return judged(response, endpoint);
  PageScan scan = scan_page(response.body);
  if (!scan.well_formed || !scan.is_envelope || scan.fault || scan.response.empty())
    return judged(response, endpoint);
  const Status checked = check_scan(scan, asked, endpoint);
  if (!checked.ok()) return checked.error();
  Page page{
      std::move(response.body), std::move(scan.items), std::move(scan.language), {}, scan.end};
  // Some servers repeat the context beside the end of the sequence. It is of no use then.
  if (!page.end) page.context = std::move(scan.context);
  return page;
}

Result<std::string> context_body(const char* element, const std::string& enumeration_context,
                                 uint32_t max_elements) {
  const Status checked = check_text(enumeration_context, "enumeration context");
  if (!checked.ok()) return checked.error();
  XmlWriter writer;
  writer.start(element);
  writer.declare("n", ns::kEnumeration);
  writer.element("n:EnumerationContext", enumeration_context);
  if (max_elements > 0) writer.element("n:MaxElements", std::to_string(max_elements));
  writer.end();
  return writer.take();
}

}  // namespace

Result<Page> enumerate(const OperationContext& context, const Target& target, const Query& query,
                       uint32_t max_elements, Conversation& conversation, const Call& call) {
  Result<std::string> body = enumerate_body(target, query, max_elements);
  if (!body.ok()) return body.error();
  const Request request{"Enumerate", action_of("Enumerate"), std::move(body.value()), true};
  Result<Answer> answer = send_request(context, target, request, conversation, call);
  if (!answer.ok()) return answer.error();
  Result<Page> page =
      page_of(std::move(answer.value().response),
              {"EnumerateResponse", answer.value().message_id, max_elements}, context.endpoint);
  if (!page.ok() || page.value().end || !page.value().context.empty()) return page;
  return protocol_error("The answer of " + context.endpoint.display() +
                            " has neither a context to go on with nor an end",
                        code::kNoContext, kEnumerationAdvice);
}

Result<Page> pull(const OperationContext& context, const Target& target,
                  const std::string& enumeration_context, uint32_t max_elements,
                  Conversation& conversation, const Call& call) {
  Result<std::string> body =
      context_body("n:Pull", enumeration_context, std::max(max_elements, 1U));
  if (!body.ok()) return body.error();
  const Request request{"Pull", action_of("Pull"), std::move(body.value())};
  Result<Answer> answer = send_request(context, target, request, conversation, call);
  if (!answer.ok()) return answer.error();
  Result<Page> page =
      page_of(std::move(answer.value().response),
              {"PullResponse", answer.value().message_id, max_elements}, context.endpoint);
  if (page.ok() && !page.value().end && page.value().context.empty())
    page.value().context = enumeration_context;
  return page;
}

Status release(const OperationContext& context, const Target& target,
               const std::string& enumeration_context, Conversation& conversation,
               const Call& call) {
  Result<std::string> body = context_body("n:Release", enumeration_context, 0);
  if (!body.ok()) return body.error();
  const Request request{"Release", action_of("Release"), std::move(body.value())};
  const Result<Answer> answer = send_request(context, target, request, conversation, call);
  if (!answer.ok()) return answer.error();
  const Result<Envelope> envelope = read_answer(answer.value().response, context.endpoint);
  if (!envelope.ok()) return envelope.error();
  return check_relates_to(envelope.value().relates_to(), answer.value().message_id,
                          context.endpoint);
}

}  // namespace wsman
