// The client settings: shown, changed, refused, and obeyed by what follows.

#include <doctest/doctest.h>

#include <filesystem>

#include "capi/fixture.h"

namespace wsman::testing {
namespace {

void check_get(wsman_registry* registry, wsman_status expected, const std::string& part) {
  const Answer shown = called([&](char** out) { return wsman_settings_get(out, registry); });
  CHECK(shown.status == expected);
  CHECK_MESSAGE(shown.has(part), shown.document);
}

void check_set(wsman_registry* registry, const char* request, wsman_status expected,
               const std::string& part) {
  CAPTURE(request);
  const Answer changed =
      called([&](char** out) { return wsman_settings_set(out, registry, request); });
  CHECK(changed.status == expected);
  CHECK_MESSAGE(changed.has(part), changed.document);
}

}  // namespace

TEST_SUITE("the C ABI") {
  TEST_CASE_FIXTURE(AbiFixture, "shows the client settings, defaults filled in") {
    check_get(
        registry, WSMAN_OK,
        R"({"path":")" + registry.settings_path() + R"(","settings":{"NetworkDelayms":"5000",)");
    check_get(registry, WSMAN_OK,
              R"("TrustedCAPath":")" + service.ca_file() + R"(","ClientCertificateFile":"",)");
  }

  TEST_CASE_FIXTURE(AbiFixture, "obeys a client setting as soon as it is changed") {
    check_set(registry, R"({"name":"Auth/Basic","value":"False"})", WSMAN_OK, R"("Basic":"false")");
    CHECK(std::filesystem::status(registry.settings_path()).permissions() ==
          std::filesystem::perms(0600));
    CHECK(registry.connect(basic_request("127.0.0.2")).status == WSMAN_E_AUTHENTICATION);
    check_set(registry, R"({"name":"auth/basic","value":"true"})", WSMAN_OK, R"("Basic":"true")");
    CHECK(registry.open_session("127.0.0.2") != 0);

    const std::string port = std::to_string(service.port(false));
    const std::string request = R"({"name":"DefaultPorts/HTTP","value":")" + port + "\"}";
    check_set(registry, request.c_str(), WSMAN_OK, R"("HTTP":")" + port + "\"");
    CHECK(
        registry.connect({{"computerName", "127.0.0.3"}, {"authentication", "None"}}, "").status ==
        WSMAN_OK);
    CHECK(registry.close_all().status == WSMAN_OK);
    check_set(registry, R"({"name":"DefaultPorts/HTTP","value":"5985"})", WSMAN_OK,
              R"("HTTP":"5985")");
  }

  TEST_CASE_FIXTURE(AbiFixture, "adds to TrustedHosts what is not there yet") {
    check_set(registry, R"({"name":"TrustedHosts","value":"a,b"})", WSMAN_OK,
              R"("TrustedHosts":"a,b")");
    check_set(registry, R"({"name":"TrustedHosts","value":"B,c","append":true})", WSMAN_OK,
              R"("TrustedHosts":"a,b,c")");
    check_set(registry, R"({"name":"TrustedHosts","value":""})", WSMAN_OK, R"("TrustedHosts":"")");
  }

  TEST_CASE_FIXTURE(AbiFixture, "refuses a client setting that cannot be, and changes nothing") {
    const Answer before = called([&](char** out) { return wsman_settings_get(out, registry); });
    CHECK(before.status == WSMAN_OK);
    for (const char* request :
         {"", "{}", R"({"name":"URLPrefix"})", R"({"name":"URLPrefix","value":7})",
          R"({"name":"URLPrefix","value":"a","more":1})",
          R"({"name":"Auth/Digests","value":"true"})", R"({"name":"URLPrefix","value":"/"})",
          R"({"name":"URLPrefix","value":"a","append":true})"}) {
      check_set(registry, request, WSMAN_E_INVALID_ARGUMENT, R"("InvalidArgument")");
    }
    check_set(registry, R"({"name":"DefaultPorts/HTTP","value":"0"})", WSMAN_E_INVALID_ARGUMENT,
              R"("wsmanName":"ERROR_WSMAN_CONFIG_PORT_INVALID")");
    check_get(registry, WSMAN_OK, before.document);
  }

  TEST_CASE("shows defaults without a client settings file, and has nothing to change") {
    wsman_registry* without_file = nullptr;
    CHECK(called([&](char** out) {
            return wsman_registry_new(out, &without_file, nullptr);
          }).status == WSMAN_OK);
    check_get(without_file, WSMAN_OK, R"({"path":"","settings":{"NetworkDelayms":"5000",)");
    check_set(without_file, R"({"name":"URLPrefix","value":"a"})", WSMAN_E_SETTINGS,
              R"("code":"Settings")");
    wsman_registry_free(without_file);
  }

  TEST_CASE_FIXTURE(AbiFixture, "refuses NULL where it shows or changes client settings") {
    check_get(nullptr, WSMAN_E_INVALID_ARGUMENT, R"("InvalidArgument")");
    check_set(nullptr, "{}", WSMAN_E_INVALID_ARGUMENT, R"("InvalidArgument")");
    check_set(registry, nullptr, WSMAN_E_INVALID_ARGUMENT, R"("InvalidArgument")");
    CHECK(wsman_settings_get(nullptr, registry) == WSMAN_E_INVALID_ARGUMENT);
    CHECK(wsman_settings_set(nullptr, registry, "{}") == WSMAN_E_INVALID_ARGUMENT);
  }
}

}  // namespace wsman::testing
