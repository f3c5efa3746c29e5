#include "abi/documents/code_names.h"

#include <algorithm>
#include <iterator>

namespace wsman::abi {
namespace {

struct Name {
  uint32_t code;
  const char* text;
};

#define WSMAN_CODE(number, name, constant) Name{number, name},
#define WSMAN_CODE_NAME(number, name) Name{number, name},
// Codes with a constant and codes with a name only; both kinds have a name here.
// clang deduces no std::array of that many.
constexpr Name kNames[] = {
#include "base/codes.def"
};
#undef WSMAN_CODE
#undef WSMAN_CODE_NAME

constexpr bool comes_before(const Name& name, uint32_t code) { return name.code < code; }

// The lookup is a binary search.
static_assert(std::is_sorted(std::begin(kNames), std::end(kNames),
                             [](const Name& one, const Name& other) {
                               return one.code < other.code;
                             }));

}  // namespace

const char* symbolic_name_of(uint32_t wsman_code) {
  const Name* const end = std::end(kNames);
  const Name* const found = std::lower_bound(std::begin(kNames), end, wsman_code, comes_before);
  return found != end && found->code == wsman_code ? found->text : "";
}

}  // namespace wsman::abi
