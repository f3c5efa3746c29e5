// What must hold of every teardown, whatever the server did.
#ifndef WSMAN_TESTS_E2E_TEARDOWN_REPORT_CHECK_H_
#define WSMAN_TESTS_E2E_TEARDOWN_REPORT_CHECK_H_

#include <nlohmann/json.hpp>
#include <string>

#include "teardown/abi_client.h"
#include "teardown/masked_service.h"

namespace wsman::testing {

// What an ending may take unless it is told otherwise. One that nothing holds up is over by then.
inline constexpr Milliseconds kDefaultBudget{5000};

// The budget of one that is not answered.
inline constexpr Milliseconds kShortBudget{600};

// Whether what was closed and abandoned adds up, and was in `time`: what is wrong, or "".
std::string problem_with(const nlohmann::json& report, Milliseconds elapsed, Milliseconds time);

// Whether the report says what the service saw: nothing counts as ended that is still open, and all
// that was open is accounted for.
std::string compare(const nlohmann::json& report, const Open& before, const Open& after);

// How many of all three kinds the report calls abandoned.
int abandoned_in(const nlohmann::json& report);

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_E2E_TEARDOWN_REPORT_CHECK_H_
