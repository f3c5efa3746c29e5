#include "scenarios.h"

#include <unistd.h>

namespace wsman::torture {
namespace {

using nlohmann::json;

constexpr const char* kEnvironment = "wmicimv2/Win32_Environment";
constexpr const char* kShell = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd";

json text_value(const char* name, const std::string& text) {
  return {{"name", name}, {"values", json::array({{{"text", text}}})}};
}

json selector(const char* name, const std::string& value) {
  return {{"name", name}, {"value", value}};
}

// An instance of this process.
json own_instance(const char* operation) {
  const std::string name = "torture " + std::to_string(getpid());
  json document{{"operation", operation},
                {"resourceUri", kEnvironment},
                {"selectors", {selector("Name", name), selector("UserName", "tester")}}};
  if (std::string_view("Create") == operation) {
    document["values"] = {text_value("Name", name), text_value("UserName", "tester"),
                          text_value("VariableValue", "before")};
  }
  if (std::string_view("Set") == operation)
    document["values"] = {text_value("VariableValue", "after"), text_value("Status", "a < b & c")};
  return document;
}

json in_shell(const std::string& shell, const char* action, json values) {
  return {{"operation", "Invoke"},
          {"resourceUri", kShell},
          {"action", action},
          {"selectors", {selector("ShellId", shell)}},
          {"values", std::move(values)}};
}

// The text between two others; "" if it is not there.
std::string between(const std::string& text, const std::string& before, char after) {
  const std::size_t start = text.find(before);
  if (start == std::string::npos) return {};
  const std::size_t from = start + before.size();
  return text.substr(from, text.find(after, from) - from);
}

void open_session(Caller& caller) {
  (void)caller.make_registry();
  (void)caller.connect();
}

void begin(Caller& caller) { (void)caller.make_registry(); }

void connect(Caller& caller) {
  // A registry that could not be made has nothing to connect with.
  if (!caller.make_registry() || !caller.connect().ok()) return;
  (void)caller.list();
  (void)caller.state();
  (void)caller.disconnect();
}

void change(Caller& caller) {
  // What is read comes first, so that it is the same whatever fails.
  (void)caller.request(own_instance("Get"));
  json fragment = own_instance("Get");
  fragment["fragment"] = "VariableValue";
  (void)caller.request(fragment);
  (void)caller.request(own_instance("Set"));
  (void)caller.request(own_instance("Delete"));
}

void invoke(Caller& caller) {
  (void)caller.request({{"operation", "Invoke"},
                        {"resourceUri", "wmicimv2/Loopback_Echo"},
                        {"action", "Echo"},
                        {"options", {{{"name", "One"}, {"value", "1"}}}},
                        {"values", {text_value("Text", "a < b & c")}}});
}

void enumerate(Caller& caller) {
  // To its end, given back, and left open.
  const json filtered{{"resourceUri", "wmicimv2/*"},
                      {"filter", "select * from Loopback_Row where Index < 90"}};
  if (caller.enumerate(filtered).ok()) {
    for (Call page = caller.next_page(); page.ok() && page.document.at("end") == false;)
      page = caller.next_page();
  }
  if (caller.enumerate(filtered).ok()) (void)caller.close_enumeration();
  if (caller.enumerate({{"resourceUri", "wmicimv2/Loopback_Row"}, {"trace", "debug"}}).ok()) {
    (void)caller.next_page();
    (void)caller.close_enumeration();
  }
  if (caller.enumerate({{"resourceUri", "wmicimv2/Loopback_Row"}}).ok()) (void)caller.next_page();
}

void use_shell(Caller& caller) {
  const Call made = caller.request({{"operation", "Create"}, {"resourceUri", kShell}});
  const std::string shell = between(made.bytes, "Name=\"ShellId\">", '<');
  if (shell.empty()) return;
  const Call started =
      caller.request(in_shell(shell, "Command", {text_value("Command", "echo hello")}));
  const std::string command = between(started.bytes, "CommandId>", '<');
  if (command.empty()) return;
  (void)caller.request(in_shell(shell, "Receive", {text_value("CommandId", command)}));
}

void disconnect_everything(Caller& caller) {
  use_shell(caller);
  (void)caller.enumerate({{"resourceUri", "wmicimv2/Loopback_Row"}});
}

void ask_once(Caller& caller) {
  (void)caller.identify();
  (void)caller.request_once({{"operation", "Get"},
                             {"resourceUri", "wmicimv2/Win32_Service"},
                             {"selectors", {selector("Name", "winrm")}},
                             {"trace", "debug"}});
}

void change_settings(Caller& caller) {
  (void)caller.settings();
  const json hosts{{"name", "TrustedHosts"}, {"value", "one.example"}, {"append", true}};
  const json limit{{"name", "MaxBatchItems"}, {"value", "100"}};
  (void)caller.change_settings({{"changes", {hosts, limit}}});
  (void)caller.settings();
}

}  // namespace

const std::vector<Scenario>& scenarios() {
  static const std::vector<Scenario> all{
      {"connect", [](Caller&) {}, connect},
      {"once", begin, ask_once},
      {"change",
       [](Caller& caller) {
         open_session(caller);
         (void)caller.request(own_instance("Create"));
       },
       change},
      {"invoke", open_session, invoke},
      {"enumerate", open_session, enumerate},
      {"shell", open_session, use_shell},
      {"disconnect",
       [](Caller& caller) {
         open_session(caller);
         disconnect_everything(caller);
       },
       [](Caller& caller) { (void)caller.disconnect(); }},
      {"close all",
       [](Caller& caller) {
         open_session(caller);
         disconnect_everything(caller);
       },
       [](Caller& caller) { (void)caller.close_all(); }},
      {"settings", begin, change_settings},
      {"other name", begin, [](Caller& caller) { (void)caller.connect(); }, true}};
  return all;
}

}  // namespace wsman::torture
