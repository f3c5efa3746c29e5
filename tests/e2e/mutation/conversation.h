// One conversation with the service whose answers a seed changes, and what is wrong with it.
#ifndef WSMAN_TESTS_E2E_MUTATION_CONVERSATION_H_
#define WSMAN_TESTS_E2E_MUTATION_CONVERSATION_H_

#include <cstdint>
#include <string>

namespace wsman::testing {

// Connects, gets, enumerates and makes a shell, disconnects, and does it once more with what the
// service really says. Over https if the seed is odd. Each call has to come back in its time, with
// an error or with what was sent. Empty if all is well; else it names the seed and tells what was
// done to the answers.
std::string conversation(std::uint64_t seed);

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_E2E_MUTATION_CONVERSATION_H_
