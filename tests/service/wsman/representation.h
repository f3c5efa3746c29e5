// Instances and parameters as they come in: elements become values of the right type.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_REPRESENTATION_H
#define WSMAN_TESTS_SERVICE_WSMAN_REPRESENTATION_H

#include <cstdint>
#include <string>
#include <vector>

#include "wsman/object.h"
#include "wsman/schema.h"

namespace wsman::service {

// The codes to refuse with: a body and a method's input differ in them.
struct ReadingFaults {
  std::uint32_t unknown_name;
  std::uint32_t wrong_type;
};

// The values of the children of `element`, one Property a name, in the order of their appearance.
std::vector<Property> read_properties(const Element& element,
                                      const std::vector<PropertyInfo>& known,
                                      const ReadingFaults& faults);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_REPRESENTATION_H
