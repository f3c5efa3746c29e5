# What `check` checks: format and lint, native and managed, and how many instructions an Identify
# takes (bench.cmake). The layering is a test (tests/layering).
#
# Lint is one step a file, so that ninja runs them side by side and repeats only what changed.
find_program(CLANG_FORMAT clang-format)
find_program(CLANG_TIDY clang-tidy)
cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
set_property(GLOBAL APPEND PROPERTY JOB_POOLS tidy=${cores})

file(
  GLOB_RECURSE native_files CONFIGURE_DEPENDS
  "${PROJECT_SOURCE_DIR}/native/*.h" "${PROJECT_SOURCE_DIR}/native/*.cpp"
  "${PROJECT_SOURCE_DIR}/native/*.c" "${PROJECT_SOURCE_DIR}/tests/*.h"
  "${PROJECT_SOURCE_DIR}/tests/*.cpp" "${PROJECT_SOURCE_DIR}/tests/*.c")
set(headers ${native_files})
list(FILTER headers INCLUDE REGEX "\\.h$")
set(sources ${native_files})
list(FILTER sources EXCLUDE REGEX "\\.h$")

if(CLANG_FORMAT AND CLANG_TIDY)
  add_custom_target(
    check-format
    COMMAND ${CLANG_FORMAT} --dry-run -Werror ${native_files}
    COMMENT "Checking the format of the native files"
    VERBATIM)

  set(tidy_files "${PROJECT_SOURCE_DIR}/.clang-tidy" "${PROJECT_SOURCE_DIR}/tests/.clang-tidy")
  set(tidied "")
  foreach(source IN LISTS sources)
    cmake_path(RELATIVE_PATH source BASE_DIRECTORY "${PROJECT_SOURCE_DIR}" OUTPUT_VARIABLE name)
    set(stamp "${CMAKE_BINARY_DIR}/stamps/tidy/${name}")
    cmake_path(GET stamp PARENT_PATH folder)
    file(MAKE_DIRECTORY "${folder}")
    add_custom_command(
      OUTPUT "${stamp}"
      COMMAND
        ${CMAKE_COMMAND} -D "TIDY=${CLANG_TIDY}" -D "BUILD=${CMAKE_BINARY_DIR}" -D
        "SOURCE=${source}" -P "${PROJECT_SOURCE_DIR}/cmake/lint.cmake"
      COMMAND ${CMAKE_COMMAND} -E touch "${stamp}"
      DEPENDS "${source}" ${headers} ${tidy_files}
      COMMENT "Linting ${name}"
      JOB_POOL tidy
      VERBATIM)
    list(APPEND tidied "${stamp}")
  endforeach()
  add_custom_target(check-tidy DEPENDS ${tidied})
else()
  foreach(name IN ITEMS check-format check-tidy)
    add_custom_target(
      ${name}
      COMMAND ${CMAKE_COMMAND} -E echo "clang-format and clang-tidy are needed for this."
      COMMAND ${CMAKE_COMMAND} -E false
      VERBATIM)
  endforeach()
endif()

file(GLOB_RECURSE projects CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/module/*.csproj"
     "${PROJECT_SOURCE_DIR}/tests/*.csproj")
set(formatted "")
foreach(project IN LISTS projects)
  cmake_path(GET project STEM LAST_ONLY name)
  cmake_path(GET project PARENT_PATH folder)
  wsman_managed_inputs(inputs "${folder}")
  wsman_managed_step(
    format-${name}
    COMMENT "Checking the format of ${name}"
    ARGUMENTS format "${project}" --verify-no-changes
    INPUTS ${inputs})
  list(APPEND formatted format-${name})
endforeach()
add_custom_target(check-managed DEPENDS ${formatted})

add_custom_target(
  check DEPENDS check-format check-tidy check-layering check-managed check-callgrind)
