#include "abi/json.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "fakes/bounds.h"

namespace wsman {
namespace {

using nlohmann::json;
using testing::contains;

ConnectRequest read(const std::string& text) {
  Result<ConnectRequest> request = read_connect_request(text);
  REQUIRE(request.ok());
  return request.value();
}

std::string refusal_of(const std::string& text) {
  const Result<ConnectRequest> request = read_connect_request(text);
  if (request.ok()) return "It was read.";
  CHECK(request.error().code == ErrorCode::invalid_argument);
  return request.error().message;
}

}  // namespace

TEST_SUITE("connect request") {
  TEST_CASE("has defaults for what is absent") {
    const ConnectRequest request = read("{}");

    CHECK(request.computer_name.empty());
    CHECK(request.port == 0);
    CHECK(request.application_name.empty());
    CHECK_FALSE(request.use_ssl);
    CHECK(request.connection_uri.empty());
    CHECK(request.authentication == AuthenticationKind::default_);
    CHECK_FALSE(request.user_name);
    CHECK_FALSE(request.skip_ca_check);
    CHECK_FALSE(request.skip_cn_check);
    CHECK_FALSE(request.skip_revocation_check);
    CHECK_FALSE(request.no_encryption);
    CHECK_FALSE(request.use_utf16);
    CHECK(request.operation_timeout == Milliseconds::zero());
    CHECK(request.timeout == Milliseconds::zero());
  }

  TEST_CASE("is read member by member") {
    const ConnectRequest request = read(R"({
      "computerName":"server01","port":5986,"applicationName":"wsman","useSsl":true,
      "connectionUri":"https://server01/","authentication":"Basic","userName":"someone",
      "timeoutMs":600000,
      "options":{"skipCACheck":true,"skipCNCheck":true,"skipRevocationCheck":true,
        "noEncryption":true,"useUtf16":true,"operationTimeoutMs":2147483647}})");

    CHECK(request.computer_name == "server01");
    CHECK(request.port == 5986);
    CHECK(request.application_name == "wsman");
    CHECK(request.use_ssl);
    CHECK(request.connection_uri == "https://server01/");
    CHECK(request.authentication == AuthenticationKind::basic);
    REQUIRE(request.user_name);
    CHECK(*request.user_name == "someone");
    CHECK(request.timeout == Milliseconds(600000));
    CHECK(request.skip_ca_check);
    CHECK(request.skip_cn_check);
    CHECK(request.skip_revocation_check);
    CHECK(request.no_encryption);
    CHECK(request.use_utf16);
    CHECK(request.operation_timeout == Milliseconds(2147483647));
  }

  TEST_CASE("knows each authentication by its name") {
    for (const auto& row : std::vector<std::pair<std::string, AuthenticationKind>>{
             {"None", AuthenticationKind::none},
             {"Default", AuthenticationKind::default_},
             {"Basic", AuthenticationKind::basic},
             {"Negotiate", AuthenticationKind::negotiate},
             {"Kerberos", AuthenticationKind::kerberos},
             {"Digest", AuthenticationKind::digest},
             {"Credssp", AuthenticationKind::credssp},
             {"ClientCertificate", AuthenticationKind::client_certificate}}) {
      CAPTURE(row.first);
      CHECK(read("{\"authentication\":\"" + row.first + "\"}").authentication == row.second);
    }
    CHECK(contains(refusal_of(R"({"authentication":"basic"})"), "\"basic\" is not the name"));
  }

  TEST_CASE("tells an empty user name from none") {
    const ConnectRequest request = read(R"({"userName":""})");

    REQUIRE(request.user_name);
    CHECK(request.user_name->empty());
  }

  TEST_CASE("that is no object of JSON is refused with its place") {
    CHECK(contains(refusal_of(""), "not JSON at octet"));
    CHECK(contains(refusal_of("{\"port\":"), "not JSON at octet 9"));
    CHECK(contains(refusal_of("{} {}"), "not JSON at octet 4"));
    CHECK(contains(refusal_of("{\"computerName\":\"\xFF\"}"), "not JSON at octet"));
    CHECK(contains(refusal_of("[]"), "it must be an object"));
    CHECK(contains(refusal_of("\"text\""), "it must be an object"));
    CHECK(contains(refusal_of("null"), "it must be an object"));
  }

  TEST_CASE("with an unknown member is refused by its name") {
    CHECK(contains(refusal_of(R"({"computername":"a"})"), "\"computername\" is not known"));
    CHECK(contains(refusal_of(R"({"options":{"skip":true}})"), "\"skip\" is not known"));
  }

  TEST_CASE("with a member of the wrong type is refused by its name") {
    for (const auto& row : std::vector<std::pair<std::string, std::string>>{
             {R"({"computerName":1})", "computerName"},
             {R"({"computerName":null})", "computerName"},
             {R"({"applicationName":[]})", "applicationName"},
             {R"({"connectionUri":true})", "connectionUri"},
             {R"({"authentication":1})", "authentication"},
             {R"({"userName":{}})", "userName"},
             {R"({"useSsl":"true"})", "useSsl"},
             {R"({"useSsl":1})", "useSsl"},
             {R"({"port":"80"})", "port"},
             {R"({"options":[]})", "options"},
             {R"({"options":{"skipCACheck":1}})", "skipCACheck"},
             {R"({"options":{"skipCNCheck":"no"}})", "skipCNCheck"},
             {R"({"options":{"skipRevocationCheck":0}})", "skipRevocationCheck"},
             {R"({"options":{"noEncryption":null}})", "noEncryption"},
             {R"({"options":{"useUtf16":"yes"}})", "useUtf16"},
             {R"({"options":{"operationTimeoutMs":"1"}})", "operationTimeoutMs"}}) {
      CAPTURE(row.first);
      CHECK(contains(refusal_of(row.first), "\"" + row.second + "\""));
    }
  }

  TEST_CASE("with a number out of its range is refused, and told the range") {
    for (const std::string& number : std::vector<std::string>{
             "-1", "65536", "1.5", "80.0", "1e2", "4294967376", "9223372036854775808",
             "18446744073709551615", "18446744073709551616", "-9223372036854775808", "1e400"}) {
      CAPTURE(number);
      const std::string refusal = refusal_of("{\"port\":" + number + "}");
      CHECK(contains(refusal, "The request "));
    }
    CHECK(contains(refusal_of(R"({"port":65536})"),
                   "\"port\" must be a whole number from 0 to 65535"));
    CHECK(contains(refusal_of(R"({"timeoutMs":600001})"), "from 0 to 600000"));
    CHECK(contains(refusal_of(R"({"options":{"operationTimeoutMs":2147483648}})"),
                   "from 0 to 2147483647"));
    CHECK(read(R"({"port":65535})").port == 65535);
  }

  TEST_CASE("of any depth is refused, not obeyed into the ground") {
    CHECK(contains(refusal_of(std::string(200000, '[') + std::string(200000, ']')),
                   "it must be an object"));
  }
}

TEST_SUITE("document") {
  TEST_CASE("of an error has all its parts") {
    const json document =
        json::parse(write_error({ErrorCode::not_connected, "Not \"there\".", 7, "<a b='c'/>"}));

    CHECK(document["error"]["code"] == "NotConnected");
    CHECK(document["error"]["message"] == "Not \"there\".");
    CHECK(document["error"]["wsmanCode"] == 7);
    CHECK(document["error"]["faultXml"] == "<a b='c'/>");
    CHECK(json::parse(write_error({ErrorCode::fault, "", 0xFFFFFFFF, ""}))["error"]["wsmanCode"] ==
          4294967295U);
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

}  // namespace wsman
