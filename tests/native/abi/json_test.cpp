#include "abi/json.h"

#include <doctest/doctest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "support/bounds.h"

namespace wsman::testing {
namespace {

using nlohmann::json;

}  // namespace

TEST_SUITE("document") {
  TEST_CASE("of an error has all its parts") {
    const json document =
        json::parse(write_error({ErrorCode::not_connected, "Not \"there\".", 7, "<a b='c'/>"}));

    CHECK(document["error"]["code"] == "NotConnected");
    CHECK(document["error"]["message"] == "Not \"there\".");
    CHECK(document["error"]["wsmanCode"] == 7);
    CHECK(document["error"]["wsmanName"] == "");
    CHECK(document["error"]["faultXml"] == "<a b='c'/>");
    CHECK_FALSE(document["error"].contains("fault"));
    CHECK_FALSE(document.contains("trace"));
    CHECK(json::parse(write_error({ErrorCode::fault, "", 0xFFFFFFFF, ""}))["error"]["wsmanCode"] ==
          4294967295U);
  }

  TEST_CASE("of an error that is a fault has the fault's parts and the name of its code") {
    FaultParts parts{"Sender", "InvalidSelectors", "why", "urn:d", "m", "p", "path", "said"};
    const Error error{ErrorCode::fault, "A fault.", 0x8033805B, "<f/>",
                      std::make_shared<const FaultParts>(parts)};

    const json body = json::parse(write_error(error))["error"];

    CHECK(body["wsmanName"] == "ERROR_WSMAN_UNEXPECTED_SELECTORS");
    CHECK(body["fault"] == json{{"soapCode", "Sender"},
                                {"soapSubcode", "InvalidSelectors"},
                                {"reason", "why"},
                                {"detail", "urn:d"},
                                {"machine", "m"},
                                {"provider", "p"},
                                {"providerPath", "path"},
                                {"providerMessage", "said"}});
  }

  TEST_CASE("has what was said, where somebody listened") {
    Trace trace(Trace::Level::debug);
    trace.verbose("one");
    trace.debug("two");
    const TraceLines lines = trace.take();

    const json expected{{{"level", "verbose"}, {"text", "one"}},
                        {{"level", "debug"}, {"text", "two"}}};
    CHECK(json::parse(write_answered(lines))["trace"] == expected);
    CHECK(json::parse(write_error({ErrorCode::http, "No.", 0, {}}, lines))["trace"] == expected);
    CHECK(json::parse(write_released(true, lines))["trace"] == expected);
    CHECK_FALSE(json::parse(write_answered(std::nullopt)).contains("trace"));
  }

  TEST_CASE("of a page has its number, its items and its language") {
    Page page;
    page.items = {{10, 20}, {30, 5}};
    page.language = "de-DE";

    CHECK(json::parse(write_page(3, page, std::nullopt)) == json{{"enumerationId", 3},
                                                                 {"end", false},
                                                                 {"language", "de-DE"},
                                                                 {"items", {{10, 20}, {30, 5}}}});
  }

  TEST_CASE("of an error with octets that are not UTF-8 shows them as unreadable") {
    const std::string text = write_error({ErrorCode::protocol,
                                          "a\xFF\xFE"
                                          "b\xC3",
                                          0, "\x80"});

    const json document = json::parse(text);
    CHECK(document["error"]["message"] ==
          "a\xEF\xBF\xBD\xEF\xBF\xBD"
          "b\xEF\xBF\xBD");
    CHECK(document["error"]["faultXml"] == "\xEF\xBF\xBD");
  }

  TEST_CASE("has no NUL in it, whatever the text holds") {
    const std::string text = write_error({ErrorCode::protocol, std::string("a\0b", 3), 0, {}});

    CHECK(text.find('\0') == std::string::npos);
  }

  TEST_CASE("of a connect has the session, the identity and what was replaced") {
    Connected connected;
    connected.view.info.id = UINT64_MAX;
    connected.view.info.computer_name = "server01";
    connected.view.info.endpoint = {true, "server01", 5986, "/wsman"};
    connected.view.info.authentication = AuthenticationKind::basic;
    connected.view.info.user_name = "someone";
    connected.identity = {"protocol", "vendor", "version", "<xml/>"};

    json document = json::parse(write_connected(connected));
    CHECK(document["sessionId"] == UINT64_MAX);
    CHECK(document["computerName"] == "server01");
    CHECK(document["connectionUri"] == "https://server01:5986/wsman");
    CHECK(document["authentication"] == "Basic");
    CHECK(document["userName"] == "someone");
    CHECK(document["identify"] == json{{"protocolVersion", "protocol"},
                                       {"productVendor", "vendor"},
                                       {"productVersion", "version"}});
    CHECK_FALSE(document.contains("replaced"));

    connected.replaced.emplace();
    connected.replaced->computer_name = "SERVER01";
    document = json::parse(write_connected(connected));
    CHECK(document["replaced"]["computerName"] == "SERVER01");
  }

  TEST_CASE("of an identity has its XML") {
    const json document = json::parse(write_identity({"protocol", "vendor", "version", "<xml/>"}));

    CHECK(document == json{{"protocolVersion", "protocol"},
                           {"productVendor", "vendor"},
                           {"productVersion", "version"},
                           {"xml", "<xml/>"}});
  }

  TEST_CASE("of an open session has what is open") {
    SessionView view;
    view.info.id = 7;
    view.info.computer_name = "server01";
    view.info.endpoint = {false, "server01", 5985, "/wsman"};
    view.info.user_name = "someone";
    view.state = State::opened;
    view.connections = 1;
    view.open_enumerations = 2;
    view.open_shells = 3;

    CHECK(json::parse(write_state(view)) == json{{"sessionId", 7},
                                                 {"computerName", "server01"},
                                                 {"state", "Opened"},
                                                 {"connectionUri", "http://server01:5985/wsman"},
                                                 {"authentication", "None"},
                                                 {"userName", "someone"},
                                                 {"connections", 1},
                                                 {"openEnumerations", 2},
                                                 {"openShells", 3}});
    CHECK(json::parse(write_list({view, view}))["sessions"].size() == 2);
    CHECK(json::parse(write_list({})) == json{{"sessions", json::array()}});
  }

  TEST_CASE("of a closed session has its number and its state alone") {
    SessionView view;
    view.info.id = 7;
    view.info.computer_name = "server01";

    CHECK(json::parse(write_state(view)) == json{{"sessionId", 7}, {"state", "Closed"}});
  }

  TEST_CASE("of a teardown has every count, step and warning") {
    TeardownReport report;
    report.computer_name = "server01";
    report.graceful = false;
    report.elapsed_ms = 12.5;
    report.operations_cancelled = 1;
    report.commands_terminated = 2;
    report.commands_abandoned = 3;
    report.shells_deleted = 4;
    report.shells_abandoned = 5;
    report.enumerations_released = 6;
    report.enumerations_abandoned = 7;
    report.connections_closed = 8;
    report.secrets_wiped = false;
    report.steps = {{"close", 3.5, "ok"}};
    report.warnings = {"A warning."};
    const json expected{
        {"computerName", "server01"},
        {"state", "Closed"},
        {"graceful", false},
        {"elapsedMs", 12.5},
        {"operations", {{"cancelled", 1}}},
        {"commands", {{"terminated", 2}, {"abandoned", 3}}},
        {"shells", {{"deleted", 4}, {"abandoned", 5}}},
        {"enumerations", {{"released", 6}, {"abandoned", 7}}},
        {"connections", {{"closed", 8}}},
        {"secretsWiped", false},
        {"steps", json::array({{{"step", "close"}, {"ms", 3.5}, {"result", "ok"}}})},
        {"warnings", json::array({"A warning."})}};

    CHECK(json::parse(write_report(report)) == expected);
    CHECK(json::parse(write_closed({report})) == json{{"closed", json::array({expected})}});
    CHECK(json::parse(write_closed({})) == json{{"closed", json::array()}});
  }
}

}  // namespace wsman::testing
