// Connect specifications for tests without a network.
#ifndef WSMAN_TESTS_NATIVE_FAKES_SPECS_H_
#define WSMAN_TESTS_NATIVE_FAKES_SPECS_H_

#include <string>

#include "session/client.h"
#include "support/bounds.h"

namespace wsman::testing {

// Basic over https to that name, with times that only a hanging test reaches.
inline session::SessionOptions spec_for(const std::string& computer_name) {
  session::SessionOptions spec;
  spec.computer_name = computer_name;
  spec.transport.endpoint = {true, computer_name, 5986, "/wsman"};
  spec.transport.authentication = AuthenticationKind::basic;
  spec.transport.credential = {true, "someone", Secret("pass phrase")};
  spec.teardown_timeout = kPatience;
  return spec;
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_SPECS_H_
