// The server that misbehaves (wsman-hostile) of this test run, and what it counted.
#ifndef WSMAN_TESTS_E2E_HOSTILE_HOSTILE_SERVER_H_
#define WSMAN_TESTS_E2E_HOSTILE_HOSTILE_SERVER_H_

#include <cstdint>
#include <string>

#include "support/server_process.h"

namespace wsman::testing {

// What the server saw under one label: the name of a port, or what a request had behind "?".
struct Seen {
  std::uint64_t accepted = 0;
  std::uint64_t connections = 0;
  std::uint64_t requests = 0;
  std::uint64_t written = 0;
};

class HostileServer : public ServerProcess {
 public:
  // The one of this program, made on first use.
  static HostileServer& instance();

  HostileServer();

  std::uint16_t port(const std::string& name) const { return ready().at("ports").at(name); }

  Seen seen(const std::string& label) const;

  // What was seen when the condition holds, such as "requests=1" (at least one) or "connections=0"
  // (exactly none), or when a test's patience is over.
  Seen await(const std::string& label, const std::string& condition) const;

  // A label that nobody has used yet.
  static std::string new_label();
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_E2E_HOSTILE_HOSTILE_SERVER_H_
