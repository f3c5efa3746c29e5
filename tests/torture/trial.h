// Trials: a scenario in a child of its own, with one failure in it, and the judgement on what came
// of it.
#ifndef WSMAN_TESTS_TORTURE_TRIAL_H_
#define WSMAN_TESTS_TORTURE_TRIAL_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "caller.h"
#include "failer.h"
#include "report.h"
#include "run.h"
#include "scenarios.h"
#include "support/server_process.h"

namespace wsman::torture {

// What came of a trial. From `died` on it is wrong.
enum class Verdict {
  told,       // A call failed, and told that memory ran out or that the system refused.
  otherwise,  // A call failed, and told another reason.
  anyway,     // All calls succeeded.
  unmet,      // Nothing failed: it did not come to that many.
  below,      // A library that is only used lost memory when it got none.
  fell,       // libxml2 2.9 ended the process: it tells without end that a thread gets no state.
  died,
  hung,
  leaked,
  wire,   // A request was sent that is none of those that are sent when nothing fails.
  left,   // Something is open at the service, and no report and no error says so.
  wrong,  // An answer is another one, a server was accepted that must be refused, or the library is
          // of no use afterwards.
};
inline constexpr std::size_t kVerdicts = 12;

struct Outcome {
  Verdict verdict = Verdict::anyway;
  std::string why = {};  // For whoever reads the log.
  Seen seen = {};
};

class Trials {
 public:
  // Throws std::runtime_error if the scenario fails by itself, or has nothing that could fail.
  Trials(const testing::ServerProcess& server, Place place, const Scenario& scenario);

  const Reference& reference() const { return reference_; }
  Outcome make(const Plan& plan);

 private:
  // What is open at the server, and what it got so far.
  struct Counts {
    std::int64_t things = 0;
    std::uint64_t requests = 0;
    std::uint64_t credentials = 0;  // By CredSSP.
  };

  Outcome make_once(const Plan& plan);
  Counts count() const;
  Outcome judge(int status, const Counts& before);
  void keep_reference(const Counts& before);
  bool is_hostile() const { return scenario_.refusal && !scenario_.refusal->port.empty(); }
  // What was sent and has no likeness in the reference; "" if there is none.
  std::string odd_request(std::uint64_t count);

  const testing::ServerProcess& server_;
  const Place place_;
  const Scenario& scenario_;
  Report& report_;
  Counts counts_;  // After the last trial.
  Reference reference_;
};

}  // namespace wsman::torture

#endif  // WSMAN_TESTS_TORTURE_TRIAL_H_
