#include "abi/settings/settings.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "support/bounds.h"
#include "support/scratch_folder.h"

namespace wsman::testing {
namespace {

abi::Settings read_settings(const std::string& text) {
  Result<abi::Settings> settings = abi::parse_settings(text, "client.json");
  REQUIRE(settings.ok());
  return settings.value();
}

std::string refused_settings(const std::string& text) {
  const Result<abi::Settings> settings = abi::parse_settings(text, "client.json");
  if (settings.ok()) return "It was read.";
  CHECK(settings.error().code == ErrorCode::settings);
  CHECK(contains(settings.error().message, "The client settings file \"client.json\" is broken"));
  return settings.error().message;
}

void check_defaults(const abi::Settings& settings) {
  CHECK(settings.max_envelope_size_kb == 500);
  CHECK(settings.max_timeout == Milliseconds(60000));
  CHECK(settings.max_batch_items == 32000);
  CHECK(settings.network_delay == Milliseconds(5000));
  CHECK(settings.url_prefix == "wsman");
  CHECK_FALSE(settings.allow_unencrypted);
  CHECK(settings.allow_basic);
  CHECK(settings.allow_digest);
  CHECK(settings.allow_kerberos);
  CHECK(settings.allow_negotiate);
  CHECK(settings.allow_client_certificate);
  CHECK_FALSE(settings.allow_credssp);
  CHECK(settings.http_port == 5985);
  CHECK(settings.https_port == 5986);
  CHECK(settings.trusted_hosts.empty());
  CHECK(settings.trusted_ca_path.empty());
  CHECK(settings.client_certificate_file.empty());
  CHECK(settings.legacy_tls_hosts.empty());
  CHECK(settings.fresh_credentials.empty());
  CHECK(settings.credssp_minimum_version == 5);
  CHECK(settings.connect_timeout == Milliseconds(10000));
  CHECK(settings.test_timeout == Milliseconds(5000));
  CHECK(settings.teardown_timeout == Milliseconds(5000));
  CHECK(settings.exit_timeout == Milliseconds(2000));
}

// One setting that is a number, and the ends of its range.
struct Range {
  std::string before;
  std::string least;
  std::string most;
  std::string below;
  std::string above;
  std::string after;
};

const std::vector<Range> kRanges = {
    {"{\"NetworkDelayms\":", "500", "600000", "499", "600001", "}"},
    {"{\"MaxEnvelopeSizekb\":", "32", "1039440", "31", "1039441", "}"},
    {"{\"MaxTimeoutms\":", "500", "4294967295", "499", "4294967296", "}"},
    {"{\"MaxBatchItems\":", "1", "4294967295", "0", "4294967296", "}"},
    {"{\"CredSSPMinimumVersion\":", "2", "6", "1", "7", "}"},
    {"{\"ConnectTimeoutms\":", "1", "600000", "0", "600001", "}"},
    {"{\"TestTimeoutms\":", "1", "600000", "0", "600001", "}"},
    {"{\"TeardownTimeoutms\":", "1", "600000", "0", "600001", "}"},
    {"{\"ExitTimeoutms\":", "1", "600000", "0", "600001", "}"},
    {"{\"DefaultPorts\":{\"HTTP\":", "1", "65535", "0", "65536", "}}"},
    {"{\"DefaultPorts\":{\"HTTPS\":", "1", "65535", "0", "65536", "}}"},
};

}  // namespace

TEST_SUITE("Settings") {
  TEST_CASE("Settings have the defaults of Windows") {
    check_defaults(abi::Settings{});
    check_defaults(read_settings("{}"));
    CHECK(read_settings("{}").path == "client.json");
  }

  TEST_CASE("Settings are read member by member") {
    const abi::Settings settings = read_settings(R"({
      "NetworkDelayms":500,"URLPrefix":"other","AllowUnencrypted":true,
      "Auth":{"Basic":false,"Digest":false,"Kerberos":false,"Negotiate":false,"Certificate":false,
              "CredSSP":true},
      "DefaultPorts":{"HTTP":80,"HTTPS":443},"TrustedHosts":"a, b","MaxEnvelopeSizekb":32,
      "MaxTimeoutms":1800000,"MaxBatchItems":7,
      "TrustedCAPath":"/ca.pem","ClientCertificateFile":"/me.pfx","LegacyTLSHosts":"a, *.b",
      "AllowFreshCredentials":"wsman/a, wsman/*.b","CredSSPMinimumVersion":2,
      "ConnectTimeoutms":4,"TestTimeoutms":1,"TeardownTimeoutms":2,"ExitTimeoutms":3})");

    CHECK(settings.network_delay == Milliseconds(500));
    CHECK(settings.url_prefix == "other");
    CHECK(settings.allow_unencrypted);
    CHECK_FALSE(settings.allow_basic);
    CHECK_FALSE(settings.allow_digest);
    CHECK_FALSE(settings.allow_kerberos);
    CHECK_FALSE(settings.allow_negotiate);
    CHECK_FALSE(settings.allow_client_certificate);
    CHECK(settings.allow_credssp);
    CHECK(settings.http_port == 80);
    CHECK(settings.https_port == 443);
    CHECK(settings.max_envelope_size_kb == 32);
    CHECK(settings.max_timeout == Milliseconds(1800000));
    CHECK(settings.max_batch_items == 7);
    CHECK(settings.trusted_hosts == std::vector<std::string>{"a", "b"});
    CHECK(settings.trusted_ca_path == "/ca.pem");
    CHECK(settings.client_certificate_file == "/me.pfx");
    CHECK(settings.legacy_tls_hosts == std::vector<std::string>{"a", "*.b"});
    CHECK(settings.fresh_credentials == std::vector<std::string>{"wsman/a", "wsman/*.b"});
    CHECK(settings.credssp_minimum_version == 2);
    CHECK(settings.connect_timeout == Milliseconds(4));
    CHECK(settings.test_timeout == Milliseconds(1));
    CHECK(settings.teardown_timeout == Milliseconds(2));
    CHECK(settings.exit_timeout == Milliseconds(3));
  }

