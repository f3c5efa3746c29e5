# Lints one file, or one batch of files, and says something only when there is something to say:
# clang-tidy counts the findings it suppressed on standard error, thousands a file. Run as a script:
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

# clang-tidy looks for using-declarations that nobody uses only in the file itself, not in what a batch
# includes.
file(STRINGS "${SOURCE}" members REGEX "^#include \"/.*\\.cpp\"$")
foreach(member IN LISTS members)
  string(REGEX REPLACE "^#include \"(.*)\"$" "\\1" member "${member}")
  file(READ "${member}" text)
  string(REGEX REPLACE "#include [^\n]*" "" text "${text}")
  string(REGEX MATCHALL "[A-Za-z0-9_]+" words "${text}")
  string(REGEX MATCHALL "\nusing [A-Za-z0-9_:]+::[A-Za-z0-9_]+" declarations "${text}")
  foreach(declaration IN LISTS declarations)
    string(REGEX REPLACE "^.*::" "" name "${declaration}")
    set(uses ${words})
    list(FILTER uses INCLUDE REGEX "^${name}$")
    list(LENGTH uses count)
    if(count LESS 2)
      message(FATAL_ERROR "${member} declares that it uses ${name}, and does not use it.")
    endif()
  endforeach()
endforeach()
