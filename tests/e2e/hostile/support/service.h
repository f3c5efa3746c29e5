// The hostile server of this test run, and what it counted.
#ifndef WSMAN_HOSTILE_TEST_SERVICE_H
#define WSMAN_HOSTILE_TEST_SERVICE_H

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "base/call.h"

namespace wsman::testing {

// What the server saw under one label: the name of a port, or what a request had behind "?".
struct Seen {
  std::uint64_t accepted = 0;
  std::uint64_t connections = 0;
  std::uint64_t requests = 0;
  std::uint64_t written = 0;
};

// A child process that ends with its standard input. Safe from any thread once it was made.
class Service {
 public:
  // The one of this program, made on first use.
  static Service& instance();

  // Throws std::runtime_error if it does not start.
  Service();
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  std::uint16_t port(const std::string& name) const { return ports_.at(name); }
  const std::string& ca_file() const { return ca_file_; }

  // Ends the child. False if it complained, as a sanitizer does. Repeating it is harmless.
  bool stop();

  Seen seen(const std::string& label) const;

  // What was seen when the condition holds, such as "requests=1" (at least one) or "connections=0"
  // (exactly none), or when `patience()` is over.
  Seen await(const std::string& label, const std::string& condition) const;

  // A label that nobody has used yet.
  static std::string new_label();

 private:
  void launch();
  void read_ready_line();
  Seen ask(const std::string& query) const;

  std::filesystem::path folder_;
  pid_t child_ = -1;
  int input_ = -1;   // Its standard input: closing it ends the child.
  int output_ = -1;  // Its standard output.
  std::uint16_t control_ = 0;
  std::map<std::string, std::uint16_t> ports_;
  std::string ca_file_;
};

}  // namespace wsman::testing

#endif  // WSMAN_HOSTILE_TEST_SERVICE_H
