// The configuration of the service, as a client sees it.
#include <doctest/doctest.h>

#include <string>

#include "asking.h"

namespace wsman::endpoint {
namespace {

const std::string kConfig = std::string(kConfigUri);
const std::string kClient = kConfig + "/client";
const std::string kListener = kConfig + "/listener";
const std::string kMapping = kConfig + "/service/certmapping";
const std::string kPlugin = kConfig + "/plugin";
const std::string kPluginDocument = kConfig + "/PluginConfiguration";
const std::string kIssuer(40, 'a');

struct ConfigAsking : Asking {
  using Asking::Asking;

  std::string get(const std::string& uri, const std::string& selectors = "") {
    return body({kTransfer + "Get", uri, "", selectors, ""});
  }
  std::string put(const std::string& uri, const std::string& content,
                  const std::string& selectors = "") {
    return body({kTransfer + "Put", uri, content, selectors, ""});
  }
  std::string create(const std::string& uri, const std::string& content,
                     const std::string& selectors) {
    return body({kTransfer + "Create", uri, content, selectors, ""});
  }
  std::string remove(const std::string& uri, const std::string& selectors) {
    return body({kTransfer + "Delete", uri, "", selectors, ""});
  }
  std::string list(const std::string& uri, const std::string& mode = "EnumerateObject") {
    return body(enumerate(uri, 100, "<w:EnumerationMode>" + mode + "</w:EnumerationMode>"));
  }

  // Puts one setting of a container, which is called `root`.
  std::string set(const std::string& path, const std::string& root, const std::string& name,
                  const std::string& value) {
    const std::string uri = kConfig + path;
    return put(uri, "<c:" + root + " xmlns:c=\"" + uri + "\"><c:" + name + ">" + value +
                        "</c:" + name + "></c:" + root + ">");
  }

  static std::string listener(const std::string& inner, const std::string& name = "Listener",
                              const std::string& uri = kListener) {
    return "<l:" + name + " xmlns:l=\"" + uri + "\">" + inner + "</l:" + name + ">";
  }
  static std::string listener_keys(const std::string& address, const std::string& transport) {
    return selector("Address", address) + selector("Transport", transport);
  }
  static std::string mapping(const std::string& inner, const std::string& name = "CertMapping") {
    return "<c:" + name + " xmlns:c=\"" + kMapping + "\">" + inner + "</c:" + name + ">";
  }
  static std::string mapping_keys(const std::string& issuer = kIssuer,
                                  const std::string& subject = "*@example",
                                  const std::string& uri = "*") {
    return selector("Issuer", issuer) + selector("Subject", subject) + selector("URI", uri);
  }
  static std::string account(const std::string& user, const std::string& password) {
    return "<c:UserName>" + user + "</c:UserName><c:Password>" + password + "</c:Password>";
  }

  static constexpr const char* kResource =
      "<Resources><Resource ResourceUri=\"urn:r\"><Capability Type=\"Shell\"/></Resource>"
      "</Resources>";
  static std::string plugin(const std::string& attributes, const std::string& inner = kResource) {
    return "<PlugInConfiguration xmlns=\"" + kPluginDocument +
           R"(" Name="x" Filename="%windir%\system32\pwrshplugin.dll" )" + attributes + ">" +
           inner + "</PlugInConfiguration>";
  }
};

}  // namespace

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
  }
}

