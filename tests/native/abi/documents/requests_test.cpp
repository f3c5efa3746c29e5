#include "abi/documents/requests.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "support/bounds.h"

namespace wsman::testing {
namespace {

abi::ConnectRequest read_request(const std::string& text) {
  Result<abi::ConnectRequest> request = abi::read_connect_request(text);
  REQUIRE(request.ok());
  return request.value();
}

std::string refusal_of(const std::string& text) {
  const Result<abi::ConnectRequest> request = abi::read_connect_request(text);
  if (request.ok()) return "It was read.";
  CHECK(request.error().code == ErrorCode::invalid_argument);
  return request.error().message;
}

std::string identify_refusal_of(const std::string& text) {
  const Result<abi::ConnectRequest> request = abi::read_identify_request(text);
  return request.ok() ? "It was read." : request.error().message;
}

abi::ResourceRequest read_operation(const std::string& text) {
  Result<abi::ResourceRequest> request = abi::read_operation_request(text);
  REQUIRE(request.ok());
  return request.value();
}

template <typename T>
std::string refusal(const Result<T>& request) {
  if (request.ok()) return "It was read.";
  CHECK(request.error().code == ErrorCode::invalid_argument);
  return request.error().message;
}

}  // namespace

TEST_SUITE("Connect request") {
  TEST_CASE("Absent members of a connect request have defaults") {
    const abi::ConnectRequest request = read_request("{}");

    CHECK(request.computer_name.empty());
    CHECK(request.port == 0);
    CHECK(request.application_name.empty());
    CHECK_FALSE(request.use_ssl);
    CHECK(request.connection_uri.empty());
    CHECK(request.authentication == AuthenticationKind::default_);
    CHECK_FALSE(request.user_name);
    CHECK_FALSE(request.switches.checks.skip_ca);
    CHECK_FALSE(request.switches.checks.skip_cn);
    CHECK_FALSE(request.switches.checks.skip_revocation);
    CHECK_FALSE(request.switches.no_encryption);
    CHECK_FALSE(request.switches.spn_port);
    CHECK_FALSE(request.use_utf16);
    CHECK(request.operation_timeout == Milliseconds::zero());
    CHECK(request.timeout == Milliseconds::zero());
  }

  TEST_CASE("A connect request is read member by member") {
    const abi::ConnectRequest request = read_request(R"({
      "computerName":"server01","host":"server01.example","port":5986,
      "applicationName":"wsman","useSsl":true,
      "connectionUri":"https://server01/","authentication":"Basic","userName":"someone",
      "options":{"skipCACheck":true,"skipCNCheck":true,"skipRevocationCheck":true,
        "noEncryption":true,"spnPort":true,"useUtf16":true,"operationTimeoutMs":2147483647}})");

    CHECK(request.computer_name == "server01");
    CHECK(request.host == "server01.example");
    CHECK(request.port == 5986);
    CHECK(request.application_name == "wsman");
    CHECK(request.use_ssl);
    CHECK(request.connection_uri == "https://server01/");
    CHECK(request.authentication == AuthenticationKind::basic);
    REQUIRE(request.user_name);
    CHECK(*request.user_name == "someone");
    CHECK(request.switches.checks.skip_ca);
    CHECK(request.switches.checks.skip_cn);
    CHECK(request.switches.checks.skip_revocation);
    CHECK(request.switches.no_encryption);
    CHECK(request.switches.spn_port);
    CHECK(request.use_utf16);
    CHECK(request.operation_timeout == Milliseconds(2147483647));
  }

  TEST_CASE("A member that would have no effect is refused by its name") {
    CHECK(contains(refusal_of(R"({"sessionId":1})"), "\"sessionId\" has no place"));
    CHECK(contains(refusal_of(R"({"computerName":"a","timeoutMs":1})"), "\"timeoutMs\""));

    const Result<abi::ConnectRequest> identify =
        abi::read_identify_request(R"({"sessionId":7,"timeoutMs":600000,"trace":"debug"})");
    REQUIRE(identify.ok());
    CHECK(identify.value().session_id == 7);
    CHECK(identify.value().timeout == Milliseconds(600000));
    CHECK(identify.value().trace == Trace::Level::debug);
    CHECK(contains(identify_refusal_of(R"({"sessionId":7,"computerName":"b"})"),
                   "\"computerName\" has no place beside"));
    CHECK(contains(identify_refusal_of(R"({"options":{},"sessionId":7})"), "\"options\""));
    CHECK(contains(identify_refusal_of(R"({"timeoutMs":600001})"), "from 0 to 600000"));
  }

