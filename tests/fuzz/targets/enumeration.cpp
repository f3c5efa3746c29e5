// What a server answers to Enumerate, and what the next request takes of it: the context, which may
// be any XML.
#include "protocol/operation/enumeration.h"

#include <memory>
#include <string>
#include <string_view>

#include "fuzz.h"
#include "protocol/xml/names.h"
#include "protocol/xml/xml.h"

namespace wsman::fuzz {
namespace {

constexpr uint32_t kMostItems = 20;

// Answers each request with the same bytes, and keeps the last one.
class Answering : public Transport {
 public:
  explicit Answering(std::string_view body) : body_(body) {}

  Result<HttpResponse> exchange(const HttpRequest& request, const Call&) override {
    asked_ = request.content();
    return HttpResponse{200, "application/soap+xml", "", body_};
  }
  CloseOutcome close(const Call&) override { return {}; }
  int connections() const override { return 0; }

  const std::string& asked() const { return asked_; }

 private:
  const std::string body_;
  std::string asked_;
};

std::string content_of(xmlNodePtr element) {
  const Result<std::string> content = xml::inner_xml_of(element);
  demand(content.ok(), "A content cannot be written");
  return content.ok() ? content.value() : std::string();
}

// `context` alone, where the prefixes are declared that are in force in `sent`: one that the server
// left undeclared means there what it means in the request.
std::string content_alone(xmlNodePtr sent, const std::string& context) {
  std::string alone = "<n:EnumerationContext";
  // No prefix is declared twice in a request.
  for (const xmlNode* at = sent; at->type == XML_ELEMENT_NODE; at = at->parent) {
    for (const xmlNs* one = at->nsDef; one != nullptr; one = one->next) {
      alone += std::string(" xmlns:") + reinterpret_cast<const char*>(one->prefix) + "=\"" +
               reinterpret_cast<const char*>(one->href) + "\"";
    }
  }
  const xml::Reading reading = xml::read_xml(alone + ">" + context + "</n:EnumerationContext>");
  demand(reading.flaw == xml::XmlFlaw::none, "A context is not well-formed");
  return content_of(xmlDocGetRootElement(reading.document.get()));
}

// A Pull or Release has one context, and this one.
void check_context(const std::string& envelope, const std::string& context) {
  const xml::Reading reading = xml::read_xml(envelope);
  demand(reading.flaw == xml::XmlFlaw::none, "A request is not well-formed");
  xmlNodePtr root = xmlDocGetRootElement(reading.document.get());
  demand(xmlChildElementCount(root) == 2, "A request has more than a Header and a Body");
  xmlNodePtr body = xml::child_named(root, "Body");
  demand(xmlChildElementCount(body) == 1, "A request asks for two things");
  xmlNodePtr sent = xml::first_element(xml::first_element(body));
  demand(xml::is_element(sent, ns::kEnumeration, "EnumerationContext"), "A context is missing");
  demand(content_of(sent) == content_alone(sent, context), "Another context is sent");
}

void go_through_pages(std::string_view bytes) {
  Answering server(bytes);
  const message::RequestHeaders headers;
  const message::Context context{server, kServer, headers};
  const message::Target target{"urn:thing", {}, {}, {}, {}};
  message::OperationSequence sequence;
  Cancellation cancellation;
  const Call call{cancellation};
  const auto page = operation::enumerate(context, target, {}, kMostItems, sequence, call);
  if (!page.ok()) return demand(!page.error().message.empty(), "An error says nothing");
  demand(page.value().count <= kMostItems, "There are more items than were asked for");
  demand(page.value().count > 0 || page.value().end || !page.value().context.empty(),
         "There is no way on, and nobody says so");
  const std::string& next = page.value().context;
  demand(next.empty() || !page.value().end, "It goes on behind the end");
  if (next.empty()) return;
  (void)operation::pull(context, target, next, kMostItems, sequence, call);
  check_context(server.asked(), next);
  (void)operation::release(context, target, next, sequence, call);
  check_context(server.asked(), next);
}

const Target enumeration_target{"enumeration", go_through_pages};

}  // namespace
}  // namespace wsman::fuzz
