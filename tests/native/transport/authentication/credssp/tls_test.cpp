#include "transport/authentication/credssp/tls.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "fakes/credssp_tls_pair.h"
#include "fakes/tls_far_end.h"
#include "transport/http/multipart_encrypted.h"
#include "transport/http/tls_records.h"

namespace wsman::testing {
namespace {

const std::string kCredsspProtocol = "application/HTTP-CredSSP-session-encrypted";
const std::string kSoapType = "application/soap+xml;charset=UTF-8";

// The sealer of a CredSSP context, over one of its TLS.
class RecordSealer : public http::Sealer {
 public:
  explicit RecordSealer(credssp::Tls& tls) : tls_(tls) {}
  std::string protocol() const override { return kCredsspProtocol; }
  bool seals_in_records() const override { return true; }
  size_t most_in_piece() const override { return http::kMostInTlsRecord; }
  Result<http::Sealed> seal(std::string_view plain) override { return tls_.seal_piece(plain); }
  Result<std::string> unseal(std::string_view bytes, size_t /*signature*/) override {
    return tls_.unseal(bytes);
  }

 private:
  credssp::Tls& tls_;
};

// A server's answer in pieces of the largest size.
std::vector<http::Sealed> sealed_by(TlsFarEnd& far, const std::string& message) {
  std::vector<http::Sealed> pieces;
  for (size_t at = 0; at < message.size(); at += http::kMostInTlsRecord) {
    const std::string plain = message.substr(at, http::kMostInTlsRecord);
    const std::string record = far.seal(plain);
    pieces.push_back({record.substr(0, 16), record.substr(16), plain.size()});
  }
  return pieces;
}

std::string body_of(const std::vector<http::Sealed>& pieces) {
  return http::write_sealed(kCredsspProtocol, kSoapType, pieces);
}

Result<std::string> opened(credssp::Tls& tls, const std::string& body) {
  const http::SealedAnswer answer = http::read_sealed(body, kCredsspProtocol, true);
  if (!answer.refusal.empty()) return Error{ErrorCode::protocol, answer.refusal, 0, {}};
  RecordSealer sealer(tls);
  return http::unseal_pieces(sealer, answer);
}

std::string message_of(size_t size) {
  std::string message;
  while (message.size() < size) message += "--Encrypted Boundary--\r\n";
  message.resize(size);
  return message;
}

constexpr int kInnerVersions[] = {TLS1_2_VERSION, TLS1_3_VERSION};

}  // namespace

TEST_SUITE("TLS of CredSSP") {
  TEST_CASE("The handshake takes two round trips and gives the server's public key") {
    for (const int version : kInnerVersions) {
      CredsspTlsPair pair(version);
      CHECK(pair.rounds == 2);
      const ASN1_BIT_STRING* key = X509_get0_pubkey_bitstr(TlsFarEnd::identity().certificate());
      CHECK(pair.near->server_key() == std::string(reinterpret_cast<const char*>(key->data),
                                                   static_cast<size_t>(key->length)));
      CHECK(SSL_get_servername(pair.far.ssl(), TLSEXT_NAMETYPE_host_name) == nullptr);
      CHECK(SSL_session_reused(pair.far.ssl()) == 0);
    }
  }

  TEST_CASE("A TLS version below 1.2 and invalid data are refused") {
    TlsFarEnd old(TLS1_1_VERSION);
    const auto near = std::move(credssp::Tls::open().value());
    std::string hello;
    REQUIRE(near->shake_hands("", hello).ok());
    std::string ours;
    CHECK_FALSE(near->shake_hands(old.shake_hands(hello), ours).ok());

    const auto other = std::move(credssp::Tls::open().value());
    REQUIRE(other->shake_hands("", hello).ok());
    CHECK_FALSE(other->shake_hands("This is no TLS at all.", ours).ok());
  }

  TEST_CASE("The trailer size is right for each kind of cipher") {
    struct Row {
      int version;
      const char* cipher;
      size_t trailer;  // Behind 11 bytes.
    };
    for (const Row& row : {Row{TLS1_3_VERSION, nullptr, 17},
                           Row{TLS1_2_VERSION, "ECDHE-ECDSA-AES128-GCM-SHA256", 16},
                           Row{TLS1_2_VERSION, "ECDHE-ECDSA-CHACHA20-POLY1305", 16},
                           // Padding to whole blocks of 16, and the hash.
                           Row{TLS1_2_VERSION, "ECDHE-ECDSA-AES128-SHA256", 5 + 32}}) {
      CAPTURE(row.cipher);
      CredsspTlsPair pair(row.version, row.cipher);
      const auto sealed = pair.near->seal_piece("eleven octe");
      REQUIRE(sealed.ok());
      CHECK(sealed.value().signature.size() == row.trailer);
      CHECK(sealed.value().length == 11);
      const std::string record = sealed.value().signature + sealed.value().cipher;
      CHECK(http::tls_records_at(record) == record.size());
      CHECK(pair.far.unseal(record) == "eleven octe");
    }
  }

  TEST_CASE("A record that was changed, truncated, repeated or closed is refused") {
    for (const int version : kInnerVersions) {
      const auto check_refused = [version](const auto& spoil) {
        CredsspTlsPair pair(version);
        CHECK_FALSE(pair.near->unseal(spoil(pair.far, pair.far.seal("message"))).ok());
      };
      check_refused([](TlsFarEnd&, std::string record) {
        record.back() = static_cast<char>(record.back() ^ 1);
        return record;
      });
      check_refused([](TlsFarEnd&, const std::string& record) {
        return record.substr(0, record.size() - 1);
      });
      check_refused([](TlsFarEnd&, const std::string& record) { return record + record; });
      check_refused([](TlsFarEnd& far, const std::string&) { return far.seal("the next"); });
      check_refused(
          [](TlsFarEnd& far, const std::string& record) { return record + far.goodbye(); });
      check_refused([](TlsFarEnd&, const std::string& record) { return record + "more"; });
    }
  }
}

TEST_SUITE("Sealing in TLS records") {
  TEST_CASE("A message is split into pieces of 16 KiB with one record each") {
    struct Row {
      size_t size;
      size_t pieces;
    };
    for (const int version : kInnerVersions) {
      for (const Row& row : {Row{1, 1}, Row{16384, 1}, Row{16385, 2}, Row{100000, 7}}) {
        CAPTURE(row.size);
        CredsspTlsPair pair(version);
        RecordSealer sealer(*pair.near);
        const std::string message = message_of(row.size);
        const auto pieces = http::seal_pieces(sealer, message);
        REQUIRE(pieces.ok());
        REQUIRE(pieces.value().size() == row.pieces);
        std::string heard;
        for (const http::Sealed& piece : pieces.value()) {
          CHECK(piece.length <= http::kMostInTlsRecord);
          CHECK(piece.signature.size() == (version == TLS1_3_VERSION ? 17 : 16));
          const std::string record = piece.signature + piece.cipher;
          CHECK(http::tls_records_at(record) == record.size());
          heard += pair.far.unseal(record);
        }
        CHECK(heard == message);

        const std::string body = body_of(pieces.value());
        CHECK(body.ends_with("--Encrypted Boundary--\r\n"));
        const std::string type = http::sealed_content_type(kCredsspProtocol, row.pieces);
        CHECK(type.starts_with(row.pieces == 1 ? "multipart/encrypted;"
                                               : "multipart/x-multi-encrypted;"));
        const http::SealedAnswer read = http::read_sealed(body, kCredsspProtocol, true);
        CHECK(read.refusal.empty());
        CHECK(read.pieces.size() == row.pieces);
      }
    }
  }

  TEST_CASE("The body has the form that MS-WSMV shows") {
    CHECK(body_of({{"sig", "-cipher", 4}, {"SIG", "-CIPHER", 2}}) ==
          "--Encrypted Boundary\r\n"
          "Content-Type: application/HTTP-CredSSP-session-encrypted\r\n"
          "OriginalContent: type=application/soap+xml;charset=UTF-8;Length=4\r\n"
          "--Encrypted Boundary\r\n"
          "Content-Type: application/octet-stream\r\n" +
              std::string("\3\0\0\0sig-cipher", 14) +
              "--Encrypted Boundary\r\n"
              "Content-Type: application/HTTP-CredSSP-session-encrypted\r\n"
              "OriginalContent: type=application/soap+xml;charset=UTF-8;Length=2\r\n"
              "--Encrypted Boundary\r\n"
              "Content-Type: application/octet-stream\r\n" +
              std::string("\3\0\0\0SIG-CIPHER", 14) + "--Encrypted Boundary--\r\n");
  }

  TEST_CASE("An empty message is refused, because TLS has no empty records") {
    CredsspTlsPair pair;
    RecordSealer sealer(*pair.near);
    CHECK_FALSE(http::seal_pieces(sealer, "").ok());
  }

  TEST_CASE("Responses of any size are read, with one closing boundary or one for each piece") {
    for (const int version : kInnerVersions) {
      for (const size_t size : {1UL, 16384UL, 16385UL, 100000UL}) {
        CAPTURE(size);
        CredsspTlsPair pair(version);
        const std::string message = message_of(size);
        const auto once = opened(*pair.near, body_of(sealed_by(pair.far, message)));
        REQUIRE_MESSAGE(once.ok(), once.error().message);
        CHECK(once.value() == message);

        std::string body;
        for (const http::Sealed& piece : sealed_by(pair.far, message)) body += body_of({piece});
        const auto each = opened(*pair.near, body);
        REQUIRE_MESSAGE(each.ok(), each.error().message);
        CHECK(each.value() == message);
      }
    }
  }

  TEST_CASE("A response with missing, reordered or changed pieces is refused") {
    const auto refuses = [](const auto& spoil) {
      CredsspTlsPair pair;
      std::vector<http::Sealed> pieces = sealed_by(pair.far, message_of(40000));
      REQUIRE(pieces.size() == 3);
      return !opened(*pair.near, spoil(pieces)).ok();
    };
    using Pieces = std::vector<http::Sealed>;
    CHECK(refuses([](Pieces pieces) {
      std::swap(pieces[0], pieces[1]);
      return body_of(pieces);
    }));
    CHECK(refuses([](Pieces pieces) {
      pieces.erase(pieces.begin());
      return body_of(pieces);
    }));
    CHECK(refuses([](Pieces pieces) {
      pieces[2] = pieces[1];
      return body_of(pieces);
    }));
    for (const int off : {-1, 1}) {
      CHECK(refuses([off](Pieces pieces) {
        pieces[1].length = static_cast<size_t>(static_cast<int>(*pieces[1].length) + off);
        return body_of(pieces);
      }));
    }
    CHECK(refuses([](Pieces pieces) {
      pieces[1].cipher.pop_back();
      return body_of(pieces);
    }));
    CHECK(refuses([](Pieces pieces) {
      pieces[1].cipher.push_back('x');
      return body_of(pieces);
    }));
    CHECK(refuses([](const Pieces& pieces) {
      return body_of({pieces[0]}) +
             http::write_sealed(kCredsspProtocol, "text/plain", {pieces[1], pieces[2]});
    }));
    CHECK(refuses([](const Pieces& pieces) { return body_of(pieces) + "more"; }));
    CHECK(refuses(
        [](const Pieces& pieces) { return body_of(pieces) + "--Encrypted Boundary--\r\n"; }));
    CHECK_FALSE(refuses([](const Pieces& pieces) { return body_of(pieces); }));
  }

  TEST_CASE("A truncated response is refused at every length") {
    CredsspTlsPair pair;
    const std::string whole = body_of(sealed_by(pair.far, message_of(16500)));
    for (size_t size = 0; size < whole.size() - 2; size += size < 400 ? 1 : 97) {
      CHECK_FALSE(http::read_sealed(whole.substr(0, size), kCredsspProtocol, true).refusal.empty());
    }
  }

  TEST_CASE("A mechanism other than CredSSP must send a single piece") {
    CredsspTlsPair pair;
    const std::string body = body_of({{"sig", "cipher"}, {"sig", "cipher"}});
    CHECK_FALSE(http::read_sealed(body, kCredsspProtocol).refusal.empty());
    RecordSealer sealer(*pair.near);
    CHECK(http::is_sealed_type("multipart/x-multi-encrypted", sealer));
    CHECK_FALSE(http::is_sealed_type("text/html", sealer));
  }
}

}  // namespace wsman::testing
