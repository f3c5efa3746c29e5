// What is played before a request, or even a TLS handshake, could be read. Before a handshake the
// client may speak TLS or not: these bytes are the same.

#include "hostile/answers.h"
#include "hostile/catalogue.h"

namespace wsman::hostile {
namespace {

// A TLS record: its type, version 1.2, length and content [RFC 8446 5.1].
std::string record(char type, const std::string& content) {
  std::string bytes{type, 3, 3, static_cast<char>(content.size() >> 8U),
                    static_cast<char>(content.size() & 0xFFU)};
  return bytes + content;
}

constexpr char kAlert = 21;
constexpr char kHandshake = 22;
constexpr char kFatal = 2;
constexpr char kHandshakeFailure = 40;

// The beginning of a record that never ends.
std::string half_record() { return record(kHandshake, std::string(80, '\2')).substr(0, 15); }

std::string plain_refusal() {
  return "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
}

std::string refusal_of_size() {
  return head("413 Payload Too Large") + "Content-Length: 0\r\nConnection: close\r\n\r\n";
}

}  // namespace

void add_accept_scripts(std::map<std::string, Script>& scripts) {
  scripts["stall-accept"] = {stall()};
  scripts["stall-tls"] = {listen(), send_raw(half_record()), stall()};
  scripts["drip-accept"] = {drip("drop ")};
  scripts["drip-tls"] = {listen(), drip(record(kHandshake, std::string(4, '\0')))};

  scripts["reset-accept"] = {reset()};
  scripts["reset-tls"] = {listen(), send_raw(half_record()), reset()};
  scripts["end-accept"] = {hang_up()};
  scripts["end-tls"] = {listen(), send_raw(half_record()), hang_up()};

  scripts["garbage-accept"] = {send_raw(std::string(1000, '\x7e')), stall()};
  scripts["garbage-flood"] = {raw_flood("\x7e\x01\x80")};
  scripts["plain-on-tls"] = {listen(), send_raw(plain_refusal()), hang_up()};
  scripts["alert-tls"] = {listen(), send_raw(record(kAlert, {kFatal, kHandshakeFailure})),
                          hang_up()};
  // HelloRequests, which a client that shakes hands passes over [RFC 5246 7.4.1.1].
  scripts["hello-flood"] = {listen(), raw_flood(record(kHandshake, std::string(4, '\0')))};

  scripts["deaf-accept"] = {deaf(kDeafness)};
  scripts["early-answer"] = {send_raw(proper_answer()), stall()};
  scripts["early-refusal"] = {send_raw(refusal_of_size()), deaf(kDeafness)};
  scripts["early-reset"] = {send_raw(refusal_of_size()), listen(), reset()};
}

void add_handshake_scripts(std::map<std::string, Script>& scripts) {
  scripts["deaf-tls"] = {deaf(kDeafness)};
  scripts["early-answer-tls"] = {send(proper_answer()), stall()};
}

}  // namespace wsman::hostile
