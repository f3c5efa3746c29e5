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

// `changes` is what stands in the list of the request, without a comma behind the last.
void check_set(wsman_registry* registry, const std::string& changes, wsman_status expected,
               const std::string& part) {
  CAPTURE(changes);
  const std::string request = "{\"changes\":[" + changes + "]}";
  const Answer changed =
      called([&](char** out) { return wsman_settings_set(out, registry, request.c_str()); });
  CHECK(changed.status == expected);
  CHECK_MESSAGE(changed.has(part), changed.document);
}

}  // namespace

TEST_SUITE("C ABI") {
  TEST_CASE_FIXTURE(AbiFixture, "The client settings are shown with their defaults filled in") {
    check_get(
        registry, WSMAN_OK,
        R"({"path":")" + registry.settings_path() + R"(","settings":{"MaxEnvelopeSizekb":"500",)");
    check_get(registry, WSMAN_OK,
              R"("TrustedCAPath":")" + service.ca_file() + R"(","ClientCertificateFile":"",)");
  }

  TEST_CASE_FIXTURE(AbiFixture, "A changed client setting is in force at once") {
    check_set(registry, R"({"name":"Auth/Basic","value":"False"})", WSMAN_OK, R"("Basic":"false")");
    CHECK(std::filesystem::status(registry.settings_path()).permissions() ==
          std::filesystem::perms(0600));
    CHECK(registry.connect(basic_request("127.0.0.2")).status == WSMAN_E_AUTHENTICATION);
    check_set(registry, R"({"name":"auth/basic","value":"true"})", WSMAN_OK, R"("Basic":"true")");
    CHECK(registry.open_session("127.0.0.2") != 0);

    const std::string port = std::to_string(service.port(false));
    const std::string request = R"({"name":"DefaultPorts/HTTP","value":")" + port + "\"}";
    check_set(registry, request, WSMAN_OK, R"("HTTP":")" + port + "\"");
    CHECK(
        registry.connect({{"computerName", "127.0.0.3"}, {"authentication", "None"}}, "").status ==
        WSMAN_OK);
    CHECK(registry.close_all().status == WSMAN_OK);
    check_set(registry, R"({"name":"DefaultPorts/HTTP","value":"5985"})", WSMAN_OK,
              R"("HTTP":"5985")");
  }

  TEST_CASE_FIXTURE(AbiFixture, "Only new hosts are added to TrustedHosts") {
    check_set(registry, R"({"name":"TrustedHosts","value":"a,b"})", WSMAN_OK,
              R"("TrustedHosts":"a,b")");
    check_set(registry, R"({"name":"TrustedHosts","value":"B,c","append":true})", WSMAN_OK,
              R"("TrustedHosts":"a,b,c")");
    check_set(registry, R"({"name":"TrustedHosts","value":""})", WSMAN_OK, R"("TrustedHosts":"")");
  }

  TEST_CASE_FIXTURE(AbiFixture, "An invalid client setting is refused and changes nothing") {
    const Answer before = called([&](char** out) { return wsman_settings_get(out, registry); });
    CHECK(before.status == WSMAN_OK);
    for (const char* request :
         {"1", "{}", R"({"name":"URLPrefix"})", R"({"name":"URLPrefix","value":7})",
          R"({"name":"URLPrefix","value":"a","more":1})",
          R"({"name":"Auth/Digests","value":"true"})", R"({"name":"URLPrefix","value":"/"})",
          R"({"name":"URLPrefix","value":"a","append":true})",
          R"({"name":"URLPrefix","value":"a"},{"name":"MaxBatchItems","value":"0"})"}) {
      check_set(registry, request, WSMAN_E_INVALID_ARGUMENT, R"("InvalidArgument")");
    }
    check_set(registry, R"({"name":"DefaultPorts/HTTP","value":"0"})", WSMAN_E_INVALID_ARGUMENT,
              R"("wsmanName":"ERROR_WSMAN_CONFIG_PORT_INVALID")");
    check_get(registry, WSMAN_OK, before.document);
  }

  TEST_CASE_FIXTURE(AbiFixture, "Several client settings are changed with one call") {
    check_set(registry, R"({"name":"URLPrefix","value":"a"},{"name":"MaxBatchItems","value":"7"})",
              WSMAN_OK, R"("MaxBatchItems":"7","NetworkDelayms":"5000","URLPrefix":"a")");
    check_set(registry,
              R"({"name":"URLPrefix","value":"wsman"},{"name":"MaxBatchItems","value":"32000"})",
              WSMAN_OK, R"("MaxBatchItems":"32000","NetworkDelayms":"5000","URLPrefix":"wsman")");
  }

  TEST_CASE("Client settings without a file show defaults and cannot be changed") {
    wsman_registry* without_file = nullptr;
    CHECK(called([&](char** out) {
            return wsman_registry_new(out, &without_file, nullptr);
          }).status == WSMAN_OK);
    check_get(without_file, WSMAN_OK, R"({"path":"","settings":{"MaxEnvelopeSizekb":"500",)");
    check_set(without_file, R"({"name":"URLPrefix","value":"a"})", WSMAN_E_SETTINGS,
              R"("code":"Settings")");
    wsman_registry_free(without_file);
  }

  TEST_CASE_FIXTURE(AbiFixture, "NULL is refused where client settings are shown or changed") {
    check_get(nullptr, WSMAN_E_INVALID_ARGUMENT, R"("InvalidArgument")");
    check_set(nullptr, "", WSMAN_E_INVALID_ARGUMENT, R"("InvalidArgument")");
    CHECK(called([&](char** out) { return wsman_settings_set(out, registry, nullptr); }).status ==
          WSMAN_E_INVALID_ARGUMENT);
    CHECK(wsman_settings_get(nullptr, registry) == WSMAN_E_INVALID_ARGUMENT);
    CHECK(wsman_settings_set(nullptr, registry, "{}") == WSMAN_E_INVALID_ARGUMENT);
  }
}

}  // namespace wsman::testing
