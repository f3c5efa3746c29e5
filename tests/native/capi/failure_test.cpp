// What goes wrong on the way: each with its status, and with nothing left open.

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capi/fixture.h"

namespace wsman::testing {
namespace {

using nlohmann::json;

// A port of 127.0.0.2 that was free a moment ago.
int free_port() {
  sockaddr_in address{};
  socklen_t length = sizeof address;
  auto* name = reinterpret_cast<sockaddr*>(&address);
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = inet_addr("127.0.0.2");
  REQUIRE(bind(listener, name, length) == 0);
  REQUIRE(getsockname(listener, name, &length) == 0);
  (void)close(listener);
  return ntohs(address.sin_port);
}

struct Failing : AbiFixture {
  // Checks that connecting fails so, that the document says so, and that nothing is left.
  void check_fails(const json& request, const std::string& password, wsman_status expected,
                   const std::string& part) {
    CAPTURE(request);
    const Answer answer = registry.connect(request, password);
    CHECK(answer.status == expected);
    CHECK_MESSAGE(answer.has(part), answer.document);
    CHECK_FALSE(answer.document.empty());
    CHECK((password.empty() || !answer.has(password)));
    CHECK(registry.list().status == WSMAN_OK);
    CHECK(registry.list().has(R"({"sessions":[]})"));
    CHECK(service.await_connections(0) == 0);
  }

  json request_with(const std::string& authentication, bool tls) const {
    return {{"computerName", "127.0.0.2"},
            {"port", service.port(tls)},
            {"useSsl", tls},
            {"authentication", authentication}};
  }
};

}  // namespace

TEST_SUITE("C ABI") {
  TEST_CASE_FIXTURE(Failing, "An authentication that is not possible is refused without traffic") {
    const int before = service.count("accepted");
    // The first two because the computer is an address, the last because the settings do not allow
    // it.
    for (const char* kind : {"Default", "Kerberos", "Credssp"}) {
      check_fails(request_with(kind, true), "", WSMAN_E_AUTHENTICATION,
                  R"("code":"Authentication")");
    }
    // Because nothing was given that could be proved with.
    for (const char* kind : {"Basic", "Digest", "ClientCertificate"}) {
      check_fails(request_with(kind, true), "", WSMAN_E_INVALID_ARGUMENT,
                  R"("code":"InvalidArgument")");
    }
    CHECK(service.count("accepted") == before);
  }

  TEST_CASE_FIXTURE(Failing, "Basic over http is refused without traffic") {
    const int before = service.count("accepted");
    json request = request_with("Basic", false);
    request["userName"] = "tester";
    check_fails(request, service.password(), WSMAN_E_UNENCRYPTED, "0x803380DE");
    CHECK(service.count("accepted") == before);
  }

  TEST_CASE_FIXTURE(Failing, "A port without a listener is reported as a failed connection") {
    json request = open_request("wsman");
    request["port"] = free_port();
    check_fails(request, "", WSMAN_E_CANNOT_CONNECT,
                "The client cannot connect to the destination 127.0.0.2 (port ");
  }

  TEST_CASE_FIXTURE(Failing, "A wrong password is reported and never repeated in the error") {
    check_fails(basic_request("127.0.0.2"), "something-else", WSMAN_E_ACCESS_DENIED,
                R"(to the user \"tester\")");
  }

  TEST_CASE_FIXTURE(Failing, "A failed connect leaves the session that it would have replaced") {
    const std::uint64_t session = registry.open_session("127.0.0.2");

    CHECK(registry.connect(basic_request("127.0.0.2"), "x").status == WSMAN_E_ACCESS_DENIED);

    const Answer state = registry.state(session);
    CHECK(state.status == WSMAN_OK);
    CHECK_MESSAGE(state.has(R"("state":"Opened")"), state.document);
    CHECK(service.await_connections(1) == 1);
    CHECK(registry.close_all().status == WSMAN_OK);
  }

  TEST_CASE_FIXTURE(Failing, "Different invalid responses give different errors") {
    check_fails(open_request("html"), "", WSMAN_E_HTTP, "a web page");
    check_fails(open_request("nowhere"), "", WSMAN_E_HTTP, "HTTP 404");
    check_fails(open_request("status/503"), "", WSMAN_E_HTTP, "HTTP 503");
    check_fails(open_request("redirect"), "", WSMAN_E_HTTP,
                R"({"key":"ConnectThere","arguments":[]})");
    check_fails(open_request("malformed"), "", WSMAN_E_PROTOCOL, "not well-formed XML");
    check_fails(open_request("doctype"), "", WSMAN_E_PROTOCOL, "DOCTYPE");
    check_fails(open_request("fault"), "", WSMAN_E_FAULT, R"("faultXml":"<)");
    check_fails(open_request("close"), "", WSMAN_E_CONNECTION_LOST, "before the answer was whole");
  }

  TEST_CASE_FIXTURE(Failing, "A broken settings file is an error with its path") {
    const ScratchFolder folder;
    const std::string path = folder.write("broken.json", R"({"NetworkDelayms":"soon"})");
    const std::string request = basic_request("127.0.0.2").dump();
    wsman_registry* other = nullptr;
    CHECK(called([&](char** out) {
            return wsman_registry_new(out, &other, path.c_str());
          }).status == WSMAN_OK);

    const Answer answer = called([&](char** out) {
      return wsman_connect(out, other, next_operation(), request.c_str(), nullptr);
    });
    wsman_registry_free(other);

    CHECK(answer.status == WSMAN_E_SETTINGS);
    CHECK_MESSAGE(answer.has(path), answer.document);
    CHECK_MESSAGE(answer.has("NetworkDelayms"), answer.document);
  }
}

}  // namespace wsman::testing
