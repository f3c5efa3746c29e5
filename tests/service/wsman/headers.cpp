#include "wsman/headers.h"

#include <algorithm>
#include <array>
#include <utility>

#include "wsman/fault.h"

namespace wsman::service {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kKnown = {{
    {kAddressingNamespace, "To"},
    {kAddressingNamespace, "ReplyTo"},
    {kAddressingNamespace, "Action"},
    {kAddressingNamespace, "MessageID"},
    {kWsmanNamespace, "ResourceURI"},
    {kWsmanNamespace, "MaxEnvelopeSize"},
    {kWsmanNamespace, "SelectorSet"},
    {kWsmanNamespace, "OptionSet"},
    {kWsmanNamespace, "FragmentTransfer"},
    {kWsmanNamespace, "OperationTimeout"},
    {kWsmanNamespace, "Locale"},
    {kMicrosoftNamespace, "DataLocale"},
    {kMicrosoftNamespace, "SessionId"},
    {kMicrosoftNamespace, "OperationID"},
    {kMicrosoftNamespace, "SequenceId"},
}};

bool must_be_understood(const Element& block) {
  const auto value = block.attribute(kSoapNamespace, "mustUnderstand");
  return value && (*value == "true" || *value == "1");
}

void check_understood(const Element& block) {
  const bool known = std::any_of(kKnown.begin(), kKnown.end(), [&block](const auto& one) {
    return block.is(one.first, one.second);
  });
  if (known || !must_be_understood(block)) return;
  Fault fault;
  fault.code = kMustUnderstand;
  fault.reason = "The header '" + block.name() + "' is not understood.";
  fault.not_understood = block.name();
  fault.not_understood_ns = block.name_space();
  throw Refusal(std::move(fault));
}

}  // namespace

void check_headers(const SoapRequest& request) {
  for (const Element& block : request.headers().children()) check_understood(block);
  if (request.message_id().empty()) refuse(kHeaderRequired, "The request has no MessageID.");
  const std::string timeout = request.header(kWsmanNamespace, "OperationTimeout");
  if (!timeout.empty() && !parse_duration(timeout)) {
    refuse(kInvalidMessageInformationHeader, "'" + timeout + "' is no OperationTimeout.");
  }
}

std::chrono::milliseconds operation_timeout(const SoapRequest& request) {
  const auto timeout = parse_duration(request.header(kWsmanNamespace, "OperationTimeout"));
  return std::chrono::milliseconds(timeout.value_or(60000));
}

}  // namespace wsman::service