  TEST_CASE("Each authentication mechanism is recognised by its name") {
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
      CHECK(read_request("{\"authentication\":\"" + row.first + "\"}").authentication ==
            row.second);
    }
    CHECK(contains(refusal_of(R"({"authentication":"basic"})"), "\"basic\" is not the name"));
  }

  TEST_CASE("Certificates and a proxy are read if they are given") {
    const abi::ConnectRequest bare = read_request("{}");
    CHECK(bare.certificates.empty());
    CHECK_FALSE(bare.proxy);

    const abi::ConnectRequest request = read_request(R"({"certificates":["AQI=","Aw=="],
      "proxy":{"authentication":"Digest","userName":"gate","address":"http://p:3128","bypass":"a"}})");
    REQUIRE(request.certificates.size() == 2);
    CHECK(request.certificates[0] == "\x01\x02");
    CHECK(request.certificates[1] == "\x03");
    REQUIRE(request.proxy);
    CHECK(request.proxy->authentication == AuthenticationKind::digest);
    CHECK(request.proxy->user_name == "gate");
    CHECK(request.proxy->address == "http://p:3128");
    CHECK(request.proxy->bypass == "a");
    CHECK_FALSE(read_request(R"({"proxy":{}})").proxy->user_name);

    CHECK(contains(refusal_of(R"({"certificates":"AQI="})"), "\"certificates\" must be an array"));
    CHECK(contains(refusal_of(R"({"certificates":["*"]})"), "\"certificates\" must hold base64"));
    CHECK(contains(refusal_of(R"({"certificates":[""]})"), "\"certificates\" must hold base64"));
    CHECK(contains(refusal_of(R"({"certificates":[1]})"), "certificates"));
    CHECK(contains(refusal_of(R"({"proxy":"p"})"), "\"proxy\" must be an object"));
    CHECK(contains(refusal_of(R"({"proxy":{"password":"x"}})"), "\"password\" is not known"));
    CHECK(contains(refusal_of(R"({"proxy":{"authentication":"NTLM"}})"), "\"NTLM\""));
  }

  TEST_CASE("An empty user name differs from an absent one") {
    const abi::ConnectRequest request = read_request(R"({"userName":""})");

    REQUIRE(request.user_name);
    CHECK(request.user_name->empty());
  }

  TEST_CASE("A text that is not a JSON object is refused with the position of the mistake") {
    CHECK(contains(refusal_of(""), "not JSON at byte"));
    CHECK(contains(refusal_of("{\"port\":"), "not JSON at byte 9"));
    CHECK(contains(refusal_of("{} {}"), "not JSON at byte 4"));
    CHECK(contains(refusal_of("{\"computerName\":\"\xFF\"}"), "not JSON at byte"));
    CHECK(contains(refusal_of("[]"), "it must be an object"));
    CHECK(contains(refusal_of("\"text\""), "it must be an object"));
    CHECK(contains(refusal_of("null"), "it must be an object"));
  }

  TEST_CASE("An unknown member is refused by its name") {
    CHECK(contains(refusal_of(R"({"computername":"a"})"), "\"computername\" is not known"));
    CHECK(contains(refusal_of(R"({"options":{"skip":true}})"), "\"skip\" is not known"));
  }

  TEST_CASE("A member of the wrong type is refused by its name") {
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

  TEST_CASE("A number out of range is refused with its name and its range") {
    for (const std::string& number : std::vector<std::string>{
             "-1", "65536", "1.5", "80.0", "1e2", "4294967376", "9223372036854775808",
             "18446744073709551615", "18446744073709551616", "-9223372036854775808", "1e400"}) {
      CAPTURE(number);
      const std::string refusal = refusal_of("{\"port\":" + number + "}");
      CHECK(contains(refusal, "The request "));
    }
    CHECK(contains(refusal_of(R"({"port":65536})"),
                   "\"port\" must be a whole number from 0 to 65535"));
    CHECK(contains(refusal_of(R"({"options":{"operationTimeoutMs":2147483648}})"),
                   "from 0 to 2147483647"));
    CHECK(read_request(R"({"port":65535})").port == 65535);
  }

  TEST_CASE("A document of any depth is refused without exhausting the stack") {
    CHECK(contains(refusal_of(std::string(200000, '[') + std::string(200000, ']')),
                   "it is nested too deeply"));
  }
}

