// A message without what differs from run to run.
#ifndef WSMAN_TESTS_TORTURE_LIKENESS_H_
#define WSMAN_TESTS_TORTURE_LIKENESS_H_

#include <string>

namespace wsman::torture {

// `text` with "U" for each identifier, and "#" for each number.
std::string likeness(const std::string& text);

}  // namespace wsman::torture

#endif  // WSMAN_TESTS_TORTURE_LIKENESS_H_
