// Answers that a client must survive, picked by path.
#ifndef WSMAN_TESTS_SERVICE_MISBEHAVIOUR_H
#define WSMAN_TESTS_SERVICE_MISBEHAVIOUR_H

#include <string>
#include <vector>

#include "gate.h"
#include "http/router.h"

namespace wsman::service {

// Adds every misbehaviour to `router`, which must outlive its own handlers' timers, as must `gate`.
// `addresses` are those that the service listens on and its certificate names: a redirect leads to
// another one of them, so that nothing but the client keeps it from being followed, and the counts
// show it.
void add_misbehaviour(Router& router, std::vector<std::string> addresses, Gate& gate);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_MISBEHAVIOUR_H
