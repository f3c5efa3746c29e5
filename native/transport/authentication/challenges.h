// What a server that denies access would accept: its WWW-Authenticate lines, taken apart.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_CHALLENGES_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_CHALLENGES_H_

#include <string>
#include <vector>

namespace wsman {

struct Challenge {
  std::string scheme;  // As it came: "Negotiate", "basic". Compared without case.
  std::string token;   // The token68 that some schemes send; parameters are read over.
};

// The challenges of all lines, in order; one line may hold several [RFC 9110 11.6.1]. What is no
// challenge is left out, and so is what comes after the first sixteen.
std::vector<Challenge> read_challenges(const std::vector<std::string>& lines);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_CHALLENGES_H_
