#include "transport/authentication/ntlm/sealing.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "fakes/bytes.h"
#include "specs.h"

namespace wsman::testing {
namespace {

const Secret& session_key() {
  static const Secret key(std::string(16, '\x55'));
  return key;
}

ntlm::Direction end_of(ntlm::Sender sender) { return {session_key(), sender}; }

http::Sealed sealed_by(ntlm::Direction& direction, const std::string& plain) {
  return *direction.seal(plain);
}

std::string refusal(ntlm::Direction& direction, http::Sealed message) {
  const Status opened = direction.open(message.cipher, message.signature);
  return opened.ok() ? "" : opened.error().message;
}

std::string changed(std::string text, size_t at) {
  text.at(at) = static_cast<char>(text.at(at) ^ 1);
  return text;
}

}  // namespace

TEST_SUITE("NTLM sealing") {
  // [MS-NLMP 4.2.4.4]
  TEST_CASE("The example of the specification is sealed") {
    ntlm::Direction client = end_of(ntlm::Sender::client);
    const http::Sealed message = sealed_by(client, utf16("Plaintext"));
    CHECK(message.cipher == bytes("54E50165BF1936DC996020C1811B0F06FB5F"));
    CHECK(message.signature == bytes("010000007FB38EC5C55D497600000000"));
  }

  TEST_CASE("What one end seals the other opens, message after message") {
    for (const ntlm::Sender sender : {ntlm::Sender::client, ntlm::Sender::server}) {
      ntlm::Direction from = end_of(sender);
      ntlm::Direction to = end_of(sender);
      for (const std::string& text : {std::string(), std::string("text"), std::string(1000, 'x')}) {
        http::Sealed message = sealed_by(from, text);
        CHECK(message.signature.size() == ntlm::Direction::kSignatureSize);
        REQUIRE(to.open(message.cipher, message.signature).ok());
        CHECK(message.cipher == text);
      }
    }
  }

  TEST_CASE("The key stream begins anew behind a signature, and the count goes on") {
    ntlm::Direction from = end_of(ntlm::Sender::client);
    ntlm::Direction to = end_of(ntlm::Sender::client);
    const std::string signature = *from.sign("mechanisms");
    REQUIRE(to.verify("mechanisms", signature).ok());
    from.restart_cipher();
    http::Sealed message = sealed_by(from, utf16("Plaintext"));
    CHECK(message.cipher == bytes("54E50165BF1936DC996020C1811B0F06FB5F"));
    CHECK(message.signature.substr(12) == bytes("01000000"));
    CHECK_FALSE(to.open(message.cipher, message.signature).ok());
  }

  TEST_CASE("A message with any changed bit is refused") {
    for (size_t at = 0; at < 16; ++at) {
      ntlm::Direction from = end_of(ntlm::Sender::server);
      ntlm::Direction to = end_of(ntlm::Sender::server);
      http::Sealed message = sealed_by(from, "a message of some length");
      CAPTURE(at);
      CHECK_FALSE(refusal(to, {changed(message.signature, at), message.cipher}).empty());
    }
    ntlm::Direction from = end_of(ntlm::Sender::server);
    ntlm::Direction to = end_of(ntlm::Sender::server);
    const http::Sealed message = sealed_by(from, "text");
    CHECK(refusal(to, {message.signature, changed(message.cipher, 2)}) == "its signature is wrong");
  }

  TEST_CASE("A message of the other direction or of another session is refused") {
    ntlm::Direction client = end_of(ntlm::Sender::client);
    ntlm::Direction server = end_of(ntlm::Sender::server);
    CHECK(refusal(server, sealed_by(client, "text")) == "its signature is wrong");
    ntlm::Direction other(Secret(std::string(16, 'o')), ntlm::Sender::client);
    ntlm::Direction again = end_of(ntlm::Sender::client);
    CHECK(refusal(again, sealed_by(other, "text")) == "its signature is wrong");
  }

  TEST_CASE("A message that was repeated, reordered or left out is refused") {
    const std::string out_of_order = "it was repeated, or one before it is missing";
    ntlm::Direction from = end_of(ntlm::Sender::server);
    std::vector<http::Sealed> messages;
    for (const char* text : {"one", "two", "three"}) messages.push_back(sealed_by(from, text));
    {
      ntlm::Direction to = end_of(ntlm::Sender::server);
      REQUIRE(refusal(to, messages[0]).empty());
      CHECK(refusal(to, messages[0]) == out_of_order);
    }
    {
      ntlm::Direction to = end_of(ntlm::Sender::server);
      CHECK(refusal(to, messages[1]) == out_of_order);
    }
    ntlm::Direction to = end_of(ntlm::Sender::server);
    REQUIRE(refusal(to, messages[0]).empty());
    CHECK(refusal(to, messages[2]) == out_of_order);
    // A count that somebody set right does not help.
    ntlm::Direction late = end_of(ntlm::Sender::server);
    const std::string first = messages[0].signature.substr(12);
    CHECK(refusal(late, {messages[1].signature.substr(0, 12) + first, messages[1].cipher}) ==
          "its signature is wrong");
  }

  TEST_CASE("A signature of another size or version is none") {
    ntlm::Direction from = end_of(ntlm::Sender::server);
    const http::Sealed message = sealed_by(from, "text");
    for (const std::string& signature :
         {std::string(), message.signature.substr(0, 15), message.signature + "x",
          bytes("02000000") + message.signature.substr(4)}) {
      ntlm::Direction to = end_of(ntlm::Sender::server);
      CHECK(refusal(to, {signature, message.cipher}) == "its signature is none of NTLM");
    }
  }
}

}  // namespace wsman::testing
