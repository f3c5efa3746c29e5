// Clients of the hostile server: where they go, and how what came of it is written down.
#ifndef WSMAN_TESTS_E2E_HOSTILE_CLIENT_H_
#define WSMAN_TESTS_E2E_HOSTILE_CLIENT_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "session/client.h"
#include "support/bounds.h"
#include "transport/net/resolver.h"
#include "transport/transport.h"

namespace wsman::testing {

// One place of the hostile server.
struct Target {
  std::string port = "plain";
  bool tls = false;
  std::string path = "/proper";  // With its label behind "?".
};

// Every phase takes at most so long.
TransportOptions options_for(const Target& target, Milliseconds phase = kPatience);

std::unique_ptr<Transport> transport_for(TransportOptions options,
                                         net::Lookup lookup = net::system_lookup);
TransportFactory factory();
session::SessionOptions spec_for(const Target& target, const std::string& computer_name,
                                 Milliseconds phase = kPatience);

// A request that may be repeated, and one that must not be.
HttpRequest repeatable();
HttpRequest once_only(std::string body = "<create/>");

// 0 stands for success.
using Outcome = int;
using Outcomes = std::vector<Outcome>;
constexpr Outcome kOk = 0;
Outcome outcome_of(ErrorCode code);
std::string to_string(Outcome outcome);
std::string to_string(const Outcomes& outcomes);

template <typename T>
Outcome outcome_of(const Result<T>& result) {
  return result.ok() ? kOk : outcome_of(result.error().code);
}

template <typename T>
std::string message_of(const Result<T>& result) {
  return result.ok() ? std::string() : result.error().message;
}

bool is_among(Outcome outcome, const Outcomes& outcomes);

// How long a phase or a call may take that is to end so: short only if its time is to run out.
Milliseconds time_for(const Outcomes& expected);

// What is wrong with one ending: an outcome that was not expected, too early or too late, or a
// message that tells too little or cannot be shown. Empty if all is well.
std::string complaint(Outcome outcome, const std::string& message, Milliseconds elapsed,
                      const Outcomes& expected);

// Calls `work` for 0 to count - 1 on a few threads; gives back what came, without empty ones, a
// line each.
std::string in_parallel(std::size_t count, const std::function<std::string(std::size_t)>& work);

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_E2E_HOSTILE_CLIENT_H_