  TEST_CASE("Unknown members are ignored") {
    check_defaults(read_settings(R"({"Auth":{"Kerberos":true,"More":[1]},
                           "DefaultPorts":{"FTP":21},"Future":{"a":[null]}})"));
  }

  TEST_CASE("Numbers outside their range are refused by the setting's name") {
    for (const Range& range : kRanges) {
      const auto text_with = [&](const std::string& number) {
        return range.before + number + range.after;
      };
      CAPTURE(range.before);
      CHECK(abi::parse_settings(text_with(range.least), "client.json").ok());
      CHECK(abi::parse_settings(text_with(range.most), "client.json").ok());
      for (const std::string& number :
           {range.below, range.above, std::string("-1"), std::string("1.5"), std::string("\"1\""),
            std::string("null"), std::string("18446744073709551615"),
            std::string("9223372036854775808")}) {
        CAPTURE(number);
        CHECK(contains(refused_settings(text_with(number)),
                       "must be a whole number from " + range.least + " to " + range.most));
      }
    }
    CHECK(contains(refused_settings(R"({"NetworkDelayms":1})"), "NetworkDelayms must be"));
  }

  TEST_CASE("A setting of the wrong type is refused by its name") {
    CHECK(contains(refused_settings(R"({"URLPrefix":1})"), "URLPrefix must be a string"));
    CHECK(contains(refused_settings(R"({"TrustedCAPath":[]})"), "TrustedCAPath must be a string"));
    CHECK(contains(refused_settings(R"({"ClientCertificateFile":7})"),
                   "ClientCertificateFile must be a string"));
    CHECK(contains(refused_settings(R"({"AllowFreshCredentials":["wsman/a"]})"),
                   "AllowFreshCredentials must be a string"));
    CHECK(contains(refused_settings(R"({"AllowFreshCredentials":"server01"})"),
                   "AllowFreshCredentials holds \"server01\"; write wsman/server01"));
    CHECK(contains(refused_settings(R"({"AllowUnencrypted":"true"})"),
                   "AllowUnencrypted must be true or false"));
    CHECK(contains(refused_settings(R"({"Auth":{"Basic":1}})"), "Basic must be true or false"));
    CHECK(contains(refused_settings(R"({"Auth":true})"), "Auth must be an object"));
    CHECK(contains(refused_settings(R"({"DefaultPorts":5985})"), "DefaultPorts must be an object"));
  }

  TEST_CASE("A text that is not a JSON object is refused") {
    CHECK(contains(refused_settings("x"), "it is not JSON at byte 1"));
    CHECK(contains(refused_settings("{\"a\":1,}"), "it is not JSON at byte"));
    CHECK(contains(refused_settings("\xFF"), "it is not JSON at byte"));
    CHECK(contains(refused_settings("[]"), "it must hold one JSON object"));
  }

  TEST_CASE("An empty file and one in UTF-16 are told apart from broken JSON") {
    for (const char* text : {"", " \r\n\t"}) {
      CHECK(contains(refused_settings(text), "it is empty; {} has the default of every setting"));
    }
    CHECK(contains(refused_settings(std::string("\xFF\xFE{\0}\0", 6)), "it is UTF-16"));
    CHECK(contains(refused_settings(std::string("\xFE\xFF\0{\0}", 6)), "it is UTF-16"));
    CHECK(read_settings("\xEF\xBB\xBF{\"URLPrefix\":\"a\"}").url_prefix == "a");
  }

