// Several settings that are changed with one call: all of them or none.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "abi/documents/settings_json.h"
#include "abi/settings/settings.h"
#include "support/scratch_folder.h"

namespace wsman::testing {

TEST_SUITE("Change of several settings") {
  TEST_CASE("Several settings are changed together, each on top of the one before") {
    const ScratchFolder folder;
    abi::SettingsFile file(folder.write("client.json", R"({"TrustedHosts":"a"})"));

    const Result<abi::Settings> settings = file.set({{"TrustedHosts", "b", true},
                                                     {"auth/basic", "false"},
                                                     {"TrustedHosts", "c", true},
                                                     {"MaxBatchItems", "7"}});

    REQUIRE(settings.ok());
    CHECK(settings.value().trusted_hosts == std::vector<std::string>{"a", "b", "c"});
    CHECK_FALSE(settings.value().allow_basic);
    CHECK(settings.value().max_batch_items == 7);
    CHECK(abi::write_settings(file.current().value()) == abi::write_settings(settings.value()));
  }

  TEST_CASE("Entries are taken out of the list as it is when the change is made") {
    const ScratchFolder folder;
    const std::string path =
        folder.write("client.json", R"({"AllowFreshCredentials":"TERMSRV/x,WSMAN/a,wsmans/b"})");
    abi::SettingsFile one(path);
    abi::SettingsFile other(path);
    REQUIRE(one.current().ok());
    REQUIRE(other.set({{"AllowFreshCredentials", "wsman/*.c", true}}).ok());

    const Result<abi::Settings> settings =
        one.set({{"Auth/CredSSP", "false"}, {"AllowFreshCredentials", "wsman/*", false, true}});

    REQUIRE(settings.ok());
    CHECK(settings.value().fresh_credentials == std::vector<std::string>{"TERMSRV/x", "wsmans/b"});
    CHECK(one.set({{"AllowFreshCredentials", "wsman/none,WSMANS/B", false, true}})
              .value()
              .fresh_credentials == std::vector<std::string>{"TERMSRV/x"});
  }

  TEST_CASE("What is taken out may be named by what the list could not hold") {
    const ScratchFolder folder;
    abi::SettingsFile file(folder.write(
        "client.json",
        R"({"LegacyTLSHosts":"a,b","AllowFreshCredentials":"wsman/a","TrustedHosts":"x,[fe80::1]"})"));

    const Result<abi::Settings> settings = file.set({{"LegacyTLSHosts", "*", false, true},
                                                     {"AllowFreshCredentials", "*", false, true},
                                                     {"TrustedHosts", "[fe80::*]", false, true}});

    REQUIRE(settings.ok());
    CHECK(settings.value().legacy_tls_hosts.empty());
    CHECK(settings.value().fresh_credentials.empty());
    CHECK(settings.value().trusted_hosts == std::vector<std::string>{"x"});
  }

  TEST_CASE("Of several changes none is made if one is refused") {
    for (const abi::SettingChange& bad :
         {abi::SettingChange{"Nope", "1"}, abi::SettingChange{"MaxBatchItems", "0"},
          abi::SettingChange{"TrustedHosts", "*", true},
          abi::SettingChange{"URLPrefix", "a", false, true},
          abi::SettingChange{"TrustedHosts", "a", true, true}}) {
      CAPTURE(bad.name);
      const ScratchFolder folder;
      const std::string before = R"({"TrustedHosts":"a"})";
      abi::SettingsFile file(folder.write("client.json", before));

      const Result<abi::Settings> settings = file.set({{"URLPrefix", "new"}, bad});

      REQUIRE_FALSE(settings.ok());
      CHECK(settings.error().code == ErrorCode::invalid_argument);
      CHECK(content_of(folder.file("client.json")) == before);
    }
  }
}

}  // namespace wsman::testing
