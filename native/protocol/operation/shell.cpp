#include "protocol/operation/shell.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "protocol/operation/values.h"
#include "protocol/xml/errors.h"
#include "protocol/xml/names.h"
#include "protocol/xml/xml.h"

namespace wsman::operation {
namespace {

using Values = std::vector<NamedValues>;

// The body of a request to a shell, written part by part in the order of the schema. A value that
// has been written is gone from the values. After the first failure nothing more is written, so
// that callers need not look after each part.
class ShellWriter {
 public:
  ShellWriter(const std::string& root, Values values) : values_(std::move(values)) {
    writer_.start("rsp:" + root);
    writer_.declare("rsp", ns::kShell);
  }

  // The entry with that name, or one without values.
  NamedValues take(const std::string& name) {
    const auto found = std::find_if(values_.begin(), values_.end(), [&](const NamedValues& entry) {
      return equal_without_case(entry.name, name);
    });
    // A missing value is no failure here: most parts are optional.
    if (found == values_.end()) return {name, {}};
    NamedValues entry{name, std::move(found->values)};
    values_.erase(found);
    return entry;
  }

  // The texts of an entry in one, because a list of streams is written with spaces between [MS-WSMV
  // 2.2.4]; `absent` if there is none, and "" after a failure.
  std::string take_text(const std::string& name, const std::string& absent = {}) {
    std::string joined;
    for (const std::string& text : texts(take(name))) joined += (joined.empty() ? "" : " ") + text;
    if (failure_) return {};
    return joined.empty() ? absent : joined;
  }

  // The texts of an entry; none after a failure.
  std::vector<std::string> texts(const NamedValues& entry) {
    Result<std::vector<std::string>> texts = texts_of(entry);
    if (!texts.ok()) fail(texts.error());
    return failure_ ? std::vector<std::string>() : std::move(texts.value());
  }

  void fail(Error error) {
    if (!failure_) failure_ = std::move(error);
  }

  void start(const std::string& name) {
    if (!failure_) writer_.start("rsp:" + name);
  }

  void end() {
    if (!failure_) writer_.end();
  }

  void attribute(const std::string& name, const std::string& value) {
    if (!failure_ && !value.empty()) writer_.attribute(name, value);
  }

  void attributes(std::initializer_list<const char*> names) {
    for (const char* name : names) attribute(name, take_text(name));
  }

  void text(const std::string& value) {
    if (!failure_) writer_.text(value);
  }

  // An element with a text, where there is one.
  void element(const std::string& name, const std::string& value) {
    if (!failure_ && !value.empty()) writer_.element("rsp:" + name, value);
  }

  // An element for each value.
  void elements(const Values& entries) {
    if (failure_) return;
    const Status written = write_values(writer_, "rsp", entries);
    if (!written.ok()) fail(written.error());
  }

  // The values that no part has taken. A server may know elements that are not listed here.
  void rest() { elements(values_); }

  Result<std::string> finish() {
    if (failure_) return *failure_;
    writer_.end();
    return writer_.take();
  }

