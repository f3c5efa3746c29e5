# What holds for every native target: the language and the warnings.
#
# The rooms are static libraries that end in one shared library, so they are compiled as its code
# must be: position independent, and with nothing exported but what wsman.h marks.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 99)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# How many files a batch has, where there are batches (test-flags.cmake, sanitizers.cmake).
set(CMAKE_UNITY_BUILD_BATCH_SIZE 16)

# Linked by every target of ours and by none of a library's.
add_library(wsman_warnings INTERFACE)
target_compile_options(
  wsman_warnings
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wshadow
            -Wconversion
            $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
            -Werror)

# At -O3, GCC 12 warns of an overlap inside std::string's own operator+ (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(wsman_warnings
                         INTERFACE $<$<AND:$<CONFIG:Release>,$<COMPILE_LANGUAGE:CXX>>:-Wno-restrict>)
endif()
