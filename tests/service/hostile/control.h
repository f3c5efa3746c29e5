// The control port: what was counted, and the end of the program.
#ifndef WSMAN_HOSTILE_CONTROL_H
#define WSMAN_HOSTILE_CONTROL_H

#include "hostile/tally.h"
#include "http/router.h"

namespace wsman::hostile {

// Adds GET /counts?label=L[&accepted=N][&requests=N][&written=N][&connections=N][&wait=MS] to
// `router`. It is answered as soon as there are at least N accepted, requests and written, and
// exactly N connections, or after MS milliseconds. `tally` outlives the router.
void add_control(service::Router& router, Tally& tally);

}  // namespace wsman::hostile

#endif  // WSMAN_HOSTILE_CONTROL_H
