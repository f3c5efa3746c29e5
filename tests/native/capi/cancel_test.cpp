// Calls that are ended: by wsman_cancel() before, during and after, and by their deadline.

#include <doctest/doctest.h>

#include <thread>

#include "capi/fixture.h"

namespace wsman::testing {
namespace {

using OpeningCall = wsman_status (*)(char**, wsman_registry*, std::uint64_t, const char*,
                                     const wsman_credentials*);

wsman_status identify(char** out, wsman_registry* registry, std::uint64_t operation,
                      const char* request, const wsman_credentials* credentials) {
  wsman_bytes* answer = nullptr;
  const wsman_status status =
      wsman_identify(out, &answer, registry, operation, request, credentials);
  wsman_bytes_free(answer);
  return status;
}

void check_cancelled(const Answer& answer) {
  CHECK(answer.status == WSMAN_E_CANCELLED);
  CHECK_MESSAGE(answer.has(R"("code":"Cancelled")"), answer.document);
  CHECK_MESSAGE(answer.has(R"("wsmanCode":995)"), answer.document);
}

struct Cancelling : AbiFixture {
  Answer ask(OpeningCall call, std::uint64_t operation, const nlohmann::json& request) const {
    const std::string text = request.dump();
    return called(
        [&](char** out) { return call(out, registry, operation, text.c_str(), nullptr); });
  }

  // Cancels a call once the service holds its connection.
  void check_while_it_runs(OpeningCall call) const {
    const std::uint64_t operation = next_operation();
    Clock::time_point cancelled;
    std::jthread cancelling([&] {
      CHECK(service.await_connections(1) == 1);
      cancelled = Clock::now();
      wsman_cancel(registry, operation);
    });

    const Answer answer = ask(call, operation, open_request("stall"));
    const Clock::time_point back = Clock::now();
    cancelling.join();

    check_cancelled(answer);
    CHECK(back - cancelled < bound(kPromptly));
    CHECK(service.await_connections(0) == 0);
  }
};

}  // namespace

TEST_SUITE("C ABI") {
  TEST_CASE_FIXTURE(Cancelling, "A call that was cancelled before it began ends at once") {
    const int before = service.count("requests");
    const std::uint64_t operation = next_operation();
    wsman_cancel(registry, operation);

    check_cancelled(ask(wsman_connect, operation, open_request("stall")));

    CHECK(service.count("requests") == before);
    CHECK(service.await_connections(0) == 0);
  }

  TEST_CASE_FIXTURE(Cancelling, "A connect ends promptly after it is cancelled") {
    check_while_it_runs(wsman_connect);
  }

  TEST_CASE_FIXTURE(Cancelling, "An identify ends promptly after it is cancelled") {
    check_while_it_runs(identify);
  }

  TEST_CASE_FIXTURE(Cancelling, "Cancelling a call that has ended does nothing") {
    const std::uint64_t operation = next_operation();
    CHECK(ask(wsman_connect, operation, open_request("wsman")).status == WSMAN_OK);

    wsman_cancel(registry, operation);

    CHECK(service.await_connections(1) == 1);
    CHECK(registry.disconnect("127.0.0.2").status == WSMAN_OK);
    CHECK(service.await_connections(0) == 0);
  }

  TEST_CASE_FIXTURE(Cancelling, "A disconnect that is cancelled still closes the connection") {
    const std::uint64_t operation = next_operation();
    CHECK(registry.open_session("127.0.0.2") != 0);
    wsman_cancel(registry, operation);

    const Answer ended = called(
        [&](char** out) { return wsman_disconnect(out, registry, operation, "127.0.0.2", 0); });

    CHECK(ended.status == WSMAN_OK);
    CHECK_MESSAGE(ended.has(R"("connections":{"closed":1})"), ended.document);
    CHECK(service.await_connections(0) == 0);
  }

  TEST_CASE_FIXTURE(Cancelling, "The end of the registry is stopped by no number") {
    // Numbers are the caller's, 0 included.
    for (std::uint64_t operation = 0; operation < 4; ++operation) wsman_cancel(registry, operation);
    wsman_bytes* answer = nullptr;
    const std::string create =
        nlohmann::json{
            {"sessionId", registry.open_session("127.0.0.2")},
            {"operation", "Create"},
            {"resourceUri", "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd"}}
            .dump();
    CHECK(called([&](char** out) {
            return wsman_request(out, &answer, registry, next_operation(), create.c_str(), nullptr);
          }).status == WSMAN_OK);
    wsman_bytes_free(answer);
    CHECK(service.count("shells") == 1);

    registry.free();

    CHECK(service.count("shells") == 0);
  }

  TEST_CASE_FIXTURE(Cancelling,
                    "An identify ends at its deadline with an error that names the computer") {
    nlohmann::json request = open_request("stall");
    request["timeoutMs"] = kShort.count();
    const Clock::time_point start = Clock::now();

    const Answer answer = ask(identify, next_operation(), request);

    CHECK(answer.status == WSMAN_E_TIMED_OUT);
    CHECK(since(start) >= kShort);
    CHECK(since(start) < bound(kShort + kPromptly));
    CHECK_MESSAGE(answer.has("127.0.0.2 (port "), answer.document);
    CHECK(service.await_connections(0) == 0);
  }
}

}  // namespace wsman::testing
