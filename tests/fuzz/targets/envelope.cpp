// The answer to an operation: an envelope or a fault, and what is made of them for the caller.
#include "protocol/message/envelope.h"

#include <string>
#include <string_view>

#include "base/text.h"
#include "fuzz.h"
#include "protocol/operation/shell_life.h"
#include "protocol/xml/mask.h"
#include "protocol/xml/xml.h"

namespace wsman::fuzz {
namespace {

bool is_xml(const std::string& text) { return xml::read_xml(text).flaw == xml::XmlFlaw::none; }

// What goes to the caller is a document of its own, whatever was around it.
void check_response(const message::Envelope& envelope) {
  xmlNodePtr response = envelope.body_child();
  if (response == nullptr) return;
  const Result<std::string> text = xml::xml_of(response, envelope.language());
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
  check_masked(body);
}

const Target envelope_target{"envelope", read_answer};

}  // namespace
}  // namespace wsman::fuzz
