// A KDC that says nothing: nothing waits for it longer than it was told to.
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <thread>

#include "auth/client.h"
#include "auth/credssp_asking.h"
#include "auth/realm.h"
#include "support/process.h"

namespace wsman::testing {
namespace {

// Takes connections on 127.0.0.1 and never says a word.
class SilentKdc {
 public:
  SilentKdc() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(listen(listener_, 64) == 0);
    socklen_t size = sizeof address;
    REQUIRE(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    file_ = realm().at("folder").get<std::string>() + "/silent.conf";
    std::ofstream(file_) << "[libdefaults]\ndefault_realm = SILENT.TEST\ndns_lookup_kdc = false\n"
                         << "udp_preference_limit = 1\n[realms]\nSILENT.TEST = {\nkdc = 127.0.0.1:"
                         << port_ << "\n}\n";
  }
  ~SilentKdc() { hang_up(); }
  SilentKdc(const SilentKdc&) = delete;
  SilentKdc& operator=(const SilentKdc&) = delete;

  const std::string& file() const { return file_; }
  // Whether somebody comes to ask it, within a test's patience.
  bool await_asked() const {
    pollfd entry{listener_, POLLIN, 0};
    return poll(&entry, 1, static_cast<int>(kPatience.count())) == 1;
  }
  // Whoever asked it hears that there is nobody.
  void hang_up() {
    if (listener_ >= 0) close(listener_);
    listener_ = -1;
  }

 private:
  int listener_;
  std::uint16_t port_ = 0;
  std::string file_;
};

Asked request_for(AuthenticationKind kind, Milliseconds time) {
  Asked asked;
  asked.reach = time;
  asked.kind = kind;
  asked.user = "someone@SILENT.TEST";
  asked.password = "a word";
  asked.fresh_credentials = {"wsman/localhost"};
  return asked;
}

// What the calls that are left behind hold is not ours to wipe yet, and is not said to be.
void check_close(Client& client) {
  const Clock::time_point start = Clock::now();
  CHECK_FALSE(client.close().secrets_wiped);
  CHECK(since(start) < bound(kPromptly));
}

void check_stop(AuthenticationKind kind, Acceptor& service, const SilentKdc& kdc) {
  Client client(request_for(kind, kPatience), service);
  Cancellation cancellation;
  Clock::time_point stopped;
  std::thread stopper([&] {
    CHECK(kdc.await_asked());
    stopped = Clock::now();
    cancellation.stop(StopReason::cancelled);
  });
  const auto response = client.identify({cancellation, Clock::now() + kPatience});
  stopper.join();
  CHECK(code(response) == ErrorCode::cancelled);
  CHECK(since(stopped) < bound(kPromptly));
  check_close(client);
}

void check_bound(AuthenticationKind kind, Acceptor& service) {
  Client client(request_for(kind, kShort), service);
  const Clock::time_point start = Clock::now();
  const auto response = client.identify();
  CHECK(code(response) == ErrorCode::timed_out);
  CHECK(contains(sentence(response), "the authentication to localhost"));
  CHECK(since(start) < bound(kShort + kPromptly));
  check_close(client);
}

void check_waiting(AuthenticationKind kind, Acceptor& service) {
  // What a process makes once, and keeps, is made before anything is counted.
  REQUIRE(is_identity(Client(ntlm()).identify()));
  const Leftovers before;
  SilentKdc kdc;
  // Until nobody is left to read it: the environment has no lock.
  const Variable silent("KRB5_CONFIG", kdc.file());
  check_stop(kind, service, kdc);
  check_bound(kind, service);
  // The calls that were left behind come back.
  kdc.hang_up();
  CHECK(before.found() == "");
}

}  // namespace

TEST_SUITE("Wait for a KDC") {
  TEST_CASE("The wait ends after a stop and at its timeout, and leaves no thread") {
    check_waiting(AuthenticationKind::kerberos, Acceptor::instance());
  }

  TEST_CASE("The wait inside CredSSP ends after a stop and at its timeout") {
    check_waiting(AuthenticationKind::credssp, offering_service());
  }
}

}  // namespace wsman::testing
