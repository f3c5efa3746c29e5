#include "transport/http/multipart_encrypted.h"

#include <doctest/doctest.h>

#include <string>

#include "fakes/fake_mechanism.h"

namespace wsman::testing {
namespace {

const std::string kSignature(16, '\x01');
const std::string kLengthOf16("\x10\0\0\0", 4);

// An answer, whose parts a test makes otherwise.
struct Parts {
  std::string boundary = "--Encrypted Boundary\r\n";
  std::string type = "Content-Type: " + kSpnegoProtocol + "\r\n";
  std::string original = "OriginalContent: type=" + kSealedType + ";Length=5\r\n";
  std::string middle = "--Encrypted Boundary\r\n";
  std::string bytes = "Content-Type: application/octet-stream\r\n";
  std::string length = kLengthOf16;
  std::string content = kSignature + "abcde";
  std::string end = "--Encrypted Boundary--\r\n";

  std::string text() const {
    return boundary + type + original + middle + bytes + length + content + end;
  }
};

std::string refusal_of(const std::string& body) {
  return http::read_sealed(body, kSpnegoProtocol).refusal;
}

}  // namespace

TEST_SUITE("Multipart/encrypted body") {
  TEST_CASE("The body has the form that MS-WSMV shows, without the tabs") {
    CHECK(http::write_sealed(kSpnegoProtocol, kSealedType, {{kSignature, "abcde"}}) ==
          Parts().text());
    CHECK(http::sealed_content_type(kSpnegoProtocol) ==
          "multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\";"
          "boundary=\"Encrypted Boundary\"");
  }

  TEST_CASE("A message of any content is read back") {
    const std::string cipher("--Encrypted Boundary--\r\n\0\xFF--Encrypted Boundary\r\n", 47);
    const std::string body =
        http::write_sealed(kSpnegoProtocol, kSealedType, {{std::string(60, '\0'), cipher}});

    const http::SealedAnswer answer = http::read_sealed(body, kSpnegoProtocol);

    CHECK(answer.refusal.empty());
    CHECK(answer.original_type == kSealedType);
    REQUIRE(answer.pieces.size() == 1);
    CHECK(answer.pieces[0].length == 47);
    CHECK(answer.pieces[0].signature_bytes == 60);
    CHECK(answer.pieces[0].bytes == std::string(60, '\0') + cipher);
  }

  TEST_CASE("An empty message is read") {
    const std::string message =
        http::write_sealed(kSpnegoProtocol, kSealedType, {{kSignature, ""}});

    const http::SealedAnswer answer = http::read_sealed(message, kSpnegoProtocol);

    CHECK(answer.refusal.empty());
    REQUIRE(answer.pieces.size() == 1);
    CHECK(answer.pieces[0].length == 0);
    CHECK(answer.pieces[0].bytes == kSignature);
  }

  TEST_CASE("The variants of Windows, Exchange and OMI are read") {
    Parts windows;
    windows.type = "\t" + windows.type;
    windows.original = "\t" + windows.original;
    windows.bytes = "\t" + windows.bytes;
    CHECK(refusal_of(windows.text()).empty());

    Parts exchange;
    exchange.boundary = exchange.middle = "-- Encrypted Boundary\r\n";
    exchange.end = "-- Encrypted Boundary--\r\n";
    CHECK(refusal_of(exchange.text()).empty());

    Parts omi;
    omi.end += "\r\n";
    CHECK(refusal_of(omi.text()).empty());

    Parts bare;
    bare.end = "--Encrypted Boundary--";
    CHECK(refusal_of(bare.text()).empty());
  }

  TEST_CASE("Header names in any case, parts in any order and unknown headers are accepted") {
    Parts parts;
    parts.type = "content-type: " + kSpnegoProtocol + "\r\nX-Other: 1\r\n";
    parts.original = "ORIGINALCONTENT: TYPE=" + kSealedType + "; length=5\r\n";
    CHECK(refusal_of(parts.text()).empty());

    std::swap(parts.type, parts.original);
    CHECK(refusal_of(parts.text()).empty());
  }

  TEST_CASE("A truncated body is refused at every length") {
    const std::string whole = Parts().text();
    for (size_t size = 0; size < whole.size() - 2; ++size) {
      CAPTURE(size);
      CHECK_FALSE(refusal_of(whole.substr(0, size)).empty());
    }
  }

  TEST_CASE("A body with any byte changed does no harm") {
    const std::string whole = Parts().text();
    const size_t content = whole.find(kSignature);
    for (size_t at = 0; at < whole.size(); ++at) {
      for (int value = 0; value < 256; ++value) {
        std::string changed = whole;
        changed[at] = static_cast<char>(value);
        const http::SealedAnswer answer = http::read_sealed(changed, kSpnegoProtocol);
        // Whatever it accepts lies within the body, and has the lengths that it states.
        if (!answer.refusal.empty()) continue;
        REQUIRE(answer.pieces.size() == 1);
        const http::SealedPiece& piece = answer.pieces[0];
        REQUIRE(piece.bytes.data() >= changed.data());
        REQUIRE(piece.bytes.size() == piece.signature_bytes + piece.length);
        REQUIRE(piece.bytes.data() + piece.bytes.size() <= changed.data() + changed.size());
        if (at < content || at >= content + kSignature.size() + 5) {
          REQUIRE(piece.bytes == kSignature + "abcde");
        }
      }
    }
  }

  TEST_CASE("A wrong length is refused") {
    for (const char* length : {"4", "6", "99999999999999999999", "-1", "", "5x", "0x5", " 5 5"}) {
      CAPTURE(length);
      Parts parts;
      parts.original = "OriginalContent: type=" + kSealedType + ";Length=" + length + "\r\n";
      CHECK_FALSE(refusal_of(parts.text()).empty());
    }
    for (const char* bytes : {"\x0F\0\0\0", "\x11\0\0\0", "\0\0\0\0", "\xFF\xFF\xFF\xFF",
                              "\0\0\0\x10", "\x15\0\0\0", "\x16\0\0\0"}) {
      Parts parts;
      parts.length = std::string(bytes, 4);
      CHECK_FALSE(refusal_of(parts.text()).empty());
    }
  }

  TEST_CASE("A body of another protocol or of another form is refused") {
    CHECK_FALSE(http::read_sealed(Parts().text(), "application/HTTP-Kerberos-session-encrypted")
                    .refusal.empty());
    CHECK_FALSE(refusal_of("").empty());
    CHECK_FALSE(refusal_of("\r\n").empty());
    CHECK_FALSE(refusal_of("--\r\n--\r\n--\r\n").empty());
    CHECK_FALSE(refusal_of("<s:Envelope/>").empty());

    Parts untyped;
    untyped.type.clear();
    CHECK_FALSE(refusal_of(untyped.text()).empty());
    Parts undescribed;
    undescribed.original.clear();
    CHECK_FALSE(refusal_of(undescribed.text()).empty());
    Parts blank;
    blank.bytes += "\r\n";
    CHECK_FALSE(refusal_of(blank.text()).empty());
    Parts more;
    more.end += "more";
    CHECK_FALSE(refusal_of(more.text()).empty());
    Parts other;
    other.end = "--Another Boundary--\r\n";
    CHECK_FALSE(refusal_of(other.text()).empty());
  }

  TEST_CASE("Endless part headers are refused") {
    Parts many;
    for (int i = 0; i < 100; ++i) many.type += "X-Other: 1\r\n";
    CHECK_FALSE(refusal_of(many.text()).empty());
    Parts longer;
    longer.type = "X-Other: " + std::string(100000, 'x') + "\r\n" + longer.type;
    CHECK_FALSE(refusal_of(longer.text()).empty());
  }

  TEST_CASE("Only the padding of OMI is removed") {
    std::string message("<a/>\0\0\0", 7);
    http::strip_padding(message);
    CHECK(message == "<a/>");

    std::string filled(40, '\0');
    http::strip_padding(filled);
    CHECK(filled.size() == 25);

    std::string empty;
    http::strip_padding(empty);
    CHECK(empty.empty());
  }
}

}  // namespace wsman::testing
