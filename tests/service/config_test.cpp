// What of the configuration the tests of the product build on and cannot see for themselves.
#include <doctest/doctest.h>

#include <string>

#include "config_asking.h"

namespace wsman::service {

TEST_SUITE("Settings of the service") {
  TEST_CASE("A setting that a policy decides is marked and cannot be changed") {
    ServiceOptions options;
    options.policies = {"client/trustedhosts=*.example", "Service/Auth/Basic=true", "listener"};
    ConfigAsking asking(options);
    CHECK(contains(asking.get(kClient), "<cfg:TrustedHosts Source=\"GPO\">*.example<"));
    CHECK(contains(asking.get(kConfig), "<cfg:Basic Source=\"GPO\">true<"));
    CHECK(Asking::code_of(asking.set("/client", "Client", "TrustedHosts", "a")) == "2150858890");
    CHECK(contains(asking.set("/client", "Client", "TrustedHosts", "*.example"), "PutResponse"));

    const std::string keys = ConfigAsking::listener_keys("*", "HTTP");
    CHECK(contains(asking.get(kListener, keys), " Source=\"GPO\">"));
    CHECK(Asking::code_of(asking.remove(kListener, keys)) == "2150858890");
    CHECK(Asking::code_of(asking.put(kListener, ConfigAsking::listener(""), keys)) == "2150858890");
    options.policies = {"Client/Nothing=1"};
    CHECK_THROWS_AS(ConfigAsking{options}, std::invalid_argument);
  }

  TEST_CASE_FIXTURE(ConfigAsking,
                    "Requests for settings are counted by resource, however its URI is written") {
    get(kConfig + "/CLIENT");
    set("/client", "Client", "URLPrefix", "x");
    list(kListener);
    CHECK(contains(counts.to_json(), R"("config/client":{"Get":1,"Put":1})"));
    CHECK(contains(counts.to_json(), R"("config/listener":{"Enumerate":1})"));
  }

  TEST_CASE_FIXTURE(ConfigAsking, "Settings are found without regard to the case of their names") {
    CHECK(set("/client", "Client", "trustedhosts", "a").find("<cfg:TrustedHosts>a<") !=
          std::string::npos);
    const std::string keys = listener_keys("*", "HTTPS");
    CHECK(contains(create(kListener, listener("<l:HostName>loopback</l:HostName>"), keys),
                   "Name=\"Transport\">HTTPS<"));
    CHECK(contains(get(kListener, keys), "<cfg:Hostname>loopback<"));
  }

  TEST_CASE_FIXTURE(ConfigAsking,
                    "A valid security descriptor is accepted and an invalid one refused") {
    const auto put_sddl = [this](const std::string& text) {
      return code_of(set("/service", "Service", "RootSDDL", text));
    };
    CHECK(put_sddl("O:NSG:BAD:P(A;;GA;;;BA)(A;;GR;;;IU)S:P(AU;FA;GA;;;WD)").empty());
    CHECK(put_sddl("D:(A;;0x1f01ff;;;S-1-5-32-544)").empty());
    for (const char* const text :
         {"", "everybody", "D:(A;;GA;;BA)", "O:NSG:BA junk", "D:(A;;GA;;;BA"}) {
      CAPTURE(text);
      CHECK(put_sddl(text) == "2150858838");
    }
  }
}

TEST_SUITE("Plugins") {
  TEST_CASE_FIXTURE(ConfigAsking,
                    "A plugin gets the defaults of WinRM and keeps its own attributes") {
    const std::string keys = selector("Name", "x");
    CHECK(contains(create(kPlugin, plugin("Enabled=\"False\""), keys), "Name=\"Name\">x<"));
    const std::string made = get(kPlugin, keys);
    for (const char* const part :
         {"Enabled=\"False\"", "Architecture=\"64\"", "RunAsUser=\"\"", "AutoRestart=\"false\"",
          "<Quotas MaxIdleTimeoutms=\"2147483647\"", "IdleTimeoutms=\"7200000\""}) {
      CAPTURE(part);
      CHECK(contains(made, part));
    }
    const std::string kept = "<q:New xmlns:q=\"urn:q\" a=\"1\"/>" + std::string(kResource);
    const std::string replaced = put(kPlugin, plugin("New=\"2\"", kept), keys);
    CHECK(contains(replaced, "New=\"2\""));
    CHECK(contains(replaced, R"(<q:New xmlns:q="urn:q" a="1"/>)"));
    CHECK(contains(replaced, "Enabled=\"true\""));
  }

  TEST_CASE_FIXTURE(ConfigAsking, "A plugin has shell quotas only if it has a shell resource") {
    const std::string keys = selector("Name", "x");
    const std::string get_only =
        "<Resources><Resource ResourceUri=\"urn:r\"><Capability "
        "Type=\"Get\"/></Resource></Resources>";
    create(kPlugin, plugin("", get_only), keys);
    CHECK_FALSE(contains(get(kPlugin, keys), "Quotas"));
  }

  TEST_CASE_FIXTURE(ConfigAsking,
                    "A plugin with an empty PSVersion or an invalid Sddl is refused") {
    const std::string keys = selector("Name", "x");
    const auto make = [&](const std::string& inner) {
      return code_of(create(kPlugin, plugin("", inner), keys));
    };
    const auto secured = [](const std::string& sddl) {
      return "<Resources><Resource ResourceUri=\"urn:r\"><Security Uri=\"urn:r\" Sddl=\"" + sddl +
             "\"/><Capability Type=\"Shell\"/></Resource></Resources>";
    };
    CHECK(make("<InitializationParameters><Param Name=\"PSVersion\" "
               "Value=\"\"/></InitializationParameters>" +
               std::string(kResource)) == "2150858838");
    CHECK(make(secured("anything")) == "2150858838");
    CHECK(make(secured("O:NSG:BAD:P(A;;GA;;;BA)")).empty());
  }

  TEST_CASE_FIXTURE(ConfigAsking,
                    "A plugin document can be put back without its language attribute") {
    for (const char* const name : {"microsoft.powershell", "WMI Provider", "SEL Plugin"}) {
      const std::string keys = selector("Name", name);
      std::string document = between(get(kPlugin, keys), "<s:Body>", "</s:Body>");
      CHECK(code_of(put(kPlugin, document, keys)) == "2150858817");
      document.replace(document.find(" xml:lang=\"en-US\""), 17, "");
      CHECK(contains(put(kPlugin, document, keys), "PutResponse"));
      CHECK(contains(get(kPlugin, keys), document.substr(document.find('>'))));
    }
  }

  TEST_CASE_FIXTURE(ConfigAsking, "The RunAs password of a plugin is checked and never returned") {
    const std::string keys = selector("Name", "x");
    const auto run_as = [](const std::string& user, const std::string& password) {
      return plugin("RunAsUser=\"" + user + "\" RunAsPassword=\"" + password + "\"");
    };
    CHECK(code_of(create(kPlugin, run_as("tester", "wrong"), keys)) == "2150859203");
    CHECK(code_of(get(kPlugin, keys)) == "2150858752");
    CHECK(code_of(create(kPlugin, run_as("tester", "correct"), keys)).empty());
    CHECK(contains(get(kPlugin, keys), R"(RunAsUser="tester" RunAsPassword="")"));
    CHECK(contains(put(kPlugin, run_as("tester", ""), keys), "PutResponse"));
    CHECK(contains(put(kPlugin, run_as("tester", "wrong"), keys), "1326"));
    CHECK(code_of(put(kPlugin, run_as("other", ""), keys)) == "2150859203");
    CHECK(contains(put(kPlugin, run_as("", ""), keys), "PutResponse"));
    CHECK(code_of(put(kPlugin, run_as("tester", ""), keys)) == "2150859203");
  }
}

TEST_SUITE("Misbehaviour of the configuration") {
  TEST_CASE_FIXTURE(ConfigAsking, "A Put whose response is lost is carried out") {
    Question question = {kTransfer + "Put", kClient, "", "", "", "/config/put/lost/wsman"};
    question.body = "<c:Client xmlns:c=\"" + kClient + "\"><c:URLPrefix>x</c:URLPrefix></c:Client>";
    CHECK(reply(question).status == 0);
    CHECK(contains(get(kClient), "<cfg:URLPrefix>x<"));
  }

  TEST_CASE_FIXTURE(ConfigAsking, "The unknown parts of an odd document must be put back") {
    const auto odd = [this](const std::string& action, const std::string& uri,
                            const std::string& content, const std::string& selectors) {
      return body({kTransfer + action, uri, content, selectors, "", "/config/odd/wsman"});
    };
    const auto document_of = [](const std::string& answer) {
      return between(answer, "<s:Body>", "</s:Body>");
    };
    const std::string got = document_of(odd("Get", kClient, "", ""));
    CHECK(contains(got, "<odd:Client xmlns:odd="));
    CHECK(got.find("odd:TrustedHosts") < got.find("odd:URLPrefix"));
    CHECK(contains(got, "<!-- Not Windows. -->"));
    CHECK(count(got, "<odd:Loopback>kept</odd:Loopback>") == 3);
    CHECK(contains(odd("Put", kClient, got, ""), "PutResponse"));

    std::string lost = got;
    lost.replace(lost.rfind("<odd:Loopback>"), 33, "");
    CHECK(code_of(odd("Put", kClient, lost, "")) == "2150858839");
    lost = got;
    lost.replace(lost.find(" Loopback=\"kept\""), 16, "");
    CHECK(code_of(odd("Put", kClient, lost, "")) == "2150858839");

    const std::string name = selector("Name", "microsoft.powershell");
    std::string plugin = document_of(odd("Get", kPlugin, "", name));
    CHECK(contains(plugin, "<odd:PlugInConfiguration xmlns:odd=\"" + kPluginDocument + "\""));
    plugin.replace(plugin.find(" xml:lang=\"en-US\""), 17, "");
    CHECK(contains(odd("Put", kPlugin, plugin, name), "PutResponse"));
    CHECK_FALSE(contains(get(kPlugin, name), "kept"));
  }
}

}  // namespace wsman::service
