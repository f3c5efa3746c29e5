// What must hold of every teardown, whatever the server did.
#ifndef WSMAN_TEARDOWN_TEST_JUDGE_H
#define WSMAN_TEARDOWN_TEST_JUDGE_H

#include <nlohmann/json.hpp>
#include <string>

#include "support/abi_client.h"
#include "support/endpoint.h"

namespace wsman::testing {

// Whether what was closed and abandoned adds up, and was in time: what is wrong, or "".
std::string judge(const nlohmann::json& report, Milliseconds elapsed, Milliseconds budget);

// Whether the report says what the service saw: nothing counts as ended that is still open, and all
// that was open is accounted for.
std::string compare(const nlohmann::json& report, const Open& before, const Open& after);

// How many of all three kinds the report calls abandoned.
int abandoned_in(const nlohmann::json& report);

}  // namespace wsman::testing

#endif  // WSMAN_TEARDOWN_TEST_JUDGE_H
