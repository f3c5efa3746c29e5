#include "protocol/message/fault.h"

#include <charconv>
#include <memory>
#include <string>

#include "base/text.h"
#include "protocol/message/fault_codes.h"
#include "protocol/xml/names.h"
#include "protocol/xml/xml.h"

namespace wsman::message {
namespace {

// The content of a fault, whatever the shape of its detail.
struct Report {
  FaultParts parts;
  uint32_t code = 0;
  std::string text;  // The most telling sentence in it, or "".
};

// A line end in the text of a server could imitate a line of a log.
std::string line_of(xmlNodePtr element) { return xml::stripped(for_people(xml::text_of(element))); }

// A code is unsigned [MS-WSMV 2.2.4.43]. 0 if the text is not a number: the fault then counts as
// one without a code.
uint32_t number_in(const std::string& text, int base) {
  uint32_t number = 0;
  (void)std::from_chars(text.data(), text.data() + text.size(), number, base);
  return number;
}

// The code in the MessageID of an MSFT_WmiError: "HRESULT 0x803381a5".
uint32_t code_in_message_id(const std::string& text) {
  const size_t mark = text.find("0x");
  return mark == std::string::npos ? 0 : number_in(text.substr(mark + 2), 16);
}

// A qualified name in text content. Its prefix is resolved at the element, since every server has
// prefixes of its own.
QualifiedName qualified_name(xmlNodePtr element) {
  const std::string text = xml::text_of(element);
  const size_t colon = text.find(':');
  if (colon == std::string::npos) return {"", text};
  const std::string prefix = text.substr(0, colon);
  const xmlNs* found =
      xmlSearchNs(element->doc, element, reinterpret_cast<const xmlChar*>(prefix.c_str()));
  return {found == nullptr ? "" : reinterpret_cast<const char*>(found->href),
          text.substr(colon + 1)};
}

// The text of the element itself, without its children: a provider puts an extended error of WMI
// below its message, which is meant for programs.
std::string own_text(xmlNodePtr element) {
  std::string text;
  for (xmlNodePtr child = element->children; child != nullptr; child = child->next) {
    if (child->type != XML_TEXT_NODE && child->type != XML_CDATA_SECTION_NODE) continue;
    text += reinterpret_cast<const char*>(child->content);
  }
  return xml::stripped(for_people(text));
}

// A fault can be nested in that of a provider. The recursion is bounded by the levels of a
// document.
void read_wsman_fault(xmlNodePtr wsman_fault, Report& report);

// Reads the error of a provider: a text, or a WSManFault of its own, which may be nested again.
void read_provider(xmlNodePtr provider, Report& report) {
  report.parts.provider = xml::attribute_of(provider, "provider");
  report.parts.provider_path = xml::attribute_of(provider, "path");
  report.parts.provider_message = own_text(provider);
  xmlNodePtr inner = xml::child_named(provider, "WSManFault");
  if (inner == nullptr) return;
  Report nested;
  read_wsman_fault(inner, nested);
  if (report.parts.provider_message.empty()) report.parts.provider_message = nested.text;
  // The outer code is what Windows reports; the inner one counts only where there is no other.
  if (report.code == 0) report.code = nested.code;
}

void read_wsman_fault(xmlNodePtr wsman_fault, Report& report) {
  report.code = number_in(xml::attribute_of(wsman_fault, "Code"), 10);
  report.parts.machine = xml::attribute_of(wsman_fault, "Machine");
  xmlNodePtr message = xml::child_named(wsman_fault, "Message");
  if (message == nullptr) return;
  xmlNodePtr provider = xml::child_named(message, "ProviderFault");
  if (provider == nullptr) {
    report.text = line_of(message);
    return;
  }
  read_provider(provider, report);
  const std::string& said = report.parts.provider_message;
  report.text = own_text(message);
  if (!report.text.empty() && !said.empty()) report.text += ' ';
  report.text += said;
}

// Reads the instance of a CIM error class: MSFT_WmiError of Windows, OMI_Error of OMI, or the
// standard CIM_Error.
void read_cim_error(xmlNodePtr error, Report& report) {
  report.code = number_in(xml::text_of(xml::child_named(error, "error_Code")), 10);
  if (report.code == 0)
    report.code = code_in_message_id(xml::text_of(xml::child_named(error, "MessageID")));
  // From the most to the least specific; the first that is there is taken.
  for (const char* name : {"error_WindowsErrorMessage", "Message", "OMI_ErrorMessage"}) {
    if (report.text.empty()) report.text = line_of(xml::child_named(error, name));
  }
  report.parts.provider_message = report.text;
}

void read_detail(xmlNodePtr detail, Report& report) {
  report.parts.detail = xml::text_of(xml::child_named(detail, "FaultDetail"));
  // The WSManFault first: it has code, machine and provider, the others a code and a text.
  xmlNodePtr wsman_fault = xml::child_named(detail, "WSManFault");
  if (wsman_fault != nullptr) return read_wsman_fault(wsman_fault, report);
  for (const char* name : {"MSFT_WmiError", "OMI_Error", "CIM_Error"}) {
    xmlNodePtr error = xml::child_named(detail, name);
    if (error != nullptr) return read_cim_error(error, report);
  }
}

Report read_fault(xmlNodePtr fault) {
  Report report;
  xmlNodePtr code = xml::child_named(fault, "Code");
  xmlNodePtr value = xml::child_named(code, "Value");
  xmlNodePtr subvalue = xml::child_named(xml::child_named(code, "Subcode"), "Value");
  const QualifiedName soap_code = value == nullptr ? QualifiedName{} : qualified_name(value);
  const QualifiedName subcode = subvalue == nullptr ? QualifiedName{} : qualified_name(subvalue);
  // The detail first: code and Reason stand in only for what it lacks.
  read_detail(xml::child_named(fault, "Detail"), report);
  report.parts.kind = kind_of_fault(subcode);
  report.parts.soap_code = soap_code.local;
  report.parts.soap_subcode = subcode.local;
  report.parts.reason = line_of(xml::child_named(xml::child_named(fault, "Reason"), "Text"));
  if (report.code == 0) report.code = code_of_fault(soap_code, subcode, report.parts.detail);
  if (report.text.empty()) report.text = report.parts.reason;
  return report;
}

// The text of a server with a full stop, since an advice may follow it. The text is never empty
// here.
std::string as_sentence(const std::string& text) {
  const bool whole = std::string(".!?").find(text.back()) != std::string::npos;
  return whole ? text : text + ".";
}

}  // namespace

Error fault_error(xmlNodePtr fault, const Endpoint& endpoint) {
  Report report = read_fault(fault);
  if (report.text.empty()) report.text = "no reason was given";
  const Result<std::string> fault_xml = xml::xml_of(fault);
  return {ErrorCode::fault,
          with_code(endpoint.host + " answered with a fault", report.code) + ": " +
              as_sentence(report.text),
          report.code,
          advice_for(report.code),
          fault_xml.ok() ? fault_xml.value() : std::string(),
          std::make_shared<const FaultParts>(std::move(report.parts))};
}

}  // namespace wsman::message
