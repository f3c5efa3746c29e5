#include "transport/http_transport.h"

#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fakes/gate.h"
#include "fakes/loopback_connection.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

const authentication::Policy kClearText{true, true};

// What a server saw, whole.
struct Recorded {
  Recorded()
      : server([this](Peer& peer) {
          for (;;) {
            const std::string request = peer.read_request();
            if (!contains(request, "<question/>")) return;
            requests += request;
            (void)peer.send(http_answer("200 OK", "<ok/>"));
          }
        }) {}

  std::string requests;
  LoopbackServer server;
};

std::unique_ptr<Transport> made(TransportOptions options) {
  auto transport = make_http_transport(std::move(options), kClearText, net::system_lookup);
  REQUIRE(transport.ok());
  return std::move(transport.value());
}

struct TransportFixture {
  Cancellation cancellation;
  Call call{cancellation, Clock::now() + kPatience};
};

}  // namespace

TEST_SUITE("HTTP transport") {
  TEST_CASE_FIXTURE(TransportFixture, "Each exchange sends one POST to the path of the endpoint") {
    Recorded recorded;
    const auto transport = made(loopback_options(recorded.server.port(), "/other/wsman?a=b"));

    for (int i = 0; i < 2; ++i) {
      const auto response = transport->exchange(kRequest, call);
      REQUIRE(response.ok());
      CHECK(response.value().body == "<ok/>");
    }
    (void)transport->close(call);

    CHECK(recorded.server.accepted() == 1);
    CHECK(recorded.requests.rfind("POST /other/wsman?a=b HTTP/1.1\r\n", 0) == 0);
    CHECK_FALSE(contains(recorded.requests, "Authorization"));
    CHECK_FALSE(contains(recorded.requests, "WSMANIDENTIFY"));
  }

  TEST_CASE_FIXTURE(TransportFixture, "The credential is sent with the first request") {
    Recorded recorded;
    TransportOptions options = loopback_options(recorded.server.port());
    give_credential(options);
    const auto transport = made(std::move(options));

    REQUIRE(transport->exchange(kRequest, call).ok());
    (void)transport->close(call);

    CHECK(contains(recorded.requests, "\r\nAuthorization: Basic c29tZW9uZTpwYXNzIHBocmFzZQ==\r\n"));
  }

  TEST_CASE_FIXTURE(TransportFixture, "An open connection is counted") {
    LoopbackServer server(answer_all);
    const auto transport = made(loopback_options(server.port()));
    CHECK(transport->connections() == 0);

    REQUIRE(transport->exchange(kRequest, call).ok());
    CHECK(transport->connections() == 1);

    CHECK(transport->close(call).closed == 1);
    CHECK(transport->connections() == 0);
    CHECK(transport->close(call).closed == 0);
    CHECK(transport->exchange(kRequest, call).error().code == ErrorCode::closed);
  }

  TEST_CASE_FIXTURE(TransportFixture, "A redirect is not followed") {
    LoopbackServer other(answer_all);
    LoopbackServer server([&](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(
          http_answer("307 Temporary Redirect", "",
                      "Location: http://127.0.0.1:" + std::to_string(other.port()) + "/wsman\r\n"));
      (void)peer.wait_for_end();
    });
    const auto transport = made(loopback_options(server.port()));

    const auto response = transport->exchange(kRequest, call);

    REQUIRE(response.ok());
    CHECK(response.value().status == 307);
    CHECK(other.accepted() == 0);
  }

  TEST_CASE_FIXTURE(TransportFixture, "Every path that an endpoint accepts reaches the server") {
    Recorded recorded;
    for (const std::string& application :
         std::vector<std::string>{"wsman", "a%20b", "a;b=c", "a:b", "(a)", "a'b!$&*+,=", "~a"}) {
      CAPTURE(application);
      EndpointRequest request;
      request.computer_name = "127.0.0.1";
      request.port = recorded.server.port();
      request.application_name = application;
      TransportOptions options = loopback_options(recorded.server.port());
      options.endpoint = make_endpoint(request, {}).value();
      const auto transport = made(std::move(options));
      CHECK(transport->exchange(kRequest, call).ok());
      CHECK(contains(recorded.requests, "POST /" + std::string(application) + " HTTP/1.1"));
    }
  }

  TEST_CASE_FIXTURE(TransportFixture, "Every name that an endpoint accepts can be looked up") {
    const auto nowhere = [](const std::string&, uint16_t) { return net::LookupResult{{}, "no"}; };
    int accepted = 0;
    for (int c = 0; c < 256; ++c) {
      CAPTURE(c);
      EndpointRequest request;
      request.computer_name = std::string("a") + static_cast<char>(c) + "b";
      const Result<Endpoint> endpoint = make_endpoint(request, {});
      if (!endpoint.ok()) continue;
      ++accepted;
      TransportOptions options = loopback_options(1);
      options.endpoint = endpoint.value();
      const auto transport = make_http_transport(std::move(options), kClearText, nowhere);
      REQUIRE(transport.ok());
      CHECK(code_of(transport.value()->exchange(kRequest, call)) == ErrorCode::name_resolution);
    }
    CHECK(accepted == 26 + 26 + 10 + 3);
  }

  TEST_CASE_FIXTURE(TransportFixture,
                    "An open connection serves where no further one is to be had") {
    Gate asked;
    Gate other_is_open;
    LoopbackServer closing([&](Peer& peer) {
      (void)peer.read_request();
      asked.open();
      (void)other_is_open.wait();
      (void)peer.send(http_answer("200 OK", "<first/>", "Connection: close\r\n"));
    });
    LoopbackServer staying(answer_all);
    // One connection to each, and none after them.
    std::atomic<int> lookups{0};
    const auto once_each = [&](const std::string&, uint16_t) {
      const int number = ++lookups;
      if (number > 2) return net::LookupResult{{}, "no"};
      return net::system_lookup("127.0.0.1", number == 1 ? closing.port() : staying.port());
    };
    TransportOptions options = loopback_options(closing.port());
    options.endpoint.host = "server01";
    auto transport = make_http_transport(std::move(options), kClearText, once_each);
    REQUIRE(transport.ok());
    std::string first;
    std::jthread exchanging([&] {
      const auto response = transport.value()->exchange(kRequest, call);
      if (response.ok()) first = response.value().body;
    });
    REQUIRE(asked.wait());
    REQUIRE(transport.value()->exchange(kRequest, call).ok());
    other_is_open.open();
    exchanging.join();
    REQUIRE(first == "<first/>");
    REQUIRE(transport.value()->connections() == 1);

    const auto response = transport.value()->exchange(kRequest, call);

    REQUIRE(response.ok());
    CHECK(response.value().body == "<ok/>");
  }

  TEST_CASE_FIXTURE(TransportFixture,
                    "A transport that is destroyed without a close closes its connection") {
    Gate ended;
    LoopbackServer server([&](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", "<ok/>"));
      if (peer.wait_for_end()) ended.open();
    });

    { REQUIRE(made(loopback_options(server.port()))->exchange(kRequest, call).ok()); }

    CHECK(ended.wait());
  }

  TEST_CASE_FIXTURE(TransportFixture,
                    "A transport closes while a stopped exchange is still running") {
    Gate asked;
    LoopbackServer server([&](Peer& peer) {
      (void)peer.read_request();
      asked.open();
      (void)peer.wait_for_end();
    });
    const auto transport = made(loopback_options(server.port()));
    ErrorCode code = ErrorCode::internal;
    std::jthread exchanging([&] { code = transport->exchange(kRequest, call).error().code; });
    REQUIRE(asked.wait());
    Cancellation closing;

    cancellation.stop(StopReason::closed);
    const CloseOutcome outcome = transport->close({closing, Clock::now() + kPatience});
    exchanging.join();

    CHECK(code == ErrorCode::closed);
    CHECK(outcome.secrets_wiped);
    CHECK(transport->connections() == 0);
  }
}

TEST_SUITE("Creation of an HTTP transport") {
  TEST_CASE("A new transport opens no connection") {
    LoopbackServer server(answer_all);

    { const auto transport = made(loopback_options(server.port())); }

    CHECK(server.accepted() == 0);
  }

  TEST_CASE("The authentication policy is checked before anything else") {
    TransportOptions options = loopback_options(1);
    give_credential(options);

    const auto transport = make_http_transport(std::move(options), {}, net::system_lookup);

    REQUIRE_FALSE(transport.ok());
    CHECK(transport.error().code == ErrorCode::unencrypted);
  }

  TEST_CASE("An IPv6 address with a zone is accepted") {
    TransportOptions options = loopback_options(1);
    options.endpoint.host = "fe80::1%lo";

    CHECK(make_http_transport(std::move(options), {}, net::system_lookup).ok());
  }
}

}  // namespace wsman::testing
