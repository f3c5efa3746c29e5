// What the hostile server can do, and what must come of it.
#ifndef WSMAN_TESTS_E2E_HOSTILE_SCENARIOS_H_
#define WSMAN_TESTS_E2E_HOSTILE_SCENARIOS_H_

#include <string>
#include <vector>

#include "hostile/client.h"

namespace wsman::testing {

struct Scenario {
  std::string name;       // A path of the ports "plain" and "tls", or a port of its own.
  bool has_port = false;  // It happens before a request is read.
  bool tls = false;
  Outcomes exchange;  // Of Transport::exchange().
  Outcomes connect;   // Of Client::connect(), where the answer must be SOAP, too.
};

// For messages: "endless-head over TLS".
std::string describe(const Scenario& scenario);

// Where the scenario is. `prefix` ("/second") stands before a path; `label` is counted.
Target target_of(const Scenario& scenario, const std::string& prefix, const std::string& label);

// Each of them plain and over TLS. All of them answer, or fail to answer, a request.
const std::vector<Scenario>& request_scenarios();

// Those that happen before a request, or a handshake, could be read.
const std::vector<Scenario>& accept_scenarios();

// Those without an end of their own: all that stops them is a limit or a deadline.
const std::vector<Scenario>& endless_scenarios();

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_E2E_HOSTILE_SCENARIOS_H_
