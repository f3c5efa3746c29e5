#include "protocol/operation/shell_life.h"

#include <algorithm>

#include "base/text.h"
#include "protocol/message/resource.h"
#include "protocol/operation/shell.h"
#include "protocol/xml/uuid.h"
#include "protocol/xml/xml.h"

namespace wsman::operation {
namespace {

// The first element below `parent`, at any depth, that `matches`.
template <typename Matches>
xmlNodePtr find_below(xmlNodePtr parent, const Matches& matches) {
  for (xmlNodePtr child = xml::first_element(parent); child != nullptr;
       child = xmlNextElementSibling(child)) {
    if (matches(child)) return child;
    xmlNodePtr found = find_below(child, matches);
    if (found != nullptr) return found;
  }
  return nullptr;
}

bool is_action(const std::string& action, const char* name) {
  return equal_without_case(message::last_segment(action), name);
}

std::string text_value(const Content& content, const char* name) {
  for (const NamedValues& entry : content.values) {
    if (equal_without_case(entry.name, name) && !entry.values.empty())
      return xml::stripped(entry.values[0].text);
  }
  return {};
}

// Identifiers of shells and commands have no "uuid:" before them.
std::string new_guid() { return xml::new_uuid().substr(std::string("uuid:").size()); }

// The attribute of the root, which gets one if it is a `root` without.
std::string name_in_document(std::string& document, const char* root, const char* attribute) {
  const xml::Reading reading = xml::read_xml(document);
  xmlNodePtr element = reading.document ? xmlDocGetRootElement(reading.document.get()) : nullptr;
  if (element == nullptr || xml::name_of(element) != root) return {};
  std::string given = xml::attribute_of(element, attribute);
  if (!given.empty()) return given;
  given = new_guid();
  const xml::MemoryWatch watch;
  (void)xmlSetProp(element, reinterpret_cast<const xmlChar*>(attribute),
                   reinterpret_cast<const xmlChar*>(given.c_str()));
  watch.demand();
  Result<std::string> named = xml::xml_of(element);
  // Without memory the server gives a name.
  if (!named.ok()) return {};
  document = std::move(named.value());
  return given;
}

std::string name_in(Content& content, const char* root, const char* attribute) {
  if (!content.document.empty()) return name_in_document(content.document, root, attribute);
  const bool given = std::any_of(
      content.values.begin(), content.values.end(),
      [&](const NamedValues& entry) { return equal_without_case(entry.name, attribute); });
  if (!given) content.values.push_back({attribute, {{Value::Kind::text, new_guid()}}});
  return text_value(content, attribute);
}

}  // namespace

std::string name_shell(Content& content) { return name_in(content, "Shell", "ShellId"); }

std::string name_command(Content& content) { return name_in(content, "CommandLine", "CommandId"); }

std::string shell_id_in(const std::string& answer) {
  const xml::Reading reading = xml::read_xml(answer);
  if (!reading.document) return {};
  xmlNodePtr root = xmlDocGetRootElement(reading.document.get());
  // At any depth: the answer is an x:ResourceCreated, or the reference in it, with prefixes of the
  // server.
  xmlNodePtr selector = find_below(root, [](xmlNodePtr element) {
    return xml::name_of(element) == "Selector" &&
           equal_without_case(xml::attribute_of(element, "Name"), "ShellId");
  });
  if (selector != nullptr) return xml::text_of(selector);
  // Some servers answer with the rsp:Shell alone.
  return xml::text_of(
      find_below(root, [](xmlNodePtr element) { return xml::name_of(element) == "ShellId"; }));
}

bool starts_command(const std::string& action) { return is_action(action, "Command"); }

bool receives_output(const std::string& action) { return is_action(action, "Receive"); }

std::string started_command_in(const std::string& action, const std::string& answer) {
  // Only Command starts a command, whatever elements another answer has.
  if (!starts_command(action)) return {};
  const xml::Reading reading = xml::read_xml(answer);
  if (!reading.document) return {};
  return xml::text_of(xml::child_named(xmlDocGetRootElement(reading.document.get()), "CommandId"));
}

std::string terminated_command_in(const std::string& action, const Content& content) {
  if (!is_action(action, "Signal")) return {};
  // Values are judged by what is sent of them, since a code that is not given is written there.
  const Result<std::string> sent =
      content.document.empty() ? shell_action_body("Signal", content.values) : content.document;
  if (!sent.ok()) return {};
  const xml::Reading reading = xml::read_xml(sent.value());
  xmlNodePtr signal = reading.document ? xmlDocGetRootElement(reading.document.get()) : nullptr;
  // Other signals, such as ctrl_c, leave the command on the server.
  const bool ends = is_action(xml::text_of(xml::child_named(signal, "Code")), "terminate");
  return ends ? xml::attribute_of(signal, "CommandId") : std::string();
}

}  // namespace wsman::operation
