#include "transport/sealing.h"

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
  std::string octets = "Content-Type: application/octet-stream\r\n";
  std::string length = kLengthOf16;
  std::string content = kSignature + "abcde";
  std::string end = "--Encrypted Boundary--\r\n";

  std::string text() const {
    return boundary + type + original + middle + octets + length + content + end;
  }
};

std::string refusal_of(const std::string& body) {
  return read_sealed(body, kSpnegoProtocol).refusal;
}

}  // namespace

TEST_SUITE("sealing") {
  TEST_CASE("writes what MS-WSMV shows, without the tabs") {
    CHECK(write_sealed(kSpnegoProtocol, kSealedType, {{kSignature, "abcde"}}) == Parts().text());
    CHECK(sealed_content_type(kSpnegoProtocol) ==
          "multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\";"
          "boundary=\"Encrypted Boundary\"");
  }

  TEST_CASE("reads what it writes, whatever is in it") {
    const std::string cipher("--Encrypted Boundary--\r\n\0\xFF--Encrypted Boundary\r\n", 47);
    const std::string body =
        write_sealed(kSpnegoProtocol, kSealedType, {{std::string(60, '\0'), cipher}});

    const SealedAnswer answer = read_sealed(body, kSpnegoProtocol);

    CHECK(answer.refusal.empty());
    CHECK(answer.original_type == kSealedType);
    REQUIRE(answer.pieces.size() == 1);
    CHECK(answer.pieces[0].length == 47);
    CHECK(answer.pieces[0].signature_octets == 60);
    CHECK(answer.pieces[0].octets == std::string(60, '\0') + cipher);
  }

  TEST_CASE("reads an empty message") {
    const std::string message = write_sealed(kSpnegoProtocol, kSealedType, {{kSignature, ""}});

    const SealedAnswer answer = read_sealed(message, kSpnegoProtocol);

    CHECK(answer.refusal.empty());
    REQUIRE(answer.pieces.size() == 1);
    CHECK(answer.pieces[0].length == 0);
    CHECK(answer.pieces[0].octets == kSignature);
  }

  TEST_CASE("reads the tabs of Windows, the blank of Exchange and the empty line of OMI") {
    Parts windows;
    windows.type = "\t" + windows.type;
    windows.original = "\t" + windows.original;
    windows.octets = "\t" + windows.octets;
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

  TEST_CASE("reads names in any case, parts in any order, and headers that it does not know") {
    Parts parts;
    parts.type = "content-type: " + kSpnegoProtocol + "\r\nX-Other: 1\r\n";
    parts.original = "ORIGINALCONTENT: TYPE=" + kSealedType + "; length=5\r\n";
    CHECK(refusal_of(parts.text()).empty());

    std::swap(parts.type, parts.original);
    CHECK(refusal_of(parts.text()).empty());
  }

  TEST_CASE("refuses every answer that is cut short, octet by octet") {
    const std::string whole = Parts().text();
    for (size_t size = 0; size < whole.size() - 2; ++size) {
      CAPTURE(size);
      CHECK_FALSE(refusal_of(whole.substr(0, size)).empty());
    }
  }

  TEST_CASE("survives every octet changed to every other") {
    const std::string whole = Parts().text();
    const size_t content = whole.find(kSignature);
    for (size_t at = 0; at < whole.size(); ++at) {
      for (int value = 0; value < 256; ++value) {
        std::string changed = whole;
        changed[at] = static_cast<char>(value);
        const SealedAnswer answer = read_sealed(changed, kSpnegoProtocol);
        // Whatever it accepts lies within the body, and has the lengths that it states.
        if (!answer.refusal.empty()) continue;
        REQUIRE(answer.pieces.size() == 1);
        const SealedPiece& piece = answer.pieces[0];
        REQUIRE(piece.octets.data() >= changed.data());
        REQUIRE(piece.octets.size() == piece.signature_octets + piece.length);
        REQUIRE(piece.octets.data() + piece.octets.size() <= changed.data() + changed.size());
        if (at < content || at >= content + kSignature.size() + 5) {
          REQUIRE(piece.octets == kSignature + "abcde");
        }
      }
    }
  }

  TEST_CASE("refuses lengths that are not true") {
    for (const char* length : {"4", "6", "99999999999999999999", "-1", "", "5x", "0x5", " 5 5"}) {
      CAPTURE(length);
      Parts parts;
      parts.original = "OriginalContent: type=" + kSealedType + ";Length=" + length + "\r\n";
      CHECK_FALSE(refusal_of(parts.text()).empty());
    }
    for (const char* octets : {"\x0F\0\0\0", "\x11\0\0\0", "\0\0\0\0", "\xFF\xFF\xFF\xFF",
                               "\0\0\0\x10", "\x15\0\0\0", "\x16\0\0\0"}) {
      Parts parts;
      parts.length = std::string(octets, 4);
      CHECK_FALSE(refusal_of(parts.text()).empty());
    }
  }

  TEST_CASE("refuses what is no answer of that mechanism") {
    CHECK_FALSE(
        read_sealed(Parts().text(), "application/HTTP-Kerberos-session-encrypted").refusal.empty());
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
    blank.octets += "\r\n";
    CHECK_FALSE(refusal_of(blank.text()).empty());
    Parts more;
    more.end += "more";
    CHECK_FALSE(refusal_of(more.text()).empty());
    Parts other;
    other.end = "--Another Boundary--\r\n";
    CHECK_FALSE(refusal_of(other.text()).empty());
  }

  TEST_CASE("refuses part headers without end") {
    Parts many;
    for (int i = 0; i < 100; ++i) many.type += "X-Other: 1\r\n";
    CHECK_FALSE(refusal_of(many.text()).empty());
    Parts longer;
    longer.type = "X-Other: " + std::string(100000, 'x') + "\r\n" + longer.type;
    CHECK_FALSE(refusal_of(longer.text()).empty());
  }

  TEST_CASE("takes off the filling of OMI and no more") {
    std::string message("<a/>\0\0\0", 7);
    strip_padding(message);
    CHECK(message == "<a/>");

    std::string filled(40, '\0');
    strip_padding(filled);
    CHECK(filled.size() == 25);

    std::string empty;
    strip_padding(empty);
    CHECK(empty.empty());
  }
}

}  // namespace wsman::testing
