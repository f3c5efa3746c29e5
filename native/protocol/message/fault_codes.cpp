#include "protocol/message/fault_codes.h"

#include <array>
#include <string_view>
#include <utility>

#include "base/codes.h"
#include "protocol/xml/names.h"

namespace wsman::message {
namespace {

// A subcode, perhaps with a FaultDetail, and the code that Windows reports for both.
struct Entry {
  const char* uri;
  const char* subcode;
  const char* detail;  // The part of FaultDetail after its last "/", or "".
  uint32_t code;
};

// The entry of a subcode without a detail follows those with one, and stands for details that are
// not listed.
constexpr std::array<Entry, 91> kEntries{{
    {ns::kWsman, "AccessDenied", "", code::kAccessDenied},
    {ns::kAddressing, "ActionNotSupported", "ActionMismatch", code::kActionMismatch},
    {ns::kAddressing, "ActionNotSupported", "", code::kActionNotSupported},
    {ns::kWsman, "AlreadyExists", "", code::kAlreadyExists},
    {ns::kEnumeration, "CannotProcessFilter", "", code::kCannotEnumerateByFilter},
    {ns::kWsman, "CannotProcessFilter", "", code::kCannotProcessFilter},
    {ns::kWsman, "Concurrency", "", code::kConcurrency},
    {ns::kWsman, "DeliveryRefused", "", code::kDeliveryRefused},
    {ns::kAddressing, "DestinationUnreachable", "InvalidResourceURI", code::kInvalidResourceUri},
    {ns::kAddressing, "DestinationUnreachable", "", code::kDestinationUnreachable},
    {ns::kWsman, "EncodingLimit", "CharacterSet", code::kCharacterSet},
    {ns::kWsman, "EncodingLimit", "EncodingType", code::kEncodingType},
    {ns::kWsman, "EncodingLimit", "MaxEnvelopeSize", code::kMaxEnvelopeSize},
    {ns::kWsman, "EncodingLimit", "MaxEnvelopeSizeExceeded", code::kMaxEnvelopeExceeded},
    {ns::kWsman, "EncodingLimit", "MinimumEnvelopeLimit", code::kMinEnvelopeSize},
    {ns::kWsman, "EncodingLimit", "OptionLimit", code::kOptionLimit},
    {ns::kWsman, "EncodingLimit", "SelectorLimit", code::kSelectorLimit},
    {ns::kWsman, "EncodingLimit", "ServiceEnvelopeLimit", code::kServerEnvelopeLimit},
    {ns::kWsman, "EncodingLimit", "URILimitExceeded", code::kUriLimit},
    {ns::kWsman, "EncodingLimit", "UnreportableSuccess", code::kUnreportableSuccess},
    {ns::kWsman, "EncodingLimit", "Whitespace", code::kWhitespace},
    {ns::kWsman, "EncodingLimit", "", code::kEncodingLimit},
    {ns::kAddressing, "EndpointUnavailable", "InvalidResourceURI", code::kInvalidResourceUri},
    {ns::kAddressing, "EndpointUnavailable", "InvalidValues",
     code::kEndpointUnavailableInvalidValue},
    {ns::kAddressing, "EndpointUnavailable", "", code::kEndpointUnavailable},
    {ns::kAddressing, "EndpointUnavilable", "InvalidResourceURI", code::kInvalidResourceUri},
    {ns::kAddressing, "EndpointUnavilable", "InvalidValues",
     code::kEndpointUnavailableInvalidValue},
    {ns::kAddressing, "EndpointUnavilable", "", code::kEndpointUnavailable},
    {ns::kWsman, "EventDeliverToUnusable", "CannotComplyWithPolicy", code::kPolicyCannotComply},
    {ns::kWsman, "EventDeliverToUnusable", "PolicyTooComplex", code::kPolicyTooComplex},
    {ns::kEnumeration, "FilterDialectRequestedUnavailable", "", code::kFilterDialectUnavailable},
    {ns::kEnumeration, "FilteringNotSupported", "", code::kEnumerateFilteringNotSupported},
    {ns::kWsman, "FragmentDialectNotSupported", "", code::kFragmentDialectUnavailable},
    {ns::kWsman, "InternalError", "Invalid", code::kInvalidXml},
    {ns::kWsman, "InternalError", "", code::kSystemInternalError},
    {ns::kWsman, "InvalidBookmark", "Expired", code::kBookmarkExpired},
    {ns::kWsman, "InvalidBookmark", "", code::kInvalidBookmark},
    {ns::kEnumeration, "InvalidEnumerationContext", "", code::kInvalidEnumerationContext},
    {ns::kEnumeration, "InvalidExpirationTime", "", code::kEnumerateInvalidExpirationTime},
    {ns::kAddressing, "InvalidMessageInformationHeader", "InvalidTimeout",
     code::kInvalidTimeoutHeader},
    {ns::kAddressing, "InvalidMessageInformationHeader", "",
     code::kInvalidMessageInformationHeader},
    {ns::kWsman, "InvalidOptions", "InvalidName", code::kOptionsInvalidName},
    {ns::kWsman, "InvalidOptions", "InvalidValue", code::kOptionsInvalidValue},
    {ns::kWsman, "InvalidOptions", "NotSupported", code::kOptionsNotSupported},
    {ns::kWsman, "InvalidOptions", "", code::kInvalidOptions},
    {ns::kWsman, "InvalidParameter", "InvalidName", code::kInvalidParameterName},
    {ns::kWsman, "InvalidParameter", "InvalidValue", code::kSystemInvalidParameter},
    {ns::kWsman, "InvalidParameter", "Locale", code::kEventingInvalidLocaleInDelivery},
    {ns::kWsman, "InvalidParameter", "TypeMismatch", code::kParameterTypeMismatch},
    {ns::kWsman, "InvalidParameter", "", code::kInvalidParameter},
    {ns::kTransfer, "InvalidRepresentation", "InvalidFragment", code::kInvalidXmlFragment},
    {ns::kTransfer, "InvalidRepresentation", "InvalidNamespace", code::kInvalidXmlNamespace},
    {ns::kTransfer, "InvalidRepresentation", "InvalidValues", code::kInvalidXmlValues},
    {ns::kTransfer, "InvalidRepresentation", "MissingValues", code::kInvalidXmlMissingValues},
    {ns::kTransfer, "InvalidRepresentation", "", code::kInvalidRepresentation},
    {ns::kWsman, "InvalidSelectors", "AmbiguousSelectors", code::kAmbiguousSelectors},
    {ns::kWsman, "InvalidSelectors", "DuplicateSelectors", code::kDuplicateSelectors},
    {ns::kWsman, "InvalidSelectors", "InsufficientSelectors", code::kInsufficientSelectors},
    {ns::kWsman, "InvalidSelectors", "InvalidValue", code::kInvalidSelectorValue},
    {ns::kWsman, "InvalidSelectors", "TypeMismatch", code::kSelectorTypeMismatch},
    {ns::kWsman, "InvalidSelectors", "UnexpectedSelectors", code::kUnexpectedSelectors},
    {ns::kWsman, "InvalidSelectors", "", code::kInvalidSelectors},
    {ns::kAddressing, "MessageInformationHeaderRequired", "",
     code::kMessageInformationHeaderRequired},
    {ns::kWsman, "NoAck", "", code::kNoAck},
    {ns::kCimBinding, "PolymorphismModeNotSupported", "", code::kPolymorphism},
    {ns::kWsman, "QuotaLimit", "", code::kQuotaLimit},
    {ns::kWsman, "SchemaValidationError", "", code::kSchemaValidationError},
    {ns::kEnumeration, "TimedOut", "", code::kEnumerateTimedOut},
    {ns::kWsman, "TimedOut", "", code::kOperationTimedOut},
    {ns::kEnumeration, "UnsupportedExpirationType", "", code::kEnumerateUnsupportedExpirationType},
    {ns::kWsman, "UnsupportedFeature", "Ack", code::kAckNotSupported},
    {ns::kWsman, "UnsupportedFeature", "AddressingMode", code::kUnsupportedAddressingMode},
    {ns::kWsman, "UnsupportedFeature", "AuthorizationMode", code::kAuthorizationModeNotSupported},
    {ns::kWsman, "UnsupportedFeature", "Bookmarks", code::kBookmarksNotSupported},
    {ns::kWsman, "UnsupportedFeature", "DeliveryRetries", code::kDeliveryRetriesNotSupported},
    {ns::kWsman, "UnsupportedFeature", "EnumerationMode", code::kEnumerationModeUnsupported},
    {ns::kWsman, "UnsupportedFeature", "ExpirationTime", code::kExpirationTimeNotSupported},
    {ns::kWsman, "UnsupportedFeature", "FilteringRequired", code::kFilteringRequiredNotSupported},
    {ns::kWsman, "UnsupportedFeature", "FormatMismatch", code::kFormatMismatchNotSupported},
    {ns::kWsman, "UnsupportedFeature", "FormatSecurityToken",
     code::kFormatSecurityTokenNotSupported},
    {ns::kWsman, "UnsupportedFeature", "FragmentLevelAccess", code::kFragmentTransferNotSupported},
    {ns::kWsman, "UnsupportedFeature", "Heartbeats", code::kHeartbeatsNotSupported},
    {ns::kWsman, "UnsupportedFeature", "InsecureAddress", code::kInsecureAddressNotSupported},
    {ns::kWsman, "UnsupportedFeature", "InvalidResourceURI", code::kRequestNotSupportedAtService},
    {ns::kWsman, "UnsupportedFeature", "Locale", code::kMustUnderstandOnLocaleUnsupported},
    {ns::kWsman, "UnsupportedFeature", "MaxElements", code::kMaxElementsNotSupported},
    {ns::kWsman, "UnsupportedFeature", "MaxEnvelopePolicy", code::kMaxEnvelopePolicyNotSupported},
    {ns::kWsman, "UnsupportedFeature", "MaxEnvelopeSize", code::kMaxEnvelopeSizeNotSupported},
    {ns::kWsman, "UnsupportedFeature", "MaxTime", code::kMaxTimeNotSupported},
    {ns::kWsman, "UnsupportedFeature", "OperationTimeout", code::kOperationTimeoutNotSupported},
    {ns::kWsman, "UnsupportedFeature", "", code::kUnsupportedFeature},
}};

// Only codes for which a user can do something that the text of the server does not say.
constexpr std::array<std::pair<uint32_t, AdviceKey>, 27> kAdvice{{
    {code::kAccessDenied, AdviceKey::check_rights},
    {code::kResourceNotFound, AdviceKey::check_resource},
    {code::kInvalidAction, AdviceKey::check_action},
    {code::kPullInProgress, AdviceKey::wait_for_last_page},
    {code::kDestinationUnreachable, AdviceKey::check_resource},
    {code::kActionNotSupported, AdviceKey::check_action_supported},
    {code::kFilterDialectUnavailable, AdviceKey::use_other_dialect},
    {code::kCannotEnumerateByFilter, AdviceKey::check_query},
    {code::kInvalidEnumerationContext, AdviceKey::enumerate_sooner},
    {code::kOperationTimedOut, AdviceKey::try_longer},
    {code::kAlreadyExists, AdviceKey::choose_other_selectors},
    {code::kEncodingLimit, AdviceKey::ask_for_less},
    {code::kInvalidResourceUri, AdviceKey::check_resource_uri},
    {code::kInvalidSelectors, AdviceKey::check_selectors},
    {code::kQuotaLimit, AdviceKey::close_what_is_open},
    {code::kMaxEnvelopeExceeded, AdviceKey::ask_for_less_or_raise_limit},
    {code::kInsufficientSelectors, AdviceKey::give_all_selectors},
    {code::kUnexpectedSelectors, AdviceKey::check_selector_names},
    {code::kInvalidSelectorValue, AdviceKey::check_selector_values},
    {code::kTargetAlreadyExists, AdviceKey::choose_other_selectors},
    {code::kFragmentDialectUnavailable, AdviceKey::leave_out_fragment},
    {code::kInvalidFragmentPath, AdviceKey::check_fragment},
    {code::kSelectorsOfSingleton, AdviceKey::give_all_selectors},
    {code::kCannotProcessFilter, AdviceKey::check_query},
    {code::kTooManyShells, AdviceKey::close_shells},
    {code::kTooManyOperations, AdviceKey::close_enumerations},
    {code::kPullIsOtherThanEnumerate, AdviceKey::enumerate_again},
}};

// Without namespaces: a subcode has the same meaning whichever namespace a server puts it in.
constexpr std::array<std::pair<std::string_view, FaultKind>, 7> kKinds{{
    {"DestinationUnreachable", FaultKind::no_resource},
    {"InvalidSelectors", FaultKind::no_instance},
    {"InvalidEnumerationContext", FaultKind::no_context},
    {"ActionNotSupported", FaultKind::unsupported},
    {"InternalError", FaultKind::server_failed},
    {"EndpointUnavailable", FaultKind::server_failed},
    {"EncodingLimit", FaultKind::too_large},
}};

std::string last_part(const std::string& uri) { return uri.substr(uri.rfind('/') + 1); }

// Whether an entry is about this subcode. A prefix that is not declared has no namespace; the local
// name then decides alone.
bool is_about(const Entry& entry, const QualifiedName& subcode) {
  return subcode.local == entry.subcode && (subcode.uri.empty() || subcode.uri == entry.uri);
}

}  // namespace

uint32_t code_of_fault(const QualifiedName& code, const QualifiedName& subcode,
                       const std::string& detail) {
  // The faults of SOAP itself are told by their code alone [SOAP 1.2 5.4.6].
  if (subcode.local.empty()) {
    if (code.local == "VersionMismatch") return code::kSoapVersionMismatch;
    return code.local == "MustUnderstand" ? code::kSoapFaultMustUnderstand : 0;
  }
  const std::string part = last_part(detail);
  uint32_t general = 0;
  for (const Entry& entry : kEntries) {
    if (!is_about(entry, subcode)) continue;
    const std::string_view wanted = entry.detail;
    if (!wanted.empty() && wanted == part) return entry.code;
    if (wanted.empty() && general == 0) general = entry.code;
  }
  return general;
}

FaultKind kind_of_fault(const QualifiedName& subcode) {
  for (const auto& [name, kind] : kKinds) {
    if (subcode.local == name) return kind;
  }
  return FaultKind::other;
}

AdviceList advice_for(uint32_t wsman_code) {
  for (const auto& [code, advice] : kAdvice) {
    if (code == wsman_code) return {advice};
  }
  return {};
}

}  // namespace wsman::message
