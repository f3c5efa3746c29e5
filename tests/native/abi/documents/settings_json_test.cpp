#include "abi/documents/settings_json.h"

#include <doctest/doctest.h>

#include <string>

#include "support/bounds.h"

namespace wsman::testing {
namespace {

std::string refused_document(const std::string& request) {
  const auto changes = abi::read_setting_changes(request);
  if (changes.ok()) return "It was read.";
  CHECK(changes.error().code == ErrorCode::invalid_argument);
  return changes.error().message;
}

}  // namespace

TEST_SUITE("Settings document") {
  TEST_CASE("A settings document lists every setting as text, in the order of Windows") {
    CHECK(abi::write_settings(abi::Settings{}) ==
          R"({"path":"","settings":{"MaxEnvelopeSizekb":"500","MaxTimeoutms":"60000",)"
          R"("MaxBatchItems":"32000","NetworkDelayms":"5000","URLPrefix":"wsman",)"
          R"("AllowUnencrypted":"false",)"
          R"("Auth":{"Basic":"true","Digest":"true","Kerberos":"true","Negotiate":"true",)"
          R"("Certificate":"true","CredSSP":"false"},)"
          R"("DefaultPorts":{"HTTP":"5985","HTTPS":"5986"},"TrustedHosts":"",)"
          R"("TrustedCAPath":"","ClientCertificateFile":"","LegacyTLSHosts":"",)"
          R"("AllowFreshCredentials":"","CredSSPMinimumVersion":"5",)"
          R"("ConnectTimeoutms":"10000","TestTimeoutms":"5000",)"
          R"("TeardownTimeoutms":"5000","ExitTimeoutms":"2000"}})");
  }

  TEST_CASE("A settings document has the values that are set") {
    abi::Settings settings;
    settings.path = "/home/\"a\"/client.json";
    settings.allow_negotiate = false;
    settings.https_port = 443;
    settings.trusted_hosts = {"a", "*.b"};
    settings.fresh_credentials = {"wsman/a", "wsman/*.b"};
    settings.credssp_minimum_version = 6;
    settings.trusted_ca_path = "/\xFF";

    const std::string document = abi::write_settings(settings);

    CHECK(contains(document, R"({"path":"/home/\"a\"/client.json",)"));
    CHECK(contains(document, R"("Negotiate":"false")"));
    CHECK(contains(document, R"("HTTPS":"443")"));
    CHECK(contains(document, R"("TrustedHosts":"a,*.b")"));
    CHECK(contains(document, R"("AllowFreshCredentials":"wsman/a,wsman/*.b")"));
    CHECK(contains(document, R"("CredSSPMinimumVersion":"6")"));
    CHECK(contains(document, "\"TrustedCAPath\":\"/\xEF\xBF\xBD\""));
  }

  TEST_CASE("A settings document has what is not obeyed, without what steers a terminal") {
    abi::Settings settings;
    settings.remarks = {"It has \"a\nb\".", "Two."};

    CHECK(contains(abi::write_settings(settings), R"(},"remarks":["It has \"a b\".","Two."]})"));
  }

  TEST_CASE("A change of a setting is read member by member") {
    const auto changes = abi::read_setting_changes(
        R"({"changes":[{"name":"n","value":"v","append":true},{"name":"m","value":""},)"
        R"({"name":"n","value":"w","remove":true}]})");
    REQUIRE(changes.ok());
    REQUIRE(changes.value().size() == 3);
    CHECK(changes.value()[2].remove);
    CHECK_FALSE(changes.value()[2].append);
    CHECK(changes.value()[0].name == "n");
    CHECK(changes.value()[0].value == "v");
    CHECK(changes.value()[0].append);
    CHECK(changes.value()[1].name == "m");
    CHECK(changes.value()[1].value.empty());
    CHECK_FALSE(changes.value()[1].append);
    CHECK_FALSE(changes.value()[1].remove);
    CHECK(abi::read_setting_changes(R"({"changes":[]})").value().empty());
  }

  TEST_CASE("A mistake in a change of a setting is refused by the name of its member") {
    for (const char* request :
         {"", "x", "[]", "null", "\"a\"", "{\"name\":\"\xFF\"}", "{}", R"({"changes":{}})",
          R"({"changes":[],"more":1})", R"({"name":"n","value":"v"})"}) {
      CHECK(contains(refused_document(request), "it must be an object of JSON with a list"));
    }
    const auto refused_change = [](const std::string& change) {
      return refused_document("{\"changes\":[" + change + "]}");
    };
    for (const char* change : {"{}", "1", R"({"name":"n"})"}) {
      CHECK(contains(refused_change(change), "a change must have \"name\" and \"value\""));
    }
    CHECK(contains(refused_change(R"({"name":1,"value":""})"), "\"name\" must be a string"));
    CHECK(contains(refused_change(R"({"name":"n","value":true})"), "\"value\" must be a string"));
    CHECK(contains(refused_change(R"({"name":"n","value":"","append":1})"),
                   "\"append\" must be true or false"));
    CHECK(contains(refused_change(R"({"name":"n","value":"","remove":""})"),
                   "\"remove\" must be true or false"));
    CHECK(contains(refused_change(R"({"name":"n","value":"","more":1})"), "\"more\" is not known"));
  }
}

}  // namespace wsman::testing
