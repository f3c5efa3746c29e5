// A SOAP request, read by namespace and local name; prefixes mean nothing.
#ifndef WSMAN_ENDPOINT_WSMAN_SOAP_REQUEST_H
#define WSMAN_ENDPOINT_WSMAN_SOAP_REQUEST_H

#include <libxml/tree.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace wsman::endpoint {

constexpr std::string_view kSoapNamespace = "http://www.w3.org/2003/05/soap-envelope";
constexpr std::string_view kAddressingNamespace =
    "http://schemas.xmlsoap.org/ws/2004/08/addressing";
constexpr std::string_view kIdentityNamespace =
    "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd";

class SoapRequest {
 public:
  // Nothing if `xml` is not well-formed, has a DOCTYPE, or is no SOAP 1.2 envelope with a body.
  static std::optional<SoapRequest> read(std::string_view xml);

  // The text of a header block without white space around it; "" if it is not there.
  std::string header(std::string_view name_space, std::string_view name) const;

  std::string action() const { return header(kAddressingNamespace, "Action"); }
  std::string message_id() const { return header(kAddressingNamespace, "MessageID"); }

  // Whether the first element of the body is this one.
  bool body_is(std::string_view name_space, std::string_view name) const;

 private:
  struct FreeDocument {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
  };
  using DocumentPtr = std::unique_ptr<xmlDoc, FreeDocument>;

  explicit SoapRequest(DocumentPtr document);

  DocumentPtr document_;
  const xmlNode* header_ = nullptr;  // Both point into the document.
  const xmlNode* body_ = nullptr;
};

}  // namespace wsman::endpoint

#endif  // WSMAN_ENDPOINT_WSMAN_SOAP_REQUEST_H
