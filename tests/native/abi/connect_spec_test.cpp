#include "abi/connect_spec.h"

#include <doctest/doctest.h>

#include <string>

namespace wsman::testing {
namespace {

ConnectRequest request_for(const std::string& computer_name) {
  ConnectRequest request;
  request.computer_name = computer_name;
  return request;
}

ConnectSpec made(const ConnectRequest& request, const Settings& settings = {},
                 const CallerSecrets& secrets = {}) {
  Result<ConnectSpec> spec = make_connect_spec(request, settings, secrets);
  REQUIRE(spec.ok());
  return std::move(spec.value());
}

Error refused_spec(const ConnectRequest& request) {
  const Result<ConnectSpec> spec = make_connect_spec(request, {}, {});
  return spec.ok() ? Error{ErrorCode::internal, "It was made.", 0, {}} : spec.error();
}

}  // namespace

TEST_SUITE("connect spec") {
  TEST_CASE("of a name has the defaults") {
    const ConnectSpec spec = made(request_for("Server01"));

    CHECK(spec.computer_name == "Server01");
    CHECK(spec.transport.endpoint.url() == "http://Server01:5985/wsman");
    CHECK(spec.transport.authentication == AuthenticationKind::default_);
    CHECK_FALSE(spec.transport.credential.given);
    CHECK(spec.manner.encoding == TextEncoding::utf8);
    CHECK(spec.teardown_timeout == Milliseconds(5000));
    CHECK(spec.transport.timeouts.receive == Milliseconds(65000));
    CHECK(spec.transport.max_body_octets == 1024000);
    CHECK(spec.transport.max_head_octets == 65536);
    CHECK(spec.transport.trusted_ca_path.empty());
  }

  TEST_CASE("of a connection URI has its host for a name") {
    ConnectRequest request;
    request.connection_uri = "https://server01:5986/wsman";
    CHECK(made(request).computer_name == "server01");

    request.connection_uri = "http://[::1]:5985/wsman";
    CHECK(made(request).computer_name == "::1");
  }

  TEST_CASE("hands on what was asked for") {
    ConnectRequest request = request_for("server01");
    request.port = 8443;
    request.use_ssl = true;
    request.application_name = "other";
    request.authentication = AuthenticationKind::basic;
    request.user_name = "someone";
    request.skip_ca_check = true;
    request.skip_revocation_check = true;
    request.use_utf16 = true;
    request.spn_port = true;

    const ConnectSpec spec = made(request, {}, {{"pass\0phrase", 11}, "", ""});

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
    CHECK(spec.manner.encoding == TextEncoding::utf16);
  }

  TEST_CASE("has a client certificate from the caller, or else from the settings") {
    Settings settings;
    settings.client_certificate_file = "/client.pem";
    ConnectRequest request = request_for("server01");
    request.certificates = {"der"};
    const CallerSecrets secrets{"", "key", ""};
    CHECK(made(request, settings, secrets).transport.certificate.chain.empty());

    request.authentication = AuthenticationKind::client_certificate;
    const ConnectSpec given = made(request, settings, secrets);
    CHECK(given.transport.certificate.chain == std::vector<std::string>{"der"});
    CHECK(given.transport.certificate.private_key.view() == "key");
    CHECK(given.transport.certificate.file.empty());

    request.certificates.clear();
    CHECK(made(request, settings).transport.certificate.file == "/client.pem");
  }

  TEST_CASE("has a proxy only where one is asked for") {
    ConnectRequest request = request_for("server01");
    CHECK_FALSE(made(request).transport.proxy);

    request.proxy = ProxyRequest{AuthenticationKind::basic, "gate", "http://p:3128", "a, b"};
    const ConnectSpec spec = made(request, {}, {"", "", "sesame"});
    REQUIRE(spec.transport.proxy);
    CHECK(spec.transport.proxy->authentication == AuthenticationKind::basic);
    CHECK(spec.transport.proxy->credential.given);
    CHECK(spec.transport.proxy->credential.user_name == "gate");
    CHECK(spec.transport.proxy->credential.password.view() == "sesame");
    CHECK(spec.transport.proxy->address == "http://p:3128");
    CHECK(spec.transport.proxy->bypass == "a, b");
    CHECK_FALSE(spec.transport.credential.given);
  }

  TEST_CASE("is allowed what the client settings allow, each by its own") {
    const AuthenticationPolicy usual = policy_from({});
    CHECK(usual.allow_basic);
    CHECK(usual.allow_digest);
    CHECK(usual.allow_kerberos);
    CHECK(usual.allow_negotiate);
    CHECK(usual.allow_certificate);
    CHECK_FALSE(usual.allow_credssp);
    CHECK_FALSE(usual.allow_unencrypted);
    CHECK(usual.credssp_minimum_version == 5);

    Settings settings;
    settings.auth_basic = settings.auth_kerberos = settings.auth_certificate = false;
    settings.auth_credssp = settings.allow_unencrypted = true;
    settings.trusted_hosts = {"a"};
    settings.allow_fresh_credentials = {"wsman/b"};
    settings.credssp_minimum_version = 2;
    const AuthenticationPolicy changed = policy_from(settings);
    CHECK_FALSE(changed.allow_basic);
    CHECK(changed.allow_digest);
    CHECK_FALSE(changed.allow_kerberos);
    CHECK(changed.allow_negotiate);
    CHECK_FALSE(changed.allow_certificate);
    CHECK(changed.allow_credssp);
    CHECK(changed.allow_unencrypted);
    CHECK(changed.trusted_hosts == std::vector<std::string>{"a"});
    CHECK(changed.fresh_credentials == std::vector<std::string>{"wsman/b"});
    CHECK(changed.credssp_minimum_version == 2);
  }

  TEST_CASE("hands on what the client settings say") {
    Settings settings;
    settings.http_port = 80;
    settings.url_prefix = "prefix";
    settings.network_delay = Milliseconds(1000);
    settings.max_envelope_size_kb = 32;
    settings.trusted_ca_path = "/ca.pem";
    settings.teardown_timeout = Milliseconds(700);

    const ConnectSpec spec = made(request_for("server01"), settings);

    CHECK(spec.transport.endpoint.url() == "http://server01:80/prefix");
    CHECK(spec.transport.timeouts.receive == Milliseconds(61000));
    CHECK(spec.transport.max_body_octets == 65536);
    CHECK(spec.transport.trusted_ca_path == "/ca.pem");
    CHECK(spec.teardown_timeout == Milliseconds(700));
  }

  TEST_CASE("waits for an answer as long as the operation may take, and for the network") {
    ConnectRequest request = request_for("server01");
    request.operation_timeout = Milliseconds(300);

    CHECK(made(request).transport.timeouts.receive == Milliseconds(5300));
  }

  TEST_CASE("ends within the shorter of the operation timeout and the setting") {
    ConnectRequest request = request_for("server01");
    request.operation_timeout = Milliseconds(300);
    CHECK(made(request).teardown_timeout == Milliseconds(300));

    request.operation_timeout = Milliseconds(60000);
    CHECK(made(request).teardown_timeout == Milliseconds(5000));
  }

  TEST_CASE("without a name or a URI is refused") {
    CHECK(refused_spec({}).code == ErrorCode::invalid_argument);
  }

  TEST_CASE("with NoEncryption over https is refused, over http not") {
    ConnectRequest request = request_for("server01");
    request.no_encryption = true;
    CHECK(made(request).transport.no_encryption);

    request.use_ssl = true;
    CHECK(refused_spec(request).code == ErrorCode::invalid_argument);
    CHECK(refused_spec(request).wsman_code == 0x803380D7);
  }
}

}  // namespace wsman::testing
