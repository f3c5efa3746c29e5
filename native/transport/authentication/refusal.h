// What a server's refusal of a token means, as far as the client can tell.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_REFUSAL_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_REFUSAL_H_

#include <string>

namespace wsman::authentication {

struct Refusal {
  bool of_ticket = false;      // A Kerberos ticket, which may be refused because of the clock.
  bool of_mechanism = false;   // Not the user: the server had not been told of one.
  std::string mechanism = {};  // The one that was refused, with of_mechanism: "NTLM".
  std::string further = {};    // What else is known, in whole sentences.
};

}  // namespace wsman::authentication

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_REFUSAL_H_
