// The control port of a server that runs beside the test.
#ifndef WSMAN_TESTS_NATIVE_SUPPORT_CONTROL_PORT_H_
#define WSMAN_TESTS_NATIVE_SUPPORT_CONTROL_PORT_H_

#include <cstdint>
#include <string>

namespace wsman::testing {

// What the control port answers to "GET" or "POST" of the target, without its head. Throws
// std::runtime_error if it does not.
std::string ask_control_port(std::uint16_t port, const std::string& method,
                             const std::string& target);

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_SUPPORT_CONTROL_PORT_H_
