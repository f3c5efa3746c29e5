#include "abi/documents/json.h"

#include <doctest/doctest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "support/bounds.h"

namespace wsman::testing {
namespace {

using nlohmann::json;

}  // namespace

TEST_SUITE("JSON document") {
  TEST_CASE("An error document has all its members") {
    const json document = json::parse(
        abi::write_error({ErrorCode::not_connected, "Not \"there\".", 7, {}, "<a b='c'/>"}));

    CHECK(document["error"]["code"] == "NotConnected");
    CHECK(document["error"]["message"] == "Not \"there\".");
    CHECK(document["error"]["advice"] == json::array());
    CHECK(document["error"]["wsmanCode"] == 7);
    CHECK(document["error"]["wsmanName"] == "");
    CHECK(document["error"]["faultXml"] == "<a b='c'/>");
    CHECK_FALSE(document["error"].contains("fault"));
    CHECK_FALSE(document.contains("trace"));
    CHECK(json::parse(abi::write_error({ErrorCode::fault, "", 0xFFFFFFFF}))["error"]["wsmanCode"] ==
          4294967295U);
  }

  TEST_CASE("The error document of a fault has the parts of the fault and its code's name") {
    FaultParts parts{FaultKind::no_instance,
                     "Sender",
                     "InvalidSelectors",
                     "why",
                     "urn:d",
                     "m",
                     "p",
                     "path",
                     "said"};
    const Error error{ErrorCode::fault, "A fault.",
                      0x8033805B,       {},
                      "<f/>",           std::make_shared<const FaultParts>(parts)};

    const json body = json::parse(abi::write_error(error))["error"];

    CHECK(body["wsmanName"] == "ERROR_WSMAN_UNEXPECTED_SELECTORS");
    CHECK(body["fault"] == json{{"kind", "NoInstance"},
                                {"soapCode", "Sender"},
                                {"soapSubcode", "InvalidSelectors"},
                                {"reason", "why"},
                                {"detail", "urn:d"},
                                {"machine", "m"},
                                {"provider", "p"},
                                {"providerPath", "path"},
                                {"providerMessage", "said"}});
  }

  TEST_CASE("The advice of an error is written as keys with arguments, in order") {
    const Error error = make_error(ErrorCode::authentication, "It failed",
                                   {AdviceKey::use_tls, {AdviceKey::trust_host, {"server01"}}});

    CHECK(json::parse(abi::write_error(error))["error"]["advice"] ==
          json{{{"key", "UseTls"}, {"arguments", json::array()}},
               {{"key", "TrustHost"}, {"arguments", {"server01"}}}});
  }

  TEST_CASE("The messages of a trace are in the document if a trace was asked for") {
    Trace trace(Trace::Level::debug);
    trace.verbose("one");
    trace.debug("two");
    const abi::TraceLines lines = trace.take();

    const json expected{{{"level", "verbose"}, {"text", "one"}},
                        {{"level", "debug"}, {"text", "two"}}};
    CHECK(json::parse(abi::write_answered(lines))["trace"] == expected);
    CHECK(json::parse(abi::write_error({ErrorCode::http, "No.", 0, {}}, lines))["trace"] ==
          expected);
    CHECK(json::parse(abi::write_released(true, lines))["trace"] == expected);
    CHECK_FALSE(json::parse(abi::write_answered(std::nullopt)).contains("trace"));
  }

  TEST_CASE("No text in a document steers a terminal, but for the XML of the server") {
    const std::string evil = "a\r\nPS> \x1B[2J\xC2\x9B\xE2\x80\xAE";
    const FaultParts parts{FaultKind::other, evil, evil, evil, evil, evil, evil, evil, evil};
    const Error error{ErrorCode::fault,
                      evil,
                      1,
                      {{AdviceKey::trust_host, {evil}}},
                      "<f>\n</f>",
                      std::make_shared<const FaultParts>(parts)};
    session::TeardownReport report;
    report.warnings = {evil};

    const std::string text =
        abi::write_error(error, std::vector<Trace::Line>{{Trace::Level::verbose, evil}}) +
        abi::write_report(report);

    for (const char* control : {"\\r", "\\u001b", "\xC2\x9B", "\xE2\x80\xAE"})
      CHECK(text.find(control) == std::string::npos);
    CHECK(text.find("\\n") == text.rfind("\\n"));
    CHECK(text.find("<f>\\n</f>") != std::string::npos);
  }

  TEST_CASE("A page document has its number, its count and its language") {
    operation::Page page;
    page.count = 2;
    page.language = "de-DE";

    CHECK(json::parse(abi::write_page(3, page, std::nullopt)) ==
          json{{"enumerationId", 3}, {"end", false}, {"language", "de-DE"}, {"count", 2}});
  }

  TEST_CASE("Bytes of an error message that are not UTF-8 are replaced") {
    const std::string text = abi::write_error({ErrorCode::protocol,
                                               "a\xFF\xFE"
                                               "b\xC3",
                                               0,
                                               {},
                                               "\x80"});

    const json document = json::parse(text);
    CHECK(document["error"]["message"] ==
          "a\xEF\xBF\xBD\xEF\xBF\xBD"
          "b\xEF\xBF\xBD");
    CHECK(document["error"]["faultXml"] == "\xEF\xBF\xBD");
  }

  TEST_CASE("A document contains no NUL, whatever its text holds") {
    const std::string text = abi::write_error({ErrorCode::protocol, std::string("a\0b", 3), 0, {}});

    CHECK(text.find('\0') == std::string::npos);
  }

  TEST_CASE("A connect document has the session, the identity and the replaced session") {
    session::Connected connected;
    connected.view.info.id = UINT64_MAX;
    connected.view.info.computer_name = "server01";
    connected.view.info.endpoint = {true, "server01", 5986, "/wsman"};
    connected.view.info.authentication = AuthenticationKind::basic;
    connected.view.info.user_name = "someone";
    connected.identity = {"protocol", "vendor", "version"};

    json document = json::parse(abi::write_connected(connected));
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
    document = json::parse(abi::write_connected(connected));
    CHECK(document["replaced"]["computerName"] == "SERVER01");
  }

  TEST_CASE("What a service says of itself is on one line, and steers no terminal") {
    const json identity =
        json::parse(abi::write_identity({"pro\ntocol", "ven\x1B[2Jdor", "1\xE2\x80\xAE"}, {}));
    CHECK(identity.at("protocolVersion") == "pro tocol");
    CHECK(identity.at("productVendor") == "ven [2Jdor");
    CHECK(identity.at("productVersion") == "1 ");
  }

  TEST_CASE("An identity document has what the service says of itself") {
    CHECK(json::parse(abi::write_identity({"protocol", "vendor", "version"}, {})) ==
          json{{"protocolVersion", "protocol"},
               {"productVendor", "vendor"},
               {"productVersion", "version"}});
  }

  TEST_CASE("The document of an open session has its counts") {
    session::SessionView view;
    view.info.id = 7;
    view.info.computer_name = "server01";
    view.info.endpoint = {false, "server01", 5985, "/wsman"};
    view.info.user_name = "someone";
    view.state = session::State::opened;
    view.connections = 1;
    view.open_enumerations = 2;
    view.open_shells = 3;

    CHECK(json::parse(abi::write_state(view)) ==
          json{{"sessionId", 7},
               {"computerName", "server01"},
               {"state", "Opened"},
               {"connectionUri", "http://server01:5985/wsman"},
               {"authentication", "None"},
               {"userName", "someone"},
               {"connections", 1},
               {"openEnumerations", 2},
               {"openShells", 3}});
    CHECK(json::parse(abi::write_list({view, view}))["sessions"].size() == 2);
    CHECK(json::parse(abi::write_list({})) == json{{"sessions", json::array()}});
  }

  TEST_CASE("The document of a closed session has only its number and its state") {
    session::SessionView view;
    view.info.id = 7;
    view.info.computer_name = "server01";

    CHECK(json::parse(abi::write_state(view)) == json{{"sessionId", 7}, {"state", "Closed"}});
  }

  TEST_CASE("A teardown document has every count, step and warning") {
    session::TeardownReport report;
    report.computer_name = "server01";
    report.connection_uri = "https://server01:5986/wsman";
    report.user_name = "admin";
    report.started = std::chrono::system_clock::from_time_t(1000000000) + Milliseconds(7);
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
    report.steps = {{"close", 1.5, 3.5, "ok"}};
    report.warnings = {"A warning."};
    const json expected{
        {"computerName", "server01"},
        {"connectionUri", "https://server01:5986/wsman"},
        {"userName", "admin"},
        {"startTime", "2001-09-09T01:46:40.007Z"},
        {"state", "Closed"},
        {"graceful", false},
        {"elapsedMs", 12.5},
        {"operations", {{"cancelled", 1}}},
        {"commands", {{"terminated", 2}, {"abandoned", 3}}},
        {"shells", {{"deleted", 4}, {"abandoned", 5}}},
        {"enumerations", {{"released", 6}, {"abandoned", 7}}},
        {"connections", {{"closed", 8}}},
        {"secretsWiped", false},
        {"steps",
         json::array({{{"step", "close"}, {"startMs", 1.5}, {"ms", 3.5}, {"result", "ok"}}})},
        {"warnings", json::array({"A warning."})}};

    CHECK(json::parse(abi::write_report(report)) == expected);
    CHECK(json::parse(abi::write_closed({report})) == json{{"closed", json::array({expected})}});
    CHECK(json::parse(abi::write_closed({})) == json{{"closed", json::array()}});
  }
}

}  // namespace wsman::testing
