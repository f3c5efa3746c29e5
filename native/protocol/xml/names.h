// The namespaces and well-known URIs of WS-Management [DSP0226 Annex A].
#ifndef WSMAN_PROTOCOL_XML_NAMES_H_
#define WSMAN_PROTOCOL_XML_NAMES_H_

namespace wsman::ns {
inline constexpr const char* kSoap = "http://www.w3.org/2003/05/soap-envelope";
inline constexpr const char* kSoap11 = "http://schemas.xmlsoap.org/soap/envelope/";
inline constexpr const char* kAddressing = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
inline constexpr const char* kWsman = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
inline constexpr const char* kMicrosoft = "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd";
inline constexpr const char* kEnumeration = "http://schemas.xmlsoap.org/ws/2004/09/enumeration";
inline constexpr const char* kTransfer = "http://schemas.xmlsoap.org/ws/2004/09/transfer";
inline constexpr const char* kCimBinding = "http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd";
inline constexpr const char* kCim = "http://schemas.dmtf.org/wbem/wscim/1/common";
inline constexpr const char* kShell = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
inline constexpr const char* kIdentity =
    "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd";
inline constexpr const char* kFault = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault";
inline constexpr const char* kXsi = "http://www.w3.org/2001/XMLSchema-instance";
inline constexpr const char* kXml = "http://www.w3.org/XML/1998/namespace";
}  // namespace wsman::ns

namespace wsman::uri {
inline constexpr const char* kAnonymous =
    "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous";
inline constexpr const char* kPowerShell = "http://schemas.microsoft.com/powershell/";
inline constexpr const char* kWql = "http://schemas.microsoft.com/wbem/wsman/1/WQL";
inline constexpr const char* kSelectorFilter =
    "http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter";
inline constexpr const char* kAssociationFilter =
    "http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter";
}  // namespace wsman::uri

#endif  // WSMAN_PROTOCOL_XML_NAMES_H_
