#include "wsman/envelope.h"

#include <openssl/rand.h>

#include <array>
#include <cstdio>
#include <stdexcept>

namespace wsman::endpoint {
namespace {

std::string element(std::string_view name, std::string_view text) {
  std::string xml = "<";
  xml.append(name).append(">").append(escape_xml(text)).append("</").append(name).append(">");
  return xml;
}

// [RFC 9562 5.4]
std::string new_message_id() {
  std::array<unsigned char, 16> octets{};
  if (RAND_bytes(octets.data(), static_cast<int>(octets.size())) != 1) {
    throw std::runtime_error("OpenSSL has no random octets.");
  }
  octets[6] = static_cast<unsigned char>((octets[6] & 0x0FU) | 0x40U);
  octets[8] = static_cast<unsigned char>((octets[8] & 0x3FU) | 0x80U);
  std::string id = "uuid:";
  for (std::size_t i = 0; i < octets.size(); ++i) {
    std::array<char, 3> digits{};
    std::snprintf(digits.data(), digits.size(), "%02X", static_cast<unsigned>(octets.at(i)));
    if (i == 4 || i == 6 || i == 8 || i == 10) id += '-';
    id += digits.data();
  }
  return id;
}

std::string fault_header(const Fault& fault, std::string_view relates_to) {
  std::string header = element("wsa:Action", fault.action);
  header += element("wsa:MessageID", new_message_id());
  header += element("wsa:To", "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous");
  if (!relates_to.empty()) header += element("wsa:RelatesTo", relates_to);
  return header;
}

std::string fault_body(const Fault& fault) {
  std::string body = "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode>";
  body += element("s:Value", fault.subcode);
  body += "</s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en-US\">";
  body += escape_xml(fault.reason);
  body += "</s:Text></s:Reason><s:Detail><f:WSManFault Code=\"" + std::to_string(fault.code);
  body += "\" Machine=\"loopback\">" + element("f:Message", fault.reason);
  body += "</f:WSManFault></s:Detail></s:Fault>";
  return body;
}

}  // namespace

std::string escape_xml(std::string_view text) {
  std::string xml;
  xml.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        xml += "&amp;";
        break;
      case '<':
        xml += "&lt;";
        break;
      case '>':
        xml += "&gt;";
        break;
      case '"':
        xml += "&quot;";
        break;
      default:
        xml += c;
    }
  }
  return xml;
}

std::string envelope(std::string_view header, std::string_view body) {
  std::string xml =
      "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
      " xmlns:wsa=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
      " xmlns:wsman=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\""
      " xmlns:wsen=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\""
      " xmlns:wxf=\"http://schemas.xmlsoap.org/ws/2004/09/transfer\""
      " xmlns:f=\"http://schemas.microsoft.com/wbem/wsman/1/wsmanfault\"><s:Header>";
  xml.append(header).append("</s:Header><s:Body>").append(body).append("</s:Body></s:Envelope>");
  return xml;
}

Response fault_response(const Fault& fault, std::string_view relates_to) {
  Response response;
  response.status = 500;
  response.content_type = kSoapContentType;
  response.body = envelope(fault_header(fault, relates_to), fault_body(fault));
  return response;
}

}  // namespace wsman::endpoint
