// What servers answer, as text, for tests without a network.
#ifndef WSMAN_TESTS_NATIVE_FAKES_ANSWERS_H_
#define WSMAN_TESTS_NATIVE_FAKES_ANSWERS_H_

#include <string>

#include "transport/transport.h"

namespace wsman::testing {

inline const Endpoint kServer{true, "server01", 5986, "/wsman"};

// An answer of a WS-Management service, by default a success.
inline HttpResponse soap_answer(const std::string& body, int status = 200) {
  return {status, "application/soap+xml", "", body};
}

// An envelope as Windows writes it, with that content of the Body.
inline std::string envelope_with(const std::string& body) {
  return "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\">"
         "<s:Header/><s:Body>" +
         body + "</s:Body></s:Envelope>";
}

// The a:MessageID of an envelope that was sent, or "".
inline std::string message_id_of(const std::string& envelope) {
  constexpr const char* open = "<a:MessageID>";
  const size_t start = envelope.find(open);
  if (start == std::string::npos) return "";
  const size_t text = start + std::string(open).size();
  return envelope.substr(text, envelope.find('<', text) - text);
}

// An envelope as Windows writes it, that says which message it answers.
inline std::string envelope_related_to(const std::string& message_id, const std::string& body) {
  return "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
         "xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\"><s:Header><a:RelatesTo>" +
         message_id + "</a:RelatesTo></s:Header><s:Body>" + body + "</s:Body></s:Envelope>";
}

// Identify as Windows answers it.
inline std::string identify_answer() {
  return envelope_with(
      "<wsmid:IdentifyResponse "
      "xmlns:wsmid=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\">"
      "<wsmid:ProtocolVersion>http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
      "</wsmid:ProtocolVersion>"
      "<wsmid:ProductVendor>Microsoft Corporation</wsmid:ProductVendor>"
      "<wsmid:ProductVersion>OS: 10.0.20348 SP: 0.0 Stack: 3.0</wsmid:ProductVersion>"
      "</wsmid:IdentifyResponse>");
}

// A fault as Windows writes it, with that content of its Detail.
inline std::string fault_with(const std::string& detail) {
  return envelope_with(
      "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value "
      "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\">w:InvalidSelectors</s:Value>"
      "</s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en-US\">The reason. </s:Text></s:Reason>" +
      detail + "</s:Fault>");
}

// The Detail of a fault as Windows writes it.
inline std::string wsman_fault_detail(const std::string& code, const std::string& message) {
  return "<s:Detail><f:WSManFault "
         "xmlns:f=\"http://schemas.microsoft.com/wbem/wsman/1/wsmanfault\" Code=\"" +
         code + "\" Machine=\"server01\"><f:Message>" + message +
         "</f:Message></f:WSManFault></s:Detail>";
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_ANSWERS_H_