 private:
  xml::XmlWriter writer_;
  Values values_;
  std::optional<Error> failure_;
};

// The first "=" ends the name; a value may have more of them.
void write_variable(ShellWriter& writer, const std::string& text) {
  const size_t sign = text.find('=');
  if (sign == std::string::npos || sign == 0) {
    return writer.fail(xml::invalid_argument(
        "An entry of 'Environment' must have the form NAME=value, or all of it be XML"));
  }
  writer.start("Variable");
  writer.attribute("Name", text.substr(0, sign));
  writer.text(text.substr(sign + 1));
  writer.end();
}

void write_environment(ShellWriter& writer) {
  const NamedValues environment = writer.take("Environment");
  if (environment.values.empty()) return;
  // XML is the content of rsp:Environment as the user wrote it.
  if (environment.values.front().kind == Value::Kind::xml) return writer.elements({environment});
  writer.start("Environment");
  for (const std::string& text : writer.texts(environment)) write_variable(writer, text);
  writer.end();
}

void write_command(ShellWriter& writer) {
  const NamedValues command = writer.take("Command");
  if (command.values.size() != 1) {
    return writer.fail(
        xml::invalid_argument("The action Command needs one value 'Command': what is to be run"));
  }
  writer.attributes({"CommandId"});
  writer.elements({command});
  writer.elements({writer.take("Arguments")});
  writer.rest();
}

void write_send(ShellWriter& writer) {
  writer.start("Stream");
  writer.attribute("Name", writer.take_text("Name", "stdin"));
  // The text is taken now and written after the attributes, which have to come first.
  const std::string stream = writer.take_text("Stream");
  writer.attributes({"CommandId", "End"});
  writer.text(stream);
  writer.end();
  writer.rest();
}

void write_receive(ShellWriter& writer) {
  // SequenceId belongs to rsp:Receive, CommandId to the stream inside it.
  writer.attributes({"SequenceId"});
  writer.start("DesiredStream");
  writer.attributes({"CommandId"});
  writer.text(writer.take_text("DesiredStream", "stdout stderr"));
  writer.end();
  writer.rest();
}

// A short code becomes its URI; any other text is sent as it is.
std::string signal_code(const std::string& code) {
  constexpr std::array<const char*, 3> names{"Terminate", "ctrl_c", "ctrl_break"};
  for (const char* name : names) {
    if (equal_without_case(code, name)) return std::string(ns::kShell) + "/signal/" + name;
  }
  return code;
}

void write_signal(ShellWriter& writer) {
  writer.attributes({"CommandId"});
  writer.element("Code", signal_code(writer.take_text("Code", "Terminate")));
  writer.rest();
}

// Actions that are not listed, such as Disconnect, are sent with their values in the order given.
void write_other(ShellWriter& writer) {
  writer.attributes({"CommandId"});
  writer.rest();
}

struct Action {
  const char* name;
  const char* root;
  void (*write)(ShellWriter&);
};

// Only Command has a body that is not named after the action.
constexpr std::array<Action, 4> kActions{{{"Command", "CommandLine", write_command},
                                          {"Send", "Send", write_send},
                                          {"Receive", "Receive", write_receive},
                                          {"Signal", "Signal", write_signal}}};

const Action* action_named(const std::string& name) {
  const auto* found = std::find_if(kActions.begin(), kActions.end(), [&](const Action& action) {
    return equal_without_case(action.name, name);
  });
  return found == kActions.end() ? nullptr : found;
}

// Whether the text starts with another, compared without case in ASCII.
bool starts_with(const std::string& text, std::string_view start) {
  return equal_without_case(std::string_view(text).substr(0, start.size()), start);
}

}  // namespace

bool is_shell(const std::string& resource_uri) {
  return equal_without_case(resource_uri, ns::kShell) ||
         starts_with(resource_uri, std::string(ns::kShell) + "/") ||
         starts_with(resource_uri, uri::kPowerShell);
}

Result<std::string> shell_body(const message::Target& target,
                               const std::vector<NamedValues>& values) {
  // A shell of PowerShell has streams of its own, so only cmd has these defaults.
  const bool command_shell =
      equal_without_case(target.resource_uri, std::string(ns::kShell) + "/cmd");
  ShellWriter writer("Shell", values);
  writer.attributes({"ShellId", "Name", "CompressionMode"});
  write_environment(writer);
  for (const char* name : {"WorkingDirectory", "Lifetime", "IdleTimeOut"})
    writer.element(name, writer.take_text(name));
  writer.element("InputStreams", writer.take_text("InputStreams", command_shell ? "stdin" : ""));
  writer.element("OutputStreams",
                 writer.take_text("OutputStreams", command_shell ? "stdout stderr" : ""));
  writer.rest();
  return writer.finish();
}

std::string shell_action(const std::string& name) {
  const Action* action = action_named(name);
  return std::string(ns::kShell) + "/" + (action != nullptr ? action->name : name);
}

Result<std::string> shell_action_body(const std::string& name,
                                      const std::vector<NamedValues>& values) {
  const Action* action = action_named(name);
  const std::string root = action != nullptr ? action->root : name;
  if (!xml::is_xml_name(root))
    return xml::invalid_argument("The action must be a name, or a URI that ends in one");
  ShellWriter writer(root, values);
  (action != nullptr ? action->write : write_other)(writer);
  return writer.finish();
}

}  // namespace wsman::operation
