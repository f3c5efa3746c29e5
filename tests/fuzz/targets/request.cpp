// A request of a caller: whatever the document says, what is sent is one well-formed envelope with
// each header once, in one well-formed HTTP request; or nothing is sent.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "abi/documents/requests.h"
#include "abi/session_options.h"
#include "base/text.h"
#include "fuzz.h"
#include "protocol/operation/enumeration.h"
#include "protocol/operation/operations.h"
#include "protocol/xml/encoding.h"
#include "protocol/xml/names.h"
#include "protocol/xml/xml.h"
#include "transport/authentication/mechanisms.h"
#include "transport/http/codec.h"

namespace wsman::fuzz {
namespace {

// What Get, Pull and the others are answered.
constexpr const char* kAnswer =
    "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:xsi="
    "'http://www.w3.org/2001/XMLSchema-instance'><s:Body><p:Thing xmlns:p='urn:thing'>"
    "<p:Name>a</p:Name><p:Nil xsi:nil='true'/><p:Tag>b</p:Tag><p:Tag>c</p:Tag></p:Thing></s:Body>"
    "</s:Envelope>";

void check_envelope(std::string text, const message::Target& target) {
  demand(xml::make_utf8(text).ok(), "An envelope is in no encoding");
  const xml::Reading envelope = xml::read_xml(text);
  demand(envelope.flaw == xml::XmlFlaw::none, "An envelope is not well-formed");
  xmlNodePtr root = xmlDocGetRootElement(envelope.document.get());
  xmlNodePtr header = xml::first_element(root);
  xmlNodePtr body = xmlNextElementSibling(header);
  demand(xml::is_element(root, ns::kSoap, "Envelope") &&
             xml::is_element(header, ns::kSoap, "Header") &&
             xml::is_element(body, ns::kSoap, "Body") && xmlChildElementCount(root) == 2,
         "An envelope has more than a Header and a Body");
  demand(xmlChildElementCount(body) <= 1, "A Body has two elements");
  std::set<std::string_view> names;
  for (xmlNodePtr one = xml::first_element(header); one != nullptr;
       one = xmlNextElementSibling(one))
    demand(names.insert(xml::name_of(one)).second, "A header stands twice");
  for (const char* name : {"To", "Action", "MessageID", "ResourceURI", "MaxEnvelopeSize"})
    demand(names.count(name) == 1, "A header is missing");
  xmlNodePtr selectors = xml::child_named(header, "SelectorSet");
  const size_t count = selectors == nullptr ? 0 : xmlChildElementCount(selectors);
  demand(count == target.selectors.size(), "A selector is missing, or there is one too many");
  demand(
      xml::text_of(xml::child_named(header, "ResourceURI")) == xml::stripped(target.resource_uri),
      "The envelope is about another resource");
}

// A head of this many lines, each with a name that no other has.
void check_head(std::string_view message, bool anonymous) {
  const size_t end = message.find("\r\n\r\n");
  demand(end != std::string_view::npos, "A head has no end");
  std::string_view head = message.substr(0, end + 2);
  demand(head.find_first_of(std::string_view("\0", 1)) == std::string_view::npos, "A NUL");
  const std::string_view line = head.substr(0, head.find("\r\n"));
  demand(std::count(line.begin(), line.end(), ' ') == 2,
         "A request line has more than three words");
  head.remove_prefix(line.size() + 2);
  std::set<std::string> names;
  while (!head.empty()) {
    const std::string_view field = head.substr(0, head.find("\r\n"));
    demand(field.find_first_of("\r\n") == std::string_view::npos, "A bare line end in a head");
    demand(names.insert(lower_case(field.substr(0, field.find(": ")))).second,
           "A field stands twice");
    head.remove_prefix(field.size() + 2);
  }
  names.erase("authorization");
  demand(names.size() == (anonymous ? 7U : 6U), "A head has a field too many or too few");
}

// Keeps nothing but looks at all that is sent.
class Looking : public Transport {
 public:
  Looking(const TransportOptions& options, const message::Target& target)
      : options_(options), target_(target) {}

  Result<HttpResponse> exchange(const HttpRequest& request, const Call&) override {
    check_envelope(std::string(request.content()), target_);
    Credential credential;
    credential.given = options_.credential.given;
    credential.user_name = options_.credential.user_name;
    credential.password.append("password");
    const auto mechanism =
        authentication::make_mechanism(options_, std::move(credential), policy());
    const auto context = mechanism->begin({});
    if (context->needs_challenge())
      (void)context->take_challenges(http::read_challenges({"Digest realm=r, nonce=n, qop=auth"}));
    Secret message;
    http::write_request(message, "POST", options_.endpoint.path, options_.endpoint, request,
                        *context);
    check_head(message.view(), request.anonymous_identify);
    return HttpResponse{200, "application/soap+xml", "", kAnswer};
  }
  CloseOutcome close(const Call&) override { return {}; }
  int connections() const override { return 0; }

  static authentication::Policy policy() {
    authentication::Policy policy;
    policy.allow_unencrypted = true;
    return policy;
  }

 private:
  const TransportOptions& options_;
  const message::Target& target_;
};

// The mechanisms that ask no KDC.
bool is_plain(AuthenticationKind kind) {
  return kind == AuthenticationKind::none || kind == AuthenticationKind::basic ||
         kind == AuthenticationKind::digest;
}

void perform(const abi::ResourceRequest& request, const message::Target& target, bool enumerates,
             const message::Context& context) {
  Cancellation cancellation;
  const Call call{cancellation};
  message::OperationSequence sequence;
  using Kind = session::Operation::Kind;
  if (enumerates) {
    (void)operation::enumerate(context, target, request.query, 20, sequence, call);
  } else if (request.operation == Kind::get) {
    (void)operation::get(context, target, call);
  } else if (request.operation == Kind::set) {
    (void)operation::set(context, target, request.content, call);
  } else if (request.operation == Kind::create) {
    (void)operation::create(context, target, request.content, call);
  } else if (request.operation == Kind::remove) {
    (void)operation::remove(context, target, call);
  } else {
    (void)operation::invoke(context, target, request.action, request.content, call);
  }
}

// The first byte says which kind of document the others are; a line of them can be the content.
void send_request(std::string_view input) {
  if (input.empty()) return;
  const bool enumerates = input.front() == 'E';
  const size_t line = std::min(input.find('\n'), input.size());
  const std::string text(input.substr(1, line - 1));
  Result<abi::ResourceRequest> request =
      enumerates ? abi::read_enumerate_request(text) : abi::read_operation_request(text);
  if (!request.ok()) return;
  request.value().content.document = input.substr(std::min(line + 1, input.size()));
  if (!is_plain(request.value().connection.authentication)) return;
  Result<message::Target> target = abi::take_target(request.value());
  const Result<session::SessionOptions> options =
      abi::make_session_options(request.value().connection, {}, {});
  if (!target.ok() || !options.ok()) return;
  const TransportOptions& transport = options.value().transport;
  if (!authentication::check_authentication(transport, Looking::policy()).ok()) return;
  Looking looking(transport, target.value());
  perform(request.value(), target.value(), enumerates,
          {looking, transport.endpoint, options.value().headers});
}

const Target request_target{"request", send_request};

}  // namespace
}  // namespace wsman::fuzz
