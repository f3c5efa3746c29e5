#include "protocol/shell_life.h"

#include "protocol/body.h"
#include "protocol/xml.h"

namespace wsman {
namespace {

// The first element below `parent`, at any depth, that `matches`.
template <typename Matches>
xmlNodePtr find_below(xmlNodePtr parent, const Matches& matches) {
  for (xmlNodePtr child = first_element(parent); child != nullptr;
       child = xmlNextElementSibling(child)) {
    if (matches(child)) return child;
    xmlNodePtr found = find_below(child, matches);
    if (found != nullptr) return found;
  }
  return nullptr;
}

bool is_action(const std::string& action, const char* name) {
  return equal_ignoring_case(last_segment(action), name);
}

std::string text_value(const Content& content, const char* name) {
  for (const NamedValues& entry : content.values) {
    if (equal_ignoring_case(entry.name, name) && !entry.values.empty())
      return stripped(entry.values[0].text);
  }
  return {};
}

}  // namespace

std::string shell_id_in(const std::string& answer) {
  const Reading reading = read_xml(answer);
  if (!reading.document) return {};
  return text_of(find_below(xmlDocGetRootElement(reading.document.get()), [](xmlNodePtr element) {
    return name_of(element) == "Selector" &&
           equal_ignoring_case(attribute_of(element, "Name"), "ShellId");
  }));
}

bool starts_command(const std::string& action) { return is_action(action, "Command"); }

std::string started_command_in(const std::string& action, const std::string& answer) {
  if (!starts_command(action)) return {};
  const Reading reading = read_xml(answer);
  if (!reading.document) return {};
  return text_of(child_named(xmlDocGetRootElement(reading.document.get()), "CommandId"));
}

std::string terminated_command_in(const std::string& action, const Content& content) {
  if (!is_action(action, "Signal")) return {};
  if (!content.document.empty()) {
    const Reading reading = read_xml(content.document);
    xmlNodePtr signal = reading.document ? xmlDocGetRootElement(reading.document.get()) : nullptr;
    const bool ends = is_action(text_of(child_named(signal, "Code")), "terminate");
    return ends ? attribute_of(signal, "CommandId") : std::string();
  }
  const bool ends = is_action(text_value(content, "Code"), "terminate");
  return ends ? text_value(content, "CommandId") : std::string();
}

}  // namespace wsman
