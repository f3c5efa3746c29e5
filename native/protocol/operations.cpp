#include "protocol/operations.h"

#include <utility>

#include "protocol/body.h"
#include "protocol/change.h"
#include "protocol/errors.h"
#include "protocol/exchange.h"
#include "protocol/shell.h"

namespace wsman {
namespace {

constexpr const char* kAnswerAdvice =
    "Check the resource URI, and look for an update of the server.";

std::string identify_envelope() {
  return std::string("<s:Envelope xmlns:s=\"") + ns::kSoap + "\" xmlns:wsmid=\"" + ns::kIdentity +
         "\"><s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>";
}

std::string transfer(const char* name) { return std::string(ns::kTransfer) + "/" + name; }

Request get_request() { return {"Get", transfer("Get"), "", true, true}; }

Error lacking(const OperationContext& context, const std::string& what, uint32_t code) {
  return protocol_error("The answer of " + context.endpoint.display() + " has " + what, code,
                        kAnswerAdvice);
}

std::string document_of(const Envelope& envelope, xmlNodePtr element) {
  return element == nullptr ? "" : xml_of(element, envelope.language());
}

// A fragment comes in a wrapper, without which it cannot be told from a whole [DSP0226 7.7].
Status check_fragment(const OperationContext& context, const Target& target, xmlNodePtr element) {
  if (target.fragment.empty() || is_element(element, ns::kWsman, "XmlFragment")) return Done{};
  return lacking(context, "no XmlFragment around the fragment that was asked for",
                 code::kNoFragment);
}

// Get, with the answer still a tree.
Result<Envelope> ask_get(const OperationContext& context, const Target& target, const Call& call) {
  Result<Envelope> envelope = ask(context, target, get_request(), call);
  if (!envelope.ok()) return envelope;
  xmlNodePtr element = envelope.value().body_child();
  if (element == nullptr) return lacking(context, "no instance in it", code::kNoResults);
  const Status fragment = check_fragment(context, target, element);
  if (!fragment.ok()) return fragment.error();
  return envelope;
}

// What Get answers, with the values in it.
Result<std::string> changed_body(const OperationContext& context, const Target& target,
                                 const Content& content, const Call& call) {
  if (!content.document.empty()) return put_body(target, content.document);
  const Result<Envelope> envelope = ask_get(context, target, call);
  if (!envelope.ok()) return envelope.error();
  xmlNodePtr root = envelope.value().body_child();
  const Status changed = change_values(root, content.values, target.resource_uri);
  if (!changed.ok()) return changed.error();
  return xml_of(root);
}

bool is_uri(const std::string& action) { return action.find(':') != std::string::npos; }

std::string action_uri(const Target& target, const std::string& action) {
  if (is_uri(action)) return action;
  if (is_shell(target.resource_uri)) return shell_action(action);
  const bool slash = !target.resource_uri.empty() && target.resource_uri.back() == '/';
  return target.resource_uri + (slash ? "" : "/") + action;
}

}  // namespace

Result<Identity> identify(const OperationContext& context, bool anonymous, const Call& call) {
  const Result<HttpResponse> response =
      send_envelope(context, {"Identify", identify_envelope(), anonymous, true}, call);
  if (!response.ok()) return response.error();
  const Result<Envelope> envelope = read_answer(response.value(), context.endpoint);
  if (!envelope.ok()) return envelope.error();
  xmlNodePtr answer = envelope.value().body_child();
  // OMI puts the element into the SOAP namespace, so only its local name counts.
  if (answer == nullptr || name_of(answer) != "IdentifyResponse") {
    return protocol_error(context.endpoint.display() + " did not answer Identify",
                          code::kNoIdentify, "Check that a WS-Management service listens there.");
  }
  return Identity{text_of(child_named(answer, "ProtocolVersion")),
                  text_of(child_named(answer, "ProductVendor")),
                  text_of(child_named(answer, "ProductVersion")), xml_of(answer)};
}

Result<std::string> get(const OperationContext& context, const Target& target, const Call& call) {
  const Result<Envelope> envelope = ask_get(context, target, call);
  if (!envelope.ok()) return envelope.error();
  return document_of(envelope.value(), envelope.value().body_child());
}

Result<std::string> set(const OperationContext& context, const Target& target,
                        const Content& content, const Call& call) {
  Result<std::string> body = changed_body(context, target, content, call);
  if (!body.ok()) return body;
  const Request request{"Put", transfer("Put"), std::move(body.value()), false,
                        true,  &content.secrets};
  const Result<Envelope> envelope = ask(context, target, request, call);
  if (!envelope.ok()) return envelope.error();
  xmlNodePtr element = envelope.value().body_child();
  if (element == nullptr) return std::string();
  const Status fragment = check_fragment(context, target, element);
  if (!fragment.ok()) return fragment.error();
  return document_of(envelope.value(), element);
}

Result<std::string> create(const OperationContext& context, const Target& target,
                           const Content& content, const Call& call) {
  Result<std::string> body = create_body(target, content);
  if (!body.ok()) return body;
  const Request request{"Create", transfer("Create"), std::move(body.value()), false,
                        false,    &content.secrets};
  const Result<Envelope> envelope = ask(context, target, request, call);
  if (!envelope.ok()) return envelope.error();
  xmlNodePtr created = envelope.value().body_child("ResourceCreated");
  if (created == nullptr) created = envelope.value().body_child();
  if (created == nullptr)
    return lacking(context, "no reference to what was created", code::kNoReference);
  return document_of(envelope.value(), created);
}

Status remove(const OperationContext& context, const Target& target, const Call& call) {
  const Result<Envelope> envelope = ask(context, target, {"Delete", transfer("Delete"), ""}, call);
  if (!envelope.ok()) return envelope.error();
  return Done{};
}

Result<std::string> invoke(const OperationContext& context, const Target& target,
                           const std::string& action, const Content& content, const Call& call) {
  const std::string name = is_uri(action) ? last_segment(action) : action;
  Result<std::string> body = invoke_body(target, name, content);
  if (!body.ok()) return body;
  const Request request{
      "Invoke " + name, action_uri(target, action), std::move(body.value()), false, false,
      &content.secrets};
  const Result<Envelope> envelope = ask(context, target, request, call);
  if (!envelope.ok()) return envelope.error();
  return document_of(envelope.value(), envelope.value().body_child());
}

}  // namespace wsman
