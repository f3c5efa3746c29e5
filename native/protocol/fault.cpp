#include "protocol/fault.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <string>

#include "protocol/fault_codes.h"
#include "protocol/names.h"
#include "protocol/xml.h"

namespace wsman {
namespace {

// What a fault says, whatever the shape of its detail.
struct Report {
  FaultParts parts;
  uint32_t code = 0;
  std::string text;  // The most telling sentence in it, or "".
};

// The octets of the control character at `at` in UTF-8; 0 if there is none. C1 controls (U+0080 to
// U+009F) steer terminals as C0 controls do.
size_t control_at(const std::string& text, size_t at) {
  const auto octet = static_cast<unsigned char>(text[at]);
  if (octet < 0x20 || octet == 0x7F) return 1;
  const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
  return octet == 0xC2 && next >= 0x80 && next <= 0x9F ? 2 : 0;
}

// Text for a person: any run of white space or control characters becomes one space.
std::string on_one_line(const std::string& text) {
  std::string line;
  for (size_t at = 0; at < text.size();) {
    const size_t control = control_at(text, at);
    const bool space = control > 0 || text[at] == ' ';
    if (!space) {
      line += text[at];
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
    at += std::max<size_t>(control, 1);
  }
  return stripped(line);
}

std::string line_of(xmlNodePtr element) { return on_one_line(text_of(element)); }

// Unsigned [MS-WSMV 2.2.4.43]. 0 if it is not a number.
uint32_t number_in(const std::string& text, int base) {
  uint32_t number = 0;
  (void)std::from_chars(text.data(), text.data() + text.size(), number, base);
  return number;
}

// "HRESULT 0x803381a5".
uint32_t code_in_message_id(const std::string& text) {
  const size_t mark = text.find("0x");
  return mark == std::string::npos ? 0 : number_in(text.substr(mark + 2), 16);
}

// A name in text, whose prefix means what it means at that element.
QualifiedName qualified_name(xmlNodePtr element) {
  const std::string text = text_of(element);
  const size_t colon = text.find(':');
  if (colon == std::string::npos) return {"", text};
  const std::string prefix = text.substr(0, colon);
  const xmlNs* found =
      xmlSearchNs(element->doc, element, reinterpret_cast<const xmlChar*>(prefix.c_str()));
  return {found == nullptr ? "" : reinterpret_cast<const char*>(found->href),
          text.substr(colon + 1)};
}

// The text that stands in the element itself, not in its children.
std::string own_text(xmlNodePtr element) {
  std::string text;
  for (xmlNodePtr child = element->children; child != nullptr; child = child->next) {
    if (child->type != XML_TEXT_NODE && child->type != XML_CDATA_SECTION_NODE) continue;
    text += reinterpret_cast<const char*>(child->content);
  }
  return on_one_line(text);
}

void read_wsman_fault(xmlNodePtr wsman_fault, Report& report);

// What a provider says: its own text, or a fault of its own, with more behind it for machines.
void read_provider(xmlNodePtr provider, Report& report) {
  report.parts.provider = attribute_of(provider, "provider");
  report.parts.provider_path = attribute_of(provider, "path");
  report.parts.provider_message = own_text(provider);
  xmlNodePtr inner = child_named(provider, "WSManFault");
  if (inner == nullptr) return;
  Report nested;
  read_wsman_fault(inner, nested);
  if (report.parts.provider_message.empty()) report.parts.provider_message = nested.text;
  if (report.code == 0) report.code = nested.code;
}

void read_wsman_fault(xmlNodePtr wsman_fault, Report& report) {
  report.code = number_in(attribute_of(wsman_fault, "Code"), 10);
  report.parts.machine = attribute_of(wsman_fault, "Machine");
  xmlNodePtr message = child_named(wsman_fault, "Message");
  if (message == nullptr) return;
  xmlNodePtr provider = child_named(message, "ProviderFault");
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

// The instance of an error class that CIM providers send.
void read_cim_error(xmlNodePtr error, Report& report) {
  report.code = number_in(text_of(child_named(error, "error_Code")), 10);
  if (report.code == 0) report.code = code_in_message_id(text_of(child_named(error, "MessageID")));
  for (const char* name : {"error_WindowsErrorMessage", "Message", "OMI_ErrorMessage"}) {
    if (report.text.empty()) report.text = line_of(child_named(error, name));
  }
  report.parts.provider_message = report.text;
}

void read_detail(xmlNodePtr detail, Report& report) {
  report.parts.detail = text_of(child_named(detail, "FaultDetail"));
  xmlNodePtr wsman_fault = child_named(detail, "WSManFault");
  if (wsman_fault != nullptr) return read_wsman_fault(wsman_fault, report);
  for (const char* name : {"MSFT_WmiError", "OMI_Error", "CIM_Error"}) {
    xmlNodePtr error = child_named(detail, name);
    if (error != nullptr) return read_cim_error(error, report);
  }
}

Report read_fault(xmlNodePtr fault) {
  Report report;
  xmlNodePtr code = child_named(fault, "Code");
  xmlNodePtr value = child_named(code, "Value");
  xmlNodePtr subvalue = child_named(child_named(code, "Subcode"), "Value");
  const QualifiedName soap_code = value == nullptr ? QualifiedName{} : qualified_name(value);
  const QualifiedName subcode = subvalue == nullptr ? QualifiedName{} : qualified_name(subvalue);
  read_detail(child_named(fault, "Detail"), report);
  report.parts.soap_code = soap_code.local;
  report.parts.soap_subcode = subcode.local;
  report.parts.reason = line_of(child_named(child_named(fault, "Reason"), "Text"));
  if (report.code == 0) report.code = code_of_fault(soap_code, subcode, report.parts.detail);
  if (report.text.empty()) report.text = report.parts.reason;
  return report;
}

// The text as a whole sentence, and what to try behind it.
std::string with_advice(const std::string& text, uint32_t code) {
  const std::string advice = advice_for(code);
  if (advice.empty()) return text;
  const bool whole = std::string(".!?").find(text.back()) != std::string::npos;
  return text + (whole ? " " : ". ") + advice;
}

}  // namespace

Error fault_error(xmlNodePtr fault, const Endpoint& endpoint) {
  Report report = read_fault(fault);
  if (report.text.empty()) report.text = "no reason was given";
  return {ErrorCode::fault,
          with_code(endpoint.host + " answered with a fault", report.code) + ": " +
              with_advice(report.text, report.code),
          report.code, xml_of(fault), std::make_shared<const FaultParts>(std::move(report.parts))};
}

}  // namespace wsman
