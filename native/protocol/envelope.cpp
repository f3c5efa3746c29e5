#include "protocol/envelope.h"

#include <libxml/encoding.h>
#include <libxml/parser.h>
#include <libxml/xmlmemory.h>

#include <climits>
#include <cstdlib>
#include <mutex>

#include "protocol/fault.h"
#include "protocol/http_answer.h"

namespace wsman {
namespace {

constexpr uint32_t kInvalidXml = 0x80338043;
constexpr uint32_t kNoSoap = 0x803380F4;
constexpr uint32_t kNoResponseData = 0x803380F5;

struct FreeBuffer {
  void operator()(xmlBuffer* buffer) const { xmlBufferFree(buffer); }
};

Error protocol_error(const std::string& sentence, uint32_t code) {
  return {ErrorCode::protocol,
          with_code(sentence, code) +
              ". Check that the port and the application name lead to a WS-Management service.",
          code,
          {}};
}

bool is_soap(const HttpResponse& response) {
  return response.content_type == "application/soap+xml" || response.content_type == "text/xml";
}

std::string to_utf16(const std::string& text) {
  static const std::string byte_order_mark = "\xFF\xFE";
  const std::unique_ptr<xmlBuffer, FreeBuffer> in(xmlBufferCreate());
  const std::unique_ptr<xmlBuffer, FreeBuffer> out(xmlBufferCreate());
  xmlBufferAdd(in.get(), reinterpret_cast<const xmlChar*>(text.data()),
               static_cast<int>(text.size()));
  xmlCharEncodingHandler* handler = xmlGetCharEncodingHandler(XML_CHAR_ENCODING_UTF16LE);
  if (handler == nullptr || xmlCharEncOutFunc(handler, out.get(), in.get()) < 0) return {};
  const auto* octets = reinterpret_cast<const char*>(xmlBufferContent(out.get()));
  return byte_order_mark + std::string(octets, static_cast<size_t>(xmlBufferLength(out.get())));
}

// Never entities from outside, DTDs or the network; nothing printed.
xmlDocPtr parse(const std::string& text) {
  static std::once_flag once;
  std::call_once(once, xmlInitParser);
  if (text.size() > INT_MAX) return nullptr;
  constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  return xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr, options);
}

bool is_named(const xmlNode* node, std::string_view local_name) {
  return node->type == XML_ELEMENT_NODE && local_name == reinterpret_cast<const char*>(node->name);
}

bool is_in(const xmlNode* node, const char* uri) {
  return node->ns != nullptr &&
         std::string_view(uri) == reinterpret_cast<const char*>(node->ns->href);
}

xmlNodePtr soap_child(xmlNodePtr parent, std::string_view local_name) {
  xmlNodePtr child = child_named(parent, local_name);
  return child != nullptr && is_in(child, ns::kSoap) ? child : nullptr;
}

xmlNodePtr first_element(xmlNodePtr parent) {
  return parent == nullptr ? nullptr : xmlFirstElementChild(parent);
}

}  // namespace

HttpRequest to_http(const std::string& envelope, TextEncoding encoding) {
  if (encoding == TextEncoding::utf16) {
    return {"application/soap+xml;charset=UTF-16", to_utf16(envelope), false};
  }
  return {"application/soap+xml;charset=UTF-8", envelope, false};
}

xmlNodePtr Envelope::body_child() const {
  return first_element(soap_child(xmlDocGetRootElement(document_.get()), "Body"));
}

Result<Envelope> read_answer(const HttpResponse& response, const Endpoint& endpoint) {
  if (!is_soap(response)) return http_error(response, endpoint);
  if (response.body.empty()) {
    if (response.status != 200) return http_error(response, endpoint);
    return protocol_error("The answer of " + endpoint.display() + " is empty", kNoResponseData);
  }
  xmlDocPtr document = parse(response.body);
  if (document == nullptr) {
    return protocol_error("The answer of " + endpoint.display() + " is not well-formed XML",
                          kInvalidXml);
  }
  Envelope envelope(document);
  if (xmlGetIntSubset(document) != nullptr) {
    return protocol_error(
        "The answer of " + endpoint.display() + " has a DOCTYPE, which SOAP forbids", kInvalidXml);
  }
  xmlNodePtr root = xmlDocGetRootElement(document);
  xmlNodePtr body = root != nullptr && is_in(root, ns::kSoap) ? soap_child(root, "Body") : nullptr;
  if (body == nullptr) {
    return protocol_error("The answer of " + endpoint.display() + " is no SOAP 1.2 envelope",
                          kNoSoap);
  }
  xmlNodePtr fault = soap_child(body, "Fault");
  if (fault != nullptr) return fault_error(fault, endpoint);
  if (response.status != 200) return http_error(response, endpoint);
  return envelope;
}

xmlNodePtr child_named(xmlNodePtr parent, std::string_view local_name) {
  xmlNodePtr child = first_element(parent);
  while (child != nullptr && !is_named(child, local_name)) child = xmlNextElementSibling(child);
  return child;
}

std::string text_of(xmlNodePtr element) {
  if (element == nullptr) return {};
  const std::unique_ptr<xmlChar, void (*)(void*)> content(xmlNodeGetContent(element), xmlFree);
  const std::string text = content ? reinterpret_cast<const char*>(content.get()) : "";
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string xml_of(xmlNodePtr element) {
  const std::unique_ptr<xmlDoc, void (*)(xmlDocPtr)> document(
      xmlNewDoc(reinterpret_cast<const xmlChar*>("1.0")), xmlFreeDoc);
  // The copy declares the namespaces that the original found on its ancestors.
  xmlDocSetRootElement(document.get(), xmlDocCopyNode(element, document.get(), 1));
  const std::unique_ptr<xmlBuffer, FreeBuffer> buffer(xmlBufferCreate());
  if (xmlNodeDump(buffer.get(), document.get(), xmlDocGetRootElement(document.get()), 0, 0) < 0)
    return {};
  return reinterpret_cast<const char*>(xmlBufferContent(buffer.get()));
}

}  // namespace wsman
