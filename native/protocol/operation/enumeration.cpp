#include "protocol/operation/enumeration.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/codes.h"
#include "protocol/message/exchange.h"
#include "protocol/operation/filter.h"
#include "protocol/operation/page.h"
#include "protocol/xml/encoding.h"
#include "protocol/xml/errors.h"
#include "protocol/xml/writer.h"
#include "protocol/xml/xml.h"

namespace wsman::operation {
namespace {

std::string action_of(const char* name) { return std::string(ns::kEnumeration) + "/" + name; }

// The error for an answer that is not a page. It is read once more, now into a tree, because
// read_answer() tells a fault from HTTP errors and from flaws of the XML.
Error not_a_page(const HttpResponse& response, const message::Expected& expected) {
  const Result<message::Envelope> envelope = message::read_answer(response, expected);
  if (!envelope.ok()) return envelope.error();
  return xml::protocol_error(
      "The answer of " + expected.endpoint.display() + " cannot be read as a page",
      code::kInvalidXml, AdviceKey::enumerate_otherwise);
}

// The facts of a request that its answer is checked against.
struct Asked {
  const char* response;  // The name of the element that must come.
  uint32_t max_elements;
};

Status check_scan(const PageScan& scan, const Asked& asked, const message::Expected& expected) {
  const Endpoint& endpoint = expected.endpoint;
  Status related =
      message::check_relates_to(scan.envelope.relates_to, expected.message_id, endpoint);
  if (!related.ok()) return related;
  // An answer that is well-formed and of another operation has no items to trust.
  if (scan.envelope.response != asked.response) {
    return xml::protocol_error("The answer of " + endpoint.display() + " has no " + asked.response,
                               code::kNoResults, AdviceKey::enumerate_otherwise);
  }
  // w:MaxElements is an upper bound; 0 was sent as 1.
  if (scan.count > std::max<size_t>(asked.max_elements, 1)) {
    return xml::protocol_error(endpoint.display() + " sent " + std::to_string(scan.count) +
                                   " items, more than the " + std::to_string(asked.max_elements) +
                                   " asked for",
                               code::kTooManyItems, AdviceKey::enumerate_otherwise);
  }
  return Done{};
}

// The EnumerationContext of a page, found as the scanner finds it; null if there is none.
xmlNodePtr find_context(xmlNodePtr root) {
  xmlNodePtr response = nullptr;
  for (xmlNodePtr section = xml::first_element(root); section != nullptr && response == nullptr;
       section = xmlNextElementSibling(section)) {
    if (xml::is_element(section, ns::kSoap, "Body")) response = xml::first_element(section);
  }
  xmlNodePtr context = nullptr;
  for (xmlNodePtr part = xml::first_element(response); part != nullptr;
       part = xmlNextElementSibling(part)) {
    if (xml::is_element(part, ns::kEnumeration, "EnumerationContext") ||
        xml::is_element(part, ns::kWsman, "EnumerationContext"))
      context = part;
  }
  return context;
}

// The content of the EnumerationContext as XML: a server may put elements into it, and gets back
// what it sent [WS-Enumeration 3.1]. Nothing if a tree has none: the reader of trees is stricter.
Result<std::optional<std::string>> context_of(const std::string& answer, PageScan& scan,
                                              const Call* call) {
  if (scan.context_has_elements) {
    const xml::Reading reading = xml::read_xml(answer, call);
    xmlNodePtr context = reading.document == nullptr
                             ? nullptr
                             : find_context(xmlDocGetRootElement(reading.document.get()));
    if (context == nullptr) return std::optional<std::string>();
    const Result<std::string> content = xml::inner_xml_of(context);
    // The server has opened or moved the enumeration, and for lack of memory its context is lost.
    if (!content.ok()) return out_of_memory(Outcome::unknown);
    return std::optional<std::string>(xml::stripped(content.value()));
  }
  // Mostly it is a number or a GUID.
  if (scan.context.find_first_of("&<>\r") == std::string::npos)
    return std::optional<std::string>(std::move(scan.context));
  std::string content = xml::escaped(scan.context);
  if (content.empty()) return out_of_memory(Outcome::unknown);
  return std::optional<std::string>(std::move(content));
}

// Reads the page in an answer. Its bytes are moved into the page: it may have megabytes.
Result<Page> page_of(HttpResponse response, const Asked& asked, const message::Expected& expected) {
  const auto refused = [&] { return not_a_page(response, expected); };
  if (response.status != 200 || !message::may_be_soap(response)) return refused();
  // Before the scan: scanner and caller both take UTF-8.
  if (!xml::make_utf8(response.body, response.charset).ok()) return refused();
  response.charset = "UTF-8";
  PageScan scan = scan_page(response.body, expected.call);
  if (!scan.envelope.is_answer()) return refused();
  const Status checked = check_scan(scan, asked, expected);
  if (!checked.ok()) return checked.error();
  // OMI repeats the context beside the end of the sequence. There is nothing to pull or release
  // then.
  std::string next;
  if (!scan.end) {
    Result<std::optional<std::string>> context = context_of(response.body, scan, expected.call);
    if (!context.ok()) return context.error();
    if (!context.value()) return refused();
    next = std::move(*context.value());
  }
  return Page{std::move(response.body), scan.count, std::move(scan.envelope.language),
              std::move(next), scan.end};
}

Result<std::string> context_body(const char* element, const std::string& enumeration_context,
                                 uint32_t max_elements) {
  const Status checked = xml::check_text(enumeration_context, "enumeration context");
  if (!checked.ok()) return checked.error();
  xml::XmlWriter writer;
  writer.start(element);
  writer.declare("n", ns::kEnumeration);
  writer.start("n:EnumerationContext");
  writer.raw(enumeration_context);
  writer.end();
  if (max_elements > 0) writer.element("n:MaxElements", std::to_string(max_elements));
  writer.end();
  return writer.take();
}

}  // namespace

Result<Page> enumerate(const message::Context& context, const message::Target& target,
                       const Query& query, uint32_t max_elements,
                       message::OperationSequence& sequence, const Call& call) {
  Result<std::string> body = enumerate_body(target, query, max_elements);
  if (!body.ok()) return body.error();
  // Not idempotent: each Enumerate that is carried out leaves a context, and only its answer names
  // it.
  const message::Request request{
      .operation = "Enumerate", .action = action_of("Enumerate"), .body = std::move(body.value())};
  Result<message::Answer> answer = message::send_request(context, target, request, sequence, call);
  if (!answer.ok()) return answer.error();
  Result<Page> page =
      page_of(std::move(answer.value().response), {"EnumerateResponse", max_elements},
              expected(context, answer.value().message_id, call));
  // Items that came are handed out, whatever is wrong with what comes after them.
  if (!page.ok() || page.value().count > 0) return page;
  if (page.value().end || !page.value().context.empty()) return page;
  return no_way_on(context.endpoint);
}

Error no_way_on(const Endpoint& endpoint) {
  return xml::protocol_error(
      "The answer of " + endpoint.display() + " has neither a context to go on with nor an end",
      code::kNoContext, AdviceKey::enumerate_otherwise);
}

Result<Page> pull(const message::Context& context, const message::Target& target,
                  const std::string& enumeration_context, uint32_t max_elements,
                  message::OperationSequence& sequence, const Call& call) {
  Result<std::string> body =
      context_body("n:Pull", enumeration_context, std::max(max_elements, 1U));
  if (!body.ok()) return body.error();
  // Not idempotent: the server moves on with each Pull, so a second one would skip a page.
  const message::Request request{
      .operation = "Pull", .action = action_of("Pull"), .body = std::move(body.value())};
  Result<message::Answer> answer = message::send_request(context, target, request, sequence, call);
  if (!answer.ok()) return answer.error();
  Result<Page> page = page_of(std::move(answer.value().response), {"PullResponse", max_elements},
                              expected(context, answer.value().message_id, call));
  // A context that the answer leaves out is the one of before.
  if (page.ok() && !page.value().end && page.value().context.empty())
    page.value().context = enumeration_context;
  return page;
}

Status release(const message::Context& context, const message::Target& target,
               const std::string& enumeration_context, message::OperationSequence& sequence,
               const Call& call) {
  // With the target of the Enumerate: Pull and Release continue it, under the same rights [DSP0226
  // 8.1].
  Result<std::string> body = context_body("n:Release", enumeration_context, 0);
  if (!body.ok()) return body.error();
  const message::Request request{
      .operation = "Release", .action = action_of("Release"), .body = std::move(body.value())};
  const Result<message::Answer> answer =
      message::send_request(context, target, request, sequence, call);
  if (!answer.ok()) return answer.error();
  const Result<message::Envelope> envelope = message::read_answer(
      answer.value().response, expected(context, answer.value().message_id, call));
  if (!envelope.ok()) return envelope.error();
  return message::check_relates_to(envelope.value().relates_to(), answer.value().message_id,
                                   context.endpoint);
}

}  // namespace wsman::operation
