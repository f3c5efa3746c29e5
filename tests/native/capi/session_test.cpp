// The life of a session: connect, list, state, disconnect, twice; all at once; with the registry.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "capi/fixture.h"
#include "support/process.h"

namespace wsman::testing {
namespace {

void check_list(const AbiRegistry& registry, const std::string& part) {
  const Answer listed = registry.list();
  CHECK(listed.status == WSMAN_OK);
  CHECK_MESSAGE(listed.has(part), listed.document);
}

void check_state(const AbiRegistry& registry, std::uint64_t session, const std::string& part) {
  const Answer state = registry.state(session);
  CHECK(state.status == WSMAN_OK);
  CHECK_MESSAGE(state.has(part), state.document);
}

void check_parts(const Answer& answer, const std::vector<std::string>& parts) {
  CAPTURE(answer.document);
  for (const std::string& part : parts) CHECK_MESSAGE(answer.has(part), part);
}

// Asks for a shell with that body.
Answer create_shell(const AbiRegistry& registry, std::uint64_t session, const std::string& body) {
  const std::string request = nlohmann::json{
      {"sessionId", session},
      {"operation", "Create"},
      {"resourceUri", "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd"},
      {"trace", "debug"}}.dump();
  wsman_input input{};
  input.body = body.data();
  input.body_length = body.size();
  wsman_bytes* made = nullptr;
  Answer created = called([&](char** out) {
    return wsman_request(out, &made, registry, next_operation(), request.c_str(), &input);
  });
  CHECK((made != nullptr) == (created.status == WSMAN_OK));
  wsman_bytes_free(made);
  return created;
}

constexpr const char* kNoSession = R"({"sessions":[]})";

}  // namespace

TEST_SUITE("C ABI") {
  TEST_CASE_FIXTURE(AbiFixture, "A connect reports the session and the identity of the server") {
    const Answer connected = registry.connect(basic_request("127.0.0.2"));

    CHECK(connected.status == WSMAN_OK);
    check_parts(connected, {R"("computerName":"127.0.0.2")",
                            R"("connectionUri":"https://127.0.0.2:)", R"("authentication":"Basic")",
                            R"("userName":"tester")", R"("productVersion":"OS: )"});
    CHECK_FALSE(connected.has("OS: 0.0.0"));
    CHECK_FALSE(connected.has(service.password()));
    CHECK_FALSE(connected.has(R"("replaced")"));
  }

  TEST_CASE_FIXTURE(AbiFixture, "A session is listed, reports its state and is disconnected once") {
    const std::uint64_t session = registry.open_session("127.0.0.2");
    check_list(registry, R"("computerName":"127.0.0.2")");
    check_state(registry, session, R"("state":"Opened")");
    check_state(registry, session, R"("connections":1)");
    CHECK(service.await_connections(1) == 1);

    const Answer ended = registry.disconnect("127.0.0.2");

    CHECK(ended.status == WSMAN_OK);
    check_parts(ended,
                {R"("computerName":"127.0.0.2")", R"("state":"Closed")", R"("graceful":true)",
                 R"("connections":{"closed":1})", R"("secretsWiped":true)", R"("warnings":[])"});
    CHECK_FALSE(ended.has(service.password()));
    CHECK(service.await_connections(0) == 0);
    check_list(registry, kNoSession);
    check_state(registry, session, R"("state":"Closed")");
    const Answer again = registry.disconnect("127.0.0.2");
    CHECK(again.status == WSMAN_E_NOT_CONNECTED);
    check_parts(again, {R"("code":"NotConnected")"});
  }

  TEST_CASE_FIXTURE(AbiFixture, "A session is found by its name in any case") {
    const std::string port = std::to_string(service.port(false));
    const Answer connected =
        registry.connect({{"computerName", "Server-One"},
                          {"authentication", "None"},
                          {"connectionUri", "http://127.0.0.2:" + port + "/wsman"}},
                         "");

    CHECK(connected.status == WSMAN_OK);
    check_parts(connected, {R"("computerName":"Server-One")", "OS: 0.0.0 SP: 0.0 Stack: 3.0"});
    CHECK(registry.disconnect("sERVER-oNE").status == WSMAN_OK);
    CHECK(service.await_connections(0) == 0);
  }

  TEST_CASE_FIXTURE(AbiFixture, "A second connect to a name replaces the session") {
    const std::uint64_t before = registry.open_session("127.0.0.2");

    const Answer again = registry.connect(basic_request("127.0.0.2"));

    CHECK(again.status == WSMAN_OK);
    check_parts(again, {R"("replaced":{)"});
    CHECK(service.await_connections(1) == 1);
    check_state(registry, before, R"("state":"Closed")");
  }

  TEST_CASE_FIXTURE(AbiFixture, "All sessions are closed within one timeout") {
    for (const char* address : kAddresses) CHECK(registry.open_session(address) != 0);
    CHECK(service.await_connections(kAddresses.size()) == kAddresses.size());
    const Clock::time_point start = Clock::now();

    const Answer closed = registry.close_all();

    CHECK(since(start) < bound(Milliseconds(2000)));
    CHECK(closed.status == WSMAN_OK);
    check_parts(closed, {kAddresses.begin(), kAddresses.end()});
    CHECK(service.await_connections(0) == 0);
    const Answer again = registry.close_all(1);
    CHECK(again.status == WSMAN_OK);
    check_parts(again, {R"({"closed":[]})"});
  }

  TEST_CASE_FIXTURE(AbiFixture, "Several sessions are closed by their numbers, each once") {
    std::vector<std::uint64_t> sessions;
    sessions.reserve(kAddresses.size());
    for (const char* address : kAddresses) sessions.push_back(registry.open_session(address));
    const std::uint64_t kept = sessions.back();
    sessions.pop_back();

    const Answer closed = registry.close(sessions);

    CHECK(closed.status == WSMAN_OK);
    const nlohmann::json reports = nlohmann::json::parse(closed.document).at("closed");
    REQUIRE(reports.size() == sessions.size());
    for (std::size_t i = 0; i < reports.size(); ++i) {
      CHECK(reports.at(i).at("computerName") == kAddresses.at(i));
      CHECK(reports.at(i).at("graceful") == true);
    }
    check_state(registry, kept, R"("state":"Opened")");
    CHECK(service.await_connections(1) == 1);
    check_parts(registry.close(sessions), {R"({"closed":[]})"});
    CHECK(registry.close({kept + 1}).status == WSMAN_E_INVALID_ARGUMENT);
    CHECK(registry.close({kept}).status == WSMAN_OK);
  }

  TEST_CASE_FIXTURE(AbiFixture, "An identify without a session leaves nothing open") {
    const std::string request = open_request("wsman", "127.0.0.3").dump();

    wsman_bytes* answer = nullptr;
    const Answer identity = called([&](char** out) {
      return wsman_identify(out, &answer, registry, next_operation(), request.c_str(), nullptr);
    });

    CHECK(identity.status == WSMAN_OK);
    check_parts(identity, {R"("productVendor":)"});
    REQUIRE(answer != nullptr);
    const std::string xml(answer->data, answer->length);
    wsman_bytes_free(answer);
    CHECK_MESSAGE(xml.starts_with("<wsmid:IdentifyResponse "), xml);
    CHECK_MESSAGE(contains(xml, "<wsmid:ProductVendor>"), xml);
    check_list(registry, kNoSession);
    CHECK(service.await_connections(0) == 0);
  }

  TEST_CASE_FIXTURE(AbiFixture, "An enumeration of one page has a number that can be closed") {
    const std::string request = nlohmann::json{
        {"sessionId", registry.open_session("127.0.0.2")},
        {"resourceUri",
         "winrm/config/listener"}}.dump();
    wsman_bytes* page = nullptr;
    const Answer opened = called([&](char** out) {
      return wsman_enumerate_open(out, &page, registry, next_operation(), request.c_str(), nullptr);
    });
    wsman_bytes_free(page);
    REQUIRE_MESSAGE(opened.status == WSMAN_OK, opened.document);
    check_parts(opened, {R"("end":true)"});
    const std::uint64_t enumeration =
        nlohmann::json::parse(opened.document).at("enumerationId").get<std::uint64_t>();
    const auto close = [&](std::uint64_t number) {
      return called([&](char** out) {
        return wsman_enumerate_close(out, registry, next_operation(), number, 0);
      });
    };

    const Answer closed = close(enumeration);

    CHECK_MESSAGE(closed.status == WSMAN_OK, closed.document);
    check_parts(closed, {R"("released":true)"});
    CHECK(close(enumeration + 1).status == WSMAN_E_INVALID_ARGUMENT);
  }

  // A file's text may have a byte order mark, and a C string's length its NUL.
  TEST_CASE_FIXTURE(AbiFixture, "A body names what it makes, whatever stands around its XML") {
    const std::uint64_t session = registry.open_session("127.0.0.2");
    const std::string shell =
        "<rsp:Shell xmlns:rsp=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell\"/>";
    for (const std::string& body : {shell, "\xEF\xBB\xBF" + shell, shell + std::string(1, '\0'),
                                    "<?xml version='1.0' encoding='utf-16'?>" + shell}) {
      CAPTURE(body);
      const Answer created = create_shell(registry, session, body);
      CHECK_MESSAGE(created.status == WSMAN_OK, created.document);
      check_parts(created, {R"(ShellId=\")"});
    }
  }

  TEST_CASE_FIXTURE(AbiFixture, "A body of nothing but what stands around XML is refused") {
    const std::uint64_t session = registry.open_session("127.0.0.2");
    for (const std::string& body : {std::string("\xEF\xBB\xBF"), std::string(1, '\0'),
                                    std::string("<?xml version='1.0' encoding='utf-16'?>")}) {
      CAPTURE(body);
      CHECK(create_shell(registry, session, body).status == WSMAN_E_INVALID_ARGUMENT);
    }
    CHECK(service.count("shells") == 0);
  }

  TEST_CASE_FIXTURE(AbiFixture, "A session number that was never issued is refused") {
    CHECK(registry.state(UINT64_MAX).status == WSMAN_E_INVALID_ARGUMENT);
    CHECK(registry.state(0).status == WSMAN_E_INVALID_ARGUMENT);
  }

  TEST_CASE_FIXTURE(AbiFixture,
                    "Freeing the registry closes its sessions and leaks no descriptor") {
    const int before = open_descriptors();
    std::optional<AbiRegistry> other(std::in_place);
    for (const char* address : kAddresses) CHECK(other->open_session(address) != 0);
    check_list(registry, kNoSession);
    CHECK(service.await_connections(kAddresses.size()) == kAddresses.size());

    other.reset();

    CHECK(service.await_connections(0) == 0);
    CHECK(open_descriptors() == before);
  }
}

}  // namespace wsman::testing
