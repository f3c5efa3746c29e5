#include "wsman/service.h"

#include <memory>
#include <string_view>
#include <utility>

#include "wsman/envelope.h"
#include "wsman/fault.h"
#include "wsman/names.h"
#include "wsman/soap_request.h"

namespace wsman::service {
namespace {

bool is_identify(const SoapRequest& request) {
  return request.body_is(kIdentityNamespace, "Identify");
}

bool has_soap_body(const Request& request) {
  const std::string type = request.field("Content-Type").value_or("");
  return same_ignoring_case(std::string_view(type).substr(0, type.find(';')),
                            "application/soap+xml");
}

// [DSP0226 11] The operating system is told only to those who have proved who they are.
std::string identify_answer(const Flavour& flavour, bool authenticated) {
  const bool masked = flavour.family == Family::windows && !authenticated;
  const std::string inner =
      leaf("wsmid:ProtocolVersion", kWsmanNamespace) + leaf("wsmid:ProductVendor", flavour.vendor) +
      leaf("wsmid:ProductVersion", masked ? "OS: 0.0.0 SP: 0.0 Stack: 3.0" : flavour.version);
  const std::string declaration = " xmlns:wsmid=\"" + std::string(kIdentityNamespace) + "\"";
  // OMI has the element in the namespace of SOAP.
  const std::string name = flavour.family == Family::omi ? flavour.tag(Ns::soap, "IdentifyResponse")
                                                         : "wsmid:IdentifyResponse";
  return wrap(name + declaration, inner);
}

// The reason of a fault in another language before its own [SOAP 1.2 5.4.2].
void add_german_reason(Response& response) {
  const std::size_t language = response.body.find("Text xml:lang=");
  const std::size_t at = response.body.rfind('<', language);
  if (language == std::string::npos || at == std::string::npos) return;
  const std::string name = response.body.substr(at + 1, language + 4 - at - 1);
  response.body.insert(at,
                       "<" + name + " xml:lang=\"de-DE\">Das gibt es hier nicht.</" + name + ">");
}

Response invalid_xml(const Flavour& flavour) {
  Fault fault;
  fault.code = kInvalidXml;
  fault.reason = "The request is not a well-formed SOAP 1.2 envelope.";
  return fault_response(flavour, fault, "");
}

}  // namespace

Service::Service(Authenticator authenticator, Digest digest, Gatekeeper gatekeeper,
                 const ServiceOptions& options, Counts& counts, Journal& journal)
    : authenticator_(std::move(authenticator)),
      digest_(std::move(digest)),
      gatekeeper_(std::move(gatekeeper)),
      family_(options.family),
      counts_(counts),
      journal_(journal),
      operations_(options, counts, authenticator_) {}

void Service::serve(const ExchangePtr& exchange, const Quirks& quirks) {
  const Request& request = exchange->request();
  const Flavour& flavour = flavour_of(quirks.family.value_or(family_));
  if (request.method != "POST") {
    exchange->answer(html_page(405, "Method Not Allowed"));
    return;
  }
  if (quirks.silent && !request.field("Authorization")) return;
  if (quirks.two_texts) exchange->before_answer(add_german_reason);
  const Gatekeeper::Verdict verdict = gatekeeper_.authenticate(exchange, quirks.gss);
  // What came under seal is opened by now.
  journal_.add(request);
  if (verdict == Gatekeeper::Verdict::answered) return;
  if (verdict == Gatekeeper::Verdict::accepted) {
    serve_authenticated(exchange, flavour, quirks);
    return;
  }
  bool stale = false;
  switch (authenticate(request, quirks, stale)) {
    case Authenticator::Verdict::no_credentials:
      serve_anonymous(exchange, flavour, quirks);
      return;
    case Authenticator::Verdict::refused:
      refuse_credentials(exchange, quirks, stale);
      return;
    case Authenticator::Verdict::accepted:
      serve_authenticated(exchange, flavour, quirks);
      return;
  }
}

Authenticator::Verdict Service::authenticate(const Request& request, const Quirks& quirks,
                                             bool& stale) {
  using Verdict = Authenticator::Verdict;
  if (!digest_.is_for(request)) {
    return gatekeeper_.offers_basic() ? authenticator_.authenticate(request)
                                      : Verdict::no_credentials;
  }
  const Digest::Verdict verdict = digest_.authenticate(request, quirks.digest);
  stale = verdict == Digest::Verdict::stale;
  if (verdict != Digest::Verdict::accepted) return Verdict::refused;
  ++counts_.security().digest;
  return Verdict::accepted;
}

void Service::serve_anonymous(const ExchangePtr& exchange, const Flavour& flavour,
                              const Quirks& quirks) {
  const Request& request = exchange->request();
  if (!same_ignoring_case(request.field("WSMANIDENTIFY").value_or(""), "unauthenticated")) {
    refuse_credentials(exchange, quirks);
    return;
  }
  const auto message = SoapRequest::read(request.body);
  if (!message || !is_identify(*message)) {
    refuse_credentials(exchange, quirks);
    return;
  }
  identify(exchange, flavour, false);
}

void Service::serve_authenticated(const ExchangePtr& exchange, const Flavour& flavour,
                                  const Quirks& quirks) {
  // A step of an authentication that somebody in front of the service has carried out: it has no
  // message.
  if (exchange->request().body.empty()) {
    exchange->answer(Response());
    return;
  }
  if (!has_soap_body(exchange->request())) {
    exchange->answer(html_page(415, "Unsupported Media Type"));
    return;
  }
  auto message = SoapRequest::read(exchange->request().body);
  if (!message) {
    exchange->answer(invalid_xml(flavour));
    return;
  }
  if (is_identify(*message)) {
    identify(exchange, flavour, true);
    return;
  }
  operations_.carry_out(exchange, std::make_shared<const SoapRequest>(std::move(*message)), flavour,
                        quirks);
}

void Service::refuse_credentials(const ExchangePtr& exchange, const Quirks& quirks, bool stale) {
  counts_.refused();
  Response response = gatekeeper_.challenge(exchange->request().entrance, quirks.gss);
  digest_.challenge(response, stale, quirks.digest);
  exchange->answer(response);
}

void Service::identify(const ExchangePtr& exchange, const Flavour& flavour, bool authenticated) {
  counts_.identified(authenticated);
  exchange->answer(soap_response(flavour, 200, "", identify_answer(flavour, authenticated)));
}

void add_service(Router& router, Service& service) {
  const auto serve = [&service](const ExchangePtr& exchange, std::string_view path) {
    const auto quirks = quirks_of(path);
    if (!quirks) {
      exchange->answer(html_page(404, "Not Found"));
      return;
    }
    service.serve(exchange, *quirks);
  };
  router.at("/wsman",
            [serve](const ExchangePtr& exchange, std::string_view) { serve(exchange, "/wsman"); });
  for (const char* path :
       {"/pull", "/encoding-limit", "/flavour", "/wrong-relates-to", "/no-created", "/no-fragment",
        "/teardown", "/work", "/config", "/gss", "/digest", "/silent", "/two-texts"}) {
    router.below(path, [serve, path](const ExchangePtr& exchange, std::string_view rest) {
      serve(exchange, std::string(path).append(rest));
    });
  }
}

}  // namespace wsman::service
