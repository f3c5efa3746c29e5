// The answers of Digest: against the examples of RFC 7616, and to challenges that nobody can use.
#include <doctest/doctest.h>
#include <openssl/evp.h>

#include <array>
#include <memory>
#include <regex>
#include <string>
#include <vector>

#include "fakes/loopback_connection.h"
#include "transport/authentication/mechanism.h"
#include "transport/authentication/mechanisms.h"
#include "transport/http/challenges.h"

namespace wsman::testing {
namespace {

std::string hash(const std::string& algorithm, const std::string& text) {
  const EVP_MD* kind = algorithm.substr(0, 3) == "MD5" ? EVP_md5() : EVP_sha256();
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), bytes.data(), &size, kind, nullptr);
  std::string hexadecimal;
  for (unsigned i = 0; i < size; ++i) {
    std::array<char, 3> digits{};
    (void)std::snprintf(digits.data(), digits.size(), "%02x", bytes[i]);
    hexadecimal += digits.data();
  }
  return hexadecimal;
}

struct Reply {
  std::string algorithm = "MD5";
  std::string user, realm, password, nonce, count, client_nonce, method, target;
};

// [RFC 7616 3.4.1], written down once more.
std::string response_of(const Reply& a) {
  std::string secret = hash(a.algorithm, a.user + ":" + a.realm + ":" + a.password);
  if (a.algorithm.size() > 5 && a.algorithm.substr(a.algorithm.size() - 5) == "-sess") {
    secret = hash(a.algorithm, secret + ":" + a.nonce + ":" + a.client_nonce);
  }
  return hash(a.algorithm, secret + ":" + a.nonce + ":" + a.count + ":" + a.client_nonce +
                               ":auth:" + hash(a.algorithm, a.method + ":" + a.target));
}

// A value of an authorization line, quoted or not.
std::string value_in(const std::string& line, const std::string& name) {
  std::smatch found;
  const std::regex pattern("[ ,]" + name + "=(\"((?:[^\"\\\\]|\\\\.)*)\"|[^,\\r]*)");
  if (!std::regex_search(line, found, pattern)) return "(none)";
  return found[2].matched ? found[2].str() : found[1].str();
}

// A context of Digest, for a user whose password is "secret".
struct Asked {
  explicit Asked(const std::string& user = "someone", bool tls = false,
                 const authentication::Policy& policy = {}) {
    options.credential = {true, user, Secret("secret")};
    options.endpoint.tls = tls;
    mechanism = authentication::make_digest(options, {true, user, Secret("secret")}, policy);
    context = mechanism->begin("");
  }

  Result<bool> take(const std::vector<std::string>& lines) {
    return context->take_challenges(http::read_challenges(lines));
  }

  std::string line(const std::string& method = "POST", const std::string& target = "/wsman") {
    Secret head;
    context->append_authorization(head, {method, target});
    return std::string(head.view());
  }

  TransportOptions options = loopback_options(5985);
  std::unique_ptr<authentication::Mechanism> mechanism;
  std::unique_ptr<authentication::SecurityContext> context;
};

const std::string kChallenge = "Digest realm=\"WSMAN\", nonce=\"n1\", qop=\"auth,auth-int\"";

}  // namespace

