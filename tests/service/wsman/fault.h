// Failures as SOAP faults: what each Windows code looks like on the wire.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_FAULT_H
#define WSMAN_TESTS_SERVICE_WSMAN_FAULT_H

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

#include "http/message.h"
#include "wsman/flavour.h"

namespace wsman::service {

// The codes the service knows, named as Windows names them. The table in fault.cpp says the rest.
enum FaultCode : std::uint32_t {
  kAccessDenied = 5,
  kInternalError = 0x54F,
  kResourceNotFound = 0x80338000,
  kPullInProgress = 0x80338006,
  kInvalidMessageInformationHeader = 0x8033800F,
  kMustUnderstand = 0x80338010,
  kHeaderRequired = 0x80338011,
  kActionNotSupported = 0x80338013,
  kInvalidRepresentation = 0x80338015,
  kFilterDialectUnavailable = 0x80338019,
  kCannotProcessFilter = 0x8033801A,
  kInvalidEnumerationContext = 0x8033801B,
  kOperationTimedOut = 0x80338029,
  kActionMismatch = 0x80338031,
  kAlreadyExists = 0x80338033,
  kEncodingLimit = 0x80338035,
  kInvalidResourceUri = 0x8033803B,
  kSchemaValidation = 0x80338041,
  kUnsupportedFeature = 0x80338042,
  kInvalidXml = 0x80338043,
  kMaxEnvelopeSizeExceeded = 0x80338048,
  kParameterTypeMismatch = 0x80338054,
  kInvalidParameterName = 0x80338055,
  kInvalidXmlValues = 0x80338056,
  kMissingXmlValues = 0x80338057,
  kInvalidXmlNamespace = 0x80338058,
  kInsufficientSelectors = 0x8033805A,
  kUnexpectedSelectors = 0x8033805B,
  kInvalidSelectorValue = 0x8033805D,
  kDuplicateSelectors = 0x8033805F,
  kFragmentNotSupported = 0x80338077,
  kMinEnvelopeSize = 0x8033807E,
  kCertificateNotFound = 0x80338082,
  kEnumerationModeUnsupported = 0x80338086,
  kListenerAddressInvalid = 0x80338089,
  kPolicyControlled = 0x8033808A,
  kFragmentDialectUnavailable = 0x80338090,
  kInvalidFragmentPath = 0x80338093,
  kInvalidHostnamePattern = 0x8033809F,
  kThumbprintBlank = 0x803380E7,
  kCertificateNameMismatch = 0x803380E9,
  kHostnameWithoutCertificate = 0x803380EA,
  kThumbprintShouldBeEmpty = 0x803380EB,
  kInvalidIpFilter = 0x803380EC,
  kCannotChangeKeys = 0x803380ED,
  kCertificateInvalidUsage = 0x803380EE,
  kWqlNeedsAnyClass = 0x803380FB,
  kPolymorphismUnsupported = 0x80338137,
  kDifferentCimSelector = 0x8033813B,
  kReadOnlySetting = 0x8033813F,
  kMappingInvalidCredentials = 0x80338154,
  kMappingInvalidSubject = 0x80338161,
  kMappingInvalidIssuer = 0x80338162,
  kMappingPasswordBlank = 0x8033816B,
  kMappingUserWithoutPassword = 0x8033816C,
  kCannotChangeMappingKeys = 0x80338172,
  kInvalidFilePath = 0x80338191,
  kFileNotPresent = 0x80338192,
  kMaxShells = 0x803381A5,
  kMaxOperations = 0x803381A6,
  kPullDiffersFromEnumerate = 0x803381AD,
  kDeprecatedSetting = 0x803381AE,
  kInvalidHardening = 0x803381B8,
  kCustomRemoteShellDeprecated = 0x803381BC,
  kRunAsInvalidCredentials = 0x803381C3,
};

struct Fault {
  std::uint32_t code = 0;
  std::string reason;
  std::string provider_message;  // With it, the detail has a ProviderFault.
  std::string_view provider = "WMI Provider";
  std::string not_understood;  // A QName for s:NotUnderstood, with the prefix q.
  std::string not_understood_ns;
};

// What stops an operation. Only wsman/ throws it, and Operations turns it into the answer.
class Refusal final : public std::exception {
 public:
  explicit Refusal(Fault fault) : fault_(std::move(fault)) {}
  const Fault& fault() const { return fault_; }
  const char* what() const noexcept override { return fault_.reason.c_str(); }

 private:
  Fault fault_;
};

[[noreturn]] void refuse(std::uint32_t code, std::string reason);
// As the WMI provider would say it.
[[noreturn]] void refuse_by_provider(std::uint32_t code, std::string reason, std::string message);

// The fault as that family sends it. `relates_to` may be empty.
Response fault_response(const Flavour& flavour, const Fault& fault, std::string_view relates_to);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_FAULT_H
