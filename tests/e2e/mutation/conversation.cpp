#include "mutation/conversation.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "fakes/tls_identity.h"
#include "mutation/judge.h"
#include "mutation/relay.h"
#include "support/bounds.h"
#include "teardown/abi_client.h"

namespace wsman::testing {
namespace {

using nlohmann::json;

constexpr const char* kName = "server";
constexpr const char* kShell = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd";
constexpr int kMostPages = 4;

// A call may go over two connections, each of which is reached and then waited for.
constexpr Milliseconds kReach{2000};
constexpr Milliseconds kReceive{1000};  // Half of it is NetworkDelayms, at its least.
constexpr Milliseconds kCall = 2 * (kReach + kReceive);

// The certificate of the relays.
const TlsIdentity& relay_identity() {
  static const TlsIdentity identity("IP:127.0.0.1");
  return identity;
}

// Client settings with short times; those of Client itself are as long as a test's patience.
json hasty() {
  return {{"TrustedCAPath", relay_identity().file()},
          {"ConnectTimeoutms", kReach.count()},
          {"NetworkDelayms", kReceive.count() / 2},
          {"TeardownTimeoutms", kReach.count()}};
}

json patient() { return {{"TrustedCAPath", relay_identity().file()}}; }

class Conversation {
 public:
  explicit Conversation(std::uint64_t seed)
      : seed_(seed),
        relay_(MaskedService::instance().port(false),
               seed % 2 == 1 ? relay_identity().context() : nullptr, seed),
        client_(MaskedService::instance(), hasty()) {}

  std::string run() {
    talk();
    relay_.be_honest();
    use_honestly();
    if (session_ != 0) judge_end(client_.disconnect(kName));
    Client fresh(MaskedService::instance(), patient());
    talk_honestly(fresh);
    found_ += relay_.repeated();
    if (found_.empty()) return {};
    return "seed " + std::to_string(seed_) + found_ + "\n  of" + relay_.story();
  }

 private:
  void complain(const std::string& what, const Answer& answer, const std::string& why) {
    const std::string error = answer.error();
    found_ += "\n  " + what + " " + why + " (" + std::to_string(answer.elapsed.count()) + " ms" +
              (error.empty() ? "" : ", " + error) + ")";
  }

  // Whether the call succeeded, and with what.
  template <typename IsSent>
  bool judge(const std::string& what, const Answer& answer, const IsSent& is_sent) {
    const std::vector<Sent> sent = relay_.take_sent();
    if (answer.elapsed > bound(kCall)) complain(what, answer, "came back too late");
    if (!answer.ok() && answer.error().empty()) complain(what, answer, "failed without a word");
    if (answer.ok() && !is_sent(sent, answer.bytes)) {
      complain(what, answer, "gave what was not sent: " + answer.bytes.substr(0, 300));
    }
    return answer.ok();
  }

  // What the changed answers left of the session is of use. A connection that one of them broke is
  // noticed by the first request on it.
  void use_honestly() {
    if (session_ == 0 || client_.state(session_).document.at("state") != "Opened") return;
    const json get = operation("Get", "winrm/config");
    Answer got = client_.request(get);
    if (!got.ok()) got = client_.request(get);
    // Its bounds are short, and the machine may be busy.
    if (got.status == WSMAN_E_TIMED_OUT) return;
    if (!got.ok() || got.bytes != right_config()) complain("the session", got, "is of no use");
  }

  void judge_end(const Answer& ended) {
    if (!ended.ok()) complain("disconnect", ended, "failed");
    if (ended.elapsed > bound(kCall)) complain("disconnect", ended, "came back too late");
    const Answer left = client_.list();
    if (!left.document.at("sessions").empty()) complain("disconnect", left, "left a session");
  }

  json operation(const char* name, const char* resource, json further = json::object()) const {
    further.update({{"sessionId", session_}, {"operation", name}, {"resourceUri", resource}});
    return further;
  }

  void talk() {
    const auto nothing = [](const auto&, const std::string&) { return true; };
    const json times{{"operationTimeoutMs", kReceive.count() / 2}};
    const Answer connected = client_.connect(kName, relay_.url(), times);
    if (!judge("connect", connected, nothing)) return;
    session_ = connected.document.at("sessionId");
    (void)judge("get", client_.request(operation("Get", "winrm/config")), is_body_of);
    enumerate();
    const Answer shell = client_.request(operation("Create", kShell));
    (void)judge("shell", shell, is_body_of);
    (void)judge("action", client_.request(operation("Get", "winrm/config/client")), is_body_of);
  }

  void enumerate() {
    Answer page =
        client_.enumerate({{"sessionId", session_}, {"resourceUri", "wmicimv2/Loopback_Row"}});
    if (!judge("enumerate", page, is_page_of)) return;
    const std::uint64_t enumeration = page.document.at("enumerationId");
    for (int i = 0; i < kMostPages && page.document.at("end") == false; ++i) {
      page = client_.next_page(enumeration);
      if (!judge("page", page, is_page_of)) break;
    }
    (void)client_.close_enumeration(enumeration);
    (void)relay_.take_sent();
  }

  void talk_honestly(Client& fresh) {
    const Answer connected = fresh.connect(kName, relay_.url());
    if (!connected.ok()) return complain("a fresh session", connected, "is not connected");
    session_ = connected.document.at("sessionId");
    const Answer got = fresh.request(operation("Get", "winrm/config"));
    if (!got.ok() || got.bytes != right_config()) complain("a fresh session", got, "gets else");
    const Answer ended = fresh.disconnect(kName);
    if (!ended.ok()) complain("a fresh session", ended, "does not end");
  }

  // What the service says of its configuration, without a relay.
  static const std::string& right_config() {
    static const std::string config = [] {
      Client client;
      const std::uint64_t session = client.session(kName, MaskedService::instance().url(false));
      Answer got = client.request(
          {{"sessionId", session}, {"operation", "Get"}, {"resourceUri", "winrm/config"}});
      (void)client.disconnect(kName);
      return std::move(got.bytes);
    }();
    return config;
  }

  const std::uint64_t seed_;
  Relay relay_;
  Client client_;
  std::uint64_t session_ = 0;
  std::string found_;
};

}  // namespace

std::string conversation(std::uint64_t seed) { return Conversation(seed).run(); }

}  // namespace wsman::testing
