# Lints one file and says something only when there is something to say: clang-tidy counts the
# findings it suppressed on standard error, thousands a file. Run as a script:
#
#   cmake -D TIDY=<clang-tidy> -D BUILD=<build folder> -D SOURCE=<file> -P lint.cmake
cmake_minimum_required(VERSION 3.25)

execute_process(
  # The compiler's flags are GCC's.
  COMMAND "${TIDY}" --quiet -p "${BUILD}" --extra-arg=-Wno-ignored-optimization-argument "${SOURCE}"
  RESULT_VARIABLE result
  OUTPUT_VARIABLE findings
  ERROR_VARIABLE notes)
if(NOT result EQUAL 0)
  # Only an unwrapped notice keeps the lines as they were printed.
  message(NOTICE "${findings}${notes}")
  message(FATAL_ERROR "clang-tidy refuses ${SOURCE}")
endif()
