#include "wsman/fault.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "wsman/envelope.h"
#include "wsman/names.h"
#include "wsman/xml.h"

namespace wsman::service {
namespace {

// How a code is said in SOAP [DSP0226 14]. `openwsman_status`: what that server makes of it.
struct Shape {
  std::uint32_t code;
  bool receiver;
  Ns ns;
  std::string_view subcode;
  std::string_view detail;
  unsigned openwsman_status = 400;
};

constexpr std::array kShapes = {
    Shape{kAccessDenied, false, Ns::wsman, "AccessDenied", "", 401},
    Shape{kInternalError, true, Ns::wsman, "InternalError", "", 500},
    Shape{kResourceNotFound, false, Ns::addressing, "DestinationUnreachable", ""},
    Shape{kPullInProgress, false, Ns::wsman, "Concurrency", "", 409},
    Shape{kInvalidMessageInformationHeader, false, Ns::addressing,
          "InvalidMessageInformationHeader", ""},
    Shape{kMustUnderstand, false, Ns::soap, "", "", 200},
    Shape{kHeaderRequired, false, Ns::addressing, "MessageInformationHeaderRequired", ""},
    Shape{kActionNotSupported, false, Ns::addressing, "ActionNotSupported", "", 501},
    Shape{kInvalidRepresentation, false, Ns::transfer, "InvalidRepresentation", ""},
    Shape{kFilterDialectUnavailable, false, Ns::enumeration, "FilterDialectRequestedUnavailable",
          "", 501},
    Shape{kCannotProcessFilter, false, Ns::enumeration, "CannotProcessFilter", "", 422},
    Shape{kInvalidEnumerationContext, true, Ns::enumeration, "InvalidEnumerationContext", "", 500},
    Shape{kOperationTimedOut, true, Ns::wsman, "TimedOut", "", 500},
    Shape{kActionMismatch, false, Ns::addressing, "ActionNotSupported", "ActionMismatch", 501},
    Shape{kAlreadyExists, false, Ns::wsman, "AlreadyExists", "", 409},
    Shape{kEncodingLimit, false, Ns::wsman, "EncodingLimit", ""},
    Shape{kInvalidResourceUri, false, Ns::addressing, "DestinationUnreachable",
          "InvalidResourceURI", 503},
    Shape{kSchemaValidation, false, Ns::wsman, "SchemaValidationError", ""},
    Shape{kUnsupportedFeature, false, Ns::wsman, "UnsupportedFeature", ""},
    Shape{kInvalidXml, false, Ns::wsman, "InternalError", ""},
    Shape{kMaxEnvelopeSizeExceeded, false, Ns::wsman, "EncodingLimit", "MaxEnvelopeSizeExceeded"},
    Shape{kParameterTypeMismatch, false, Ns::wsman, "InvalidParameter", "TypeMismatch"},
    Shape{kInvalidParameterName, false, Ns::wsman, "InvalidParameter", "InvalidName"},
    Shape{kInvalidXmlValues, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kMissingXmlValues, false, Ns::transfer, "InvalidRepresentation", "MissingValues"},
    Shape{kInvalidXmlNamespace, false, Ns::transfer, "InvalidRepresentation", "InvalidNamespace"},
    Shape{kInsufficientSelectors, false, Ns::wsman, "InvalidSelectors", "InsufficientSelectors"},
    Shape{kUnexpectedSelectors, false, Ns::wsman, "InvalidSelectors", "UnexpectedSelectors"},
    Shape{kInvalidSelectorValue, false, Ns::wsman, "InvalidSelectors", "InvalidValue"},
    Shape{kDuplicateSelectors, false, Ns::wsman, "InvalidSelectors", "DuplicateSelectors"},
    Shape{kFragmentNotSupported, false, Ns::wsman, "UnsupportedFeature", "FragmentLevelAccess"},
    Shape{kMinEnvelopeSize, false, Ns::wsman, "EncodingLimit", "MinimumEnvelopeLimit"},
    Shape{kEnumerationModeUnsupported, false, Ns::wsman, "UnsupportedFeature", "EnumerationMode"},
    Shape{kFragmentDialectUnavailable, true, Ns::wsman, "FragmentDialectNotSupported", "", 501},
    Shape{kInvalidFragmentPath, false, Ns::wsman, "CannotProcessFilter", "", 422},
    Shape{kCannotChangeKeys, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kWqlNeedsAnyClass, false, Ns::enumeration, "CannotProcessFilter", "", 422},
    Shape{kPolymorphismUnsupported, true, Ns::binding, "PolymorphismModeNotSupported", "", 501},
    Shape{kDifferentCimSelector, false, Ns::wsman, "InvalidSelectors", "InvalidValue"},
    Shape{kReadOnlySetting, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kMaxShells, false, Ns::wsman, "QuotaLimit", "", 503},
    Shape{kMaxOperations, false, Ns::wsman, "QuotaLimit", "", 503},
    Shape{kPullDiffersFromEnumerate, false, Ns::wsman, "InvalidParameter", "InvalidValue"},
    Shape{kDeprecatedSetting, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kInvalidHostnamePattern, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kThumbprintBlank, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kCertificateNameMismatch, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kHostnameWithoutCertificate, false, Ns::transfer, "InvalidRepresentation",
          "InvalidValues"},
    Shape{kThumbprintShouldBeEmpty, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kInvalidIpFilter, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kCertificateInvalidUsage, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kCertificateNotFound, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kListenerAddressInvalid, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kPolicyControlled, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kMappingInvalidCredentials, false, Ns::transfer, "InvalidRepresentation",
          "InvalidValues"},
    Shape{kMappingInvalidSubject, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kMappingInvalidIssuer, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kMappingPasswordBlank, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kMappingUserWithoutPassword, false, Ns::transfer, "InvalidRepresentation",
          "InvalidValues"},
    Shape{kCannotChangeMappingKeys, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kInvalidFilePath, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kFileNotPresent, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kInvalidHardening, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kRunAsInvalidCredentials, false, Ns::transfer, "InvalidRepresentation", "InvalidValues"},
    Shape{kCustomRemoteShellDeprecated, false, Ns::wsman, "UnsupportedFeature", ""},
};

const Shape& shape_of(const Flavour& flavour, std::uint32_t code) {
  // OMI has one answer for everything that is not there.
  if (flavour.family == Family::omi &&
      (code == kInvalidEnumerationContext || code == kUnexpectedSelectors)) {
    code = kResourceNotFound;
  }
  const auto* const found = std::find_if(kShapes.begin(), kShapes.end(),
                                         [code](const Shape& s) { return s.code == code; });
  return found == kShapes.end() ? kShapes.at(1) : *found;
}

std::string_view action_of(Ns ns) {
  switch (ns) {
    case Ns::soap:
    case Ns::addressing:
      return "http://schemas.xmlsoap.org/ws/2004/08/addressing/fault";
    case Ns::enumeration:
      return "http://schemas.xmlsoap.org/ws/2004/09/enumeration/fault";
    case Ns::transfer:
      return "http://schemas.xmlsoap.org/ws/2004/09/transfer/fault";
    default:
      return "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault";
  }
}

std::string padded(const Flavour& flavour, std::string_view text) {
  if (!flavour.padded) return std::string(text);
  return std::string("\n      ").append(text).append("\n    ");
}

std::string opening(std::uint32_t code) {
  return "f:WSManFault xmlns:f=\"" + std::string(kFaultNamespace) + "\" Code=\"" +
         std::to_string(code) + "\" Machine=\"loopback\"";
}

std::string windows_detail(const Fault& fault) {
  if (fault.provider_message.empty()) {
    return wrap(opening(fault.code), leaf("f:Message", fault.reason));
  }
  const std::string inner = wrap(opening(fault.code), leaf("f:Message", fault.provider_message));
  const std::string file = fault.provider == "WMI Provider" ? "WsmWmiPl.dll" : "WsmSvc.dll";
  std::string name = "f:ProviderFault provider=\"";
  name.append(fault.provider).append("\" path=\"%systemroot%\\system32\\").append(file);
  const std::string provider = wrap(name + "\"", inner);
  return wrap(opening(fault.code), wrap("f:Message", provider));
}

// What newer services send for quotas.
std::string wmi_error(const Fault& fault) {
  std::array<char, 32> id{};
  std::snprintf(id.data(), id.size(), "HRESULT 0x%08x", static_cast<unsigned>(fault.code));
  std::string inner = leaf("q:CIMStatusCode xsi:type=\"cim:cimUnsignedInt\"", "27");
  inner += leaf("q:Message xsi:type=\"cim:cimString\"", fault.reason);
  inner += leaf("q:MessageID xsi:type=\"cim:cimString\"", id.data());
  inner += leaf("q:OwningEntity xsi:nil=\"true\" xsi:type=\"cim:cimString\"", "");
  inner += leaf("q:error_Category xsi:type=\"cim:cimUnsignedInt\"", "30");
  inner += leaf("q:error_Code xsi:type=\"cim:cimUnsignedInt\"", std::to_string(fault.code));
  inner += leaf("q:error_Type xsi:type=\"cim:cimString\"", "HRESULT");
  inner += leaf("q:error_WindowsErrorMessage xsi:type=\"cim:cimString\"", fault.reason);
  std::string name = "q:MSFT_WmiError b:IsCIM_Error=\"true\" xmlns:q=\"";
  name.append(kCimSchemaPrefix).append("MSFT_WmiError\" xmlns:b=\"").append(kBindingNamespace);
  name.append("\" xmlns:cim=\"").append(kCimNamespace).append("\" xmlns:xsi=\"");
  name.append(kInstanceNamespace).append("\" xsi:type=\"q:MSFT_WmiError_Type\"");
  return wrap(name, inner);
}

std::string omi_error(const Fault& fault) {
  std::string name = "q:OMI_Error xmlns:q=\"";
  name.append(kCimSchemaPrefix).append("OMI_Error\"");
  return wrap(name, leaf("q:CIMStatusCode", "6") + leaf("q:Message", fault.reason) +
                        leaf("q:OMI_Code", std::to_string(fault.code)) +
                        leaf("q:OMI_ErrorMessage", fault.reason));
}

std::string detail_of(const Flavour& flavour, const Fault& fault, const Shape& shape) {
  std::string detail;
  if (!shape.detail.empty()) {
    detail = leaf(flavour.tag(Ns::wsman, "FaultDetail"),
                  std::string(kFaultDetailPrefix).append(shape.detail));
  }
  // OMI says nothing more of what went wrong inside.
  if (flavour.family == Family::omi && fault.code != kInternalError) detail += omi_error(fault);
  if (flavour.family == Family::windows) {
    const bool quota = fault.code == kMaxShells || fault.code == kMaxOperations;
    detail += quota ? wmi_error(fault) : windows_detail(fault);
  }
  return detail;
}

std::string fault_body(const Flavour& flavour, const Fault& fault, const Shape& shape) {
  const auto tag = [&flavour](std::string_view name) { return flavour.tag(Ns::soap, name); };
  const bool must_understand = shape.code == kMustUnderstand;
  std::string_view side = shape.receiver ? "Receiver" : "Sender";
  if (must_understand) side = "MustUnderstand";
  std::string code = leaf(tag("Value"), padded(flavour, tag(side)));
  if (!must_understand) {
    code += wrap(tag("Subcode"),
                 leaf(tag("Value"), padded(flavour, flavour.tag(shape.ns, shape.subcode))));
  }
  const char* const language = flavour.family == Family::openwsman ? "en" : "en-US";
  const std::string reason =
      leaf(tag("Text") + " xml:lang=\"" + language + "\"", padded(flavour, fault.reason));
  std::string xml = wrap(tag("Code"), code) + wrap(tag("Reason"), reason);
  const std::string detail = detail_of(flavour, fault, shape);
  if (!detail.empty()) xml += wrap(tag("Detail"), detail);
  return wrap(tag("Fault"), xml);
}

unsigned status_of(const Flavour& flavour, const Shape& shape) {
  if (flavour.family == Family::amt) return 400;
  return flavour.family == Family::openwsman ? shape.openwsman_status : 500;
}

}  // namespace

void refuse(std::uint32_t code, std::string reason) {
  Fault fault;
  fault.code = code;
  fault.reason = std::move(reason);
  throw Refusal(std::move(fault));
}

void refuse_by_provider(std::uint32_t code, std::string reason, std::string message) {
  Fault fault;
  fault.code = code;
  fault.reason = std::move(reason);
  fault.provider_message = std::move(message);
  throw Refusal(std::move(fault));
}

Response fault_response(const Flavour& flavour, const Fault& fault, std::string_view relates_to) {
  const Shape& shape = shape_of(flavour, fault.code);
  std::string header = addressing_header(flavour, action_of(shape.ns), relates_to);
  if (!fault.not_understood.empty()) {
    // [SOAP 1.2 Part 1, 5.4.8]
    std::string block = flavour.tag(Ns::soap, "NotUnderstood") + " xmlns:q=\"";
    append_escaped(block, fault.not_understood_ns);
    block += "\" qname=\"q:";
    append_escaped(block, fault.not_understood);
    header += wrap(block + "\"", "");
  }
  return soap_response(flavour, status_of(flavour, shape), header,
                       fault_body(flavour, fault, shape));
}

}  // namespace wsman::service
