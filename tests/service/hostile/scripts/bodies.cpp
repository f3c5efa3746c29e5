// Answers whose bodies are endless, of the wrong length, or framed to do harm.

#include "hostile/answers.h"
#include "hostile/catalogue.h"

namespace wsman::hostile {
namespace {

std::string chunked_head() { return head("200 OK") + "Transfer-Encoding: chunked\r\n\r\n"; }

std::string claimed(std::size_t length, const std::string& body) {
  return head("200 OK") + "Content-Length: " + std::to_string(length) + "\r\n\r\n" + body;
}

void add_chunked(std::map<std::string, Scripts>& scripts) {
  const std::string body = identify_envelope();
  const auto chunked = [&](const std::string& rest) {
    return Scripts{{send(chunked_head() + chunk(body) + rest)}};
  };
  const auto extended = [&](std::size_t bytes) {
    const std::string extension = ";" + std::string(bytes - 1, 'x');
    return Scripts{{send(chunked_head() + chunk(body, extension) + "0\r\n\r\n")}};
  };
  scripts["chunked"] = chunked("0\r\n\r\n");
  scripts["extension-256"] = extended(256);
  scripts["extension-257"] = extended(257);
  scripts["extension-1m"] = extended(1024UL * 1024);
  scripts["trailer-7k"] = chunked("0\r\nX-Trailer: " + std::string(7UL * 1024, 't') + "\r\n\r\n");
  scripts["trailer-9k"] = chunked("0\r\nX-Trailer: " + std::string(9UL * 1024, 't') + "\r\n\r\n");
  scripts["trailer-70k"] = chunked("0\r\nX-Trailer: " + std::string(70UL * 1024, 't') + "\r\n\r\n");
  scripts["trailer-endless"] = {
      {send(chunked_head() + chunk(body) + "0\r\n"), flood("X-Trailer: and more\r\n")}};
  scripts["chunk-no-number"] = {{send(chunked_head() + "seven\r\n1234567\r\n0\r\n\r\n")}};
  scripts["chunk-too-large"] = {{send(chunked_head() + "ffffffffffffffffff\r\n"), stall()}};
  scripts["chunk-without-end"] = {{send(chunked_head() + "5\r\n12345678\r\n0\r\n\r\n")}};
  scripts["endless-chunk"] = {{send(chunked_head() + "7fffffff\r\n"), flood("and more ")}};
  scripts["endless-chunks"] = {{send(chunked_head()), flood(chunk(std::string(64, 'x'), ";y"))}};
  scripts["chunk-drip"] = {{send(chunked_head()), drip(chunk("and more "))}};
}

}  // namespace

void add_body_scripts(std::map<std::string, Scripts>& scripts) {
  const std::string body = identify_envelope();
  add_chunked(scripts);
  scripts["endless-body"] = {{send(head("200 OK") + "\r\n"), flood("and more ")}};
  scripts["endless-length"] = {{send(claimed(1UL << 40U, "")), flood("and more ")}};
  scripts["body-drip"] = {{send(claimed(100000, "")), drip("and more ")}};
  scripts["too-short"] = {{send(claimed(body.size() + 10, body)), hang_up()}};
  scripts["too-long"] = {{send(claimed(body.size(), body + "surplus"))}};
  scripts["two-answers"] = {{send(proper_answer() + proper_answer())}};
  scripts["answer-flood"] = {{flood(proper_answer())}};
  scripts["empty"] = {{send(claimed(0, ""))}};
}

}  // namespace wsman::hostile
