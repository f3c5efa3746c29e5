// A whole session, from Connect to its end, by the C ABI: what a server answers to all that is
// asked.
//
// The first line of an input says how the user proves who he is and what is asked, the answers come
// behind it, each after a line "----" (peer.h).
#include <openssl/crypto.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fuzz.h"
#include "peer.h"
#include "protocol/xml/xml.h"
#include "support/scratch_folder.h"
#include "wsman/wsman.h"

namespace wsman::fuzz {
namespace {

using nlohmann::json;

constexpr std::string_view kPassword = "Pa55-of-the-tester";
constexpr const char* kName = "server";
constexpr const char* kShell = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd";
constexpr size_t kMostPages = 4;
// More than all that is asked here comes to, each request with every retry and handshake.
constexpr size_t kMostRequests = 200;

std::vector<std::string> answers_of(std::string_view input) {
  constexpr std::string_view mark = "\n----\n";
  std::vector<std::string> answers;
  for (size_t at = input.find(mark); at != std::string_view::npos; at = input.find(mark)) {
    input.remove_prefix(at + mark.size());
    answers.emplace_back(input.substr(0, input.find(mark)));
  }
  return answers;
}

// The words of the first line.
class Wanted {
 public:
  explicit Wanted(std::string_view input) : line_(input.substr(0, input.find('\n'))) {}

  bool has(std::string_view word) const { return line_.find(word) != std::string_view::npos; }

  const char* authentication() const {
    if (has("basic")) return "Basic";
    if (has("digest")) return "Digest";
    if (has("negotiate")) return "Negotiate";
    return has("credssp") ? "Credssp" : "None";
  }

  Peer::Manner manner() const { return {has("bytewise") ? 1U : 0U, has("closing")}; }

 private:
  std::string_view line_;
};

// Settings with which every mechanism is offered and nothing waits for long.
const std::string& settings_file() {
  static const testing::ScratchFolder folder;
  static const std::string file = [] {
    // No realm is known here, and none is asked for.
    (void)setenv("KRB5_CONFIG", "/dev/null", 1);
    // The core keeps threads for a moment. At an exit in it OpenSSL would forget what they have,
    // and the leak sanitizer would not.
    (void)OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
    return folder.write("client.json", json{{"TrustedHosts", "127.0.0.1"},
                                            {"AllowUnencrypted", true},
                                            {"Auth", {{"CredSSP", true}}},
                                            {"AllowFreshCredentials", "wsman/*"},
                                            {"MaxBatchItems", 3},
                                            {"NetworkDelayms", 500},
                                            {"ConnectTimeoutms", 1000},
                                            {"TestTimeoutms", 1000},
                                            {"TeardownTimeoutms", 1000},
                                            {"ExitTimeoutms", 1000}}
                                           .dump());
  }();
  return file;
}

json text_value(const char* name, const std::string& text) {
  return {{"name", name}, {"values", {{{"text", text}}}}};
}

json selector(const char* name, const std::string& value) {
  return {{"name", name}, {"value", value}};
}

std::string between(const std::string& text, std::string_view before, char behind) {
  const size_t start = text.find(before);
  if (start == std::string::npos) return {};
  const size_t from = start + before.size();
  return text.substr(from, text.find(behind, from) - from);
}

// What came of one call.
struct Said {
  wsman_status status = WSMAN_E_INTERNAL;
  json document = {};
  std::string bytes = {};

