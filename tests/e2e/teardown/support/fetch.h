// The control port of a program beside the test.
#ifndef WSMAN_TEARDOWN_TEST_FETCH_H
#define WSMAN_TEARDOWN_TEST_FETCH_H

#include <cstdint>
#include <string>

namespace wsman::testing {

// What the control port answers, without its head. Throws if it does not.
std::string fetch(std::uint16_t port, const std::string& target);

}  // namespace wsman::testing

#endif  // WSMAN_TEARDOWN_TEST_FETCH_H
