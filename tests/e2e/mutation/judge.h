// Whether what a call gave to its caller is what was sent to it.
#ifndef WSMAN_TESTS_E2E_MUTATION_JUDGE_H_
#define WSMAN_TESTS_E2E_MUTATION_JUDGE_H_

#include <string>
#include <vector>

namespace wsman::testing {

// An answer as the service gave it and as the client got it, both as HTTP.
struct Sent {
  std::string answer;
  std::string bytes;
};

// Each is true for nothing that says of itself that it answers another request.

// Whether one of the answers is this envelope.
bool is_page_of(const std::vector<Sent>& answers, const std::string& page);

// Whether the first element in the Body of one of the answers has the name and the text of this
// document.
bool is_body_of(const std::vector<Sent>& answers, const std::string& document);

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_E2E_MUTATION_JUDGE_H_
