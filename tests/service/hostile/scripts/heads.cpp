// Answers whose heads are wrong, doubtful, odd or endless.

#include "hostile/answers.h"
#include "hostile/catalogue.h"

namespace wsman::hostile {
namespace {

constexpr const char* kOk = "HTTP/1.1 200 OK";

std::string interims(int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i) bytes += "HTTP/1.1 102 Processing\r\n\r\n";
  return bytes;
}

void add_refused(std::map<std::string, Scripts>& scripts) {
  const std::string body = identify_envelope();
  const std::string length = "Content-Length: " + std::to_string(body.size()) + "\r\n";
  const std::string chunked = chunk(body) + "0\r\n\r\n";
  const auto whole = [&](const std::string& fields, const std::string& bytes) {
    return Scripts{{send(head("200 OK") + fields + "\r\n" + bytes)}};
  };
  scripts["length-and-chunked"] = whole(length + "Transfer-Encoding: chunked\r\n", chunked);
  scripts["two-lengths"] = whole(length + length, body);
  scripts["length-list"] = whole("Content-Length: 5, 5\r\n", "12345");
  scripts["length-sign"] = whole("Content-Length: +5\r\n", "12345");
  scripts["length-too-long"] = whole("Content-Length: 99999999999999999999999\r\n", "12345");
  scripts["gzip-chunked"] = whole("Transfer-Encoding: gzip, chunked\r\n", chunked);
  scripts["folded"] = whole(length + "X-Folded: a\r\n b\r\n", body);
  scripts["folded-length"] =
      whole("Content-Length:\r\n " + std::to_string(body.size()) + "\r\n", body);
  scripts["control-byte"] = whole(length + "X-Control: a\x01z\r\n", body);
  scripts["escape-byte"] = whole(length + "X-Escape: \x1b[2J\r\n", body);
  scripts["bare-return"] = whole(length + "X-Bare: a\rb\r\n", body);
  scripts["space-before-colon"] = whole(length + "X-Name : a\r\n", body);
  scripts["no-colon"] = whole(length + "X-Name\r\n", body);
  scripts["bare-feed"] = {{send("HTTP/1.1 200 OK\nContent-Length: 0\n\n"), stall()}};
  scripts["chunked-in-1.0"] = {
      {send("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked)}};
  scripts["status-000"] = {{send(answer_with("HTTP/1.1 000 None", ""))}};
  scripts["status-600"] = {{send(answer_with("HTTP/1.1 600 Many", ""))}};
  scripts["status-2000"] = {{send(answer_with("HTTP/1.1 2000 More", ""))}};
  scripts["version-2"] = {{send(answer_with("HTTP/2.0 200 OK", ""))}};
  scripts["after-204"] = {{send("HTTP/1.1 204 No Content\r\n\r\nsurplus")}};
  scripts["switching"] = {
      {send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"), stall()}};
}

void add_accepted(std::map<std::string, Scripts>& scripts) {
  scripts["no-reason"] = {{send(answer_with("HTTP/1.1 200", ""))}};
  scripts["no-reason-space"] = {{send(answer_with("HTTP/1.1 200 ", ""))}};
  scripts["null-reason"] = {{send(answer_with("HTTP/1.1 200 (null)", ""))}};
  scripts["version-1.0"] = {{send(answer_with("HTTP/1.0 200 OK", "")), hang_up()}};
  scripts["interims-100"] = {{send(interims(100) + proper_answer())}};
}

}  // namespace

void add_head_scripts(std::map<std::string, Scripts>& scripts) {
  add_refused(scripts);
  add_accepted(scripts);
  scripts["interims-101"] = {{send(interims(101) + proper_answer())}};
  scripts["interim-flood"] = {{flood(interims(1))}};
  scripts["endless-head"] = {{send("HTTP/1.1 200 OK\r\n"), flood("X-More: and more\r\n")}};
  scripts["endless-field"] = {{send("HTTP/1.1 200 OK\r\nX-More: "), flood("and more ")}};
  scripts["head-drip"] = {{drip("HTTP/1.1 200 OK\r\nX-More: and more\r\n")}};
  scripts["encoded"] = {{send(answer_with(kOk, "Content-Encoding: gzip\r\n"))}};
  scripts["encoded-404"] = {
      {send(answer_with("HTTP/1.1 404 Not Found", "Content-Encoding: gzip\r\n"))}};
  scripts["odd-challenge"] = {{send("HTTP/1.1 401 No\r\nWWW-Authenticate: \xff\xfe" +
                                    std::string(20000, 'a') + "\r\nContent-Length: 0\r\n\r\n")}};
}

}  // namespace wsman::hostile
