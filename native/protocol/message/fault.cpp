#include "protocol/message/fault.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

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

// The part of a language tag before its first hyphen: "de" of "de-AT" [RFC 5646 2.1].
std::string_view primary(std::string_view tag) { return tag.substr(0, tag.find('-')); }

// The s:Text of a Reason in the language that was asked for; else in another form of it, in
// English, or the first [SOAP 1.2 5.4.2].
xmlNodePtr reason_in(xmlNodePtr reason, std::string_view language) {
  xmlNodePtr best = nullptr;
  int best_rank = -1;
  for (xmlNodePtr text = xml::first_element(reason); text != nullptr;
       text = xmlNextElementSibling(text)) {
    if (xml::name_of(text) != "Text") continue;
    const std::string tag = xml::language_of(text);
    const int rank = equal_without_case(tag, language)                     ? 3
                     : equal_without_case(primary(tag), primary(language)) ? 2
                     : equal_without_case(primary(tag), "en")              ? 1
                                                                           : 0;
    if (rank > best_rank) best = text;
    best_rank = std::max(best_rank, rank);
  }
  return best;
}

// A detail of no known form, as text. It is the server's, and may be as long as the answer.
std::string text_of_detail(xmlNodePtr detail) {
  constexpr size_t most = 1000;
  return line_of(detail).substr(0, most);
}

Report read_fault(xmlNodePtr fault, std::string_view language) {
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
  report.parts.reason = line_of(reason_in(xml::child_named(fault, "Reason"), language));
  if (report.code == 0) report.code = code_of_fault(soap_code, subcode, report.parts.detail);
  if (report.text.empty()) report.text = report.parts.reason;
  if (report.text.empty() && report.parts.detail.empty())
    report.text = text_of_detail(xml::child_named(fault, "Detail"));
  return report;
}

// A fault of SOAP 1.1 has other names and no subcode [SOAP 1.1 4.4].
Report read_soap11_fault(xmlNodePtr fault) {
  Report report;
  xmlNodePtr code = xml::child_named(fault, "faultcode");
  if (code != nullptr) report.parts.soap_code = qualified_name(code).local;
  report.parts.reason = line_of(xml::child_named(fault, "faultstring"));
  report.text = report.parts.reason;
  if (report.text.empty()) report.text = text_of_detail(xml::child_named(fault, "detail"));
  return report;
}

// The text of a server with a full stop, since an advice may follow it. The text is never empty
// here. Languages have full stops of their own.
std::string as_sentence(const std::string& text) {
  constexpr std::array<std::string_view, 12> ends{".",      "!",      "?",      "\u2026",
                                                  "\u3002", "\uFF0E", "\uFF01", "\uFF1F",
                                                  "\u061F", "\u06D4", "\u0964", "\u0589"};
  const bool whole = std::any_of(ends.begin(), ends.end(), [&](std::string_view end) {
    return text.size() >= end.size() &&
           text.compare(text.size() - end.size(), end.size(), end) == 0;
  });
  return whole ? text : text + ".";
}

// The last part of a FaultDetail, such as MissingValues: often the only part of a fault that tells
// what was wrong. Empty if the sentence has it.
std::string detail_sentence(const Report& report) {
  constexpr size_t most = 200;
  const std::string& detail = report.parts.detail;
  const std::string name = for_people(detail.substr(detail.rfind('/') + 1).substr(0, most));
  if (name.empty() || report.text.find(name) != std::string::npos) return "";
  return " The detail is " + name + ".";
}

std::string text_or_code(const Report& report) {
  if (!report.text.empty()) return report.text;
  const std::string& code =
      report.parts.soap_subcode.empty() ? report.parts.soap_code : report.parts.soap_subcode;
  return code.empty() ? "no reason was given" : "no reason was given, only " + for_people(code);
}

// The fault as an error hands it on, whose properties a person has shown.
std::string shown_fault(xmlNodePtr fault) {
  const Result<std::string> xml = xml::xml_of(fault, xml::Sections::as_text);
  if (!xml.ok()) return {};
  std::string shown = xml_for_people(xml.value());
  // A name may have U+061C in it, and no reference.
  const bool says_the_same =
      shown == xml.value() || xml::read_xml(shown).flaw == xml::XmlFlaw::none;
  return says_the_same ? shown : std::string();
}

Error error_of(xmlNodePtr fault, Report report, const Endpoint& endpoint) {
  return {ErrorCode::fault,
          with_code(endpoint.called() + " answered with a fault", report.code) + ": " +
              as_sentence(text_or_code(report)) + detail_sentence(report),
          report.code,
          advice_for(report.code),
          shown_fault(fault),
          std::make_shared<const FaultParts>(std::move(report.parts))};
}

}  // namespace

Error fault_error(xmlNodePtr fault, const Endpoint& endpoint, std::string_view language) {
  return error_of(fault, read_fault(fault, language), endpoint);
}

Error soap11_fault_error(xmlNodePtr fault, const Endpoint& endpoint) {
  return error_of(fault, read_soap11_fault(fault), endpoint);
}

}  // namespace wsman::message
