#include "wsman/interference.h"

#include "wsman/action.h"
#include "wsman/configuration.h"

namespace wsman::service {

const Interference* interference_with(const Ask& ask, const Quirks& quirks) {
  const auto operation = operation_of(ask.request.action());
  for (const Interference& one : quirks.interferences) {
    if (one.operation == operation && (!one.config || Configuration::handles(ask.uri))) return &one;
  }
  return nullptr;
}

Fault fault_of(const Interference& interference) {
  Fault fault;
  fault.code = interference.number;
  fault.reason = "This step is answered with the fault " + std::to_string(fault.code) + ".";
  if (interference.config) {
    fault.provider = "Config provider";
    fault.provider_message = fault.reason;
  }
  return fault;
}

}  // namespace wsman::service
