#include "protocol/operations.h"

namespace wsman {
namespace {

constexpr uint32_t kNoIdentify = 0x803381F9;

std::string identify_envelope() {
  return std::string("<s:Envelope xmlns:s=\"") + ns::kSoap + "\" xmlns:wsmid=\"" + ns::kIdentity +
         "\"><s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>";
}

}  // namespace

Result<Identity> identify(const OperationContext& context, bool anonymous, const Call& call) {
  HttpRequest request = to_http(identify_envelope(), context.encoding);
  request.anonymous_identify = anonymous;
  request.idempotent = true;
  Result<HttpResponse> response = context.transport.exchange(request, call);
  if (!response.ok()) return response.error();
  const Result<Envelope> envelope = read_answer(response.value(), context.endpoint);
  if (!envelope.ok()) return envelope.error();
  xmlNodePtr answer = envelope.value().body_child();
  // OMI puts the element into the SOAP namespace, so only its local name counts.
  if (answer == nullptr ||
      std::string_view(reinterpret_cast<const char*>(answer->name)) != "IdentifyResponse") {
    return Error{ErrorCode::protocol,
                 with_code(context.endpoint.display() + " did not answer Identify", kNoIdentify) +
                     ". Check that a WS-Management service listens there.",
                 kNoIdentify,
                 {}};
  }
  return Identity{text_of(child_named(answer, "ProtocolVersion")),
                  text_of(child_named(answer, "ProductVendor")),
                  text_of(child_named(answer, "ProductVersion")), xml_of(answer)};
}

}  // namespace wsman
