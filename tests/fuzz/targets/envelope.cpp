// The answer to an operation: an envelope or a fault, and what is made of them for the caller.
#include "protocol/message/envelope.h"

#include <libxml/c14n.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "fuzz.h"
#include "protocol/message/body_document.h"
#include "protocol/operation/shell_life.h"
#include "protocol/xml/encoding.h"
#include "protocol/xml/mask.h"
#include "protocol/xml/xml.h"

namespace wsman::fuzz {
namespace {

bool is_xml(const std::string& text) { return xml::read_xml(text).flaw == xml::XmlFlaw::none; }

// The same for all documents that say the same [Exclusive XML Canonicalization].
std::string canonical(const std::string& text) {
  const xml::Reading reading = xml::read_xml(text);
  demand(reading.flaw == xml::XmlFlaw::none, "What is cut out of an envelope is no document");
  xmlChar* form = nullptr;
  const int length = xmlC14NDocDumpMemory(reading.document.get(), nullptr, XML_C14N_EXCLUSIVE_1_0,
                                          nullptr, 1, &form);
  std::string canonical(reinterpret_cast<const char*>(form),
                        static_cast<size_t>(std::max(length, 0)));
  xmlFree(form);
  return canonical;
}

// Without a tree the same is found, and as a document says the same.
void check_cut(std::string bytes, xmlNodePtr response, const std::string& language) {
  demand(xml::make_utf8(bytes).ok(), "An envelope is in no encoding");
  const message::BodyDocument cut = message::scan_body(bytes);
  demand(cut.envelope.is_answer(), "Only the tree finds an answer");
  demand(cut.name == xml::name_of(response), "The two find another element");
  // An empty one says that there is no language, and stays.
  const bool has_language = xmlHasNsProp(response, BAD_CAST "lang", BAD_CAST ns::kXml) != nullptr;
  if (!has_language && !language.empty())
    xmlNodeSetLang(response, reinterpret_cast<const xmlChar*>(language.c_str()));
  const Result<std::string> whole = xml::xml_of(response);
  demand(whole.ok() && canonical(cut.xml) == canonical(whole.value()),
         "The two find another content");
}

// What goes to the caller is a document of its own, whatever was around it.
void check_response(const message::Envelope& envelope) {
  xmlNodePtr response = envelope.body_child();
  if (response == nullptr) return;
  const Result<std::string> text = xml::xml_of(response);
  demand(text.ok() && is_xml(text.value()), "The response is no document by itself");
  const xml::Reading again = xml::read_xml(text.value());
  xmlNodePtr root = xmlDocGetRootElement(again.document.get());
  demand(
      xml::name_of(root) == xml::name_of(response) && xml::text_of(root) == xml::text_of(response),
      "The response is another one by itself");
  (void)operation::shell_id_in(text.value());
  (void)operation::started_command_in("Command", text.value());
  (void)xml::inner_xml_of(response);
}

void check_refusal(const Error& error) {
  demand(!error.message.empty(), "An error says nothing");
  demand(error.code != ErrorCode::internal, "An answer breaks the core: " + error.message);
  if (error.code == ErrorCode::fault) demand(is_xml(error.fault_xml), "A fault is no document");
}

// Nothing that may be a secret is left.
void check_mask(xmlNodePtr element) {
  const bool secret = lower_case(xml::name_of(element)).find("password") != std::string::npos;
  const std::string text = xml::text_of(element);
  demand(!secret || text.empty() || text == "********", "A mask shows a secret");
  for (xmlNodePtr child = xml::first_element(element); child != nullptr;
       child = xmlNextElementSibling(child))
    check_mask(child);
}

void check_masked(const std::string& document) {
  const xml::Reading shown = xml::read_xml(xml::masked(document));
  if (shown.document) check_mask(xmlDocGetRootElement(shown.document.get()));
}

// The first byte is the status.
void read_answer(std::string_view input) {
  if (input.empty()) return;
  const int status = input.front() == '2' ? 200 : 500;
  const std::string body(input.substr(1));
  const Result<message::Envelope> envelope =
      message::read_answer({status, "application/soap+xml", "", body}, {kServer, "uuid:1"});
  envelope.ok() ? check_response(envelope.value()) : check_refusal(envelope.error());
  if (envelope.ok() && envelope.value().body_child() != nullptr)
    check_cut(body, envelope.value().body_child(), envelope.value().language());
  check_masked(body);
}

const Target envelope_target{"envelope", read_answer};

}  // namespace
}  // namespace wsman::fuzz
