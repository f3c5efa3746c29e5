#include "gss/sealed_message.h"

#include <doctest/doctest.h>

#include <string>

namespace wsman::service {
namespace {

const std::string kSignature(16, 's');
// The boundary within the ciphertext must not end it.
const std::string kCipher = "ab\r\n--Encrypted Boundary--\r\ncd";

SealedMessage message() {
  SealedMessage message;
  message.protocol = kSpnegoProtocol;
  message.original_type = "application/soap+xml;charset=UTF-8";
  message.length = kCipher.size();
  message.sealed = {kSignature, kCipher};
  return message;
}

// What is written, as if a client had sent it.
Request written(const Framing& framing) {
  Response response;
  write_sealed(response, message(), framing);
  Request request;
  request.fields.emplace_back("Content-Type", response.content_type);
  request.body = response.body;
  return request;
}

Request changed(const std::string& from, const std::string& to) {
  Request request = written({});
  const std::size_t at = request.body.find(from);
  REQUIRE(at != std::string::npos);
  request.body.replace(at, from.size(), to);
  return request;
}

}  // namespace

TEST_SUITE("Sealed message") {
  TEST_CASE("A sealed message is written as the protocol's example shows it") {
    const Request request = written({});

    CHECK(request.field("Content-Type") ==
          "multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\";"
          "boundary=\"Encrypted Boundary\"");
    CHECK(request.body == std::string("--Encrypted Boundary\r\n"
                                      "\tContent-Type: application/HTTP-SPNEGO-session-encrypted"
                                      "\r\n\tOriginalContent: type=application/soap+xml;"
                                      "charset=UTF-8;Length=30\r\n"
                                      "--Encrypted Boundary\r\n"
                                      "\tContent-Type: application/octet-stream\r\n") +
                              std::string("\x10\0\0\0", 4) + kSignature + kCipher +
                              "--Encrypted Boundary--\r\n");
  }

  TEST_CASE("A sealed message is read by its lengths, with the indent or without") {
    Framing bare;
    bare.indent = "";
    for (const Framing& framing : {Framing(), bare}) {
      const auto read = read_sealed(written(framing));
      REQUIRE(read);
      CHECK(read->protocol == kSpnegoProtocol);
      CHECK(read->original_type == "application/soap+xml;charset=UTF-8");
      CHECK(read->sealed.signature == kSignature);
      CHECK(read->sealed.ciphertext == kCipher);
    }
  }

  TEST_CASE("A sealed message with a wrong length is refused") {
    Framing longer;
    longer.added_length = 1;
    Framing shorter;
    shorter.added_length = -1;
    Framing wild;
    wild.wild_length = true;
    Framing cut;
    cut.cut = 1;
    for (const Framing& framing : {longer, shorter, wild, cut}) {
      CHECK_FALSE(read_sealed(written(framing)));
    }
    CHECK_FALSE(read_sealed(changed("Length=30", "Length=")));
    CHECK_FALSE(read_sealed(changed("Length=30", "Length=-1")));
    CHECK_FALSE(read_sealed(changed("Length=30", "Length=99999999999")));
    CHECK_FALSE(read_sealed(changed(";Length=30", "")));
  }

  TEST_CASE("A sealed message with a misplaced part is refused") {
    CHECK_FALSE(read_sealed(changed("--Encrypted Boundary\r\n", "-- Encrypted Boundary\r\n")));
    CHECK_FALSE(read_sealed(changed("SPNEGO", "Kerberos")));
    CHECK_FALSE(read_sealed(changed("octet-stream\r\n", "octet-stream\r\n\r\n")));
    CHECK_FALSE(read_sealed(changed("type=application", "application")));
    CHECK_FALSE(read_sealed(changed("\tOriginalContent", "  OriginalContent")));
  }

  TEST_CASE("A truncated sealed message is refused at every length") {
    const Request whole = written({});
    // The line end after the end may be missing.
    for (std::size_t size = 0; size + 2 < whole.body.size(); ++size) {
      Request part = whole;
      part.body.resize(size);
      CHECK_FALSE(read_sealed(part));
    }
  }
}

}  // namespace wsman::service
