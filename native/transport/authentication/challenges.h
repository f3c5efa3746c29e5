// What a server that denies access would accept: its WWW-Authenticate lines, taken apart.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_CHALLENGES_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_CHALLENGES_H_

#include <string>
#include <utility>
#include <vector>

namespace wsman {

struct Challenge {
  std::string scheme;  // As it came: "Negotiate", "basic". Compared without case.
  std::string token;   // The token68 that some schemes send.
  // The others send these: the names in lower case, the values without quotes. As many as came.
  std::vector<std::pair<std::string, std::string>> parameters = {};

  // The first value under a name, which is given in lower case; nothing if there is none.
  const std::string* parameter(const std::string& name) const;
};

// The challenges of all lines, in order; one line may hold several [RFC 9110 11.6.1]. What is no
// challenge is left out, and so is what comes after the first sixteen; of each, sixteen parameters
// are read.
std::vector<Challenge> read_challenges(const std::vector<std::string>& lines);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_CHALLENGES_H_
