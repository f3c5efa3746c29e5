#include "protocol/fault_codes.h"

#include <array>
#include <string_view>

#include "protocol/names.h"

namespace wsman {
namespace {

struct Entry {
  const char* uri;
  const char* subcode;
  const char* detail;  // What stands behind the last "/" of FaultDetail, or "".
  uint32_t code;
};

// Of one subcode, the entry without a detail is the last.
constexpr std::array<Entry, 91> kEntries{{
    {ns::kWsman, "AccessDenied", "", 0x00000005},
    {ns::kAddressing, "ActionNotSupported", "ActionMismatch", 0x80338031},
    {ns::kAddressing, "ActionNotSupported", "", 0x80338013},
    {ns::kWsman, "AlreadyExists", "", 0x80338033},
    {ns::kEnumeration, "CannotProcessFilter", "", 0x8033801A},
    {ns::kWsman, "CannotProcessFilter", "", 0x80338122},
    {ns::kWsman, "Concurrency", "", 0x80338032},
    {ns::kWsman, "DeliveryRefused", "", 0x80338034},
    {ns::kAddressing, "DestinationUnreachable", "InvalidResourceURI", 0x8033803B},
    {ns::kAddressing, "DestinationUnreachable", "", 0x80338012},
    {ns::kWsman, "EncodingLimit", "CharacterSet", 0x8033804C},
    {ns::kWsman, "EncodingLimit", "EncodingType", 0x80338119},
    {ns::kWsman, "EncodingLimit", "MaxEnvelopeSize", 0x80338047},
    {ns::kWsman, "EncodingLimit", "MaxEnvelopeSizeExceeded", 0x80338048},
    {ns::kWsman, "EncodingLimit", "MinimumEnvelopeLimit", 0x8033807E},
    {ns::kWsman, "EncodingLimit", "OptionLimit", 0x8033804B},
    {ns::kWsman, "EncodingLimit", "SelectorLimit", 0x8033804A},
    {ns::kWsman, "EncodingLimit", "ServiceEnvelopeLimit", 0x80338049},
    {ns::kWsman, "EncodingLimit", "URILimitExceeded", 0x8033802D},
    {ns::kWsman, "EncodingLimit", "UnreportableSuccess", 0x8033804D},
    {ns::kWsman, "EncodingLimit", "Whitespace", 0x8033804E},
    {ns::kWsman, "EncodingLimit", "", 0x80338035},
    {ns::kAddressing, "EndpointUnavailable", "InvalidResourceURI", 0x8033803B},
    {ns::kAddressing, "EndpointUnavailable", "InvalidValues", 0x8033811A},
    {ns::kAddressing, "EndpointUnavailable", "", 0x80338014},
    {ns::kAddressing, "EndpointUnavilable", "InvalidResourceURI", 0x8033803B},
    {ns::kAddressing, "EndpointUnavilable", "InvalidValues", 0x8033811A},
    {ns::kAddressing, "EndpointUnavilable", "", 0x80338014},
    {ns::kWsman, "EventDeliverToUnusable", "CannotComplyWithPolicy", 0x8033815E},
    {ns::kWsman, "EventDeliverToUnusable", "PolicyTooComplex", 0x8033815D},
    {ns::kEnumeration, "FilterDialectRequestedUnavailable", "", 0x80338019},
    {ns::kEnumeration, "FilteringNotSupported", "", 0x80338018},
    {ns::kWsman, "FragmentDialectNotSupported", "", 0x80338090},
    {ns::kWsman, "InternalError", "Invalid", 0x80338043},
    {ns::kWsman, "InternalError", "", 0x0000054F},
    {ns::kWsman, "InvalidBookmark", "Expired", 0x80338050},
    {ns::kWsman, "InvalidBookmark", "", 0x80338038},
    {ns::kEnumeration, "InvalidEnumerationContext", "", 0x8033801B},
    {ns::kEnumeration, "InvalidExpirationTime", "", 0x80338016},
    {ns::kAddressing, "InvalidMessageInformationHeader", "InvalidTimeout", 0x80338081},
    {ns::kAddressing, "InvalidMessageInformationHeader", "", 0x8033800F},
    {ns::kWsman, "InvalidOptions", "InvalidName", 0x80338052},
    {ns::kWsman, "InvalidOptions", "InvalidValue", 0x80338053},
    {ns::kWsman, "InvalidOptions", "NotSupported", 0x80338051},
    {ns::kWsman, "InvalidOptions", "", 0x80338039},
    {ns::kWsman, "InvalidParameter", "InvalidName", 0x80338055},
    {ns::kWsman, "InvalidParameter", "InvalidValue", 0x00000057},
    {ns::kWsman, "InvalidParameter", "Locale", 0x803380A3},
    {ns::kWsman, "InvalidParameter", "TypeMismatch", 0x80338054},
    {ns::kWsman, "InvalidParameter", "", 0x8033803A},
    {ns::kTransfer, "InvalidRepresentation", "InvalidFragment", 0x80338059},
    {ns::kTransfer, "InvalidRepresentation", "InvalidNamespace", 0x80338058},
    {ns::kTransfer, "InvalidRepresentation", "InvalidValues", 0x80338056},
    {ns::kTransfer, "InvalidRepresentation", "MissingValues", 0x80338057},
    {ns::kTransfer, "InvalidRepresentation", "", 0x80338015},
    {ns::kWsman, "InvalidSelectors", "AmbiguousSelectors", 0x8033805E},
    {ns::kWsman, "InvalidSelectors", "DuplicateSelectors", 0x8033805F},
    {ns::kWsman, "InvalidSelectors", "InsufficientSelectors", 0x8033805A},
    {ns::kWsman, "InvalidSelectors", "InvalidValue", 0x8033805D},
    {ns::kWsman, "InvalidSelectors", "TypeMismatch", 0x8033805C},
    {ns::kWsman, "InvalidSelectors", "UnexpectedSelectors", 0x8033805B},
    {ns::kWsman, "InvalidSelectors", "", 0x8033803D},
    {ns::kAddressing, "MessageInformationHeaderRequired", "", 0x80338011},
    {ns::kWsman, "NoAck", "", 0x80338030},
    {ns::kCimBinding, "PolymorphismModeNotSupported", "", 0x80338137},
    {ns::kWsman, "QuotaLimit", "", 0x8033803F},
    {ns::kWsman, "SchemaValidationError", "", 0x80338041},
    {ns::kEnumeration, "TimedOut", "", 0x8033801C},
    {ns::kWsman, "TimedOut", "", 0x80338029},
    {ns::kEnumeration, "UnsupportedExpirationType", "", 0x8033811C},
    {ns::kWsman, "UnsupportedFeature", "Ack", 0x80338065},
    {ns::kWsman, "UnsupportedFeature", "AddressingMode", 0x80338076},
    {ns::kWsman, "UnsupportedFeature", "AuthorizationMode", 0x80338064},
    {ns::kWsman, "UnsupportedFeature", "Bookmarks", 0x8033806B},
    {ns::kWsman, "UnsupportedFeature", "DeliveryRetries", 0x80338069},
    {ns::kWsman, "UnsupportedFeature", "EnumerationMode", 0x80338086},
    {ns::kWsman, "UnsupportedFeature", "ExpirationTime", 0x80338068},
    {ns::kWsman, "UnsupportedFeature", "FilteringRequired", 0x80338070},
    {ns::kWsman, "UnsupportedFeature", "FormatMismatch", 0x80338072},
    {ns::kWsman, "UnsupportedFeature", "FormatSecurityToken", 0x80338073},
    {ns::kWsman, "UnsupportedFeature", "FragmentLevelAccess", 0x80338077},
    {ns::kWsman, "UnsupportedFeature", "Heartbeats", 0x8033806A},
    {ns::kWsman, "UnsupportedFeature", "InsecureAddress", 0x80338071},
    {ns::kWsman, "UnsupportedFeature", "InvalidResourceURI", 0x80338138},
    {ns::kWsman, "UnsupportedFeature", "Locale", 0x80338087},
    {ns::kWsman, "UnsupportedFeature", "MaxElements", 0x8033811D},
    {ns::kWsman, "UnsupportedFeature", "MaxEnvelopePolicy", 0x8033806F},
    {ns::kWsman, "UnsupportedFeature", "MaxEnvelopeSize", 0x8033806E},
    {ns::kWsman, "UnsupportedFeature", "MaxTime", 0x8033806D},
    {ns::kWsman, "UnsupportedFeature", "OperationTimeout", 0x80338066},
    {ns::kWsman, "UnsupportedFeature", "", 0x80338042},
}};

struct Advice {
  uint32_t code;
  const char* sentence;
};

constexpr std::array<Advice, 27> kAdvice{{
    {0x00000005, "Check the rights of the user on that computer."},
    {0x80338000, "Check the resource URI and the selectors."},
    {0x80338001, "Check the name of the action."},
    {0x80338006, "Wait until the enumeration's last page is there."},
    {0x80338012, "Check the resource URI and the selectors."},
    {0x80338013, "Check the name of the action, and that the resource supports it."},
    {0x80338019, "Use another dialect for the filter."},
    {0x8033801A, "Check the query and the class that it names."},
    {0x8033801B, "Enumerate again; the server keeps a context for a limited time."},
    {0x80338029, "Try again, or with a longer operation timeout."},
    {0x80338033, "Choose other selectors, or change what is there."},
    {0x80338035, "Ask for less at once."},
    {0x8033803B, "Check the resource URI."},
    {0x8033803D, "Check the selectors."},
    {0x8033803F, "Close shells or enumerations that are not needed, or raise the quota."},
    {0x80338048, "Ask for less at once, or raise MaxEnvelopeSizekb."},
    {0x8033805A, "Give all selectors that the resource needs."},
    {0x8033805B, "Check the names of the selectors, and that what they name is still there."},
    {0x8033805D, "Check the values of the selectors."},
    {0x80338063, "Choose other selectors, or change what is there."},
    {0x80338090, "Leave out the fragment, or use XPath."},
    {0x80338093, "Check the fragment; names in it are compared with case."},
    {0x803380FA, "Give all selectors that the resource needs."},
    {0x80338122, "Check the query and the class that it names."},
    {0x803381A5, "Close shells that are not needed, or raise MaxShellsPerUser on that computer."},
    {0x803381A6,
     "Close enumerations that are not needed, or raise MaxConcurrentOperationsPerUser."},
    {0x803381AD, "Enumerate again."},
}};

std::string last_part(const std::string& uri) { return uri.substr(uri.rfind('/') + 1); }

// Whether an entry is about this subcode. A prefix without a namespace is taken on trust.
bool is_about(const Entry& entry, const QualifiedName& subcode) {
  return subcode.local == entry.subcode && (subcode.uri.empty() || subcode.uri == entry.uri);
}

}  // namespace

uint32_t code_of_fault(const QualifiedName& code, const QualifiedName& subcode,
                       const std::string& detail) {
  if (subcode.local.empty()) {
    if (code.local == "VersionMismatch") return 0x8033800D;
    return code.local == "MustUnderstand" ? 0x80338010 : 0;
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

const char* advice_for(uint32_t wsman_code) {
  for (const Advice& advice : kAdvice) {
    if (advice.code == wsman_code) return advice.sentence;
  }
  return "";
}

}  // namespace wsman
