#include "protocol/message/resource.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "protocol/fixture.h"

namespace wsman::testing {
namespace {

std::string uri_of(const std::string& text) {
  const Result<message::Target> target = message::make_target(text, {});
  return target.ok() ? target.value().resource_uri : target.error().message;
}

// "Name=value,Name=value".
std::string selectors_of(const std::string& text, std::vector<message::Selector> further = {}) {
  const Result<message::Target> target = message::make_target(text, std::move(further));
  if (!target.ok()) return target.error().message;
  std::string all;
  for (const message::Selector& selector : target.value().selectors)
    all += (all.empty() ? "" : ",") + selector.name + "=" + selector.value;
  return all;
}

}  // namespace

TEST_SUITE("Resource URI") {
  TEST_CASE("An alias is replaced by its URI without regard to case") {
    const std::string microsoft = "http://schemas.microsoft.com/wbem/wsman/1";
    CHECK(uri_of("winrm/config/listener") == microsoft + "/config/listener");
    CHECK(uri_of("WSMan/config") == microsoft + "/config");
    CHECK(uri_of("wmi/root/standardcimv2/MSFT_X") == microsoft + "/wmi/root/standardcimv2/MSFT_X");
    CHECK(uri_of("WmiCimV2/Win32_Service") == microsoft + "/wmi/root/cimv2/Win32_Service");
    CHECK(uri_of("wmicimv2/*") == microsoft + "/wmi/root/cimv2/*");
    CHECK(uri_of("cimv2/CIM_Process") ==
          "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Process");
    CHECK(uri_of("shell/cmd") == microsoft + "/windows/shell/cmd");
    CHECK(uri_of("shell") == microsoft + "/windows/shell");
  }

  TEST_CASE("A URI that only begins like an alias stays as it is") {
    CHECK(uri_of("winrmx/config") == "winrmx/config");
    CHECK(uri_of("http://winrm/config") == "http://winrm/config");
    CHECK(uri_of("urn:wmi/x") == "urn:wmi/x");
  }

  TEST_CASE("Selectors are read from the query of a resource URI") {
    CHECK(uri_of("winrm/config/listener?Address=*+Transport=HTTP") ==
          "http://schemas.microsoft.com/wbem/wsman/1/config/listener");
    CHECK(selectors_of("winrm/config/listener?Address=*+Transport=HTTP") ==
          "Address=*,Transport=HTTP");
    CHECK(selectors_of("urn:x?__cimnamespace=root/interop") == "__cimnamespace=root/interop");
    CHECK(selectors_of("urn:x?A=") == "A=");
    CHECK(selectors_of("urn:x?").empty());
    CHECK(selectors_of("urn:x").empty());
  }

  TEST_CASE("The values of selectors can hold any character") {
    CHECK(selectors_of("urn:x?A=a=b?c&<d>") == "A=a=b?c&<d>");
    CHECK(selectors_of("urn:x?A=\"a+b\"+B=c") == "A=a+b,B=c");
    CHECK(selectors_of("urn:x?A=\"say \"\"hi\"\"\"") == "A=say \"hi\"");
    CHECK(selectors_of("urn:x?A=it's") == "A=it's");
    CHECK(selectors_of("urn:x?A=\"\"") == "A=");
    CHECK(selectors_of("urn:x?N\xC3\xA4me=\xE2\x82\xAC") == "N\xC3\xA4me=\xE2\x82\xAC");
  }

  TEST_CASE("Selectors of the resource URI come before those given separately") {
    CHECK(selectors_of("urn:x?A=1", {{"B", "2"}}) == "A=1,B=2");
    CHECK(selectors_of("urn:x?A=1", {{"a", "1"}}) == "A=1");
    CHECK(selectors_of("urn:x", {{"A", "a+b?\"c"}}) == "A=a+b?\"c");
  }

  TEST_CASE("An invalid resource URI is refused") {
    for (const auto& row : std::vector<std::pair<std::string, std::string>>{
             {"", "The resource URI is missing"},
             {"  ", "The resource URI is missing"},
             {"?A=1", "The resource URI is missing"},
             {"urn:x?A", "the form Name=value"},
             {"urn:x?A=1+", "the form Name=value"},
             {"urn:x?A=a+b", "the form Name=value"},
             {"urn:x?=1", "a name is missing"},
             {"urn:x?A=\"1", "a quoted value does not end"},
             {"urn:x?A=\"1\"2", "something follows the end of a quoted value"},
             {"urn:x?A=1+A=2", "'A' is given twice, with different values"},
             {"urn:\x01", "a character that XML cannot hold"},
             {std::string("urn:x\0y", 7), "a character that XML cannot hold"},
             {"urn:\xFF", "a character that XML cannot hold"},
             {"urn:\xC0\xA4", "a character that XML cannot hold"}}) {
      const auto& text = row.first;
      const auto& part = row.second;
      CAPTURE(text);
      const Error error = error_in(message::make_target(text, {}));
      CHECK(error.code == ErrorCode::invalid_argument);
      CHECK(contains(error.message, part));
    }
  }

  TEST_CASE("Selectors that contradict each other are refused") {
    CHECK(contains(selectors_of("urn:x?A=1", {{"a", "2"}}), "'a' is given twice"));
    CHECK(contains(selectors_of("urn:x", {{"A", "1"}, {"A", "1", true}}), "'A' is given twice"));
  }
}

}  // namespace wsman::testing
