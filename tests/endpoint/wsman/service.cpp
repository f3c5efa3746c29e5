#include "wsman/service.h"

#include <string_view>
#include <utility>

#include "wsman/envelope.h"
#include "wsman/soap_request.h"

namespace wsman::endpoint {
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
std::string identify_answer(bool authenticated) {
  std::string body = "<wsmid:IdentifyResponse xmlns:wsmid=\"";
  body.append(kIdentityNamespace);
  body +=
      "\"><wsmid:ProtocolVersion>http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
      "</wsmid:ProtocolVersion><wsmid:ProductVendor>Microsoft Corporation"
      "</wsmid:ProductVendor><wsmid:ProductVersion>";
  body += authenticated ? "OS: 10.0.20348 SP: 0.0 Stack: 3.0" : "OS: 0.0.0 SP: 0.0 Stack: 3.0";
  body += "</wsmid:ProductVersion></wsmid:IdentifyResponse>";
  return envelope("", body);
}

Response invalid_xml() {
  Fault fault;
  fault.code = 2150858819;
  fault.subcode = "wsman:InternalError";
  fault.action = kWsmanFaultAction;
  fault.reason = "The request is not a well-formed SOAP 1.2 envelope.";
  return fault_response(fault, "");
}

Response action_not_supported(const SoapRequest& request) {
  Fault fault;
  fault.code = 2150858771;
  fault.subcode = "wsa:ActionNotSupported";
  fault.action = kAddressingFaultAction;
  fault.reason = "The service does not support the action '" + request.action() + "'.";
  return fault_response(fault, request.message_id());
}

}  // namespace

Service::Service(Authenticator authenticator, Counts& counts)
    : authenticator_(std::move(authenticator)), counts_(counts) {}

void Service::serve(const ExchangePtr& exchange) {
  const Request& request = exchange->request();
  if (request.method != "POST") {
    exchange->answer(html_page(405, "Method Not Allowed"));
    return;
  }
  switch (authenticator_.judge(request)) {
    case Authenticator::Verdict::no_credentials:
      serve_anonymous(exchange);
      return;
    case Authenticator::Verdict::refused:
      refuse(exchange);
      return;
    case Authenticator::Verdict::accepted:
      serve_authenticated(exchange);
      return;
  }
}

void Service::serve_anonymous(const ExchangePtr& exchange) {
  const Request& request = exchange->request();
  if (!same_ignoring_case(request.field("WSMANIDENTIFY").value_or(""), "unauthenticated")) {
    refuse(exchange);
    return;
  }
  const auto message = SoapRequest::read(request.body);
  if (!message || !is_identify(*message)) {
    refuse(exchange);
    return;
  }
  identify(exchange, false);
}

void Service::serve_authenticated(const ExchangePtr& exchange) {
  if (!has_soap_body(exchange->request())) {
    exchange->answer(html_page(415, "Unsupported Media Type"));
    return;
  }
  const auto message = SoapRequest::read(exchange->request().body);
  if (!message) {
    exchange->answer(invalid_xml());
    return;
  }
  if (is_identify(*message)) {
    identify(exchange, true);
    return;
  }
  exchange->answer(action_not_supported(*message));
}

void Service::refuse(const ExchangePtr& exchange) {
  counts_.refused();
  exchange->answer(Authenticator::challenge());
}

void Service::identify(const ExchangePtr& exchange, bool authenticated) {
  counts_.identified(authenticated);
  Response response;
  response.content_type = kSoapContentType;
  response.body = identify_answer(authenticated);
  exchange->answer(response);
}

}  // namespace wsman::endpoint
