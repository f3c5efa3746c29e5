// Client certificates: what is taken, what is refused here, and what a server makes of them.
#include "transport/tls/certified_key.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fakes/client_keys.h"
#include "fakes/tls_connection.h"
#include "support/advice.h"
#include "support/scratch_folder.h"
#include "transport/http_transport.h"

namespace wsman::testing {
namespace {

ClientCertificate handed_over(const ClientKeys& keys) {
  ClientCertificate source;
  source.chain = {keys.der()};
  source.private_key.append(keys.private_key());
  return source;
}

// A file with that content, as the setting names it.
struct File {
  explicit File(const std::string& content) : name(folder.file("client")) {
    std::ofstream(name, std::ios::binary) << content;
  }
  Result<std::shared_ptr<const tls::CertifiedKey>> load() const {
    ClientCertificate source;
    source.file = name;
    return tls::CertifiedKey::load(std::move(source));
  }

  ScratchFolder folder;
  std::string name;
};

std::string message_of(const Result<std::shared_ptr<const tls::CertifiedKey>>& loaded) {
  REQUIRE_FALSE(loaded.ok());
  CHECK(loaded.error().code == ErrorCode::invalid_argument);
  return loaded.error().message;
}

// A server that wants a certificate, and the options of a client that has one.
struct Server {
  explicit Server(int version, X509* trusted, const LoopbackServer::Script& script = answer_all)
      : identity("IP:127.0.0.1"), server([this, script](Peer& peer) {
          if (peer.accept_tls(identity.context())) script(peer);
        }) {
    SSL_CTX_set_min_proto_version(identity.context(), version);
    SSL_CTX_set_max_proto_version(identity.context(), version);
    SSL_CTX_set_verify(identity.context(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                       nullptr);
    if (trusted != nullptr) {
      X509_STORE_add_cert(SSL_CTX_get_cert_store(identity.context()), trusted);
    }
  }

  TransportOptions options() const {
    TransportOptions made = tls_options(server.port(), identity.file());
    made.authentication = AuthenticationKind::client_certificate;
    return made;
  }

  TlsIdentity identity;
  LoopbackServer server;
};

Result<HttpResponse> ask(TransportOptions options) {
  Cancellation cancellation;
  const Call call{cancellation, Clock::now() + kPatience};
  auto transport = make_http_transport(std::move(options), {}, net::system_lookup);
  if (!transport.ok()) return transport.error();
  Result<HttpResponse> response = transport.value()->exchange(kRequest, call);
  CHECK(transport.value()->close(call).secrets_wiped);
  return response;
}

std::unique_ptr<Transport> transport_with(const Server& server, const ClientKeys& keys) {
  TransportOptions options = server.options();
  options.certificate = handed_over(keys);
  auto transport = make_http_transport(std::move(options), {}, net::system_lookup);
  REQUIRE(transport.ok());
  return std::move(transport.value());
}

const std::vector<int> kVersions = {TLS1_2_VERSION, TLS1_3_VERSION};

}  // namespace

TEST_SUITE("Client certificate") {
  TEST_CASE("A certificate is read from DER, from PEM in any order and from PKCS#12") {
    const ClientKeys keys({"J\xC3\xBCrgen"});
    const ClientKeys other({"other"});
    const auto loaded = tls::CertifiedKey::load(handed_over(keys));
    REQUIRE(loaded.ok());
    CHECK(loaded.value()->subject() == "CN=J\xC3\xBCrgen");
    for (const std::string& content :
         {keys.certificate_pem() + keys.key_pem(), keys.key_pem() + keys.certificate_pem(),
          other.certificate_pem() + keys.key_pem() + keys.certificate_pem(), keys.pkcs12()}) {
      const auto read = File(content).load();
      REQUIRE(read.ok());
      CHECK(read.value()->subject() == "CN=J\xC3\xBCrgen");
    }
  }

  TEST_CASE("A certificate that no server could accept is refused with the reason") {
    const ClientKeys keys;
    const ClientKeys other;
    const auto refusal = [](ClientCertificate source) {
      return message_of(tls::CertifiedKey::load(std::move(source)));
    };
    CHECK(advice_of(tls::CertifiedKey::load({}).error()) == "AddCertificate");
    CHECK(contains(refusal(handed_over(ClientKeys({"a", "clientAuth", -7200, -3600}))), "expired"));
    CHECK(contains(refusal(handed_over(ClientKeys({"a", "clientAuth", 3600, 7200}))), "not valid"));
    CHECK(contains(refusal(handed_over(ClientKeys({"a", "serverAuth"}))), "not meant for clients"));
    CHECK(tls::CertifiedKey::load(handed_over(ClientKeys({"a", ""}))).ok());
    CHECK(tls::CertifiedKey::load(handed_over(ClientKeys({"a", "anyExtendedKeyUsage"}))).ok());
    ClientCertificate foreign = handed_over(keys);
    foreign.chain = {other.der()};
    CHECK(contains(refusal(std::move(foreign)), "does not belong to the private key"));
    ClientCertificate keyless;
    keyless.chain = {keys.der()};
    CHECK(contains(refusal(std::move(keyless)), "no private key"));
    ClientCertificate garbage;
    garbage.chain = {"garbage"};
    CHECK(contains(refusal(std::move(garbage)), "no X.509"));
  }

  TEST_CASE("A certificate file that cannot be used is refused with its name") {
    const ClientKeys keys;
    struct Row {
      std::string content;
      const char* part;
    };
    for (const Row& row : std::vector<Row>{
             {"", "neither PEM nor PKCS#12"},
             {"garbage", "neither PEM nor PKCS#12"},
             {keys.key_pem(), "no certificate"},
             {keys.certificate_pem(), "no private key"},
             {keys.certificate_pem() + keys.key_pem("word"), "encrypted"},
             {keys.pkcs12("word"), "encrypted"},
             {keys.certificate_pem() + std::string(2000000, ' '), "is larger than 1024 KB"}}) {
      CAPTURE(row.part);
      const File file(row.content);
      const std::string message = message_of(file.load());
      CHECK_MESSAGE(contains(message, row.part), message);
    }
    ClientCertificate missing;
    missing.file = "/nonexistent/client.pem";
    CHECK(contains(message_of(tls::CertifiedKey::load(std::move(missing))),
                   "/nonexistent/client.pem cannot be read: No such file or directory"));
  }

  TEST_CASE("A certificate file that is a pipe or a device is refused at once") {
    const ScratchFolder folder;
    const std::string pipe = folder.file("client.pem");
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    for (const std::string& name : {pipe, std::string("/dev/zero")}) {
      ClientCertificate source;
      source.file = name;
      const Clock::time_point start = Clock::now();
      const std::string message = message_of(tls::CertifiedKey::load(std::move(source)));
      CHECK(contains(message, "The client certificate's file " + name + " is no regular file"));
      CHECK(since(start) < bound(kPromptly));
    }
  }

  TEST_CASE("A key that others may read is told, and used") {
    const ClientKeys keys;
    const File file(keys.certificate_pem() + keys.key_pem());
    const Server server(TLS1_3_VERSION, keys.certificate());
    for (const mode_t mode : {0644U, 0600U}) {
      REQUIRE(chmod(file.name.c_str(), mode) == 0);
      TransportOptions options = server.options();
      options.certificate.file = file.name;
      auto transport = make_http_transport(std::move(options), {}, net::system_lookup);
      REQUIRE(transport.ok());
      Cancellation cancellation;
      Trace trace(Trace::Level::verbose);
      const Call call{cancellation, Clock::now() + kPatience, &trace};
      CHECK(transport.value()->exchange(kRequest, call).ok());
      (void)transport.value()->close(call);
      std::string said;
      for (const Trace::Line& line : trace.take()) said += line.text + "\n";
      CHECK(contains(said, file.name + " has a private key, and others than its owner may read it: "
                                       "chmod 600") == (mode == 0644U));
    }
  }

  TEST_CASE("A client certificate authenticates with its own header and without resumption") {
    const ClientKeys keys;
    for (const int version : kVersions) {
      CAPTURE(version);
      std::string heard;
      int resumed = 0;
      Server server(version, keys.certificate(), [&](Peer& peer) {
        resumed += peer.has_resumed() ? 1 : 0;
        heard = peer.read_request();
        (void)peer.send(http_answer("200 OK", "<ok/>", "Connection: close\r\n"));
      });
      Cancellation cancellation;
      const Call call{cancellation, Clock::now() + kPatience};
      const auto transport = transport_with(server, keys);
      for (int i = 0; i < 3; ++i) REQUIRE(transport->exchange(kRequest, call).ok());
      CHECK(contains(heard,
                     "\r\nAuthorization: "
                     "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual\r\n"));
      CHECK(server.server.accepted() == 3);
      CHECK(resumed == 0);
      CHECK(transport->close(call).secrets_wiped);
    }
  }

  TEST_CASE("The error for a certificate that the server refuses has the server's reason") {
    const ClientKeys keys;
    for (const int version : kVersions) {
      CAPTURE(version);
      const Server server(version, nullptr);
      TransportOptions options = server.options();
      options.certificate = handed_over(keys);
      const auto response = ask(std::move(options));
      REQUIRE_FALSE(response.ok());
      CHECK(response.error().code == ErrorCode::access_denied);
      CHECK(response.error().wsman_code == 5);
      CHECK_MESSAGE(
          contains(response.error().message,
                   "refused the client certificate CN=someone: its authority is not known there"),
          response.error().message);
      // In TLS 1.3 the refusal comes after the request has been written.
      CHECK(response.error().outcome == Outcome::not_done);
    }
  }

  TEST_CASE("The error says so if the server wants a client certificate and none is given") {
    // In TLS 1.2 the alert is only handshake_failure, so the CertificateRequest tells.
    for (const int version : kVersions) {
      CAPTURE(version);
      const Server server(version, nullptr);
      TransportOptions options = server.options();
      options.authentication = AuthenticationKind::none;
      const auto response = ask(std::move(options));
      REQUIRE_FALSE(response.ok());
      CHECK(response.error().code == ErrorCode::tls);
      CHECK_MESSAGE(contains(response.error().message, "wants a client certificate"),
                    response.error().message);
      CHECK(advice_of(response.error()) == "AddCertificateOrPort");
      CHECK(response.error().outcome == Outcome::not_done);
    }
  }

  TEST_CASE("A connection that ends after a client certificate was asked for may want one") {
    for (const int version : kVersions) {
      for (const bool asks : {true, false}) {
        CAPTURE(version);
        CAPTURE(asks);
        const Server server(version, nullptr, [](Peer& peer) { (void)peer.read_request(); });
        SSL_CTX_set_verify(server.identity.context(), asks ? SSL_VERIFY_PEER : SSL_VERIFY_NONE,
                           nullptr);
        TransportOptions options = server.options();
        options.authentication = AuthenticationKind::none;
        const auto response = ask(std::move(options));
        REQUIRE_FALSE(response.ok());
        CHECK(response.error().code == ErrorCode::connection_lost);
        CHECK(contains(advice_of(response.error()), "AddCertificateIfWanted") == asks);
        // It had the request, and need not have ended for want of a certificate.
        CHECK(response.error().outcome == Outcome::unknown);
      }
    }
  }

  TEST_CASE("Access is denied if the certificate is mapped to no user") {
    const ClientKeys keys;
    for (const char* status : {"401 Unauthorized", "403 Forbidden"}) {
      const Server server(TLS1_3_VERSION, keys.certificate(), [&](Peer& peer) {
        (void)peer.read_request();
        (void)peer.send(http_answer(status, ""));
      });
      TransportOptions options = server.options();
      options.certificate = handed_over(keys);
      const auto response = ask(std::move(options));
      REQUIRE_FALSE(response.ok());
      CHECK(response.error().code == ErrorCode::access_denied);
      CHECK(contains(response.error().message, "CN=someone"));
      CHECK(contains(advice_of(response.error()), "MapCertificate"));
    }
  }

  TEST_CASE("A request that is forbidden to a mapped certificate is that request's affair") {
    const ClientKeys keys;
    const Server server(TLS1_3_VERSION, keys.certificate(), [&](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", "<ok/>"));
      (void)peer.read_request();
      (void)peer.send(http_answer("403 Forbidden", ""));
    });
    Cancellation cancellation;
    const Call call{cancellation, Clock::now() + kPatience};
    const auto transport = transport_with(server, keys);
    REQUIRE(transport->exchange(kRequest, call).ok());
    const auto forbidden = transport->exchange(kRequest, call);
    REQUIRE(forbidden.ok());
    CHECK(forbidden.value().status == 403);
  }

  TEST_CASE("A certificate that OpenSSL takes for too weak is refused here, not by the server") {
    KeyTraits weak;
    weak.rsa_bits = 1024;
    const ClientKeys keys(weak);
    for (const bool legacy : {false, true}) {
      CAPTURE(legacy);
      const Server server(TLS1_2_VERSION, keys.certificate(), [&](Peer& peer) {
        (void)peer.read_request();
        (void)peer.send(http_answer("200 OK", "<ok/>"));
      });
      TransportOptions options = server.options();
      options.legacy_tls = legacy;
      options.certificate = handed_over(keys);
      const auto response = ask(std::move(options));
      // The server of the test may find it too weak as well.
      if (legacy && response.ok()) continue;
      REQUIRE_FALSE(response.ok());
      const std::string& said = response.error().message;
      CAPTURE(said);
      CHECK(contains(said, "OpenSSL on this computer does not take") == !legacy);
      if (legacy) continue;
      CHECK(response.error().code == ErrorCode::invalid_argument);
      CHECK(contains(said, "CN=someone (ee key too small)"));
      CHECK(contains(said, "LegacyTLSHosts"));
      CHECK(advice_of(response.error()) == "RenewCertificate");
    }
  }

  TEST_CASE("A client certificate needs https and allows no other credential") {
    const ClientKeys keys;
    TransportOptions http = loopback_options(5985);
    http.authentication = AuthenticationKind::client_certificate;
    http.certificate = handed_over(keys);
    TransportOptions both = tls_options(5986, "");
    both.authentication = AuthenticationKind::client_certificate;
    both.credential = {true, "user", Secret("word")};
    TransportOptions off = tls_options(5986, "");
    off.authentication = AuthenticationKind::client_certificate;
    authentication::Policy policy;
    CHECK(authentication::check_authentication(http, policy).error().wsman_code == 0x803380D8);
    CHECK(authentication::check_authentication(both, policy).error().wsman_code == 0x803380AF);
    policy.allow_client_certificate = false;
    CHECK(authentication::check_authentication(off, policy).error().wsman_code == 0x803380E3);
  }
}

}  // namespace wsman::testing
