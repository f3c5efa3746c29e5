#include "caller.h"

#include <openssl/crypto.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fuzz.h"
#include "protocol/xml/xml.h"
#include "support/process.h"
#include "support/scratch_folder.h"
#include "support/steering.h"
#include "transport/http/base64.h"
#include "wsman/wsman.h"

namespace wsman::fuzz {
namespace {

using nlohmann::json;

constexpr const char* kName = "server";
constexpr const char* kUser = "domain\\tester";
constexpr const char* kShell = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd";
constexpr size_t kMostPages = 4;

// At the end of the process.
struct ThreadsEnd {
  ~ThreadsEnd() { testing::await_kept_threads(); }
};

// Settings with which every mechanism is offered and nothing waits for long.
const std::string& settings_file() {
  static const ThreadsEnd threads_end;
  static const testing::ScratchFolder folder;
  static const std::string file = [] {
    // No realm is known here, and none is asked for.
    (void)setenv("KRB5_CONFIG", "/dev/null", 1);
    // At the exit OpenSSL would forget what the threads have that end later, and the leak sanitizer
    // would not.
    (void)OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
    return folder.write("client.json", json{{"TrustedCAPath", Peer::identity().file()},
                                            {"TrustedHosts", "127.0.0.1,192.0.2.*"},
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

// What came of one call.
struct Said {
  wsman_status status = WSMAN_E_INTERNAL;
  json document = {};
  std::string bytes = {};

  bool ok() const { return status == WSMAN_OK; }
};

// Each text of a document is for people, on one line, but for the XML of a fault and of -Debug.
void check_texts(const json& document) {
  const bool is_debug = document.is_object() && document.value("level", "") == "debug";
  for (const auto& [name, part] : document.items()) {
    if (part.is_structured()) check_texts(part);
    if (!part.is_string()) continue;
    const bool is_xml = is_debug || (document.is_object() && name == "faultXml");
    const std::string text = part;
    demand(!testing::steers(text, is_xml ? "\n\t" : "") &&
               (is_xml ? lines_for_people(text) : for_people(text)) == text,
           std::string("A text steers the terminal: ").append(name).append(": ").append(text));
  }
}

std::string in_base64(std::string_view plain) {
  Secret text;
  http::append_base64(text, plain);
  return std::string(text.view());
}

class Session {
 public:
  Session(const Wanted& wanted, const Peer& peer) : wanted_(wanted), peer_(peer) {
    const Said made = called([&](char** out, wsman_bytes**) {
      return wsman_registry_new(out, &registry_, settings_file().c_str());
    });
    demand(made.ok(), "There is no registry");
  }
  ~Session() { wsman_registry_free(registry_); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  End run() {
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
    return std::move(end_);
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
    check_secret(text + said.bytes);
    demand(said.bytes.empty() || xml::read_xml(said.bytes).flaw == xml::XmlFlaw::none,
           "An answer is handed out that is not well-formed");
    demand(said.status != WSMAN_E_INTERNAL, text);
    said.document = json::parse(text);
    check_texts(said.document);
    if (said.ok()) return said;
    const json& error = said.document.at("error");
    demand(error.at("message") != "", "An error says nothing");
    end_.timed_out = end_.timed_out || error.at("code") == "TimedOut";
    return said;
  }

  // Also as Basic has it.
  void check_secret(const std::string& text) const {
    demand(text.find(password_) == std::string::npos, "A document has the password");
    demand(text.find(in_base64(kUser + (":" + password_))) == std::string::npos,
           "A document has the credential");
  }

  json connection() const {
    json document{
        {"connectionUri", (wanted_.is_tls() ? "https://" : "http://") + wanted_.place() + "/wsman"},
        {"computerName", kName},
        {"authentication", wanted_.authentication()},
        {"options", {{"operationTimeoutMs", 100}}}};
    if (wanted_.has_credential()) document["userName"] = kUser;
    if (!wanted_.has_proxy()) return document;
    document["proxy"] = {{"address", "http://" + wanted_.reached()},
                         {"authentication", wanted_.proxy_authentication()},
                         {"userName", kUser}};
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
    const std::string shell = between(made.bytes, "Name=\"ShellId\">", "<");
    if (shell.empty()) return;
    json command{{"operation", "Invoke"},
                 {"resourceUri", kShell},
                 {"action", "Command"},
                 {"selectors", {selector("ShellId", shell)}},
                 {"values", {text_value("Command", "dir")}}};
    const Said started = request(command);
    command["action"] = "Receive";
    command["values"] = {text_value("CommandId", between(started.bytes, "CommandId>", "<"))};
    (void)request(command);
  }

  void end() {
    const Said before =
        called([&](char** out, wsman_bytes**) { return wsman_state(out, registry_, session_); });
    const std::vector<std::string> requests = peer_.requests();
    const Said ended = called([&](char** out, wsman_bytes**) {
      return wsman_disconnect(out, registry_, ++operation_, kName, 0);
    });
    demand(ended.ok() == (session_ != 0), "A session that is there does not end");
    if (ended.ok()) {
      end_.before = before.document;
      end_.report = ended.document;
      end_.requests_before = requests;
      demand(peer_.open_connections() == 0, "A connection is left");
      const size_t sent = peer_.requests().size();
      demand(!request(service("Get")).ok() && peer_.requests().size() == sent,
             "A session is used that has ended");
    }
    const Said left = called([&](char** out, wsman_bytes**) { return wsman_list(out, registry_); });
    demand(left.ok() && left.document.at("sessions").empty(), "A session is left");
  }

  const Wanted& wanted_;
  const Peer& peer_;
  const std::string& password_ = wanted_.password();
  const wsman_credentials credentials_{password_.data(), password_.size(), nullptr, 0,
                                       password_.data(), password_.size()};
  wsman_registry* registry_ = nullptr;
  uint64_t session_ = 0;
  uint64_t operation_ = 0;
  End end_ = {};
};

}  // namespace

End hold_session(const Wanted& wanted, const Peer& peer) { return Session(wanted, peer).run(); }

}  // namespace wsman::fuzz
