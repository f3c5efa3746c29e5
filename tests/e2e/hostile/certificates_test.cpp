// Certificates of each bad kind: refused, with the reason, and before a request is sent.

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "hostile/client.h"
#include "hostile/hostile_server.h"
#include "support/bounds.h"
#include "support/process.h"

namespace wsman::testing {
namespace {

constexpr CertificateChecks kAll{};
constexpr CertificateChecks kNoCa{true, false, false};
constexpr CertificateChecks kNoName{false, true, false};
constexpr CertificateChecks kNoRevocation{false, false, true};
constexpr CertificateChecks kNone{true, true, true};

struct Row {
  std::string port;
  CertificateChecks checks;
  std::string reason;  // A part of the error; empty if the certificate is accepted.
};

const std::vector<Row>& rows() {
  static const std::string unknown = "it is signed by an unknown certificate authority";
  static const std::string left_out =
      unknown + ": the certificate of its issuer, CN=WSMan loopback intermediate, was not sent";
  static const std::string elsewhere = "it is not made out to \"127.0.0.1\"";
  static const std::string staple = "it demands a stapled answer";
  static const std::vector<Row> all{
      {"tls", kAll, ""},
      {"cert-expired", kAll, "it has expired"},
      {"cert-expired", kNone, "it has expired"},
      {"cert-not-yet-valid", kAll, "it is not valid yet"},
      {"cert-not-yet-valid", kNone, "it is not valid yet"},
      {"cert-wrong-name", kAll, elsewhere},
      {"cert-wrong-name", kNoCa, elsewhere},
      {"cert-wrong-name", kNoName, ""},
      {"cert-only-common-name", kAll, elsewhere},
      {"cert-wrong-purpose", kAll, "it is not meant for servers"},
      {"cert-wrong-purpose", kNone, "it is not meant for servers"},
      {"cert-weak-key", kAll, "its key is too weak"},
      {"cert-weak-key", kNone, "its key is too weak"},
      {"old-hash", kAll, "signed with a hash that is too weak"},
      {"old-hash", kNone, "signed with a hash that is too weak"},
      {"cert-self-signed", kAll, unknown},
      {"cert-self-signed", kNoName, unknown},
      {"cert-self-signed", kNoCa, ""},
      {"cert-unknown-ca", kAll, unknown},
      {"cert-unknown-ca", kNoName, unknown},
      {"cert-unknown-ca", kNoCa, ""},
      {"cert-chain-incomplete", kAll, left_out},
      {"cert-chain-incomplete", kNoCa, ""},
      {"cert-chain-complete", kAll, ""},
      {"cert-issued-by-server", kAll, "one above it is not the certificate of an authority"},
      {"cert-staple-good", kAll, ""},
      {"cert-staple-revoked", kAll, "it was revoked"},
      {"cert-staple-revoked", kNoCa, "it was revoked"},
      {"cert-staple-revoked", kNoRevocation, ""},
      {"cert-staple-stale", kAll, ""},
      {"cert-staple-garbage", kAll, ""},
      {"cert-must-staple-missing", kAll, staple},
      {"cert-must-staple-missing", kNoRevocation, ""},
      {"cert-must-staple-good", kAll, ""},
      {"cert-must-staple-forged", kAll, staple},
      {"cert-must-staple-unrelated", kAll, staple},
      {"cert-must-staple-endless", kAll, staple},
  };
  return all;
}

std::string problem_with_refusal(const Row& row, const std::string& message) {
  for (const std::string& part : {row.reason, std::string("Subject: "), std::string("; names: "),
                                  std::string("; issuer: ")}) {
    if (message.find(part) == std::string::npos) {
      return std::string("the error lacks \"").append(part).append("\": ").append(message);
    }
  }
  return {};
}

std::string exchange_with(const Row& row) {
  const std::string label = HostileServer::new_label();
  TransportOptions options = options_for({row.port, true, "/proper?" + label});
  options.checks = row.checks;
  const auto transport = transport_for(std::move(options));
  Cancellation cancellation;
  const Clock::time_point start = Clock::now();
  const auto response = transport->exchange(once_only(), {cancellation});
  const bool accepted = row.reason.empty();
  const Outcome expected = accepted ? kOk : outcome_of(ErrorCode::certificate);
  std::string found =
      complaint(outcome_of(response), message_of(response), since(start), {expected});
  (void)transport->close({cancellation});
  if (found.empty() && !accepted) found = problem_with_refusal(row, response.error().message);
  if (found.empty() && HostileServer::instance().seen(label).requests != (accepted ? 1U : 0U)) {
    found = "the number of requests is wrong";
  }
  return found.empty() ? found : row.port + ": " + found;
}

// A port, and what is refused there.
const std::vector<std::pair<std::string, std::string>>& old_ports() {
  static const std::vector<std::pair<std::string, std::string>> ports{
      {"old-tls-1.0", "the server has no TLS 1.2 or later"},
      {"old-tls-1.1", "the server has no TLS 1.2 or later"},
      {"old-group", "Diffie-Hellman group is too small"},
      {"old-hash", "signed with a hash that is too weak"},
      {"cert-weak-key", "its key is too weak"}};
  return ports;
}

Result<HttpResponse> ask(const std::string& port, bool legacy, CertificateChecks checks = {}) {
  TransportOptions options = options_for({port, true, "/proper"});
  options.legacy_tls = legacy;
  options.checks = checks;
  const auto transport = transport_for(std::move(options));
  Cancellation cancellation;
  Result<HttpResponse> response = transport->exchange(repeatable(), {cancellation});
  (void)transport->close({cancellation});
  return response;
}

}  // namespace

TEST_SUITE("Old TLS") {
  TEST_CASE("What is too old is refused with the reason and the setting, whatever is skipped") {
    for (const auto& row : old_ports()) {
      const std::string& port = row.first;
      const std::string& reason = row.second;
      CAPTURE(port);
      for (const CertificateChecks checks : {kAll, kNone}) {
        const auto response = ask(port, false, checks);
        REQUIRE_FALSE(response.ok());
        CHECK_MESSAGE(response.error().message.find(reason) != std::string::npos,
                      response.error().message);
        REQUIRE(response.error().advice.size() == 1);
        CHECK(response.error().advice[0].key == AdviceKey::allow_legacy_tls);
        CHECK(response.error().advice[0].arguments == std::vector<std::string>{"127.0.0.1"});
      }
    }
  }

  TEST_CASE("What is too old is taken from a computer that may have it, and from no other") {
    for (const auto& row : old_ports()) {
      const std::string& port = row.first;
      CAPTURE(port);
      const auto response = ask(port, true);
      CHECK_MESSAGE(response.ok(), message_of(response));
      CHECK_FALSE(ask(port, false).ok());
    }
  }

  TEST_CASE("A computer that may have old TLS is verified like any other") {
    for (const char* port : {"cert-wrong-name", "cert-unknown-ca", "cert-expired",
                             "cert-staple-revoked", "cert-wrong-purpose"}) {
      CAPTURE(port);
      CHECK(outcome_of(ask(port, true)) == outcome_of(ErrorCode::certificate));
    }
    CHECK(ask("tls", true).ok());
  }
}

TEST_SUITE("Certificate") {
  TEST_CASE("A bad certificate is refused with its reason before anything is sent") {
    const Leftovers leftovers;
    const std::string found =
        in_parallel(rows().size(), [](std::size_t i) { return exchange_with(rows()[i]); });
    CHECK_MESSAGE(found.empty(), found);
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("A certificate that requires OCSP stapling is accepted again on resumption") {
    const std::string label = HostileServer::new_label();
    const auto transport =
        transport_for(options_for({"cert-must-staple-good", true, "/idle-end?" + label}));
    Cancellation cancellation;
    for (int i = 0; i < 3; ++i) {
      const auto response = transport->exchange(repeatable(), {cancellation});
      CHECK_MESSAGE(response.ok(), message_of(response));
    }
    (void)transport->close({cancellation});
    CHECK(HostileServer::instance().seen(label).accepted == 3);
  }

  TEST_CASE("An unknown revocation status is traced, and a known one is not") {
    const std::string unknown = "The revocation status of the certificate of 127.0.0.1:";
    const std::vector<std::pair<std::string, bool>> ports{{"tls", true},
                                                          {"cert-staple-good", false},
                                                          {"cert-staple-stale", true},
                                                          {"cert-staple-garbage", true}};
    for (const auto& row : ports) {
      const std::string& port = row.first;
      const bool expected = row.second;
      CAPTURE(port);
      const auto transport = transport_for(options_for({port, true, "/proper"}));
      Cancellation cancellation;
      Trace trace(Trace::Level::verbose);
      const Call call{cancellation, Clock::now() + kPatience, &trace};
      for (int i = 0; i < 2; ++i) CHECK(transport->exchange(repeatable(), call).ok());
      (void)transport->close({cancellation});
      const auto lines = trace.take();
      REQUIRE(lines.size() == (expected ? 2U : 1U));
      CHECK(lines[0].text.find("Connected to 127.0.0.1:") == 0);
      if (expected) CHECK(lines[1].text.find(unknown) == 0);
    }
  }
}

}  // namespace wsman::testing
