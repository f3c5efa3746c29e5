// The methods of the classes of the model.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_METHODS_H
#define WSMAN_TESTS_SERVICE_WSMAN_METHODS_H

#include <string_view>
#include <vector>

#include "wsman/model.h"
#include "wsman/schema.h"

namespace wsman::service {

// Carries the method out and gives what comes back, ReturnValue last. `input` has been read by the
// method's description; `selectors` are those of the request.
std::vector<Property> call_method(Model& model, const ClassInfo& info, const MethodInfo& method,
                                  const Selectors& selectors, const std::vector<Property>& input);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_METHODS_H