TEST_SUITE("listeners") {
  TEST_CASE_FIXTURE(ConfigAsking, "are told one by one and all together, with their references") {
    const std::string one = get(kConfig + "/Listener", listener_keys("*", "http"));
    CHECK(contains(one, "<cfg:ListeningOn>127.0.0.1</cfg:ListeningOn><cfg:ListeningOn>::1<"));
    CHECK(count(list(kListener), "<cfg:Listener ") == 1);
    const std::string references = list(kListener, "EnumerateEPR");
    CHECK(contains(references, "<w:Selector Name=\"Address\">*</w:Selector>"));
    CHECK_FALSE(contains(references, "<cfg:Listener "));
    CHECK(contains(list(kListener, "EnumerateObjectAndEPR"), "<w:Item><cfg:Listener "));
  }

  TEST_CASE_FIXTURE(ConfigAsking, "are created, changed and deleted") {
    const std::string keys = listener_keys("IP:127.0.0.9", "HTTPS");
    const std::string made =
        create(kConfig + "/Listener", listener("", "Listener", kListener + ".xsd"), keys);
    CHECK(contains(made, "<x:ResourceCreated>"));
    CHECK(contains(made, "<w:Selector Name=\"Transport\">HTTPS</w:Selector>"));
    CHECK(code_of(create(kListener, listener("", "listener"), keys)) == "2150858803");

    const std::string found = get(kListener, keys);
    CHECK(contains(found, "<cfg:Port>5986<"));
    CHECK(contains(found, "<cfg:Hostname>loopback<"));
    CHECK(contains(found, "<cfg:ListeningOn>127.0.0.9<"));
    CHECK(contains(put(kListener,
                       listener("<l:Enabled>False</l:Enabled><l:Port>1</l:Port>"
                                "<l:CertificateThumbprint>" +
                                std::string(40, '5') +
                                "</l:CertificateThumbprint><l:ListeningOn>x</l:ListeningOn>"),
                       keys),
                   "<cfg:Enabled>false<"));
    CHECK_FALSE(contains(get(kListener, keys), "ListeningOn"));
    remove(kListener, keys);
    CHECK(code_of(get(kListener, keys)) == "2150858752");
  }
}

TEST_SUITE("certificate mappings") {
  TEST_CASE_FIXTURE(ConfigAsking, "are created, changed and deleted, and keep their password") {
    CHECK_FALSE(contains(list(kMapping), "CertMapping"));
    CHECK(contains(create(kConfig + "/Service/certmapping",
                          mapping(account("tester", "correct"), "certmapping"), mapping_keys()),
                   "<w:Selector Name=\"Subject\">*@example</w:Selector>"));
    const std::string found = get(kMapping, mapping_keys());
    CHECK(contains(found, "<cfg:URI>*</cfg:URI><cfg:Subject>*@example</cfg:Subject><cfg:Issuer>"));
    CHECK(contains(found, "<cfg:Enabled>true</cfg:Enabled><cfg:Password/>"));
    CHECK(count(list(kMapping), "<cfg:CertMapping ") == 1);

    CHECK(
        contains(put(kMapping, mapping("<c:URI>*</c:URI><c:Enabled>false</c:Enabled><c:Password/>"),
                     mapping_keys()),
                 "<cfg:Enabled>false<"));
    remove(kMapping, mapping_keys());
    CHECK(code_of(get(kMapping, mapping_keys())) == "2150858752");
  }
}

TEST_SUITE("plugins") {
  TEST_CASE_FIXTURE(ConfigAsking, "of Windows are there, and as many more as were asked for") {
    const std::string shell = get(kPlugin, selector("Name", "Microsoft.PowerShell"));
    CHECK(contains(shell, "<Param Name=\"PSVersion\" Value=\"5.1\"/>"));
    CHECK(contains(shell, " xml:lang=\"en-US\">"));
    CHECK(count(list(kPlugin), "<PlugInConfiguration ") == 7);
    CHECK(contains(list(kPlugin, "EnumerateEPR"), "Name=\"Name\">WMI Provider<"));

    ServiceOptions options;
    options.plugins = 3;
    ConfigAsking more(options);
    CHECK(count(more.list(kPlugin), "<PlugInConfiguration ") == 10);
    CHECK(contains(more.get(kPlugin, selector("Name", "Loopback.Plugin.3")), "<Quotas "));
  }

  TEST_CASE_FIXTURE(ConfigAsking, "are created, replaced whole and deleted") {
    const std::string keys = selector("Name", "x");
    CHECK(contains(create(kPlugin, plugin("Enabled=\"True\""), keys), "Name=\"Name\">x<"));
    CHECK(code_of(create(kPlugin, plugin(""), keys)) == "2150858803");
    CHECK(contains(get(kPlugin, keys), "Enabled=\"True\""));

    const std::string kept = "<q:New xmlns:q=\"urn:q\" a=\"1\"/>" + std::string(kResource);
    CHECK(contains(put(kPlugin, plugin("New=\"2\" SDKVersion=\"2\"", kept), keys),
                   R"(New="2" SDKVersion="2" xml:lang="en-US"><q:New xmlns:q="urn:q" a="1"/>)"));
    CHECK_FALSE(contains(get(kPlugin, keys), "Enabled"));
    remove(kPlugin, keys);
    CHECK(code_of(get(kPlugin, keys)) == "2150858752");
  }
}

}  // namespace wsman::endpoint
