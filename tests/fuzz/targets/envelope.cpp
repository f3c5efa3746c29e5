// The answer to an operation: an envelope or a fault, and what is made of them for the caller.
#include "protocol/message/envelope.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/text.h"
#include "canonical.h"
#include "edge.h"
#include "fuzz.h"
#include "protocol/message/body_document.h"
#include "protocol/operation/shell_life.h"
#include "protocol/xml/encoding.h"
#include "protocol/xml/mask.h"
#include "protocol/xml/names.h"
#include "protocol/xml/xml.h"

namespace wsman::fuzz {
namespace {

// What names of secrets have in them.
constexpr std::array<const char*, 4> kTelling{"password", "passwd", "passphrase", "secret"};

constexpr const char* kMask = "********";

bool is_xml(const std::string& text) { return xml::read_xml(text).flaw == xml::XmlFlaw::none; }

std::string canonical_document(const std::string& text) {
  const xml::Reading reading = xml::read_xml(text);
  demand(reading.flaw == xml::XmlFlaw::none, "What is cut out of an envelope is no document");
  return canonical(xmlDocGetRootElement(reading.document.get()));
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
  demand(whole.ok() && canonical_document(cut.xml) == canonical_document(whole.value()),
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

bool is_telling(const std::string& text) {
  const std::string lower = lower_case(text);
  return std::any_of(kTelling.begin(), kTelling.end(),
                     [&lower](const char* word) { return lower.find(word) != std::string::npos; });
}

bool is_masked(const std::string& text) { return text.empty() || text == kMask; }

std::string text_of(const xmlAttr* attribute) {
  return xml::text_of(reinterpret_cast<xmlNodePtr>(const_cast<xmlAttr*>(attribute)));
}

bool is_name(const xmlAttr* attribute) {
  const std::string name = lower_case(reinterpret_cast<const char*>(attribute->name));
  return name == "name" || name == "key";
}

bool is_secret(xmlNodePtr element) {
  bool secret = is_telling(std::string(xml::name_of(element)));
  for (const xmlAttr* one = element->properties; one != nullptr; one = one->next)
    secret = secret || (is_name(one) && is_telling(text_of(one)));
  return secret;
}

// Such as xsi:nil.
bool is_of_schema(const xmlAttr* attribute) {
  return attribute->ns != nullptr &&
         std::string_view(ns::kXsi) == reinterpret_cast<const char*>(attribute->ns->href);
}

void check_masked_attributes(xmlNodePtr element) {
  const bool secret = is_secret(element);
  for (const xmlAttr* one = element->properties; one != nullptr; one = one->next) {
    const bool is_value = secret && !is_name(one) && !is_of_schema(one);
    demand(!(is_value || is_telling(reinterpret_cast<const char*>(one->name))) ||
               is_masked(text_of(one)),
           "A mask shows a secret attribute");
  }
}

// The arguments from the first one that tells of a secret.
void check_masked_command(xmlNodePtr command_line) {
  bool masked = false;
  for (xmlNodePtr part = xml::first_element(command_line); part != nullptr;
       part = xmlNextElementSibling(part)) {
    const std::string text = xml::text_of(part);
    demand(!is_telling(text) && (!masked || is_masked(text)), "A mask shows a secret argument");
    masked = masked || text == kMask;
  }
}

// Nothing that may be a secret is left.
void check_mask(xmlNodePtr element) {
  demand(!is_secret(element) || is_masked(xml::text_of(element)), "A mask shows a secret");
  check_masked_attributes(element);
  if (xml::is_element(element, ns::kShell, "CommandLine")) check_masked_command(element);
  for (xmlNodePtr child = xml::first_element(element); child != nullptr;
       child = xmlNextElementSibling(child))
    check_mask(child);
}

void check_masked(const std::string& document) {
  // It could not be told from one of ours.
  if (document.find(kMask) != std::string::npos) return;
  const xml::Reading shown = xml::read_xml(xml::masked(document));
  if (shown.document) check_mask(xmlDocGetRootElement(shown.document.get()));
}

// Where the parser is given the next piece changes nothing.
void check_edge(std::string body, int status, const Result<message::Envelope>& envelope) {
  if (!xml::make_utf8(body).ok()) return;
  const std::string moved = over_an_edge(body);
  if (moved.empty()) return;
  const Result<message::Envelope> again =
      message::read_answer({status, "application/soap+xml", "", moved}, {kServer, "uuid:1"});
  demand(again.ok() == envelope.ok(), "Whether an answer is one depends on where it is cut");
  if (!envelope.ok())
    return demand(again.error().code == envelope.error().code &&
                      again.error().fault_xml == envelope.error().fault_xml,
                  "What an error says depends on where the answer is cut");
  const message::BodyDocument cut = message::scan_body(body);
  const message::BodyDocument moved_cut = message::scan_body(moved);
  demand(moved_cut.envelope.is_answer() == cut.envelope.is_answer() && moved_cut.xml == cut.xml &&
             moved_cut.name == cut.name && moved_cut.uri == cut.uri,
         "What an answer says depends on where it is cut");
}

// The first byte is the status.
void read_answer(std::string_view input) {
  if (input.empty()) return;
  const int status = input.front() == '5' ? 500 : 200;
  const std::string body(input.substr(1));
  const Result<message::Envelope> envelope =
      message::read_answer({status, "application/soap+xml", "", body}, {kServer, "uuid:1"});
  envelope.ok() ? check_response(envelope.value()) : check_refusal(envelope.error());
  if (envelope.ok() && envelope.value().body_child() != nullptr)
    check_cut(body, envelope.value().body_child(), envelope.value().language());
  check_edge(body, status, envelope);
  check_masked(body);
}

const Target envelope_target{"envelope", read_answer};

}  // namespace
}  // namespace wsman::fuzz
