#include "gss/credssp_message.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "gss/sealed_records.h"

namespace wsman::service {
namespace {

// Bytes whose zeros count.
template <std::size_t kSize>
std::string bytes(const char (&text)[kSize]) {
  return {text, kSize - 1};
}

const std::string kNonce = bytes(
    "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0A\x0B\x0C\x0D\x0E\x0F"
    "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1A\x1B\x1C\x1D\x1E\x1F");
const std::string kKey = bytes("\x30\x03\x02\x01\x05");

Request sealed(std::string_view type, const std::string& body) {
  Request request;
  request.fields.emplace_back("Content-Type", std::string(type) + ";protocol=\"" +
                                                  std::string(kCredsspProtocol) +
                                                  "\";boundary=\"Encrypted Boundary\"");
  request.body = body;
  return request;
}

std::string group(const std::string& length, const std::string& record) {
  return "--Encrypted Boundary\r\nContent-Type: " + std::string(kCredsspProtocol) +
         "\r\nOriginalContent: type=text/plain;Length=" + length +
         "\r\n--Encrypted Boundary\r\nContent-Type: application/octet-stream\r\n" +
         bytes("\x10\0\0\0") + record;
}

const std::string kRecord = bytes("\x17\x03\x03\0\4abcd");
const std::string kEnd = "--Encrypted Boundary--\r\n";

}  // namespace

TEST_SUITE("CredSSP message") {
  TEST_CASE("A message is written as MS-CSSP shows it") {
    CredsspMessage message;
    message.version = 6;
    message.nego_token = "token";
    CHECK(write_credssp(message) ==
          bytes("\x30\x14\xA0\x03\x02\x01\x06\xA1\x0D\x30\x0B\x30\x09\xA0\x07\x04\x05token"));

    CredsspMessage refusal;
    refusal.version = 3;
    refusal.error_code = 0xC000006D;
    CHECK(write_credssp(refusal) ==
          bytes("\x30\x0D\xA0\x03\x02\x01\x03\xA4\x06\x02\x04\xC0\x00\x00\x6D"));
  }

  TEST_CASE("A message of a client is read, and any other is refused") {
    CredsspMessage message;
    message.version = 5;
    message.nego_token = std::string(300, 't');
    message.public_key_auth = "proof";
    message.client_nonce = kNonce;
    const std::string der = write_credssp(message);
    const auto read = read_credssp(der);
    REQUIRE(read);
    CHECK(read->version == 5);
    CHECK(read->nego_token == message.nego_token);
    CHECK(read->public_key_auth == "proof");
    CHECK(read->client_nonce == kNonce);
    for (std::size_t size = 0; size < der.size(); ++size) {
      CHECK_FALSE(read_credssp(std::string_view(der).substr(0, size)));
    }
    CHECK_FALSE(read_credssp(der + "x"));
    CHECK_FALSE(read_credssp("This is no TSRequest."));
    message.error_code = 1;
    CHECK_FALSE(read_credssp(write_credssp(message)));
  }

  TEST_CASE("A credential is read from UTF-16") {
    const auto credential = read_credential(
        bytes("\x30\x1F\xA0\x03\x02\x01\x01\xA1\x18\x04\x16\x30\x14\xA0\x04\x04\x02\x44\x00"
              "\xA1\x04\x04\x02\x75\x00\xA2\x06\x04\x04\x70\x00\x77\x00"));
    REQUIRE(credential);
    CHECK(credential->domain == "D");
    CHECK(credential->user == "u");
    CHECK(credential->password == "pw");
    const auto letters =
        read_credential(bytes("\x30\x1D\xA0\x03\x02\x01\x01\xA1\x16\x04\x14\x30\x12\xA0\x02\x04\x00"
                              "\xA1\x04\x04\x02\xF6\x00\xA2\x06\x04\x04\x3D\xD8\x11\xDD"));
    REQUIRE(letters);
    CHECK(letters->user == "\xC3\xB6");
    CHECK(letters->password == "\xF0\x9F\x94\x91");
    CHECK_FALSE(read_credential(bytes("\x30\x05\xA0\x03\x02\x01\x01")));
  }

  TEST_CASE("The key proof is a hash from version 5 on, and the key itself before") {
    CHECK(client_proof(6, kNonce, kKey).substr(0, 4) == bytes("\xC8\x48\x96\x7E"));
    CHECK(server_proof(5, kNonce, kKey).substr(0, 4) == bytes("\x79\x06\x13\xCF"));
    CHECK(client_proof(4, "", kKey) == kKey);
    CHECK(server_proof(2, "", kKey) == bytes("\x31\x03\x02\x01\x05"));
  }
}

TEST_SUITE("Sealed records") {
  TEST_CASE("A body with one record in each part and one closing boundary is read") {
    const auto one = read_records(sealed("multipart/encrypted", group("2", kRecord) + kEnd));
    REQUIRE(one);
    REQUIRE(one->records.size() == 1);
    CHECK(one->original_type == "text/plain");
    CHECK(one->records[0].length == 2);
    CHECK(one->records[0].trailer == 16);
    CHECK(one->records[0].record == kRecord);
    const auto two = read_records(
        sealed("multipart/x-multi-encrypted", group("2", kRecord) + group("3", kRecord) + kEnd));
    REQUIRE(two);
    CHECK(two->records.size() == 2);
  }

  TEST_CASE("A body of any other form is refused") {
    const std::string one = group("2", kRecord);
    const auto refuses = [](std::string_view type, const std::string& body) {
      return !read_records(sealed(type, body));
    };
    CHECK(refuses("multipart/x-multi-encrypted", one + kEnd));
    CHECK(refuses("multipart/encrypted", one + one + kEnd));
    CHECK(refuses("multipart/x-multi-encrypted", one + kEnd + one + kEnd));
    CHECK(refuses("multipart/encrypted", one + kEnd + "\r\n"));
    CHECK(refuses("multipart/encrypted", one));
    CHECK(refuses("multipart/encrypted", kEnd));
    CHECK(refuses("multipart/encrypted", group("2", kRecord + "x") + kEnd));
    CHECK(refuses("multipart/encrypted", group("-2", kRecord) + kEnd));
    CHECK(refuses("multipart/encrypted", group("2", kRecord.substr(0, 8)) + kEnd));
  }
}

}  // namespace wsman::service
