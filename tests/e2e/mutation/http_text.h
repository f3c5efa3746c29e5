// An answer of the service as text: a head, an empty line, and a body of the length that the head
// tells.
#ifndef WSMAN_TESTS_E2E_MUTATION_HTTP_TEXT_H_
#define WSMAN_TESTS_E2E_MUTATION_HTTP_TEXT_H_

#include <string_view>

namespace wsman::testing {

inline constexpr std::string_view kHeadEnd = "\r\n\r\n";
inline constexpr std::string_view kLengthField = "Content-Length: ";

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_E2E_MUTATION_HTTP_TEXT_H_
