// The configuration of the service, as a client sees it.
#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

#include "config_asking.h"

namespace wsman::endpoint {
TEST_SUITE("config") {
  TEST_CASE_FIXTURE(ConfigAsking, "tell every container in a namespace of its own") {
    CHECK(contains(get(kConfig), "<cfg:Config xmlns:cfg=\"" + kConfig + "\""));
    CHECK(contains(get(kConfig + "/Client/DefaultPorts"),
                   "<cfg:DefaultPorts xmlns:cfg=\"" + kClient + "/defaultports\""));
    CHECK(contains(get(kConfig + "/SERVICE/auth"), "<cfg:CbtHardeningLevel>Relaxed<"));
    CHECK(contains(get(kConfig + "/winrs"), "<cfg:MaxShellsPerUser>"));
    CHECK_FALSE(contains(get(kConfig), "<cfg:Listener"));
    CHECK(code_of(get(kConfig + "/nothing")) == "2150858811");
    CHECK(code_of(get(kConfig + "/winrs/customremoteshell")) == "2150859196");
    CHECK(code_of(get(kClient, selector("Name", "x"))) == "2150858843");
    CHECK(code_of(list(kClient)) == "2150858771");
    CHECK(code_of(remove(kClient, "")) == "2150858771");
  }

  TEST_CASE_FIXTURE(ConfigAsking, "refuse a value by the code that Windows has for it") {
    CHECK(code_of(set("", "Config", "MaxEnvelopeSizekb", "31")) == "2150858838");
    CHECK(code_of(set("", "Config", "MaxEnvelopeSizekb", "1039441")) == "2150858838");
    CHECK(code_of(set("", "Config", "MaxTimeoutms", "many")) == "2150858838");
    CHECK(code_of(set("", "Config", "MaxProviderRequests", "1")) == "2150859182");
    CHECK(code_of(set("/service", "Service", "AllowRemoteAccess", "false")) == "2150859071");
    CHECK(code_of(set("/service", "Service", "AllowUnencrypted", "maybe")) == "2150858838");
    CHECK(code_of(set("/service", "Service", "IPv4Filter", "here")) == "2150858988");
    CHECK(code_of(set("/service/auth", "Auth", "CbtHardeningLevel", "Tight")) == "2150859192");
    CHECK(code_of(set("/client", "Client", "URLPrefix", "/wsman")) == "2150858838");
    CHECK(code_of(set("/client/defaultports", "DefaultPorts", "HTTP", "65536")) == "2150858838");
    CHECK(code_of(set("/winrs", "Winrs", "IdleTimeout", "59999")) == "2150858838");
  }

  TEST_CASE_FIXTURE(ConfigAsking, "take a value that is one, and write booleans in lower case") {
    CHECK(contains(set("", "Config", "MaxProviderRequests", "4294967295"), "PutResponse"));
    CHECK(contains(set("/service", "Service", "AllowUnencrypted", "TRUE"), "Unencrypted>true<"));
    CHECK(contains(set("/service", "Service", "IPv4Filter", "10.0.0.1-10.0.0.9, ::1-::2"),
                   ">10.0.0.1-10.0.0.9, ::1-::2<"));
    CHECK(contains(set("/service/auth", "Auth", "CbtHardeningLevel", "Strict"), ">Strict<"));
    CHECK(contains(set("/winrs", "Winrs", "IdleTimeout", "60000"), ">60000<"));
    CHECK(contains(get(kConfig), "<cfg:IdleTimeout>60000<"));
  }

  TEST_CASE_FIXTURE(ConfigAsking, "let nothing be added to a * in TrustedHosts") {
    CHECK(contains(set("/client", "Client", "TrustedHosts", "a, *.b.example,&lt;local&gt;,[::1]"),
                   "<cfg:TrustedHosts>a, *.b.example,&lt;local&gt;,[::1]<"));
    CHECK(contains(set("/client", "Client", "TrustedHosts", "*"), "<cfg:TrustedHosts>*<"));
    CHECK(code_of(set("/client", "Client", "TrustedHosts", "*,server01")) == "2150858911");
    CHECK(code_of(set("/client", "Client", "TrustedHosts", "a,,b")) == "2150858911");
    CHECK(contains(get(kClient), "<cfg:TrustedHosts>*<"));
  }

  TEST_CASE_FIXTURE(ConfigAsking, "refuse a body that is not the document of the resource") {
    CHECK(code_of(put(kClient, "")) == "2150858773");
    CHECK(code_of(set("/client", "Service", "URLPrefix", "x")) == "2150858817");
    CHECK(code_of(set("/client", "Client", "Nothing", "x")) == "2150858817");
    CHECK(code_of(put(kClient, "<c:Client xmlns:c=\"urn:c\"/>")) == "2150858840");
    CHECK(code_of(put(kClient, "<c:Client xmlns:c=\"" + kClient +
                                   "\"><URLPrefix>x</URLPrefix></c:Client>")) == "2150858817");
    CHECK(code_of(set("/client", "Client", "URLPrefix", "x</c:URLPrefix><c:URLPrefix>y")) ==
          "2150858817");
    CHECK(code_of(set("/client", "Client", "URLPrefix", "<c:x/>")) == "2150858838");
  }

  TEST_CASE("say which settings a policy decides, and let nobody change them") {
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

  TEST_CASE_FIXTURE(ConfigAsking, "go back to where they were with Restore") {
    set("/client", "Client", "URLPrefix", "other");
    CHECK(contains(body({kConfig + "/Restore", kConfig, "", "", ""}), "Restore_OUTPUT"));
    CHECK(contains(get(kClient), "<cfg:URLPrefix>wsman<"));
    CHECK(code_of(body({kConfig + "/Forget", kConfig, "", "", ""})) == "2150858771");
  }

  TEST_CASE_FIXTURE(ConfigAsking, "are counted by resource, however its URI is written") {
    get(kConfig + "/CLIENT");
    set("/client", "Client", "URLPrefix", "x");
    list(kListener);
    CHECK(contains(counts.to_json(), R"("config/client":{"Get":1,"Put":1})"));
    CHECK(contains(counts.to_json(), R"("config/listener":{"Enumerate":1})"));
  }

  TEST_CASE_FIXTURE(ConfigAsking, "are not there in the other families") {
    Question question = {kTransfer + "Get", kConfig, "", "", "", "/flavour/omi/wsman"};
    CHECK(contains(body(question), "wsman:InternalError"));
    CHECK_FALSE(contains(body(question), "Detail"));
    question.path = "/flavour/amt/wsman";
    CHECK(contains(body(question), "b:DestinationUnreachable"));
    question.path = "/flavour/openwsman/wsman";
    CHECK(contains(body(question), "wsa:DestinationUnreachable"));
  }
}

TEST_SUITE("misbehaviour about the configuration") {
  TEST_CASE_FIXTURE(ConfigAsking, "comes between Get and Put") {
    const std::string content = "<c:Client xmlns:c=\"" + kClient + "\"/>";
    Question question = {kTransfer + "Put", kClient, content, "", "", "/config/put/close/wsman"};
    CHECK(reply(question).status == 0);
    CHECK(recorder->hang_ups == 1);
    question.path = "/config/put/fault-5/wsman";
    CHECK(contains(body(question), "w:AccessDenied"));
    CHECK(contains(body(question), "provider=\"Config provider\""));
    question.action = kTransfer + "Get";
    CHECK(reply(question).status == 200);
    question.path = "/config/any/status-401/wsman";
    CHECK(reply(question).status == 401);
    question.uri = kWmi + "Win32_Service";
    question.selectors = selector("Name", "winrm");
    CHECK(reply(question).status == 200);
    question.path = "/config/sneeze/close/wsman";
    CHECK(reply(question).status == 404);
  }

  TEST_CASE_FIXTURE(ConfigAsking, "carries out a Put whose answer is lost") {
    Question question = {kTransfer + "Put", kClient, "", "", "", "/config/put/lost/wsman"};
    question.body = "<c:Client xmlns:c=\"" + kClient + "\"><c:URLPrefix>x</c:URLPrefix></c:Client>";
    CHECK(reply(question).status == 0);
    CHECK(contains(get(kClient), "<cfg:URLPrefix>x<"));
  }

  TEST_CASE_FIXTURE(ConfigAsking, "tells odd documents and wants back what nobody knows") {
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

}  // namespace wsman::endpoint
