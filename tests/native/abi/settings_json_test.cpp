#include "abi/settings_json.h"

#include <doctest/doctest.h>

#include <string>

#include "support/bounds.h"

namespace wsman::testing {
namespace {

std::string refused_document(const std::string& request) {
  const Result<SettingChange> change = read_setting_change(request);
  if (change.ok()) return "It was read.";
  CHECK(change.error().code == ErrorCode::invalid_argument);
  return change.error().message;
}

}  // namespace

TEST_SUITE("settings documents") {
  TEST_CASE("show every setting in the order of Windows, as text") {
    CHECK(write_settings(Settings{}) ==
          R"({"path":"","settings":{"NetworkDelayms":"5000","URLPrefix":"wsman",)"
          R"("AllowUnencrypted":"false",)"
          R"("Auth":{"Basic":"true","Digest":"true","Kerberos":"true","Negotiate":"true",)"
          R"("Certificate":"true","CredSSP":"false"},)"
          R"("DefaultPorts":{"HTTP":"5985","HTTPS":"5986"},"TrustedHosts":"",)"
          R"("MaxEnvelopeSizekb":"500","TrustedCAPath":"","ClientCertificateFile":"",)"
          R"("AllowFreshCredentials":"","CredSSPMinimumVersion":"5","TestTimeoutms":"5000",)"
          R"("TeardownTimeoutms":"5000","ExitTimeoutms":"2000"}})");
  }

  TEST_CASE("show what is set") {
    Settings settings;
    settings.path = "/home/\"a\"/client.json";
    settings.auth_negotiate = false;
    settings.https_port = 443;
    settings.trusted_hosts = {"a", "*.b"};
    settings.allow_fresh_credentials = {"wsman/a", "wsman/*.b"};
    settings.credssp_minimum_version = 6;
    settings.trusted_ca_path = "/\xFF";

    const std::string document = write_settings(settings);

    CHECK(contains(document, R"({"path":"/home/\"a\"/client.json",)"));
    CHECK(contains(document, R"("Negotiate":"false")"));
    CHECK(contains(document, R"("HTTPS":"443")"));
    CHECK(contains(document, R"("TrustedHosts":"a,*.b")"));
    CHECK(contains(document, R"("AllowFreshCredentials":"wsman/a,wsman/*.b")"));
    CHECK(contains(document, R"("CredSSPMinimumVersion":"6")"));
    CHECK(contains(document, "\"TrustedCAPath\":\"/\xEF\xBF\xBD\""));
  }

  TEST_CASE("are read member by member") {
    const auto change = read_setting_change(R"({"name":"n","value":"v","append":true})");
    REQUIRE(change.ok());
    CHECK(change.value().name == "n");
    CHECK(change.value().value == "v");
    CHECK(change.value().append);
    CHECK_FALSE(read_setting_change(R"({"name":"n","value":""})").value().append);
  }

  TEST_CASE("are refused by the member that is wrong") {
    for (const char* request : {"", "x", "[]", "null", "\"a\"", "{\"name\":\"\xFF\"}"}) {
      CHECK(contains(refused_document(request), "it must be an object of JSON"));
    }
    CHECK(contains(refused_document("{}"), "it must have \"name\" and \"value\""));
    CHECK(contains(refused_document(R"({"name":"n"})"), "it must have \"name\" and \"value\""));
    CHECK(contains(refused_document(R"({"name":1,"value":""})"), "\"name\" must be a string"));
    CHECK(contains(refused_document(R"({"name":"n","value":true})"), "\"value\" must be a string"));
    CHECK(contains(refused_document(R"({"name":"n","value":"","append":1})"),
                   "\"append\" must be true or false"));
    CHECK(
        contains(refused_document(R"({"name":"n","value":"","more":1})"), "\"more\" is not known"));
  }
}

}  // namespace wsman::testing
