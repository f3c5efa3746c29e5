#include "protocol/operation/operations.h"

#include <utility>

#include "base/codes.h"
#include "protocol/message/exchange.h"
#include "protocol/operation/body.h"
#include "protocol/operation/change.h"
#include "protocol/operation/shell.h"
#include "protocol/xml/errors.h"

namespace wsman::operation {
namespace {

// Identify has no addressing headers and no resource [DSP0226 11].
std::string identify_envelope() {
  return std::string("<s:Envelope xmlns:s=\"") + ns::kSoap + "\" xmlns:wsmid=\"" + ns::kIdentity +
         "\"><s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>";
}

std::string transfer(const char* name) { return std::string(ns::kTransfer) + "/" + name; }

// Get changes nothing, so it may be sent again after a connection that died before any answer.
message::Request get_request() {
  return {.operation = "Get",
          .action = transfer("Get"),
          .body = {},
          .idempotent = true,
          .fragment = true};
}

Error lacking(const message::Context& context, const std::string& what, uint32_t code) {
  return xml::protocol_error("The answer of " + context.endpoint.display() + " has " + what, code,
                             AdviceKey::check_resource_or_update);
}

Error no_instance(const message::Context& context) {
  return lacking(context, "no instance in it", code::kNoResults);
}

constexpr const char* kFragment = "XmlFragment";

// A fragment comes in a w:XmlFragment, without which it cannot be told from a whole [DSP0226 7.7]:
// a server that ignored the header would answer with the instance, and a Put would write it back as
// the fragment.
Status check_fragment(const message::Context& context, const message::Target& target,
                      bool is_fragment) {
  if (target.fragment.empty() || is_fragment) return Done{};
  return lacking(context, "no XmlFragment around the fragment that was asked for",
                 code::kNoFragment);
}

// Get, with the answer as a tree, which Set changes in place.
Result<message::Envelope> ask_get(const message::Context& context, const message::Target& target,
                                  const Call& call) {
  Result<message::Envelope> envelope = ask(context, target, get_request(), call);
  if (!envelope.ok()) return envelope;
  xmlNodePtr element = envelope.value().body_child();
  if (element == nullptr) return no_instance(context);
  const Status fragment =
      check_fragment(context, target, xml::is_element(element, ns::kWsman, kFragment));
  if (!fragment.ok()) return fragment.error();
  return envelope;
}

// The document of an answer, where it is what was asked for.
Result<std::string> whole_or_fragment(const message::Context& context,
                                      const message::Target& target,
                                      message::BodyDocument& document) {
  const Status fragment =
      check_fragment(context, target, document.uri == ns::kWsman && document.name == kFragment);
  if (!fragment.ok()) return fragment.error();
  return std::move(document.xml);
}

// The body of a Put: the document, or the answer to Get with the values in it. Put replaces the
// whole representation [DSP0226 7.4], so what is not changed is sent as it came.
Result<std::string> changed_body(const message::Context& context, const message::Target& target,
                                 const Content& content, const Call& call) {
  if (!content.document.empty()) return put_body(target, content.document);
  const Result<message::Envelope> envelope = ask_get(context, target, call);
  if (!envelope.ok()) return envelope.error();
  xmlNodePtr root = envelope.value().body_child();
  const Status changed = change_values(root, content.values, target.resource_uri);
  if (!changed.ok()) return changed.error();
  return xml::xml_of(root);
}

// A name of an action has no ":", since it becomes the name of an element.
bool is_uri(const std::string& action) { return action.find(':') != std::string::npos; }

// The action of a method is the URI of its class, "/" and its name; those of shells are below the
// URI of shells, whatever the resource is.
std::string action_uri(const message::Target& target, const std::string& action) {
  if (is_uri(action)) return action;
  if (is_shell(target.resource_uri)) return shell_action(action);
  const bool slash = !target.resource_uri.empty() && target.resource_uri.back() == '/';
  return target.resource_uri + (slash ? "" : "/") + action;
}

Result<message::Envelope> ask_identify(const message::Context& context, bool anonymous,
                                       const Call& call) {
  const Result<HttpResponse> response = message::send_envelope(context,
                                                               {.subject = "Identify",
                                                                .envelope = identify_envelope(),
                                                                .anonymous_identify = anonymous,
                                                                .idempotent = true},
                                                               call);
  if (!response.ok()) return response.error();
  Result<message::Envelope> envelope =
      message::read_answer(response.value(), message::expected(context, {}, call));
  if (!envelope.ok()) return envelope;
  xmlNodePtr answer = envelope.value().body_child();
  // OMI puts the element into the SOAP namespace, so only its local name counts.
  if (answer == nullptr || xml::name_of(answer) != "IdentifyResponse") {
    return xml::protocol_error(context.endpoint.display() + " did not answer Identify",
                               code::kNoIdentify, AdviceKey::check_service);
  }
  return envelope;
}

IdentifyResponse identity_in(xmlNodePtr answer) {
  return {xml::text_of(xml::child_named(answer, "ProtocolVersion")),
          xml::text_of(xml::child_named(answer, "ProductVendor")),
          xml::text_of(xml::child_named(answer, "ProductVersion"))};
}

}  // namespace

Result<IdentifyResponse> identify(const message::Context& context, bool anonymous,
                                  const Call& call) {
  const Result<message::Envelope> envelope = ask_identify(context, anonymous, call);
  if (!envelope.ok()) return envelope.error();
  return identity_in(envelope.value().body_child());
}

Result<IdentifyDocument> identify_document(const message::Context& context, bool anonymous,
                                           const Call& call) {
  const Result<message::Envelope> envelope = ask_identify(context, anonymous, call);
  if (!envelope.ok()) return envelope.error();
  xmlNodePtr answer = envelope.value().body_child();
  IdentifyResponse identity = identity_in(answer);
  Result<std::string> xml = xml::xml_of(answer);
  if (!xml.ok()) return xml.error();
  return IdentifyDocument{std::move(identity), std::move(xml.value())};
}

Result<std::string> get(const message::Context& context, const message::Target& target,
                        const Call& call) {
  Result<message::BodyDocument> document = ask_document(context, target, get_request(), call);
  if (!document.ok()) return document.error();
  if (document.value().name.empty()) return no_instance(context);
  return whole_or_fragment(context, target, document.value());
}

Result<std::string> set(const message::Context& context, const message::Target& target,
                        const Content& content, const Call& call) {
  Result<std::string> body = changed_body(context, target, content, call);
  if (!body.ok()) return body;
  // Not idempotent, as Create, Delete and actions: whether a request that was lost has been carried
  // out is not known, and the caller decides.
  const message::Request request{.operation = "Put",
                                 .action = transfer("Put"),
                                 .body = std::move(body.value()),
                                 .fragment = true,
                                 .secrets = &content.secrets};
  Result<message::BodyDocument> document = ask_document(context, target, request, call);
  if (!document.ok()) return document.error();
  // A service may answer Put without the new representation.
  if (document.value().name.empty()) return std::string();
  return whole_or_fragment(context, target, document.value());
}

Result<std::string> create(const message::Context& context, const message::Target& target,
                           const Content& content, const Call& call) {
  Result<std::string> body = create_body(target, content);
  if (!body.ok()) return body;
  const message::Request request{.operation = "Create",
                                 .action = transfer("Create"),
                                 .body = std::move(body.value()),
                                 .secrets = &content.secrets};
  // Windows may send an rsp:Shell beside it; the reference is what the user asked for.
  Result<message::BodyDocument> document =
      ask_document(context, target, request, call, "ResourceCreated");
  if (!document.ok()) return document.error();
  if (document.value().name.empty())
    return lacking(context, "no reference to what was created", code::kNoReference);
  return std::move(document.value().xml);
}

Status remove(const message::Context& context, const message::Target& target, const Call& call) {
  const Result<message::Envelope> envelope =
      ask(context, target, {.operation = "Delete", .action = transfer("Delete"), .body = {}}, call);
  if (!envelope.ok()) return envelope.error();
  return Done{};
}

Result<std::string> invoke(const message::Context& context, const message::Target& target,
                           const std::string& action, const Content& content, const Call& call) {
  // The action of a URI is its last segment, as WMI names its methods.
  const std::string name = is_uri(action) ? message::last_segment(action) : action;
  Result<std::string> body = invoke_body(target, name, content);
  if (!body.ok()) return body;
  const message::Request request{.operation = "Invoke " + name,
                                 .action = action_uri(target, action),
                                 .body = std::move(body.value()),
                                 .secrets = &content.secrets};
  Result<message::BodyDocument> document = ask_document(context, target, request, call);
  if (!document.ok()) return document.error();
  return std::move(document.value().xml);
}

}  // namespace wsman::operation
