#include "hostile/answers.h"

#include <array>
#include <cstdio>

namespace wsman::hostile {
namespace {

constexpr const char* kContentType = "Content-Type: application/soap+xml;charset=UTF-8\r\n";

}  // namespace

std::string identify_envelope() {
  return "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header/><s:Body>"
         "<wsmid:IdentifyResponse "
         "xmlns:wsmid=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\">"
         "<wsmid:ProtocolVersion>http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
         "</wsmid:ProtocolVersion><wsmid:ProductVendor>Nobody</wsmid:ProductVendor>"
         "<wsmid:ProductVersion>1.0</wsmid:ProductVersion></wsmid:IdentifyResponse>"
         "</s:Body></s:Envelope>";
}

std::string head(const std::string& status) { return "HTTP/1.1 " + status + "\r\n" + kContentType; }

std::string with_length(const std::string& body) {
  return "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string proper_answer() { return head("200 OK") + with_length(identify_envelope()); }

std::string answer_with(const std::string& status_line, const std::string& fields) {
  return status_line + "\r\n" + kContentType + fields + with_length(identify_envelope());
}

std::string chunk(const std::string& bytes, const std::string& extension) {
  std::array<char, 20> size{};
  std::snprintf(size.data(), size.size(), "%zx", bytes.size());
  return size.data() + extension + "\r\n" + bytes + "\r\n";
}

}  // namespace wsman::hostile
