# What is only tested with need not be fast, so in the development build it is compiled for the sake of
# a short build: half the time of -O2 -g. The core and what is measured (tests/bench) are not.
foreach(language IN ITEMS C CXX)
  set(CMAKE_${language}_FLAGS_RELWITHDEBINFO "-O1 -g1 -DNDEBUG")
  if(CMAKE_${language}_COMPILER_ID STREQUAL "GNU")
    # Without it, -O1 has no -Warray-bounds.
    string(APPEND CMAKE_${language}_FLAGS_RELWITHDEBINFO " -ftree-vrp")
  endif()
endforeach()

# What checks with doctest is not optimised at all under the address sanitizer, which then sees every
# access: two thirds of the time of -O1. The services and the core are.
if(WSMAN_SANITIZERS MATCHES "address")
  target_compile_options(doctest::doctest INTERFACE -O0)
endif()

# In batches: most of what the compiler reads are headers, the same ones for each file. Where a batch does
# not compile, two files of it have a name in common that should stand in one place.
set(CMAKE_UNITY_BUILD ON)
