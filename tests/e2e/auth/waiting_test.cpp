// A KDC that says nothing: nothing waits for it longer than it was told to.
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <thread>

#include "credssp_asking.h"
#include "realm.h"
#include "service.h"
#include "support/process.h"

namespace wsman {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)

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

Asked asking_it(AuthenticationKind kind) {
  Asked asked;
  asked.kind = kind;
  asked.user = "someone@SILENT.TEST";
  asked.password = "a word";
  asked.fresh_credentials = {"wsman/localhost"};
  return asked;
}

void check_waiting(AuthenticationKind kind, Service& service) {
  // What a process makes once, and keeps, is made before anything is counted.
  REQUIRE(is_identity(Client(ntlm()).identify()));
  const Leftovers before;
  SilentKdc kdc;
  // Until nobody is left to read it: the environment has no lock.
  const Variable silent("KRB5_CONFIG", kdc.file());
  {
    Client client(asking_it(kind), service);
    Cancellation cancellation;
    std::thread stopper([&] {
      std::this_thread::sleep_for(Milliseconds(100));
      cancellation.stop(StopReason::cancelled);
    });
    const Clock::time_point start = Clock::now();
    const auto stopped = client.identify({cancellation, Clock::now() + patience()});
    stopper.join();
    CHECK(code(stopped) == ErrorCode::cancelled);
    CHECK(since(start) < Milliseconds(100) + slack());

    Cancellation unused;
    const Clock::time_point again = Clock::now();
    const auto late = client.identify({unused, Clock::now() + phase_bound()});
    CHECK(code(late) == ErrorCode::timed_out);
    CHECK(has(sentence(late), "the authentication to localhost"));
    CHECK(since(again) < phase_bound() + slack());

    // What the calls that were left behind hold is not ours to wipe yet, and is not said to be.
    const Clock::time_point closing = Clock::now();
    CHECK_FALSE(client.close().secrets_wiped);
    CHECK(since(closing) < slack());
  }
  // The calls that were left behind come back.
  kdc.hang_up();
  const Clock::time_point until = Clock::now() + patience();
  std::string left = before.found();
  while (!left.empty() && Clock::now() < until) {
    std::this_thread::sleep_for(Milliseconds(50));
    left = before.found();
  }
  CHECK(left == "");
}

}  // namespace

TEST_SUITE("waiting for a KDC") {
  TEST_CASE("ends with a stop, at the deadline of the call, and leaves nothing for good") {
    check_waiting(AuthenticationKind::kerberos, Service::instance());
  }

  TEST_CASE("ends so inside CredSSP too") {
    check_waiting(AuthenticationKind::credssp, offering_service());
  }
}

}  // namespace wsman
