// Changing one setting: what it may be, and what becomes of the rest of the file.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <string>
#include <vector>

#include "abi/documents/settings_json.h"
#include "abi/settings/changed.h"
#include "abi/settings/settings.h"
#include "support/bounds.h"
#include "support/scratch_folder.h"

namespace wsman::testing {
namespace {

// The refusal of a change that leaves no trace.
Error refused_change(const abi::SettingChange& change) {
  const ScratchFolder folder;
  abi::SettingsFile file(folder.file("wsman/client.json"));
  const Result<abi::Settings> settings = file.set({change});
  CHECK_FALSE(std::filesystem::exists(folder.file("wsman")));
  if (settings.ok()) return {ErrorCode::internal, "It was taken.", 0, {}};
  CHECK(settings.error().code == ErrorCode::invalid_argument);
  return settings.error();
}

void check_refused(const std::string& name, const std::string& value, const std::string& expected,
                   uint32_t wsman_code) {
  const Error error = refused_change({name, value});
  CAPTURE(name);
  CAPTURE(value);
  CAPTURE(error.message);
  CHECK(contains(error.message, "The client setting " + name + " " + expected));
  CHECK(contains(error.message, "\"" + value + "\""));
  CHECK(error.wsman_code == wsman_code);
}

struct Change {
  std::string name;
  std::string value;
  std::string in_file;  // The member as it is stored.
};

const std::vector<Change> kChanges = {
    {"NetworkDelayms", "500", "\"NetworkDelayms\": 500"},
    {"URLPrefix", "a_1/B", "\"URLPrefix\": \"a_1/B\""},
    {"AllowUnencrypted", "true", "\"AllowUnencrypted\": true"},
    {"Auth/Basic", "false", "\"Basic\": false"},
    {"Auth/Digest", "false", "\"Digest\": false"},
    {"Auth/Kerberos", "false", "\"Kerberos\": false"},
    {"Auth/Negotiate", "false", "\"Negotiate\": false"},
    {"Auth/Certificate", "false", "\"Certificate\": false"},
    {"Auth/CredSSP", "true", "\"CredSSP\": true"},
    {"DefaultPorts/HTTP", "80", "\"HTTP\": 80"},
    {"DefaultPorts/HTTPS", "65535", "\"HTTPS\": 65535"},
    {"TrustedHosts", "a,*.b", "\"TrustedHosts\": \"a,*.b\""},
    {"MaxEnvelopeSizekb", "8192", "\"MaxEnvelopeSizekb\": 8192"},
    {"MaxTimeoutms", "1800000", "\"MaxTimeoutms\": 1800000"},
    {"MaxBatchItems", "4294967295", "\"MaxBatchItems\": 4294967295"},
    {"TrustedCAPath", "/etc/ca.pem", "\"TrustedCAPath\": \"/etc/ca.pem\""},
    {"ClientCertificateFile", "/me.pfx", "\"ClientCertificateFile\": \"/me.pfx\""},
    {"AllowFreshCredentials", "wsman/a,wsman/*.b",
     "\"AllowFreshCredentials\": \"wsman/a,wsman/*.b\""},
    {"LegacyTLSHosts", "a,*.b", "\"LegacyTLSHosts\": \"a,*.b\""},
    {"CredSSPMinimumVersion", "6", "\"CredSSPMinimumVersion\": 6"},
    {"ConnectTimeoutms", "600000", "\"ConnectTimeoutms\": 600000"},
    {"TestTimeoutms", "1", "\"TestTimeoutms\": 1"},
    {"TeardownTimeoutms", "600000", "\"TeardownTimeoutms\": 600000"},
    {"ExitTimeoutms", "10", "\"ExitTimeoutms\": 10"},
};

}  // namespace

TEST_SUITE("Change of a setting") {
  TEST_CASE("A changed setting is stored with its type, shown and in force") {
    for (const Change& change : kChanges) {
      CAPTURE(change.name);
      const ScratchFolder folder;
      const std::string path = folder.file("client.json");
      const std::string shown =
          "\"" + change.name.substr(change.name.find('/') + 1) + "\":\"" + change.value + "\"";
      CHECK_FALSE(contains(abi::write_settings(abi::Settings{}), shown));

      CHECK(contains(abi::write_settings(changed(path, {change.name, change.value})), shown));

      CHECK(contains(content_of(path), change.in_file));
      abi::SettingsFile other(path);
      CHECK(contains(abi::write_settings(other.current().value()), shown));
    }
  }

  TEST_CASE("A changed setting is in force at once for its writer") {
    const ScratchFolder folder;
    abi::SettingsFile file(folder.file("client.json"));
    for (const char* value : {"one", "two", "six"}) {
      REQUIRE(file.set({{"URLPrefix", value}}).ok());
      CHECK(file.current().value().url_prefix == value);
    }
  }

  TEST_CASE("A setting is found without regard to case and stored under its own name") {
    const ScratchFolder folder;
    const std::string path = folder.file("client.json");

    CHECK_FALSE(changed(path, {"auth/BASIC", "FALSE"}).allow_basic);
    CHECK(changed(path, {"auth/basic", "True"}).allow_basic);

    CHECK(content_of(path) == "{\n  \"Auth\": {\n    \"Basic\": true\n  }\n}\n");
  }

  TEST_CASE("Lists and paths can be cleared, other settings cannot") {
    const ScratchFolder folder;
    const std::string path = folder.write(
        "client.json", R"({"TrustedHosts":"a","TrustedCAPath":"/a",)"
                       R"("ClientCertificateFile":"/b","AllowFreshCredentials":"wsman/a"})");
    CHECK(changed(path, {"ClientCertificateFile", ""}).client_certificate_file.empty());
    CHECK(changed(path, {"AllowFreshCredentials", ""}).fresh_credentials.empty());
    CHECK(changed(path, {"TrustedHosts", ""}).trusted_hosts.empty());
    CHECK(changed(path, {"TrustedCAPath", ""}).trusted_ca_path.empty());
    CHECK(refused_change({"URLPrefix", ""}).code == ErrorCode::invalid_argument);
    CHECK(refused_change({"AllowUnencrypted", ""}).code == ErrorCode::invalid_argument);
    CHECK(refused_change({"NetworkDelayms", ""}).code == ErrorCode::invalid_argument);
  }

  TEST_CASE("An invalid value is refused with the expected form, the value and its Windows code") {
    for (const char* value : {"yes", "1", "", "tru", " true"}) {
      for (const char* name : {"AllowUnencrypted", "Auth/Basic", "Auth/Digest", "Auth/Kerberos",
                               "Auth/Negotiate", "Auth/Certificate", "Auth/CredSSP"}) {
        check_refused(name, value, "must be true or false", 0x80338056);
      }
    }
    for (const char* value : {"499", "600001", "-1", "5e3", "5000.0", "0x1F4", "", "many", "+500",
                              "99999999999999999999", "500ms"}) {
      check_refused("NetworkDelayms", value, "must be a whole number from 500 to 600000",
                    0x80338056);
    }
    for (const char* value : {"0", "65536", "-1", "http"}) {
      check_refused("DefaultPorts/HTTP", value, "must be a whole number from 1 to 65535",
                    0x803380DC);
    }
    check_refused("DefaultPorts/HTTPS", "0", "must be a whole number from 1 to 65535", 0x803380DC);
    check_refused("MaxEnvelopeSizekb", "31", "must be a whole number from 32 to 1039440",
                  0x80338056);
    check_refused("MaxTimeoutms", "499", "must be a whole number from 500 to 4294967295",
                  0x80338056);
    check_refused("MaxBatchItems", "0", "must be a whole number from 1 to 4294967295", 0x80338056);
    check_refused("TestTimeoutms", "0", "must be a whole number from 1 to 600000", 0);
    check_refused("TeardownTimeoutms", "600001", "must be a whole number from 1 to 600000", 0);
    check_refused("ExitTimeoutms", "0", "must be a whole number from 1 to 600000", 0);
    for (const char* value : {"/wsman", "wsman/", "/", "", "ws man", "ws-man", "w\xC3\xA4"}) {
      check_refused("URLPrefix", value, "must be letters, digits, _ and /", 0x80338056);
    }
    for (const char* value : {"ca.pem", "./ca.pem", "~/ca.pem", "/a\nb"}) {
      check_refused("TrustedCAPath", value, "must be the absolute path of a PEM file", 0);
    }
    for (const char* value : {"me.pem", "~/me.pfx", "/a\tb"}) {
      check_refused("ClientCertificateFile", value, "must be the absolute path of a PEM or PFX", 0);
    }
    check_refused("TrustedHosts", "server01:5985", "holds", 0x8033809F);
    check_refused("AllowFreshCredentials", "server01", "holds", 0);
    check_refused("LegacyTLSHosts", "a:5986", "holds", 0);
    // None of these names a computer.
    for (const char* value : {"*", "a,*", "**", "*.*"}) {
      CHECK(contains(refused_change({"LegacyTLSHosts", value}).message, "name the computers"));
    }
    for (const char* value : {"1", "7", "", "five"}) {
      check_refused("CredSSPMinimumVersion", value, "must be a whole number from 2 to 6", 0);
    }
  }

  TEST_CASE("Unknown settings, and additions to settings that are not lists, are refused") {
    for (const char* name : {"", "Auth", "Basic", "Auth/Credssp2", "CredSSP", "Auth\\Basic",
                             "TrustedHosts/", "/URLPrefix"}) {
      CAPTURE(name);
      const Error error = refused_change({name, "true"});
      CHECK(contains(error.message,
                     "There is no client setting \"" + std::string(name) + "\"; there are"));
      CHECK(contains(error.message, "Auth/Basic"));
    }
    for (const char* name : {"URLPrefix", "AllowUnencrypted", "CredSSPMinimumVersion"}) {
      CHECK(contains(
          refused_change({name, "a", true}).message,
          "Only TrustedHosts, LegacyTLSHosts and AllowFreshCredentials have entries, not " +
              std::string(name)));
    }
  }

  TEST_CASE("A host is added to TrustedHosts once") {
    const ScratchFolder folder;
    const std::string path = folder.file("client.json");
    const std::vector<std::string> two{"a", "b"};

    CHECK(changed(path, {"TrustedHosts", "a", true}).trusted_hosts ==
          std::vector<std::string>{"a"});
    CHECK(changed(path, {"TrustedHosts", "B,A", true}).trusted_hosts ==
          std::vector<std::string>{"a", "B"});
    const std::string before = content_of(path);
    (void)changed(path, {"TrustedHosts", "b", true});
    (void)changed(path, {"TrustedHosts", "", true});
    CHECK(content_of(path) == before);
  }

  TEST_CASE("A target is added to AllowFreshCredentials once, beside patterns too") {
    const ScratchFolder folder;
    const std::string path = folder.file("client.json");
    (void)changed(path, {"TrustedHosts", "other"});

    (void)changed(path, {"AllowFreshCredentials", "wsman/a", true});
    const abi::Settings after = changed(path, {"AllowFreshCredentials", "WSMAN/A,wsman/*", true});

    CHECK(after.fresh_credentials == std::vector<std::string>{"wsman/a", "wsman/*"});
    CHECK(after.trusted_hosts == std::vector<std::string>{"other"});
  }

  TEST_CASE("The host " * " is never combined with other entries of TrustedHosts") {
    const ScratchFolder folder;
    for (const auto& [present, more, expected] :
         {std::array<std::string, 3>{"*", "a", "TrustedHosts is *"},
          std::array<std::string, 3>{"a", "*", "TrustedHosts has entries already"}}) {
      const std::string path =
          folder.write("client.json", "{\"TrustedHosts\":\"" + present + "\"}");
      abi::SettingsFile file(path);

      const Result<abi::Settings> settings = file.set({{"TrustedHosts", more, true}});

      REQUIRE_FALSE(settings.ok());
      CHECK(settings.error().code == ErrorCode::invalid_argument);
      CHECK(settings.error().wsman_code == 0x8033809F);
      CHECK(contains(settings.error().message, expected));
      CHECK(content_of(path) == "{\"TrustedHosts\":\"" + present + "\"}");
    }
    CHECK(
        changed(folder.write("client.json", R"({"TrustedHosts":"*"})"), {"TrustedHosts", "*", true})
            .trusted_hosts == std::vector<std::string>{"*"});
  }

  TEST_CASE("The other members of the file are kept in their order") {
    const ScratchFolder folder;
    const std::string path = folder.write(
        "client.json",
        R"({"z":[1,{"b":2.5,"a":null}],"Auth":{"Future":"x","Basic":true,"Digest":false},)"
        R"("NetworkDelayms":600,"a":18446744073709551615,"ü":"\u0001"})");

    (void)changed(path, {"Auth/Basic", "false"});
    (void)changed(path, {"URLPrefix", "new"});

    std::string compact = content_of(path);
    compact.erase(std::remove_if(compact.begin(), compact.end(),
                                 [](char c) { return c == ' ' || c == '\n'; }),
                  compact.end());
    CHECK(compact ==
          R"({"z":[1,{"b":2.5,"a":null}],"Auth":{"Future":"x","Basic":false,"Digest":false},)"
          R"("NetworkDelayms":600,"a":18446744073709551615,"ü":"\u0001","URLPrefix":"new"})");
  }

  TEST_CASE("A change of a broken file fails and does not overwrite it") {
    for (const std::string& text :
         {std::string(), std::string("{"), std::string("[]"), std::string("{\"Auth\":1}"),
          std::string(R"({"NetworkDelayms":0})"), std::string(R"({"TrustedHosts":"a,,b"})"),
          std::string("{\"a\":1e999}"),
          "{\"a\":" + std::string(100000, '[') + std::string(100000, ']') + "}"}) {
      const ScratchFolder folder;
      const std::string path = folder.write("client.json", text);
      abi::SettingsFile file(path);
      for (const abi::SettingChange& change : {abi::SettingChange{"NetworkDelayms", "500"},
                                               abi::SettingChange{"TrustedHosts", "a", true}}) {
        const Result<abi::Settings> settings = file.set({change});
        REQUIRE_FALSE(settings.ok());
        CHECK(settings.error().code == ErrorCode::settings);
        CHECK(contains(settings.error().message, "\"" + path + "\" is broken"));
      }
      CHECK(content_of(path) == text);
    }
  }

  TEST_CASE("A change without a settings file fails") {
    abi::SettingsFile file("");
    const Result<abi::Settings> settings = file.set({{"URLPrefix", "a"}});
    REQUIRE_FALSE(settings.ok());
    CHECK(settings.error().code == ErrorCode::settings);
    CHECK(contains(settings.error().message, "no client settings file"));
  }
}

}  // namespace wsman::testing
