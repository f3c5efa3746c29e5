#include "protocol/shell.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "protocol/body.h"
#include "protocol/errors.h"
#include "protocol/names.h"

namespace wsman {
namespace {

using Values = std::vector<NamedValues>;

// Takes the entry with that name out of `values`, or gives one without values.
NamedValues take(Values& values, const std::string& name) {
  const auto found = std::find_if(values.begin(), values.end(), [&](const NamedValues& entry) {
    return equal_ignoring_case(entry.name, name);
  });
  if (found == values.end()) return {name, {}};
  NamedValues entry{name, std::move(found->values)};
  values.erase(found);
  return entry;
}

// The texts of an entry in one, because a list of streams is written with spaces between.
Result<std::string> take_text(Values& values, const std::string& name,
                              const std::string& absent = {}) {
  const Result<std::vector<std::string>> texts = texts_of(take(values, name));
  if (!texts.ok()) return texts.error();
  std::string joined;
  for (const std::string& text : texts.value()) joined += (joined.empty() ? "" : " ") + text;
  return joined.empty() ? absent : joined;
}

Status write_attributes(XmlWriter& writer, Values& values,
                        std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const Result<std::string> text = take_text(values, name);
    if (!text.ok()) return text.error();
    if (!text.value().empty()) writer.attribute(name, text.value());
  }
  return Done{};
}

Status write_text(XmlWriter& writer, Values& values, const std::string& name,
                  const std::string& absent) {
  const Result<std::string> text = take_text(values, name, absent);
  if (!text.ok()) return text.error();
  if (!text.value().empty()) writer.element("rsp:" + name, text.value());
  return Done{};
}

// What is left when the parts with a place of their own are written.
Status write_rest(XmlWriter& writer, const Values& values) {
  return write_values(writer, "rsp", values);
}

Status write_variable(XmlWriter& writer, const std::string& text) {
  const size_t sign = text.find('=');
  if (sign == std::string::npos || sign == 0) {
    return invalid_argument(
        "An entry of 'Environment' must have the form NAME=value, or all of it be XML.");
  }
  writer.start("rsp:Variable");
  writer.attribute("Name", text.substr(0, sign));
  writer.text(text.substr(sign + 1));
  writer.end();
  return Done{};
}

Status write_environment(XmlWriter& writer, NamedValues environment) {
  if (environment.values.empty()) return Done{};
  if (environment.values.front().kind == Value::Kind::xml)
    return write_values(writer, "rsp", {std::move(environment)});
  const Result<std::vector<std::string>> texts = texts_of(environment);
  if (!texts.ok()) return texts.error();
  writer.start("rsp:Environment");
  for (const std::string& text : texts.value()) {
    Status written = write_variable(writer, text);
    if (!written.ok()) return written;
  }
  writer.end();
  return Done{};
}

// The first failure of several steps.
Status first_failure(std::initializer_list<Status> steps) {
  for (const Status& step : steps) {
    if (!step.ok()) return step;
  }
  return Done{};
}

Status write_command(XmlWriter& writer, Values& values) {
  const NamedValues command = take(values, "Command");
  if (command.values.size() != 1)
    return invalid_argument("The action Command needs one value 'Command': what is to be run.");
  // Braces keep the order of writing.
  const std::initializer_list<Status> steps{
      write_attributes(writer, values, {"CommandId"}), write_values(writer, "rsp", {command}),
      write_values(writer, "rsp", {take(values, "Arguments")}), write_rest(writer, values)};
  return first_failure(steps);
}

Status write_send(XmlWriter& writer, Values& values) {
  const Result<std::string> name = take_text(values, "Name", "stdin");
  const Result<std::string> stream = take_text(values, "Stream");
  if (!name.ok()) return name.error();
  if (!stream.ok()) return stream.error();
  writer.start("rsp:Stream");
  writer.attribute("Name", name.value());
  const Status attributes = write_attributes(writer, values, {"CommandId", "End"});
  writer.text(stream.value());
  writer.end();
  return first_failure({attributes, write_rest(writer, values)});
}

Status write_receive(XmlWriter& writer, Values& values) {
  const Status sequence = write_attributes(writer, values, {"SequenceId"});
  const Result<std::string> streams = take_text(values, "DesiredStream", "stdout stderr");
  if (!streams.ok()) return streams.error();
  writer.start("rsp:DesiredStream");
  const Status command = write_attributes(writer, values, {"CommandId"});
  writer.text(streams.value());
  writer.end();
  return first_failure({sequence, command, write_rest(writer, values)});
}

std::string signal_code(const std::string& code) {
  constexpr std::array<const char*, 3> names{"Terminate", "ctrl_c", "ctrl_break"};
  for (const char* name : names) {
    if (equal_ignoring_case(code, name)) return std::string(ns::kShell) + "/signal/" + name;
  }
  return code;
}

Status write_signal(XmlWriter& writer, Values& values) {
  const Status attributes = write_attributes(writer, values, {"CommandId"});
  const Result<std::string> code = take_text(values, "Code", "Terminate");
  if (!code.ok()) return code.error();
  writer.element("rsp:Code", signal_code(code.value()));
  return first_failure({attributes, write_rest(writer, values)});
}

Status write_other(XmlWriter& writer, Values& values) {
  return first_failure(
      {write_attributes(writer, values, {"CommandId"}), write_rest(writer, values)});
}

struct Action {
  const char* name;
  const char* root;
  Status (*write)(XmlWriter&, Values&);
};

constexpr std::array<Action, 4> kActions{{{"Command", "CommandLine", write_command},
                                          {"Send", "Send", write_send},
                                          {"Receive", "Receive", write_receive},
                                          {"Signal", "Signal", write_signal}}};

const Action* action_named(const std::string& name) {
  const auto* found = std::find_if(kActions.begin(), kActions.end(), [&](const Action& action) {
    return equal_ignoring_case(action.name, name);
  });
  return found == kActions.end() ? nullptr : found;
}

// A prefix in ASCII, without regard to case.
bool starts_with(const std::string& text, std::string_view start) {
  return equal_ignoring_case(std::string_view(text).substr(0, start.size()), start);
}

}  // namespace

