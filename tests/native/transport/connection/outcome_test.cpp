// What a failed exchange says of its request: whether it may have been carried out.
#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "base/codes.h"
#include "fakes/fake_mechanism.h"
#include "fakes/gate.h"
#include "fakes/loopback_connection.h"
#include "support/advice.h"
#include "support/bounds.h"
#include "support/scarce_memory.h"
#include "transport/connection/connection.h"

namespace wsman::testing {
namespace {

// Reads a request and sends these bytes for an answer.
LoopbackServer::Script answer_bytes(const std::string& bytes) {
  return [bytes](Peer& peer) {
    (void)peer.read_request();
    (void)peer.send(bytes);
  };
}

// Takes what a call gives to its caller when it goes into overtime.
class Told : public Overtime {
 public:
  bool hold_stop(const Phase& /*phase*/) override { return true; }
  void let_stop_through() override {}
  void stop(StopReason /*reason*/) override {}
  void begin(const Error& late) override {
    error = late;
    told.open();
  }

  Error error;
  Gate told;
};

}  // namespace

TEST_SUITE("Outcome of a failed exchange") {
  TEST_CASE("A request may have been carried out if it was sent and no answer can be read") {
    const std::string head = "HTTP/1.1 200 OK\r\n";
    const std::vector<std::string> answers{
        "",
        "HTTP/1.1 200",
        head + "Content-Length: 100\r\n\r\nhalf",
        head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        head + "Content-Length: 5\r\nContent-Encoding: gzip\r\n\r\nhello",
        "SSH-2.0-OpenSSH_9.2\r\n",
        http_answer("200 OK", std::string(2000, 'x')),
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"};
    for (const std::string& answer : answers) {
      CAPTURE(answer);
      LoopbackConnection client(answer_bytes(answer));
      client.options.max_body_bytes = 1000;

      const auto response = client.exchange();

      REQUIRE_FALSE(response.ok());
      CHECK(response.error().outcome == Outcome::unknown);
    }
  }

  TEST_CASE("A request may have been carried out if the client stopped waiting for its answer") {
    LoopbackConnection client(stall);
    client.options.timeouts.receive = kShort;

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().outcome == Outcome::unknown);
    CHECK(advice_of(response.error()) == "AllowMoreTime AddCredentialIfSilent CheckOutcome");
  }

  TEST_CASE("An answer that does not come in time names the setting that the time comes from") {
    LoopbackConnection client(stall);
    client.options.timeouts.receive = kShort;
    client.options.timeouts.receive_setting = "MaxTimeoutms";

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(contains(advice_of(response.error()), "AllowMoreTimeBySetting(MaxTimeoutms)"));
  }

  TEST_CASE("A request that was reset may have been carried out") {
    LoopbackConnection client([](Peer& peer) {
      (void)peer.read_request();
      peer.reset();
    });

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().outcome == Outcome::unknown);
    CHECK(advice_of(response.error()) == "UseTlsIfSpoken CheckOutcome");
  }

  TEST_CASE("Where memory runs out, a request may have been carried out if it was sent") {
    size_t allocations = 0;
    do {
      CAPTURE(allocations);
      std::atomic<int> asked{0};
      LoopbackConnection client([&](Peer& peer) {
        if (contains(peer.read_request(), "<question/>")) ++asked;
      });
      (void)client.connection();
      const auto exchange = [&] {
        const ScarceMemory scarce(allocations++);
        return client.exchange();
      };

      const auto response = exchange();

      REQUIRE_FALSE(response.ok());
      // The server has seen all of the first connection when it is at the second.
      CHECK(code_of(client.exchange()) == ErrorCode::connection_lost);
      CHECK(asked == (response.error().outcome == Outcome::unknown ? 2 : 1));
    } while (ScarceMemory::ran_out());
    CHECK(allocations > 10);
  }

  TEST_CASE("Before a request is sent, memory is asked for twice") {
    LoopbackConnection client(answer_all);
    client.options.endpoint.host = "somewhere";
    int lacking = 0;
    int lookups = 0;
    client.lookup = [&](const std::string& /*host*/, uint16_t port) {
      if (++lookups <= lacking) throw std::bad_alloc();
      return net::system_lookup("127.0.0.1", port);
    };
    SUBCASE("It was lacking once") { lacking = 1; }
    SUBCASE("It is lacking") { lacking = 2; }

    const auto response = client.exchange();

    CHECK(response.ok() == (lacking == 1));
    CHECK(lookups == 2);
    if (!response.ok()) CHECK(response.error().wsman_code == code::kOutOfMemory);
  }

