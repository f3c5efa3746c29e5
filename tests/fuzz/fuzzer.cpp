// The door for libFuzzer, which brings main(). One target is linked with it.
#include <cstddef>
#include <cstdint>

#include "fuzz.h"

// What is thrown ends the process, and libFuzzer keeps the input.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  wsman::fuzz::Target::all().front().run({reinterpret_cast<const char*>(data), size});
  return 0;
}
