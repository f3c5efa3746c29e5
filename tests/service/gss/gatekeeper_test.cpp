#include "gss/gatekeeper.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "fixture.h"
#include "gss/initiator.h"
#include "http/base64.h"

namespace wsman::endpoint {
namespace {

using Mechanism = Initiator::Mechanism;

GssOptions everything() {
  GssOptions options;
  options.offer_negotiate = options.offer_kerberos = true;
  return options;
}

// A client on one connection to the service.
struct Talk : Fixture {
  explicit Talk(const GssOptions& options = everything()) : Fixture({}, options) {}

  Response tell(Fields fields, const std::string& body) {
    recorder->answers.clear();
    ask(path, std::move(fields), body);
    REQUIRE(recorder->answers.size() == 1);
    return recorder->answers.front();
  }

  static std::string token_of(const Response& response) {
    for (const auto& [name, value] : response.fields) {
      const std::size_t space = value.find(' ');
      if (name != "WWW-Authenticate" || space == std::string::npos) continue;
      return decode_base64(std::string_view(value).substr(space + 1)).value_or("");
    }
    return "";
  }

  Response leg(Initiator& client, const std::string& token, const std::string& body = "") {
    return tell({{"Authorization", scheme + " " + encode_base64(client.step(token))}}, body);
  }

  // All legs. The answer to the last.
  Response sign_in(Initiator& client, const std::string& body = "") {
    Response answer = leg(client, "", body);
    for (int more = 0; answer.status == 401 && more < 3 && !token_of(answer).empty(); ++more) {
      answer = leg(client, token_of(answer), body);
    }
    const std::string last = token_of(answer);
    if (answer.status == 200 && !last.empty() && !client.is_established()) client.step(last);
    return answer;
  }

  Response tell_sealed(Initiator& client, const std::string& body = kIdentify) {
    SealedMessage message;
    message.protocol = scheme == "Kerberos" ? kKerberosProtocol : kSpnegoProtocol;
    message.original_type = "application/soap+xml;charset=UTF-8";
    message.sealed = client.seal(body);
    message.length = message.sealed.ciphertext.size();
    Response framed;
    write_sealed(framed, message, {});
    return tell({{"Content-Type", framed.content_type}}, framed.body);
  }

  // The plain text of a sealed answer; nothing if it is not what it should be.
  static std::optional<std::string> open(Initiator& client, const Response& answer) {
    Request request;
    request.fields.emplace_back("Content-Type", answer.content_type);
    request.body = answer.body;
    const auto message = read_sealed(request);
    return message ? client.unseal(message->sealed) : std::nullopt;
  }

  // What comes of a sealed request by that path, after one that came before.
  std::optional<std::string> second_answer(const std::string& quirk) {
    path = "/gss/" + quirk + "/wsman";
    Initiator client(Mechanism::kerberos);
    scheme = "Kerberos";
    sign_in(client);
    open(client, tell_sealed(client));
    return open(client, tell_sealed(client));
  }

