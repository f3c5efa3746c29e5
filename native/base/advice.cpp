#include "base/advice.h"

namespace wsman {

const char* name_of(AdviceKey key) {
  // Without a default, so that the compiler names a key that has no case.
  switch (key) {
#define WSMAN_ADVICE_NAME(key, name) \
  case AdviceKey::key:               \
    return #name;
    WSMAN_ADVICE(WSMAN_ADVICE_NAME)
#undef WSMAN_ADVICE_NAME
  }
  return "";
}

}  // namespace wsman
