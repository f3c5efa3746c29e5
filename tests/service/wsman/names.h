// The namespaces and URIs of WS-Management, as far as the service uses them.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_NAMES_H
#define WSMAN_TESTS_SERVICE_WSMAN_NAMES_H

#include <string_view>

namespace wsman::service {

constexpr std::string_view kSoapNamespace = "http://www.w3.org/2003/05/soap-envelope";
constexpr std::string_view kAddressingNamespace =
    "http://schemas.xmlsoap.org/ws/2004/08/addressing";
constexpr std::string_view kWsmanNamespace = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
constexpr std::string_view kMicrosoftNamespace =
    "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd";
constexpr std::string_view kEnumerationNamespace =
    "http://schemas.xmlsoap.org/ws/2004/09/enumeration";
constexpr std::string_view kTransferNamespace = "http://schemas.xmlsoap.org/ws/2004/09/transfer";
constexpr std::string_view kBindingNamespace =
    "http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd";
constexpr std::string_view kCimNamespace = "http://schemas.dmtf.org/wbem/wscim/1/common";
constexpr std::string_view kFaultNamespace = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault";
constexpr std::string_view kIdentityNamespace =
    "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd";
constexpr std::string_view kInstanceNamespace = "http://www.w3.org/2001/XMLSchema-instance";

constexpr std::string_view kAnonymousRole =
    "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous";
constexpr std::string_view kFaultDetailPrefix =
    "http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/";

// What resource URIs begin with.
constexpr std::string_view kWmiPrefix = "http://schemas.microsoft.com/wbem/wsman/1/wmi/";
constexpr std::string_view kCimSchemaPrefix = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";
constexpr std::string_view kCimAnyClass = "http://schemas.dmtf.org/wbem/wscim/1/*";
constexpr std::string_view kConfigUri = "http://schemas.microsoft.com/wbem/wsman/1/config";
constexpr std::string_view kShellUri = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
constexpr std::string_view kCmdShellUri =
    "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd";

constexpr std::string_view kWqlDialect = "http://schemas.microsoft.com/wbem/wsman/1/WQL";
constexpr std::string_view kSelectorDialect =
    "http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter";
constexpr std::string_view kAssociationDialect =
    "http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter";
constexpr std::string_view kXPathDialect = "http://www.w3.org/TR/1999/REC-xpath-19991116";

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_NAMES_H