  std::string path = "/wsman";
  std::string scheme = "Negotiate";
};

}  // namespace

TEST_SUITE("gatekeeper") {
  TEST_CASE_FIXTURE(Talk, "offers no Basic in clear text") {
    const Response answer = tell(kRight, kIdentify);
    CHECK(answer.status == 401);
    CHECK(answer.fields ==
          Fields{{"WWW-Authenticate", "Negotiate"}, {"WWW-Authenticate", "Kerberos"}});

    secure = true;
    CHECK(tell(kRight, kIdentify).status == 200);
  }

  TEST_CASE_FIXTURE(Talk, "speaks under seal with who proved who he is by Kerberos") {
    Initiator client(Mechanism::kerberos);
    scheme = "Kerberos";
    const Response last = sign_in(client);
    CHECK(last.status == 200);
    CHECK(last.body.empty());
    CHECK(client.is_established());

    const auto text = open(client, tell_sealed(client));
    REQUIRE(text);
    CHECK(contains(*text, "IdentifyResponse"));
    CHECK(contains(counts.to_json(),
                   R"("security":{"legs":1,"contexts":1,"kerberos":1,"ntlm":0,"bound":0,)"
                   R"("delegated":0,"credssp":0,"told":0,"sealed":1,"digest":0,)"
                   R"("lastClient":"tester@WSMAN.TEST")"));
    CHECK(contains(journal.to_json(1), "identity/1/wsmanidentity.xsd"));
  }

  TEST_CASE_FIXTURE(Talk, "speaks under seal within Negotiate, and counts the legs of NTLM") {
    Initiator client(Mechanism::ntlm);
    CHECK(sign_in(client).status == 200);

    const auto text = open(client, tell_sealed(client));
    REQUIRE(text);
    CHECK(contains(*text, "IdentifyResponse"));
    CHECK(contains(counts.to_json(), R"("legs":2,"contexts":1,"kerberos":0,"ntlm":1)"));
  }

  TEST_CASE_FIXTURE(Talk, "seals faults") {
    Initiator client(Mechanism::kerberos);
    scheme = "Kerberos";
    sign_in(client);
    const Response answer = tell_sealed(client, "no envelope");

    CHECK(answer.status == 500);
    const auto text = open(client, answer);
    REQUIRE(text);
    CHECK(contains(*text, "Fault"));
  }

  TEST_CASE_FIXTURE(Talk, "answers clear text over http as Windows does") {
    Initiator kerberos(Mechanism::kerberos);
    scheme = "Kerberos";
    sign_in(kerberos);
    const Response answer = tell({}, kIdentify);
    CHECK(answer.status == 500);
    CHECK(answer.body.empty());

    Initiator ntlm(Mechanism::ntlm);
    scheme = "Negotiate";
    CHECK(sign_in(ntlm).status == 200);
    CHECK(tell({}, kIdentify).status == 401);
  }

  TEST_CASE_FIXTURE(Talk, "answers over https with the last leg, and knows the connection then") {
    secure = true;
    Initiator client(Mechanism::kerberos);
    scheme = "Kerberos";
    const Response answer = sign_in(client, kIdentify);
    CHECK(answer.status == 200);
    CHECK(contains(answer.body, "IdentifyResponse"));
    CHECK(client.is_established());
    CHECK(contains(tell({}, kIdentify).body, "IdentifyResponse"));
    CHECK(contains(counts.to_json(), R"("legs":1,)"));
  }

  TEST_CASE_FIXTURE(Talk, "knows nobody on another connection") {
    Initiator client(Mechanism::kerberos);
    scheme = "Kerberos";
    sign_in(client);
    peer = std::make_shared<Peer>();
    CHECK(tell_sealed(client).status == 401);
  }

  TEST_CASE_FIXTURE(Talk, "knows nobody any more after what it cannot open") {
    Initiator client(Mechanism::kerberos);
    scheme = "Kerberos";
    sign_in(client);
    client.seal("a message that is lost");
    CHECK(tell_sealed(client).status == 400);
    CHECK(tell_sealed(client).status == 401);
  }

  TEST_CASE("refuses who is bound to another channel, and the unbound if need be") {
    for (const auto& [binding, expected] :
         {std::pair("tls-server-end-point:right", 200U),
          std::pair("tls-server-end-point:wrong", 401U), std::pair("", 401U)}) {
      GssOptions options = everything();
      options.channel_binding = GssOptions::Binding::strict;
      Talk talk(options);
      talk.secure = true;
      talk.peer->channel_binding = "tls-server-end-point:right";
      Initiator client(Mechanism::ntlm, "localhost", binding);
      CHECK(talk.sign_in(client).status == expected);
    }
  }

  TEST_CASE_FIXTURE(Talk, "takes a client for one who saw another certificate") {
    secure = true;
    peer->channel_binding = "tls-server-end-point:right";
    peer->foreign_binding = "tls-server-end-point:wrong";
    path = "/gss/other-certificate/wsman";
    Initiator client(Mechanism::kerberos, "localhost", peer->channel_binding);
    scheme = "Kerberos";
    CHECK(sign_in(client).status == 401);
  }

  TEST_CASE_FIXTURE(Talk, "errs in legs as the path wants") {
    Initiator client(Mechanism::ntlm);
    const std::string first = encode_base64(client.step(""));
    const auto answer = [&](const char* quirk) {
      path = std::string("/gss/") + quirk + "/wsman";
      peer->state.reset();
      return tell({{"Authorization", "Negotiate " + first}}, "");
    };
    CHECK(answer("only-basic").fields == Fields{{"WWW-Authenticate", "Basic realm=\"WSMAN\""}});
    CHECK(token_of(answer("garbage-token")) == "This is no token.");
    CHECK(answer("no-base64").fields == Fields{{"WWW-Authenticate", "Negotiate =*=?"}});
    CHECK(token_of(answer("oversized-token")).size() == 256UL * 1024);
    CHECK(token_of(answer("endless")).size() == 9);
    CHECK(answer("endless-offer").fields.size() == 2);
    CHECK(answer("leg-closes").close);
    CHECK(swaps == 0);
    CHECK(answer("swap-certificate").close);
    CHECK_FALSE(answer("swap-certificate").close);
    CHECK(swaps == 1);
    path = "/gss/leg-hangs-up/wsman";
    ask(path, {{"Authorization", "Negotiate " + first}}, "");
    CHECK(recorder->hang_ups == 1);
  }

  TEST_CASE_FIXTURE(Talk, "errs in the last token as the path wants") {
    path = "/gss/garbage-last-token/wsman";
    scheme = "Kerberos";
    Initiator client(Mechanism::kerberos);
    CHECK(token_of(leg(client, "")) == "This is no token.");
  }

  TEST_CASE("errs in sealed answers as the path wants") {
    for (const char* quirk :
         {"plain-answer", "stop-sealing", "bad-signature", "bit-flip", "replay", "reorder",
          "truncated", "wrong-length", "short-length", "wild-signature-length"}) {
      CAPTURE(quirk);
      CHECK_FALSE(Talk().second_answer(quirk));
    }
  }

  TEST_CASE("writes sealed answers as others do") {
    CHECK(Talk().second_answer("no-tab"));
    const auto padded = Talk().second_answer("omi-padding");
    REQUIRE(padded);
    CHECK(padded->size() % 16 == 0);

    Talk talk;
    talk.second_answer("exchange-boundary");
    CHECK(talk.answer().body.starts_with("-- Encrypted Boundary\r\n"));
    CHECK(talk.answer().body.ends_with("-- Encrypted Boundary--\r\n"));

    Talk other;
    other.second_answer("wrong-protocol");
    CHECK(contains(other.answer().content_type, kSpnegoProtocol));
  }
}

}  // namespace wsman::endpoint