  TEST_CASE("A name that is no setting, or has other letters, is not obeyed and remarked on") {
    const abi::Settings settings = read_settings(
        R"({"trustedhosts":"a","Auth":{"basic":false,"Basics":1,"Digest":false},"auth":{"Basic":false},)"
        R"("Auth/Basic":false,"TrustedHost":"b","":1,"URLPrefix":"p"})");

    CHECK(settings.remarks ==
          std::vector<std::string>{
              "The client settings file \"client.json\" has \"trustedhosts\", which is not obeyed: "
              "it "
              "is written \"TrustedHosts\".",
              "The client settings file \"client.json\" has \"Auth/basic\", which is not obeyed: "
              "it is "
              "written \"Auth/Basic\".",
              "The client settings file \"client.json\" has \"Auth/Basics\", which is not obeyed: "
              "there is no such client setting.",
              "The client settings file \"client.json\" has \"auth\", which is not obeyed: it is "
              "written \"Auth\".",
              "The client settings file \"client.json\" has \"Auth/Basic\", which is not obeyed: "
              "Basic "
              "is a member of the object Auth.",
              "The client settings file \"client.json\" has \"TrustedHost\", which is not obeyed: "
              "there is no such client setting.",
              "The client settings file \"client.json\" has \"\", which is not obeyed: there is no "
              "such "
              "client setting."});
    CHECK(settings.trusted_hosts.empty());
    CHECK(settings.allow_basic);
    CHECK_FALSE(settings.allow_digest);
    CHECK(read_settings(R"({"Auth":{"Basic":true},"TrustedHosts":""})").remarks.empty());
  }
}

TEST_SUITE("Settings file") {
  TEST_CASE("Settings without a path are the defaults") {
    abi::SettingsFile file("");

    REQUIRE(file.current().ok());
    check_defaults(file.current().value());
    CHECK(file.current().value().path.empty());
  }

  TEST_CASE("A missing file gives the defaults and keeps its path for messages") {
    const ScratchFolder folder;
    for (const std::string& path :
         {folder.file("client.json"), folder.file("no/such/folder/client.json"),
          folder.write("a-file", "") + "/client.json"}) {
      CAPTURE(path);
      abi::SettingsFile file(path);
      const auto settings = file.current();
      REQUIRE(settings.ok());
      check_defaults(settings.value());
      CHECK(settings.value().path == path);
    }
  }

  TEST_CASE("A file is read again when it was changed, created or deleted") {
    const ScratchFolder folder;
    abi::SettingsFile file(folder.file("client.json"));
    CHECK(file.current().value().url_prefix == "wsman");

    folder.write("client.json", R"({"URLPrefix":"one"})");
    CHECK(file.current().value().url_prefix == "one");
    CHECK(file.current().value().url_prefix == "one");

    folder.write("client.json", R"({"URLPrefix":"three"})");
    CHECK(file.current().value().url_prefix == "three");

    std::filesystem::remove(folder.file("client.json"));
    CHECK(file.current().value().url_prefix == "wsman");
  }

  TEST_CASE("A file is read again when another file has replaced it") {
    const ScratchFolder folder;
    abi::SettingsFile file(folder.write("client.json", R"({"URLPrefix":"one"})"));
    CHECK(file.current().value().url_prefix == "one");

    std::filesystem::rename(folder.write("next", R"({"URLPrefix":"two"})"),
                            folder.file("client.json"));

    CHECK(file.current().value().url_prefix == "two");
  }

  TEST_CASE("A file that became invalid is an error until it is repaired") {
    const ScratchFolder folder;
    abi::SettingsFile file(folder.write("client.json", R"({"URLPrefix":"good"})"));
    REQUIRE(file.current().ok());

    folder.write("client.json", R"({"URLPrefix":"bad","NetworkDelayms":0})");
    for (int i = 0; i < 2; ++i) {
      const auto settings = file.current();
      REQUIRE_FALSE(settings.ok());
      CHECK(settings.error().code == ErrorCode::settings);
      CHECK(contains(settings.error().message, folder.file("client.json")));
      CHECK(contains(settings.error().message, "NetworkDelayms"));
    }

    folder.write("client.json", R"({"URLPrefix":"mended"})");
    CHECK(file.current().value().url_prefix == "mended");
  }

  TEST_CASE("A folder in place of the file is an error with its path") {
    const ScratchFolder folder;
    abi::SettingsFile file(folder.path());

    const auto settings = file.current();

    REQUIRE_FALSE(settings.ok());
    CHECK(settings.error().code == ErrorCode::settings);
    CHECK(contains(settings.error().message, folder.path()));
  }
}

}  // namespace wsman::testing
