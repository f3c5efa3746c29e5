// What becomes of one kind of request, in place of an answer.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_INTERFERENCE_H
#define WSMAN_TESTS_SERVICE_WSMAN_INTERFERENCE_H

#include "wsman/fault.h"
#include "wsman/quirks.h"
#include "wsman/resource.h"

namespace wsman::service {

// The first of `quirks` that is about this request, which lives as long as they do; or null.
const Interference* interference_with(const Ask& ask, const Quirks& quirks);

// What the service says by its fault. The client goes by the code.
Fault fault_of(const Interference& interference);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_INTERFERENCE_H
