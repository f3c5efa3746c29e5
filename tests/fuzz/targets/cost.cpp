// The time that an answer takes to read: with anything in it again and again, up to the largest
// body that is read. No deadline is looked at inside the XML parser.
#include <ctime>
#include <string>
#include <string_view>

#include "fuzz.h"
#include "protocol/message/body_document.h"
#include "protocol/message/envelope.h"
#include "protocol/operation/page.h"
#include "protocol/xml/encoding.h"
#include "protocol/xml/mask.h"

namespace wsman::fuzz {
namespace {

// It stands in no document, and parts the input: what begins the body, what is repeated, what ends
// it.
constexpr char kMark = '\x1F';
const size_t kBodyBytes = TransportOptions().max_body_bytes;
// Ten times what a body may take.
constexpr double kMostSeconds = 5;

std::string body_of(std::string_view input) {
  const size_t first = input.find(kMark);
  const size_t last = input.rfind(kMark);
  if (first == last) return std::string(input);
  const std::string_view repeated = input.substr(first + 1, last - first - 1);
  std::string body(input.substr(0, first));
  while (!repeated.empty() && body.size() + repeated.size() <= kBodyBytes) body += repeated;
  return body.append(input.substr(last + 1));
}

// Of this thread, so that a busy machine changes nothing.
double seconds_spent() {
  timespec spent{};
  (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) / 1e9;
}

template <typename Read>
void measure(const char* reader, Read read) {
  const double begin = seconds_spent();
  read();
  const double spent = seconds_spent() - begin;
  demand(spent < kMostSeconds, std::string(reader) + " takes " + std::to_string(spent) + " s");
}

void read_largest(std::string_view input) {
  std::string body = body_of(input);
  measure("The mask", [&] { (void)xml::masked(body); });
  measure("The tree", [&] {
    (void)message::read_answer({200, "application/soap+xml", "", body}, {kServer});
  });
  if (!xml::make_utf8(body).ok()) return;
  measure("The pass over a page", [&] { (void)operation::scan_page(body); });
  measure("The pass over a document", [&] { (void)message::scan_body(body); });
}

const Target cost_target{"cost", read_largest};

}  // namespace
}  // namespace wsman::fuzz