  bool ok() const { return status == WSMAN_OK; }
};

void check_error(const json& error) {
  const std::string message = error.at("message");
  demand(!message.empty(), "An error says nothing");
  demand(lines_for_people(message) == message, "An error steers the terminal");
}

class Session {
 public:
  explicit Session(const Wanted& wanted) : wanted_(wanted) {
    (void)called([&](char** out, wsman_bytes**) {
      return wsman_registry_new(out, &registry_, settings_file().c_str());
    });
  }
  ~Session() { wsman_registry_free(registry_); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void run() {
    if (wanted_.has("once")) ask_once();
    json connect = connection();
    connect["trace"] = "debug";
    const Said connected = called([&](char** out, wsman_bytes**) {
      return wsman_connect(out, registry_, ++operation_, connect.dump().c_str(), &credentials_);
    });
    if (connected.ok()) {
      session_ = connected.document.at("sessionId");
      ask();
    }
    end();
  }

 private:
  template <typename Work>
  Said called(const Work& work) {
    char* out = nullptr;
    wsman_bytes* bytes = nullptr;
    Said said;
    said.status = work(&out, &bytes);
    demand(out != nullptr, "A call gives no document");
    const std::string text = out;
    if (bytes != nullptr) said.bytes.assign(bytes->data, bytes->length);
    wsman_string_free(out);
    wsman_bytes_free(bytes);
    demand(text.find(kPassword) == std::string::npos, "A document has the password");
    said.document = json::parse(text);
    if (!said.ok()) check_error(said.document.at("error"));
    return said;
  }

  json connection() const {
    json document{{"connectionUri", wanted_.has("proxy") ? "https://127.0.0.1:5986/wsman"
                                                         : "http://127.0.0.1:5985/wsman"},
                  {"computerName", kName},
                  {"authentication", wanted_.authentication()},
                  {"options", {{"operationTimeoutMs", 100}}}};
    if (wanted_.authentication() != std::string_view("None"))
      document["userName"] = "domain\\tester";
    if (wanted_.has("proxy")) {
      document["proxy"] = {{"address", "http://127.0.0.1:3128"},
                           {"authentication", wanted_.authentication()},
                           {"userName", "tester"}};
    }
    return document;
  }

  Said request(json document) {
    document["sessionId"] = session_;
    return requested(document);
  }

  Said requested(const json& document) {
    const wsman_input input{&credentials_, nullptr, 0, nullptr, 0};
    return called([&](char** out, wsman_bytes** bytes) {
      return wsman_request(out, bytes, registry_, ++operation_, document.dump().c_str(),
                           document.contains("connection") ? &input : nullptr);
    });
  }

  static json service(const char* operation) {
    return {{"operation", operation},
            {"resourceUri", "wmicimv2/Win32_Service"},
            {"selectors", {selector("Name", "winrm")}},
            {"trace", "debug"}};
  }

  void ask_once() {
    (void)called([&](char** out, wsman_bytes** bytes) {
      return wsman_identify(out, bytes, registry_, ++operation_, connection().dump().c_str(),
                            &credentials_);
    });
    json document = service("Get");
    document["connection"] = connection();
    (void)requested(document);
  }

  void ask() {
    if (wanted_.has("get")) (void)request(service("Get"));
    if (wanted_.has("set")) {
      json change = service("Set");
      change["values"] = {text_value("StartMode", "Manual")};
      (void)request(change);
    }
    if (wanted_.has("invoke")) {
      json action = service("Invoke");
      action["action"] = "StopService";
      (void)request(action);
    }
    if (wanted_.has("create")) {
      json made = service("Create");
      made["values"] = {text_value("Name", "winrm")};
      (void)request(made);
      (void)request(service("Delete"));
    }
    if (wanted_.has("enumerate")) enumerate();
    if (wanted_.has("shell")) use_shell();
  }

  void enumerate() {
    const json document{
        {"sessionId", session_}, {"resourceUri", "wmicimv2/Win32_Service"}, {"trace", "verbose"}};
    Said page = called([&](char** out, wsman_bytes** bytes) {
      return wsman_enumerate_open(out, bytes, registry_, ++operation_, document.dump().c_str(),
                                  nullptr);
    });
    if (!page.ok()) return;
    const uint64_t enumeration = page.document.at("enumerationId");
    for (size_t i = 0; i < kMostPages && page.ok() && !page.document.at("end"); ++i) {
      page = called([&](char** out, wsman_bytes** bytes) {
        return wsman_enumerate_next(out, bytes, registry_, ++operation_, enumeration);
      });
    }
    if (wanted_.has("leave")) return;
    (void)called([&](char** out, wsman_bytes**) {
      return wsman_enumerate_close(out, registry_, ++operation_, enumeration, 0);
    });
  }

  void use_shell() {
    const Said made = request({{"operation", "Create"}, {"resourceUri", kShell}});
    const std::string shell = between(made.bytes, "Name=\"ShellId\">", '<');
    if (shell.empty()) return;
    json command{{"operation", "Invoke"},
                 {"resourceUri", kShell},
                 {"action", "Command"},
                 {"selectors", {selector("ShellId", shell)}},
                 {"values", {text_value("Command", "dir")}}};
    const Said started = request(command);
    command["action"] = "Receive";
    command["values"] = {text_value("CommandId", between(started.bytes, "CommandId>", '<'))};
    (void)request(command);
  }

  void end() {
    (void)called([&](char** out, wsman_bytes**) { return wsman_state(out, registry_, session_); });
    const Said ended = called([&](char** out, wsman_bytes**) {
      return wsman_disconnect(out, registry_, ++operation_, kName, 0);
    });
    demand(ended.ok() == (session_ != 0), "A session that is there does not end");
    const Said left = called([&](char** out, wsman_bytes**) { return wsman_list(out, registry_); });
    demand(left.ok() && left.document.at("sessions").empty(), "A session is left");
  }

  const Wanted& wanted_;
  const wsman_credentials credentials_{kPassword.data(), kPassword.size(), kPassword.data(),
                                       kPassword.size(), nullptr,          0};
  wsman_registry* registry_ = nullptr;
  uint64_t session_ = 0;
  uint64_t operation_ = 0;
};

void check_envelope(std::string_view text) {
  const xml::Reading envelope = xml::read_xml(text);
  demand(envelope.flaw == xml::XmlFlaw::none, "An envelope is not well-formed");
  xmlNodePtr root = xmlDocGetRootElement(envelope.document.get());
  demand(xml::name_of(root) == "Envelope" && xmlChildElementCount(root) == 2,
         "An envelope has more than a Header and a Body");
  xmlNodePtr body = xml::child_named(root, "Body");
  demand(body != nullptr && xmlChildElementCount(body) <= 1, "A Body has two elements");
}

void check_request(std::string_view text, const Wanted& wanted) {
  demand(text.find(kPassword) == std::string_view::npos, "A request has the password");
  const bool is_post = text.substr(0, 5) == "POST ";
  // Behind a tunnel there is TLS.
  if (!is_post && wanted.has("proxy")) return;
  demand(is_post, "A request is no POST");
  const size_t head_end = text.find("\r\n\r\n");
  demand(head_end != std::string_view::npos, "A head has no end");
  const std::string head = lower_case(text.substr(0, head_end + 2));
  const std::string_view body = text.substr(head_end + 4);
  demand(head.find("content-length: " + std::to_string(body.size()) + "\r\n") != std::string::npos,
         "A length is wrong");
  demand(head.find("authorization: basic") == std::string::npos || wanted.has("basic"),
         "A password goes where none was to go");
  if (!body.empty() && head.find("multipart/") == std::string::npos) check_envelope(body);
}

void hold_session(std::string_view input) {
  // A fuzzer sees what it is compared with, and a server that says the password proves nothing.
  if (input.find(kPassword) != std::string_view::npos) return;
  const Wanted wanted(input);
  Peer peer(answers_of(input), wanted.manner());
  Session(wanted).run();
  demand(peer.open_connections() == 0, "A connection is left");
  const std::vector<std::string> requests = peer.requests();
  demand(requests.size() <= kMostRequests, "Requests are sent without end");
  for (const std::string& request : requests) check_request(request, wanted);
}

const Target session_target{"session", hold_session};

}  // namespace
}  // namespace wsman::fuzz
