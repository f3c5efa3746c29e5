#include "abi/session_options.h"

#include <doctest/doctest.h>

#include <string>

namespace wsman::testing {
namespace {

abi::ConnectRequest request_for(const std::string& computer_name) {
  abi::ConnectRequest request;
  request.computer_name = computer_name;
  return request;
}

session::SessionOptions made(const abi::ConnectRequest& request, const abi::Settings& settings = {},
                             const abi::CallerSecrets& secrets = {}) {
  Result<session::SessionOptions> spec = abi::make_session_options(request, settings, secrets);
  REQUIRE(spec.ok());
  return std::move(spec.value());
}

Error refused_spec(const abi::ConnectRequest& request) {
  const Result<session::SessionOptions> spec = abi::make_session_options(request, {}, {});
  return spec.ok() ? Error{ErrorCode::internal, "It was made.", 0, {}} : spec.error();
}

}  // namespace

TEST_SUITE("Session options") {
  TEST_CASE("Options for a computer name have the defaults") {
    const session::SessionOptions spec = made(request_for("Server01"));

    CHECK(spec.computer_name == "Server01");
    CHECK(spec.transport.endpoint.url() == "http://Server01:5985/wsman");
    CHECK(spec.transport.authentication == AuthenticationKind::default_);
    CHECK_FALSE(spec.transport.credential.given);
    CHECK(spec.headers.encoding == xml::TextEncoding::utf8);
    CHECK(spec.teardown_timeout == Milliseconds(5000));
    CHECK(spec.transport.timeouts.reach == Milliseconds(10000));
    CHECK(spec.transport.timeouts.receive == Milliseconds(65000));
    CHECK(std::string(spec.transport.timeouts.receive_setting) == "MaxTimeoutms");
    CHECK(spec.headers.operation_timeout == Milliseconds(60000));
    CHECK(spec.max_batch_items == 32000);
    CHECK(spec.transport.max_body_bytes == 1024000);
    CHECK(spec.transport.max_head_bytes == 65536);
    CHECK(spec.transport.trusted_ca_path.empty());
  }

  TEST_CASE("Only the computers of LegacyTLSHosts may have old TLS") {
    abi::Settings settings;
    CHECK_FALSE(made(request_for("old1"), settings).transport.legacy_tls);
    settings.legacy_tls_hosts = {"OLD1", "*.plant.example", "[fe80::1]"};
    for (const char* name : {"old1", "a.plant.example", "fe80::1%eth0", "[FE80:0::1]"}) {
      CAPTURE(name);
      CHECK(made(request_for(name), settings).transport.legacy_tls);
    }
    for (const char* name : {"old2", "plant.example", "old1.example", "fe80::2"}) {
      CAPTURE(name);
      CHECK_FALSE(made(request_for(name), settings).transport.legacy_tls);
    }
  }

  TEST_CASE("Options for a connection URI take the computer name from its host") {
    abi::ConnectRequest request;
    request.connection_uri = "https://server01:5986/wsman";
    CHECK(made(request).computer_name == "server01");

    request.connection_uri = "http://[::1]:5985/wsman";
    CHECK(made(request).computer_name == "::1");
  }

  TEST_CASE("A session outside ASCII is called as typed, and reached by its A-labels") {
    abi::ConnectRequest request = request_for("m\xC3\xBCnchen.example");
    request.host = "xn--mnchen-3ya.example";
    CHECK(made(request).computer_name == request.computer_name);
    CHECK(made(request).transport.endpoint.host == request.host);

    request.connection_uri = "https://m\xC3\xBCnchen.example/";
    CHECK(made(request).transport.endpoint.host == request.host);
    request.computer_name.clear();
    CHECK(made(request).computer_name == "m\xC3\xBCnchen.example");
  }

  TEST_CASE("The members of the request reach the session") {
    abi::ConnectRequest request = request_for("server01");
    request.port = 8443;
    request.use_ssl = true;
    request.application_name = "other";
    request.authentication = AuthenticationKind::basic;
    request.user_name = "someone";
    request.switches.checks.skip_ca = true;
    request.switches.checks.skip_revocation = true;
    request.use_utf16 = true;
    request.switches.spn_port = true;

    const session::SessionOptions spec = made(request, {}, {{"pass\0phrase", 11}, "", ""});

    CHECK(spec.transport.endpoint.url() == "https://server01:8443/other");
    CHECK(spec.transport.authentication == AuthenticationKind::basic);
    CHECK(spec.transport.credential.given);
    CHECK(spec.transport.credential.user_name == "someone");
    CHECK(spec.transport.credential.password.view() == std::string_view("pass\0phrase", 11));
    CHECK(spec.transport.checks.skip_ca);
    CHECK_FALSE(spec.transport.checks.skip_cn);
    CHECK(spec.transport.checks.skip_revocation);
    CHECK(spec.transport.spn_port);
    CHECK_FALSE(spec.transport.no_encryption);
    CHECK(spec.headers.encoding == xml::TextEncoding::utf16);
  }

  TEST_CASE("A client certificate comes from the caller, or else from the settings") {
    abi::Settings settings;
    settings.client_certificate_file = "/client.pem";
    abi::ConnectRequest request = request_for("server01");
    request.certificates = {"der"};
    const abi::CallerSecrets secrets{"", "key", ""};
    CHECK(made(request, settings, secrets).transport.certificate.chain.empty());

    request.authentication = AuthenticationKind::client_certificate;
    const session::SessionOptions given = made(request, settings, secrets);
    CHECK(given.transport.certificate.chain == std::vector<std::string>{"der"});
    CHECK(given.transport.certificate.private_key.view() == "key");
    CHECK(given.transport.certificate.file.empty());

    request.certificates.clear();
    CHECK(made(request, settings).transport.certificate.file == "/client.pem");
  }

  TEST_CASE("Proxy options exist only if the request asks for a proxy") {
    abi::ConnectRequest request = request_for("server01");
    CHECK_FALSE(made(request).transport.proxy);

    request.proxy = abi::ProxyRequest{AuthenticationKind::basic, "gate", "http://p:3128", "a, b"};
    const session::SessionOptions spec = made(request, {}, {"", "", "sesame"});
    REQUIRE(spec.transport.proxy);
    CHECK(spec.transport.proxy->authentication == AuthenticationKind::basic);
    CHECK(spec.transport.proxy->credential.given);
    CHECK(spec.transport.proxy->credential.user_name == "gate");
    CHECK(spec.transport.proxy->credential.password.view() == "sesame");
    CHECK(spec.transport.proxy->address == "http://p:3128");
    CHECK(spec.transport.proxy->bypass == "a, b");
    CHECK_FALSE(spec.transport.credential.given);
  }

  TEST_CASE("The client settings reach the session") {
    abi::Settings settings;
    settings.http_port = 80;
    settings.url_prefix = "prefix";
    settings.network_delay = Milliseconds(1000);
    settings.max_envelope_size_kb = 32;
    settings.max_timeout = Milliseconds(1800000);
    settings.max_batch_items = 7;
    settings.trusted_ca_path = "/ca.pem";
    settings.teardown_timeout = Milliseconds(700);
    settings.connect_timeout = Milliseconds(900);

    const session::SessionOptions spec = made(request_for("server01"), settings);

    CHECK(spec.transport.endpoint.url() == "http://server01:80/prefix");
    CHECK(spec.headers.max_envelope_bytes == 32768);
    CHECK(spec.headers.operation_timeout == Milliseconds(1800000));
    CHECK(spec.max_batch_items == 7);
    CHECK(spec.transport.timeouts.receive == Milliseconds(1801000));
    CHECK(spec.transport.max_body_bytes == 65536);
    CHECK(spec.transport.trusted_ca_path == "/ca.pem");
    CHECK(spec.teardown_timeout == Milliseconds(700));
    CHECK(spec.transport.timeouts.reach == Milliseconds(900));
  }

  TEST_CASE("The receive timeout is the operation timeout plus the network delay") {
    abi::ConnectRequest request = request_for("server01");
    request.operation_timeout = Milliseconds(300);

    CHECK(made(request).transport.timeouts.receive == Milliseconds(5300));
    // The caller gave it, so no setting would allow more.
    CHECK(made(request).transport.timeouts.receive_setting == nullptr);
  }

  TEST_CASE("An operation timeout of the request is obeyed, below and above MaxTimeoutms") {
    abi::Settings settings;
    settings.max_timeout = Milliseconds(1000);
    abi::ConnectRequest request = request_for("server01");
    for (const Milliseconds given : {Milliseconds(300), Milliseconds(300000)}) {
      request.operation_timeout = given;
      CHECK(made(request, settings).headers.operation_timeout == given);
      CHECK(made(request, settings).transport.timeouts.receive == given + Milliseconds(5000));
    }
  }

  TEST_CASE("The teardown timeout is the shorter of the operation timeout and the setting") {
    abi::ConnectRequest request = request_for("server01");
    request.operation_timeout = Milliseconds(300);
    CHECK(made(request).teardown_timeout == Milliseconds(300));

    request.operation_timeout = Milliseconds(60000);
    CHECK(made(request).teardown_timeout == Milliseconds(5000));
  }

  TEST_CASE("A request without a name or a URI is refused") {
    CHECK(refused_spec({}).code == ErrorCode::invalid_argument);
  }

  TEST_CASE("NoEncryption is refused over https and allowed over http") {
    abi::ConnectRequest request = request_for("server01");
    request.switches.no_encryption = true;
    CHECK(made(request).transport.no_encryption);

    request.use_ssl = true;
    CHECK(refused_spec(request).code == ErrorCode::invalid_argument);
    CHECK(refused_spec(request).wsman_code == 0x803380D7);
  }
}

}  // namespace wsman::testing
