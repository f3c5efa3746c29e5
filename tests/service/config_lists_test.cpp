// Listeners, certificate mappings and plugins, as a client sees them.
#include <doctest/doctest.h>

#include <string>

#include "config_asking.h"

namespace wsman::endpoint {

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

  TEST_CASE_FIXTURE(ConfigAsking, "are refused with keys that are none") {
    const auto make = [this](const std::string& keys) {
      return code_of(create(kListener, listener(""), keys));
    };
    CHECK(make(listener_keys("here", "HTTP")) == "2150858889");
    CHECK(make(listener_keys("IP:1.2.3", "HTTP")) == "2150858889");
    CHECK(make(listener_keys("*", "FTP")) == "2150858845");
    CHECK(make(selector("Address", "*")) == "2150858842");
    CHECK(make(listener_keys("*", "HTTPS") + selector("Port", "1")) == "2150858843");
    CHECK(make(listener_keys("MAC:aa-bb-cc-00-11-22", "HTTP")).empty());
    CHECK(make(listener_keys("IP:::1", "https")).empty());
    CHECK(code_of(put(kListener, listener("<l:Transport>HTTPS</l:Transport>"),
                      listener_keys("*", "HTTP"))) == "2150858989");
  }

  TEST_CASE_FIXTURE(ConfigAsking, "are refused with a certificate that does not fit") {
    const auto make = [this](char digit, const std::string& transport, const std::string& host) {
      const std::string thumbprint =
          digit == '-'
              ? ""
              : "<l:CertificateThumbprint>" + std::string(40, digit) + "</l:CertificateThumbprint>";
      return code_of(create(kListener,
                            listener(thumbprint + "<l:Hostname>" + host + "</l:Hostname>"),
                            listener_keys("IP:127.0.0.3", transport)));
    };
    CHECK(make('a', "HTTP", "") == "2150858987");
    CHECK(make('0', "HTTPS", "h") == "2150858882");
    CHECK(make('1', "HTTPS", "h") == "2150858985");
    CHECK(make('2', "HTTPS", "h") == "2150858990");
    CHECK(make('-', "HTTPS", "h") == "2150858882");
    CHECK(make('z', "HTTPS", "h") == "2150858838");
    CHECK(make('a', "HTTPS", "h").empty());

    const std::string keys = listener_keys("IP:127.0.0.3", "HTTPS");
    const std::string none = "<l:CertificateThumbprint/>";
    CHECK(code_of(put(kListener, listener(none), keys)) == "2150858983");
    CHECK(code_of(put(kListener, listener(none + "<l:Hostname>i</l:Hostname>"), keys)) ==
          "2150858986");
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

  TEST_CASE_FIXTURE(ConfigAsking, "are refused with other keys or credentials") {
    const auto make = [this](const std::string& content, const std::string& keys) {
      return code_of(create(kMapping, mapping(content), keys));
    };
    const std::string right = account("loopback\\tester", "correct");
    CHECK(make(account("tester", "wrong"), mapping_keys()) == "2150859092");
    CHECK(make(account("tester", ""), mapping_keys()) == "2150859115");
    CHECK(make(right, mapping_keys("abc")) == "2150859106");
    CHECK(make(right, mapping_keys(kIssuer, "a*b")) == "2150859105");
    CHECK(make(right, mapping_keys(kIssuer, "*", "urn:*:x")) == "2150858845");
    CHECK(make(right, selector("Issuer", kIssuer)) == "2150858842");
    CHECK(make(right, mapping_keys()).empty());
    CHECK(make(right, mapping_keys()) == "2150858803");

    const auto change = [this](const std::string& content) {
      return code_of(put(kMapping, mapping(content), mapping_keys()));
    };
    CHECK(change("<c:Subject>other</c:Subject>") == "2150859122");
    CHECK(change("<c:UserName>other</c:UserName>") == "2150859116");
    CHECK(change(account("loopback\\tester", "wrong")) == "2150859092");
    CHECK(change(account("tester", "correct")).empty());
    CHECK(change("<c:Enabled>perhaps</c:Enabled>") == "2150858838");
    CHECK_FALSE(contains(get(kMapping, mapping_keys()), "correct"));
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

  TEST_CASE_FIXTURE(ConfigAsking, "can be put back as they were told, but for the language") {
    for (const char* const name : {"microsoft.powershell", "WMI Provider", "SEL Plugin"}) {
      const std::string keys = selector("Name", name);
      std::string document = between(get(kPlugin, keys), "<s:Body>", "</s:Body>");
      CHECK(code_of(put(kPlugin, document, keys)) == "2150858817");
      document.replace(document.find(" xml:lang=\"en-US\""), 17, "");
      CHECK(contains(put(kPlugin, document, keys), "PutResponse"));
      CHECK(contains(get(kPlugin, keys), document.substr(document.find('>'))));
    }
  }

  TEST_CASE_FIXTURE(ConfigAsking, "run as an account whose password is checked and never told") {
    const std::string keys = selector("Name", "x");
    const auto run_as = [](const std::string& user, const std::string& password) {
      return plugin("RunAsUser=\"" + user + "\" RunAsPassword=\"" + password + "\"");
    };
    CHECK(code_of(create(kPlugin, run_as("tester", "wrong"), keys)) == "2150859203");
    CHECK(code_of(get(kPlugin, keys)) == "2150858752");
    CHECK(code_of(create(kPlugin, run_as("tester", "correct"), keys)).empty());
    CHECK(contains(get(kPlugin, keys), R"(RunAsUser="tester" RunAsPassword="" xml:lang)"));
    CHECK(contains(put(kPlugin, run_as("tester", ""), keys), "PutResponse"));
    CHECK(contains(put(kPlugin, run_as("tester", "wrong"), keys), "1326"));
    CHECK(code_of(put(kPlugin, run_as("other", ""), keys)) == "2150859203");
    CHECK(contains(put(kPlugin, run_as("", ""), keys), "PutResponse"));
    CHECK(code_of(put(kPlugin, run_as("tester", ""), keys)) == "2150859203");
  }

  TEST_CASE_FIXTURE(ConfigAsking, "are refused when something is missing or out of range") {
    const std::string keys = selector("Name", "x");
    const auto make = [&](const std::string& attributes, const std::string& inner) {
      return code_of(create(kPlugin, plugin(attributes, inner), keys));
    };
    const std::string ok = kResource;
    const auto resource = [](const std::string& inner) {
      return "<Resources><Resource ResourceUri=\"urn:r\">" + inner + "</Resource></Resources>";
    };
    const std::string shell = "<Capability Type=\"Shell\"/>";
    CHECK(make("xml:lang=\"en\"", ok) == "2150858817");
    CHECK(make("Enabled=\"perhaps\"", ok) == "2150858838");
    CHECK(make("XmlRenderingType=\"xmlreader\" SDKVersion=\"3\"", ok) == "2150858838");
    CHECK(make("", ok + "<Quotas IdleTimeoutms=\"59999\"/>") == "2150858838");
    CHECK(make("", ok + "<Quotas MaxShells=\"0\"/>") == "2150858838");
    CHECK(make("", "") == "2150858839");
    CHECK(make("", resource("")) == "2150858839");
    CHECK(make("", resource("<Capability Type=\"Sing\"/>")) == "2150858838");
    CHECK(make("", resource(shell + "<Capability Type=\"Get\"/>")) == "2150858838");
    CHECK(make("", resource(shell + "<Security Uri=\"urn:r\"/>")) == "2150858839");
    CHECK(make("", ok + ok) == "2150858838");
    CHECK(make("", "<InitializationParameters><Param Name=\"a\"/></InitializationParameters>" +
                       ok) == "2150858839");
    CHECK(make("", ok + "<Quotas MaxShells=\"1\" IdleTimeoutms=\"60000\"/>").empty());
  }

  TEST_CASE_FIXTURE(ConfigAsking, "are refused with another name, file, root or namespace") {
    const auto make = [this](const std::string& document, const std::string& name) {
      return code_of(create(kPlugin, document, selector("Name", name)));
    };
    const auto changed = [](const std::string& from, const std::string& to) {
      std::string document = plugin("");
      return document.replace(document.find(from), from.size(), to);
    };
    CHECK(make(plugin(""), "y") == "2150858989");
    CHECK(make(changed("%windir%", "d:"), "x") == "2150859153");
    CHECK(make(changed("system32", "system32\\.."), "x") == "2150859153");
    CHECK(make(changed("pwrshplugin", "missing"), "x") == "2150859154");
    CHECK(make(changed("/PluginConfiguration\"", "/Plugins\""), "x") == "2150858840");
    CHECK(make("<PlugIn xmlns=\"" + kPluginDocument + "\"/>", "x") == "2150858817");
    CHECK(code_of(remove(kPlugin, selector("Name", "x"))) == "2150858752");
  }
}

}  // namespace wsman::endpoint