TEST_SUITE("Operation request") {
  TEST_CASE("An operation request is read member by member") {
    const abi::ResourceRequest request = read_operation(R"({
      "sessionId":7,"operation":"Invoke","resourceUri":"wmicimv2/Win32_Service",
      "selectors":[{"name":"Name","value":"x"},{"name":"Ref","epr":"<e/>"}],
      "options":[{"name":"a","value":"1"},{"name":"b","value":null}],
      "action":"StopService","trace":"debug",
      "values":[{"name":"k","values":[{"text":"v"},{"nil":true},{"xml":"<x/>"}]}]})");

    CHECK(request.connection.session_id == 7);
    CHECK(request.operation == session::Operation::Kind::invoke);
    CHECK(request.resource_uri == "wmicimv2/Win32_Service");
    REQUIRE(request.selectors.size() == 2);
    CHECK_FALSE(request.selectors[0].is_reference);
    CHECK(request.selectors[1].is_reference);
    CHECK(request.selectors[1].value == "<e/>");
    REQUIRE(request.options.size() == 2);
    CHECK(request.options[0].value == "1");
    CHECK_FALSE(request.options[1].value);
    CHECK(request.action == "StopService");
    CHECK(request.trace == Trace::Level::debug);
    REQUIRE(request.content.values.size() == 1);
    REQUIRE(request.content.values[0].values.size() == 3);
    CHECK(request.content.values[0].values[0].kind == operation::Value::Kind::text);
    CHECK(request.content.values[0].values[1].kind == operation::Value::Kind::nil);
    CHECK(request.content.values[0].values[2].text == "<x/>");
  }

  TEST_CASE("An operation request needs exactly one of a connection and a session") {
    CHECK(read_operation(R"({"connection":{"computerName":"a"},"resourceUri":"u"})")
              .connection.computer_name == "a");
    for (const char* text :
         {R"({"resourceUri":"u"})", R"({"sessionId":1,"connection":{},"resourceUri":"u"})"}) {
      CHECK(contains(refusal(abi::read_operation_request(text)), "either"));
    }
    for (const char* member : {R"("sessionId":1)", R"("timeoutMs":1)", R"("trace":"debug")"}) {
      const std::string text =
          std::string(R"({"connection":{)").append(member).append(R"(},"resourceUri":"u"})");
      CHECK(contains(refusal(abi::read_operation_request(text)), "has no place here"));
    }
  }

  TEST_CASE("A fragment is of Get and Set, and no other operation passes it over") {
    const auto with = [](const std::string& operation, const std::string& members) {
      return std::string(R"({"sessionId":1,"resourceUri":"u","operation":")")
          .append(operation)
          .append("\",")
          .append(members)
          .append("}");
    };
    for (const char* operation : {"Get", "Set"}) {
      const abi::ResourceRequest request =
          read_operation(with(operation, R"("fragment":"State","dialect":"urn:d")"));
      CHECK(request.fragment == "State");
      CHECK(request.dialect == "urn:d");
    }
    for (const char* operation : {"Create", "Delete", "Invoke"}) {
      for (const char* member : {R"("fragment":"State")", R"("dialect":"urn:d")"}) {
        CAPTURE(operation);
        CAPTURE(member);
        CHECK(contains(refusal(abi::read_operation_request(with(operation, member))), "fragment"));
      }
    }
  }

  TEST_CASE("A mistake in an operation request is refused by the name of its member") {
    const std::pair<const char*, const char*> cases[]{
        {R"({"sessionId":1})", "resourceUri"},
        {R"({"sessionId":1,"resourceUri":"u","operation":"Get!"})", "operation"},
        {R"({"sessionId":1,"resourceUri":"u","selectors":{}})", "selectors"},
        {R"({"sessionId":1,"resourceUri":"u","selectors":["a"]})", "selectors"},
        {R"({"sessionId":1,"resourceUri":"u","selectors":[{"name":"a"}]})", "value"},
        {R"({"sessionId":1,"resourceUri":"u","options":[{"value":"a"}]})", "name"},
        {R"({"sessionId":1,"resourceUri":"u","options":[{"name":"a","value":1}]})", "value"},
        {R"({"sessionId":1,"resourceUri":"u","values":[{"name":"a","values":[{}]}]})", "text"},
        {R"({"sessionId":1,"resourceUri":"u","values":[{"name":"a"}]})", "values"},
        {R"({"sessionId":1,"resourceUri":"u","trace":"all"})", "trace"},
        {R"({"sessionId":1,"resourceUri":"u","filter":"f"})", "filter"}};
    for (const auto& [request, named] : cases) {
      const std::string text = request;
      CAPTURE(text);
      CHECK(contains(refusal(abi::read_operation_request(text)), named));
    }
  }
}

TEST_SUITE("Enumerate request") {
  TEST_CASE("An enumerate request is read member by member") {
    const Result<abi::ResourceRequest> request = abi::read_enumerate_request(R"({
      "sessionId":7,"resourceUri":"u","returnType":"objectandepr",
      "polymorphism":"basePropertiesOnly","filter":"select","dialect":"wql","associations":true})");

    REQUIRE(request.ok());
    const operation::Query& query = request.value().query;
    CHECK(query.returns == operation::Query::Returns::object_and_epr);
    CHECK(query.polymorphism == operation::Query::Polymorphism::base_properties_only);
    CHECK(query.filter == "select");
    CHECK(query.dialect == "wql");
    CHECK(query.associations);
  }

  TEST_CASE("The members of an operation request are refused in an enumerate request") {
    for (const char* member : {R"("operation":"Get")", R"("action":"a")", R"("values":[])"}) {
      const std::string text = std::string(R"({"sessionId":1,"resourceUri":"u",)") + member + "}";
      CHECK(contains(refusal(abi::read_enumerate_request(text)), "is not known"));
    }
  }
}

}  // namespace wsman::testing
