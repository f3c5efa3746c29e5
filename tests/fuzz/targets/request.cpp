// A request of a caller: whatever the document says, what is sent is one well-formed envelope with
// each header once, and what the document says in them and in the Body, in one well-formed HTTP
// request; or nothing is sent.
#include <libxml/parser.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "abi/documents/requests.h"
#include "abi/session_options.h"
#include "base/text.h"
#include "canonical.h"
#include "fuzz.h"
#include "protocol/operation/enumeration.h"
#include "protocol/operation/operations.h"
#include "protocol/operation/shell.h"
#include "protocol/xml/body_secret.h"
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

// Stands before each text of the values, and for a secret.
constexpr std::string_view kPlaceholder = "SecretSecretSecretSecretSecretSecretSecr";
constexpr std::string_view kSecret = "Pa55<&>\"'\r\n\tword";
constexpr std::string_view kEscapedSecret = "Pa55&lt;&amp;&gt;&quot;'&#13;&#10;&#9;word";

std::string with_secret(std::string text, std::string_view secret) {
  for (size_t at = text.find(kPlaceholder); at != std::string::npos;
       at = text.find(kPlaceholder, at + secret.size()))
    text.replace(at, kPlaceholder.size(), secret);
  return text;
}

// What is asked for, and goes into the envelope.
struct Asked {
  const abi::ResourceRequest& request;
  const message::Target& target;
  bool enumerates;

  bool is(session::Operation::Kind kind) const { return !enumerates && request.operation == kind; }
  bool has_fragment() const {
    using Kind = session::Operation::Kind;
    return (is(Kind::get) || is(Kind::set)) && !target.fragment.empty();
  }
  // The values are the elements of the Body, by their names.
  bool has_values() const {
    using Kind = session::Operation::Kind;
    return (is(Kind::create) || is(Kind::invoke)) && request.content.document.empty() &&
           !operation::is_shell(target.resource_uri);
  }
  // It is the element of the Body.
  bool has_document() const {
    using Kind = session::Operation::Kind;
    return (is(Kind::create) || is(Kind::invoke) || (is(Kind::set) && target.fragment.empty())) &&
           !request.content.document.empty();
  }
};

std::string taken(xmlChar* text) {
  std::string copy = text == nullptr ? "" : reinterpret_cast<const char*>(text);
  xmlFree(text);
  return copy;
}

// All of it, with the white space around.
std::string raw_text(xmlNodePtr element) { return taken(xmlNodeGetContent(element)); }

std::string raw_attribute(xmlNodePtr element, const char* name) {
  return taken(xmlGetNoNsProp(element, reinterpret_cast<const xmlChar*>(name)));
}

bool is_nil(xmlNodePtr element) {
  return taken(xmlGetNsProp(element, BAD_CAST "nil", BAD_CAST ns::kXsi)) == "true";
}

int levels_of(xmlNodePtr element) {
  int below = 0;
  for (xmlNodePtr one = xml::first_element(element); one != nullptr;
       one = xmlNextElementSibling(one))
    below = std::max(below, levels_of(one));
  return 1 + below;
}

