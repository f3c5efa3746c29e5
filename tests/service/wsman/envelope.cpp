#include "wsman/envelope.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <openssl/rand.h>

#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <utility>

#include "wsman/names.h"
#include "wsman/xml.h"

namespace wsman::service {
namespace {

constexpr std::array<std::pair<Ns, std::string_view>, 7> kBindings = {{
    {Ns::soap, kSoapNamespace},
    {Ns::addressing, kAddressingNamespace},
    {Ns::transfer, kTransferNamespace},
    {Ns::enumeration, kEnumerationNamespace},
    {Ns::wsman, kWsmanNamespace},
    {Ns::microsoft, kMicrosoftNamespace},
    {Ns::binding, kBindingNamespace},
}};

std::string padded_leaf(const Flavour& flavour, const std::string& name, std::string_view text) {
  if (!flavour.padded) return leaf(name, text);
  return leaf(name, std::string("\n      ").append(text).append("\n    "));
}

// As AMT sends it: declaration, line ends, indentation.
std::string indented(const std::string& xml) {
  const std::unique_ptr<xmlDoc, void (*)(xmlDoc*)> document(
      xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr, XML_PARSE_NONET),
      xmlFreeDoc);
  if (!document) return xml;
  xmlChar* text = nullptr;
  int size = 0;
  xmlDocDumpFormatMemoryEnc(document.get(), &text, &size, "UTF-8", 1);
  std::string copy(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  xmlFree(text);
  return copy;
}

}  // namespace

// [RFC 9562 5.4]
std::string new_guid() {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw std::runtime_error("OpenSSL has no random bytes.");
  }
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0FU) | 0x40U);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3FU) | 0x80U);
  std::string id;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::array<char, 3> digits{};
    std::snprintf(digits.data(), digits.size(), "%02X", static_cast<unsigned>(bytes.at(i)));
    if (i == 4 || i == 6 || i == 8 || i == 10) id += '-';
    id += digits.data();
  }
  return id;
}

std::string envelope(const Flavour& flavour, std::string_view header, std::string_view body) {
  const std::string name = flavour.tag(Ns::soap, "Envelope");
  std::string xml = "<" + name;
  if (flavour.family == Family::windows) xml += " xml:lang=\"en-US\"";
  for (const auto& [ns, uri] : kBindings) {
    xml.append(" xmlns:").append(flavour.prefix(ns)).append("=\"").append(uri).append("\"");
  }
  xml.reserve(xml.size() + header.size() + body.size() + 100);
  xml.append(">").append(wrap(flavour.tag(Ns::soap, "Header"), header));
  const std::string body_name = flavour.tag(Ns::soap, "Body");
  xml.append("<").append(body_name).append(">").append(body);
  xml.append("</").append(body_name).append("></").append(name).append(">");
  return xml;
}

std::string addressing_header(const Flavour& flavour, std::string_view action,
                              std::string_view relates_to) {
  const auto tag = [&flavour](std::string_view name) { return flavour.tag(Ns::addressing, name); };
  std::string name = tag("Action");
  if (flavour.family == Family::amt) name += " a:mustUnderstand=\"true\"";
  std::string header = padded_leaf(flavour, name, action);
  header += padded_leaf(flavour, tag("MessageID"), "uuid:" + new_guid());
  header += padded_leaf(flavour, tag("To"), kAnonymousRole);
  if (!relates_to.empty()) header += padded_leaf(flavour, tag("RelatesTo"), relates_to);
  return header;
}

Response soap_response(const Flavour& flavour, unsigned status, std::string_view header,
                       std::string_view body) {
  Response response;
  response.status = status;
  response.content_type = kSoapContentType;
  response.body = envelope(flavour, header, body);
  if (flavour.family == Family::amt) response.body = indented(response.body);
  return response;
}

}  // namespace wsman::service
