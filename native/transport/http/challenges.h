// The challenges of a 401 or 407: the schemes that the server or proxy accepts.
#ifndef WSMAN_TRANSPORT_HTTP_CHALLENGES_H_
#define WSMAN_TRANSPORT_HTTP_CHALLENGES_H_

#include <string>
#include <utility>
#include <vector>

namespace wsman::http {

struct Challenge {
  std::string scheme;  // As received: "Negotiate", "basic". Compared without case.
  std::string token;   // The token68, if the scheme sends one.
  // The parameters, if the scheme sends them: names in lower case, values without quotes. Names may
  // repeat.
  std::vector<std::pair<std::string, std::string>> parameters = {};

  // The first value of the parameter `name`, which is in lower case. Null if there is none.
  const std::string* parameter(const std::string& name) const;
};

// The challenges of all lines, in order. One line may hold several [RFC 9110 11.6.1]. Text that is
// no challenge is left out. At most sixteen challenges are read, with sixteen parameters each.
std::vector<Challenge> read_challenges(const std::vector<std::string>& lines);

}  // namespace wsman::http

#endif  // WSMAN_TRANSPORT_HTTP_CHALLENGES_H_