TEST_SUITE("Digest") {
  TEST_CASE("The reference computation of these tests gives the examples of RFC 7616 3.9.1") {
    Reply example{"MD5",
                  "Mufasa",
                  "http-auth@example.org",
                  "Circle of Life",
                  "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                  "00000001",
                  "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
                  "GET",
                  "/dir/index.html"};
    CHECK(response_of(example) == "8ca523f5e9506fed4657c9700eebdbec");
    example.algorithm = "SHA-256";
    CHECK(response_of(example) ==
          "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
  }

  TEST_CASE("Every algorithm is answered, and the requests are counted") {
    for (const char* algorithm : {"MD5", "SHA-256", "MD5-sess", "SHA-256-sess"}) {
      CAPTURE(algorithm);
      Asked asked;
      CHECK(asked.context->needs_challenge());
      CHECK(asked.line().empty());
      const auto heard = asked.take({kChallenge + ", opaque=\"o\", algorithm=" + algorithm});
      REQUIRE(heard.ok());
      CHECK(heard.value());
      CHECK_FALSE(asked.context->needs_challenge());
      for (const char* count : {"00000001", "00000002"}) {
        const std::string line = asked.line();
        CHECK(line.substr(0, 22) == "Authorization: Digest ");
        CHECK(value_in(line, "username") == "someone");
        CHECK(value_in(line, "uri") == "/wsman");
        CHECK(value_in(line, "opaque") == "o");
        CHECK(value_in(line, "algorithm") == algorithm);
        CHECK(value_in(line, "qop") == "auth");
        CHECK(value_in(line, "nc") == count);
        CHECK(value_in(line, "cnonce").size() == 32);
        CHECK(value_in(line, "response") ==
              response_of({algorithm, "someone", "WSMAN", "secret", "n1", count,
                           value_in(line, "cnonce"), "POST", "/wsman"}));
      }
    }
  }

  TEST_CASE("The first supported challenge is answered, with MD5 as the default algorithm") {
    Asked asked;
    REQUIRE(
        asked.take({"Basic realm=\"x\"", kChallenge + ", algorithm=SHA-3000", kChallenge}).ok());
    CHECK(value_in(asked.line(), "algorithm") == "MD5");
    CHECK(value_in(asked.line(), "opaque") == "(none)");
  }

  TEST_CASE("Escaped quotes and backslashes are unescaped for the hash and escaped again") {
    Asked asked(R"(a"b\c)");
    REQUIRE(asked.take({R"(Digest realm="the \"real\\m\"", nonce="n", qop=auth)"}).ok());
    const std::string line = asked.line();
    CHECK(value_in(line, "realm") == R"(the \"real\\m\")");
    CHECK(value_in(line, "username") == R"(a\"b\\c)");
    CHECK(value_in(line, "response") ==
          response_of({"MD5", R"(a"b\c)", R"(the "real\m")", "secret", "n", "00000001",
                       value_in(line, "cnonce"), "POST", "/wsman"}));
  }

  TEST_CASE("A challenge without qop is answered where nobody hears it, or the user allows it") {
    authentication::Policy allowing;
    allowing.allow_unencrypted = true;
    for (const bool tls : {true, false}) {
      CAPTURE(tls);
      Asked asked("someone", tls, tls ? authentication::Policy{} : allowing);
      REQUIRE(asked.take({"Digest realm=\"WSMAN\", nonce=\"n1\", opaque=\"o\""}).ok());
      for (int request = 0; request < 2; ++request) {
        const std::string line = asked.line();
        for (const char* name : {"qop", "nc", "cnonce"}) CHECK(value_in(line, name) == "(none)");
        CHECK(value_in(line, "opaque") == "o");
        // [RFC 2069 2.1.2], written down once more.
        CHECK(value_in(line, "response") == hash("MD5", hash("MD5", "someone:WSMAN:secret") +
                                                            ":n1:" + hash("MD5", "POST:/wsman")));
      }
    }
    Asked session("someone", true);
    const auto heard = session.take({"Digest realm=\"x\", nonce=\"n\", algorithm=MD5-sess"});
    REQUIRE_FALSE(heard.ok());
    CHECK(contains(heard.error().message, "MD5-sess needs a qop"));
  }

  TEST_CASE("A proxy gets its own header for its own target") {
    Asked asked;
    REQUIRE(asked.take({kChallenge}).ok());
    Secret head;
    asked.context->append_authorization(head, {"CONNECT", "server01:5986", true});
    const std::string line(head.view());
    CHECK(line.substr(0, 28) == "Proxy-Authorization: Digest ");
    CHECK(value_in(line, "response") ==
          response_of({"MD5", "someone", "WSMAN", "secret", "n1", "00000001",
                       value_in(line, "cnonce"), "CONNECT", "server01:5986"}));
  }

  TEST_CASE("A refused new nonce means a wrong password, a stale nonce does not") {
    Asked asked;
    REQUIRE(asked.take({kChallenge}).value());
    (void)asked.line();
    CHECK_FALSE(asked.take({"Digest realm=\"WSMAN\", nonce=\"n2\", qop=\"auth\""}).value());
    (void)asked.line();
    CHECK(asked.take({"Digest realm=\"WSMAN\", nonce=\"n3\", qop=\"auth\", stale=TRUE"}).value());
    CHECK(value_in(asked.line(), "nonce") == "n3");
    CHECK(value_in(asked.line(), "nc") == "00000002");
    CHECK(asked.take({"Digest realm=\"WSMAN\", nonce=\"n4\", qop=\"auth\""}).value());
    CHECK(value_in(asked.line(), "nc") == "00000001");
  }

  TEST_CASE("A challenge that cannot be answered is an error with the reason") {
    struct Row {
      const char* challenge;
      const char* reason;
    };
    for (const Row& row : std::vector<Row>{
             {"Digest realm=\"x\", nonce=\"n\", qop=\"auth\", algorithm=SHA-3000", "SHA-3000"},
             {"Digest realm=\"x\", nonce=\"n\"", "no qop"},
             {"Digest realm=\"x\", nonce=\"n\", qop=\"auth-int\"", "auth-int"},
             {"Digest realm=\"x\", qop=\"auth\"", "no nonce"},
             {"Digest realm=\"x\", nonce=\"\", qop=\"auth\"", "no nonce"},
             {"Digest nonce=\"n\", qop=\"auth\"", "no realm"},
             {"Digest", "no realm"}}) {
      CAPTURE(row.challenge);
      Asked asked;
      const auto heard = asked.take({row.challenge});
      REQUIRE_FALSE(heard.ok());
      CHECK(heard.error().code == ErrorCode::authentication);
      CHECK(heard.error().wsman_code == 0x8033809D);
      CHECK(contains(heard.error().message, row.reason));
    }
    Asked asked;
    const auto heard = asked.take({"Negotiate", "Basic realm=\"x\""});
    REQUIRE(heard.ok());
    CHECK_FALSE(heard.value());
  }

  TEST_CASE("The challenge is requested without a body, on a new connection if it was closed") {
    std::vector<std::string> heard;
    LoopbackConnection client([&](Peer& peer) {
      std::string request;
      while (!(request = peer.read_request()).empty()) {
        heard.push_back(request);
        if (contains(request, "<question/>")) {
          (void)peer.send(http_answer("200 OK", "<ok/>"));
        } else {
          (void)peer.send(
              http_answer("401 Unauthorized", "",
                          "WWW-Authenticate: " + kChallenge + "\r\nConnection: close\r\n"));
          return;
        }
      }
    });
    give_credential(client.options);
    client.options.authentication = AuthenticationKind::digest;

    REQUIRE(client.exchange().ok());
    REQUIRE(client.exchange().ok());

    REQUIRE(heard.size() == 3);
    CHECK(contains(heard[0], "\r\nContent-Length: 0\r\n"));
    CHECK_FALSE(contains(heard[0], "Authorization"));
    CHECK(value_in(heard[1], "nc") == "00000001");
    CHECK(value_in(heard[2], "nc") == "00000002");
    CHECK(client.server.accepted() == 2);
    CHECK_FALSE(contains(heard[1] + heard[2], "pass phrase"));
  }
}

}  // namespace wsman::testing
