// The control port: what tests ask the service itself, beside WS-Management.
#ifndef WSMAN_TESTS_SERVICE_CONTROL_H
#define WSMAN_TESTS_SERVICE_CONTROL_H

#include <functional>

#include "counts.h"
#include "gate.h"
#include "http/router.h"
#include "journal.h"

namespace wsman::service {

// GET /counts[?<condition>&wait=<ms>], GET /last[?n=<n>], and POST /shut, /open and /stop.
// `counts`, `journal` and `gate` must outlive `router`; `stop` is called once the answer is on its
// way.
void add_control(Router& router, Counts& counts, const Journal& journal, Gate& gate,
                 std::function<void()> stop);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_CONTROL_H