bool is_shell(const std::string& resource_uri) {
  return equal_ignoring_case(resource_uri, ns::kShell) ||
         starts_with(resource_uri, std::string(ns::kShell) + "/") ||
         starts_with(resource_uri, uri::kPowerShell);
}

Result<std::string> shell_body(const Target& target, const std::vector<NamedValues>& values) {
  const bool command_shell =
      equal_ignoring_case(target.resource_uri, std::string(ns::kShell) + "/cmd");
  Values left = values;
  XmlWriter writer;
  writer.start("rsp:Shell");
  writer.declare("rsp", ns::kShell);
  // Braces keep the order of writing, which is that of the schema.
  const std::initializer_list<Status> steps{
      write_attributes(writer, left, {"ShellId", "Name", "CompressionMode"}),
      write_environment(writer, take(left, "Environment")),
      write_text(writer, left, "WorkingDirectory", ""),
      write_text(writer, left, "Lifetime", ""),
      write_text(writer, left, "IdleTimeOut", ""),
      write_text(writer, left, "InputStreams", command_shell ? "stdin" : ""),
      write_text(writer, left, "OutputStreams", command_shell ? "stdout stderr" : ""),
      write_rest(writer, left)};
  const Status written = first_failure(steps);
  if (!written.ok()) return written.error();
  writer.end();
  return writer.take();
}

std::string shell_action(const std::string& name) {
  const Action* action = action_named(name);
  return std::string(ns::kShell) + "/" + (action != nullptr ? action->name : name);
}

Result<std::string> shell_action_body(const std::string& name,
                                      const std::vector<NamedValues>& values) {
  const Action* action = action_named(name);
  const std::string root = action != nullptr ? action->root : name;
  if (!is_xml_name(root))
    return invalid_argument("The action must be a name, or a URI that ends in one.");
  Values left = values;
  XmlWriter writer;
  writer.start("rsp:" + root);
  writer.declare("rsp", ns::kShell);
  const Status written = (action != nullptr ? action->write : write_other)(writer, left);
  if (!written.ok()) return written.error();
  writer.end();
  return writer.take();
}

}  // namespace wsman