  TEST_CASE("A credential is not proved again for a lack of memory") {
    FakePlan plan;
    LoopbackConnection client(deny("WWW-Authenticate: Negotiate " + base64("no memory") + "\r\n"));
    client.mechanism = std::make_unique<FakeMechanism>(plan);

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().wsman_code == code::kOutOfMemory);
    CHECK(response.error().outcome == Outcome::not_done);
    CHECK(plan.last_answer == "no memory");
    CHECK(plan.begun == 1);
  }

  TEST_CASE("A request that was not sent was not carried out") {
    LoopbackConnection client(answer_all);
    SUBCASE("Nothing listens") { client.options.endpoint.port = refused_port(); }
    SUBCASE("It was stopped before") { client.cancellation.stop(StopReason::cancelled); }

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().outcome == Outcome::not_done);
  }

  TEST_CASE("A request that was answered with 401 was not carried out") {
    LoopbackConnection client(deny("WWW-Authenticate: Basic realm=\"x\"\r\n"));
    give_credential(client.options);

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().outcome == Outcome::not_done);
  }

  TEST_CASE("A request may have been carried out by its first attempt if the second is refused") {
    std::atomic<int> visits{0};
    LoopbackConnection client([&](Peer& peer) {
      const int visit = ++visits;
      (void)peer.read_request();
      if (visit == 1) {
        (void)peer.send(http_answer("200 OK", "<ok/>"));
        (void)peer.read_request();
        return;
      }
      (void)peer.send(http_answer("401 Unauthorized", "", "WWW-Authenticate: Basic realm=x\r\n"));
      (void)peer.wait_for_end();
    });
    give_credential(client.options);
    HttpRequest idempotent = kRequest;
    idempotent.idempotent = true;
    REQUIRE(client.exchange().ok());

    const auto response = client.connection().exchange(
        "POST", "/wsman", idempotent, {client.cancellation, Clock::now() + kPatience});

    CHECK(code_of(response) == ErrorCode::access_denied);
    CHECK(response.error().outcome == Outcome::unknown);
    CHECK(visits == 2);
  }
}

TEST_SUITE("Overtime of an exchange") {
  TEST_CASE("An answer that comes in overtime is the answer of the exchange") {
    Told told;
    LoopbackConnection client([&](Peer& peer) {
      (void)peer.read_request();
      (void)told.told.wait();
      (void)peer.send(http_answer("200 OK", "<late/>"));
      (void)peer.wait_for_end();
    });
    client.options.timeouts.receive = kShort;

    const auto response = client.exchange({.cancellation = client.cancellation,
                                           .deadline = Clock::now() + kPatience,
                                           .overtime = &told});

    REQUIRE(response.ok());
    CHECK(response.value().body == "<late/>");
    CHECK(told.error.code == ErrorCode::timed_out);
    CHECK(told.error.outcome == Outcome::unknown);
    CHECK(advice_of(told.error) == "AllowMoreTime CheckOutcome");
    CHECK(client.connection().is_open());
  }

  TEST_CASE("Overtime ends when the call is told to stop") {
    Told told;
    LoopbackConnection client(stall);
    client.options.timeouts.receive = kShort;
    std::jthread stopping([&] {
      (void)told.told.wait();
      client.cancellation.stop(StopReason::closed);
    });

    const auto response = client.exchange({.cancellation = client.cancellation,
                                           .deadline = Clock::now() + kPatience,
                                           .overtime = &told});

    CHECK(code_of(response) == ErrorCode::closed);
    CHECK(response.error().outcome == Outcome::unknown);
  }

  TEST_CASE("An authentication has no overtime") {
    Told told;
    LoopbackConnection client(stall);
    give_credential(client.options);
    client.options.authentication = AuthenticationKind::digest;
    client.options.timeouts.receive = kShort;

    const auto response = client.exchange({.cancellation = client.cancellation,
                                           .deadline = Clock::now() + kPatience,
                                           .overtime = &told});

    CHECK(code_of(response) == ErrorCode::timed_out);
    CHECK(response.error().outcome == Outcome::not_done);
    CHECK(told.error.message.empty());
  }
}

}  // namespace wsman::testing
