// The part of WQL that tests need: select, from, where with comparisons joined by "and".
#ifndef WSMAN_TESTS_SERVICE_WSMAN_WQL_H
#define WSMAN_TESTS_SERVICE_WSMAN_WQL_H

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wsman/object.h"

namespace wsman::service {

struct Comparison {
  std::string property;
  std::string operation;  // =, <>, <, >, <=, >=, like, is, is not (the last two with null).
  std::string value;
};

struct WqlQuery {
  std::vector<std::string> names;  // Empty: all.
  std::string class_name;
  std::vector<Comparison> conditions;
};

// Nothing for what is not understood.
std::optional<WqlQuery> parse_wql(std::string_view text);

// Text is compared without case, and by value where both sides are numbers. A nil property fits
// nothing but "is null".
bool fits(const Object& object, const Comparison& comparison);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_WQL_H
