#include "scenarios.h"

#include <unistd.h>

#include <string_view>
#include <utility>

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
                      {"filter", "select * from Loopback_Row where Index < 30"}};
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

void add_refusals(std::vector<Scenario>& all) {
  const auto add = [&all](const char* name, Refusal refusal) {
    all.push_back(
        {name, begin, [](Caller& caller) { (void)caller.connect(); }, std::move(refusal)});
  };
  const std::string tls = "refused refused-1.2";
  add("other name", {.ways = tls, .port = "cert-wrong-name"});
  add("other names", {.ways = tls, .port = "cert-only-common-name", .host = "localhost"});
  add("unknown authority", {.ways = tls, .port = "cert-unknown-ca"});
  add("no authority", {.ways = tls, .port = "cert-issued-by-server"});
  add("expired", {.ways = tls, .port = "cert-expired"});
  add("wrong purpose", {.ways = tls, .port = "cert-wrong-purpose"});
  add("weak key", {.ways = tls, .port = "cert-weak-key"});
  add("weak hash", {.ways = tls, .port = "old-hash"});
  add("revoked by list", {.ways = tls, .port = "cert-listed"});
  add("revoked in folder", {.ways = "refused", .port = "cert-listed", .in_folder = true});
  add("revoked by staple", {.ways = tls, .port = "cert-staple-revoked"});
  add("staple missing", {.ways = tls, .port = "cert-must-staple-missing"});
  add("staple forged", {.ways = tls, .port = "cert-must-staple-forged"});

  add("not let in", {.ways = "certificate", .host = kAddress, .status = WSMAN_E_ACCESS_DENIED});

  const auto at_service = [](const char* ways, const std::string& what, wsman_status status) {
    return Refusal{
        .ways = ways, .path = "/gss/" + what + "/wsman", .host = kAddress, .status = status};
  };
  add("not trusted", {.ways = "negotiate",
                      .host = kAddress,
                      .is_trusted = false,
                      .status = WSMAN_E_AUTHENTICATION});
  add("wrong end", at_service("negotiate", "garbage-last-token", WSMAN_E_AUTHENTICATION));
  add("wrong signature", at_service("negotiate", "bad-signature", WSMAN_E_PROTOCOL));
  add("no seal", at_service("negotiate", "plain-answer", WSMAN_E_PROTOCOL));
  add("wrong key", at_service("credssp", "credssp-wrong-key", WSMAN_E_AUTHENTICATION));
  add("old version", at_service("credssp", "credssp-downgrade", WSMAN_E_AUTHENTICATION));
}

}  // namespace

const std::vector<Scenario>& scenarios() {
  static const std::vector<Scenario> all = [] {
    std::vector<Scenario> made{{"connect", [](Caller&) {}, connect},
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
                               {"settings", begin, change_settings}};
    add_refusals(made);
    return made;
  }();
  return all;
}

}  // namespace wsman::torture
