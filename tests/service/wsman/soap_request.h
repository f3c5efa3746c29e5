// A SOAP request, read by namespace and local name; prefixes mean nothing.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_SOAP_REQUEST_H
#define WSMAN_TESTS_SERVICE_WSMAN_SOAP_REQUEST_H

#include <libxml/tree.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "wsman/names.h"
#include "wsman/xml.h"

namespace wsman::service {

class SoapRequest {
 public:
  // Nothing if `xml` is not well-formed, has a DOCTYPE, or is no SOAP 1.2 envelope with a body.
  static std::optional<SoapRequest> read(std::string_view xml);

  // The text of a header block without white space around it; "" if it is not there.
  std::string header(std::string_view name_space, std::string_view name) const;
  Element block(std::string_view name_space, std::string_view name) const;

  std::string action() const { return header(kAddressingNamespace, "Action"); }
  std::string message_id() const { return header(kAddressingNamespace, "MessageID"); }
  std::string resource_uri() const { return header(kWsmanNamespace, "ResourceURI"); }
  std::string locale() const;

  Element headers() const { return header_; }
  // The first element of the body, which may be none.
  Element body() const { return body_.first(); }
  // Whether the first element of the body is this one.
  bool body_is(std::string_view name_space, std::string_view name) const;

 private:
  struct FreeDocument {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
  };
  using DocumentPtr = std::unique_ptr<xmlDoc, FreeDocument>;

  explicit SoapRequest(DocumentPtr document);

  DocumentPtr document_;
  Element header_;  // Both point into the document.
  Element body_;
};

// xs:duration in milliseconds; nothing for what is none, is negative, or has years or months.
std::optional<std::uint64_t> parse_duration(std::string_view text);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_SOAP_REQUEST_H