xml::Document read_envelope(const std::string& text) {
  xml::Reading envelope = xml::read_xml(text);
  if (envelope.flaw == xml::XmlFlaw::none) return std::move(envelope.document);
  // What is just affordable as a document of its own is above the limits in an envelope.
  xml::Document large(
      xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr,
                    XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  demand(large && (envelope.flaw == xml::XmlFlaw::excessive ||
                   levels_of(xmlDocGetRootElement(large.get())) > xml::kMostLevels),
         "An envelope is not well-formed");
  return large;
}

// An envelope, and what stands in it for the placeholder.
class Sent {
 public:
  Sent(const std::string& text, const Asked& asked, std::string_view secret)
      : document_(read_envelope(text)), asked_(asked), secret_(secret) {}

  void check() const {
    xmlNodePtr root = xmlDocGetRootElement(document_.get());
    xmlNodePtr header = xml::first_element(root);
    xmlNodePtr body = xmlNextElementSibling(header);
    demand(xml::is_element(root, ns::kSoap, "Envelope") &&
               xml::is_element(header, ns::kSoap, "Header") &&
               xml::is_element(body, ns::kSoap, "Body") && xmlChildElementCount(root) == 2,
           "An envelope has more than a Header and a Body");
    demand(xmlChildElementCount(body) <= 1, "A Body has two elements");
    check_headers(header);
    check_selectors(xml::child_named(header, "SelectorSet"));
    check_options(xml::child_named(header, "OptionSet"));
    check_fragment(xml::child_named(header, "FragmentTransfer"));
    if (asked_.has_values()) check_values(xml::first_element(body));
  }

  // Before the secret stands in it.
  void check_document() const {
    if (!asked_.has_document()) return;
    const xml::Reading given = xml::read_xml(asked_.request.content.document);
    xmlNodePtr body = xml::child_named(xmlDocGetRootElement(document_.get()), "Body");
    demand(given.document && canonical(xml::first_element(body)) ==
                                 canonical(xmlDocGetRootElement(given.document.get())),
           "Another document is sent");
  }

 private:
  bool is(const std::string& sent, std::string_view wanted) const {
    return sent == with_secret(std::string(wanted), secret_);
  }

  void check_headers(xmlNodePtr header) const {
    std::set<std::string_view> names;
    for (xmlNodePtr one = xml::first_element(header); one != nullptr;
         one = xmlNextElementSibling(one))
      demand(names.insert(xml::name_of(one)).second, "A header stands twice");
    for (const char* name : {"To", "Action", "MessageID", "ResourceURI", "MaxEnvelopeSize"})
      demand(names.count(name) == 1, "A header is missing");
    demand(is(xml::text_of(xml::child_named(header, "ResourceURI")),
              xml::stripped(asked_.target.resource_uri)),
           "The envelope is about another resource");
  }

  void check_selectors(xmlNodePtr set) const {
    xmlNodePtr one = xml::first_element(set);
    for (const message::Selector& selector : asked_.target.selectors) {
      demand(one != nullptr && is(raw_attribute(one, "Name"), selector.name) &&
                 (selector.is_reference || is(raw_text(one), selector.value)),
             "A selector is missing, or another one");
      one = xmlNextElementSibling(one);
    }
    demand(one == nullptr, "There is a selector too many");
  }

  void check_options(xmlNodePtr set) const {
    xmlNodePtr one = xml::first_element(set);
    for (const message::Option& option : asked_.target.options) {
      demand(one != nullptr && is(raw_attribute(one, "Name"), option.name) &&
                 is(raw_text(one), option.value.value_or("")) &&
                 is_nil(one) == !option.value.has_value(),
             "An option is missing, or another one");
      one = xmlNextElementSibling(one);
    }
    demand(one == nullptr, "There is an option too many");
  }

  void check_fragment(xmlNodePtr fragment) const {
    demand((fragment != nullptr) == asked_.has_fragment(), "A fragment is missing, or too many");
    if (fragment == nullptr) return;
    demand(is(raw_text(fragment), asked_.target.fragment) &&
               is(raw_attribute(fragment, "Dialect"), asked_.target.fragment_dialect),
           "Another fragment is meant");
  }

  void check_values(xmlNodePtr root) const {
    xmlNodePtr one = xml::first_element(root);
    for (const operation::NamedValues& named : asked_.request.content.values) {
      for (const operation::Value& value : named.values) {
        using Kind = operation::Value::Kind;
        demand(one != nullptr && xml::name_of(one) == named.name, "A value is missing");
        demand(value.kind != Kind::text || is(raw_text(one), value.text), "A value is another one");
        demand(value.kind == Kind::xml || is_nil(one) == (value.kind == Kind::nil),
               "Whether a value is null is said otherwise");
        one = xmlNextElementSibling(one);
      }
    }
    demand(one == nullptr, "There is a value too many");
  }

  const xml::Document document_;
  const Asked& asked_;
  const std::string_view secret_;
};

void check_envelope(std::string text, const Asked& asked) {
  demand(xml::make_utf8(text).ok(), "An envelope is in no encoding");
  const Sent sent(text, asked, kPlaceholder);
  sent.check();
  sent.check_document();
  if (text.find(kPlaceholder) == std::string::npos) return;
  const Result<Secret> filled =
      xml::filled_in(text, {{std::string(kPlaceholder), std::make_shared<const Secret>(kSecret)}});
  demand(filled.ok() && filled.value().view() == with_secret(text, kEscapedSecret),
         "More is changed than a placeholder, or less");
  Sent(std::string(filled.value().view()), asked, kSecret).check();
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
  Looking(const TransportOptions& options, const Asked& asked) : options_(options), asked_(asked) {}

  Result<HttpResponse> exchange(const HttpRequest& request, const Call&) override {
    check_envelope(std::string(request.content()), asked_);
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
  const Asked& asked_;
};

// The mechanisms that ask no KDC.
bool is_plain(AuthenticationKind kind) {
  return kind == AuthenticationKind::none || kind == AuthenticationKind::basic ||
         kind == AuthenticationKind::digest;
}

// Not of a shell, whose values are names and numbers.
void lead_with_placeholder(abi::ResourceRequest& request, const message::Target& target) {
  if (operation::is_shell(target.resource_uri)) return;
  for (operation::NamedValues& named : request.content.values)
    for (operation::Value& value : named.values)
      if (value.kind == operation::Value::Kind::text) value.text.insert(0, kPlaceholder);
}

void perform(const Asked& asked, const message::Context& context) {
  const auto& [request, target, enumerates] = asked;
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
  lead_with_placeholder(request.value(), target.value());
  const Asked asked{request.value(), target.value(), enumerates};
  Looking looking(transport, asked);
  perform(asked, {looking, transport.endpoint, options.value().headers});
}

const Target request_target{"request", send_request};

}  // namespace
}  // namespace wsman::fuzz
