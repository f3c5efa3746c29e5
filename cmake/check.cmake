# What `check` checks: format and lint, native and managed, and how many instructions an Identify
# takes (bench.cmake). The layering is a test (tests/layering).
#
# Lint is one step a file, or a batch of files where the build compiles them in batches
# (test-flags.cmake), so that ninja runs them side by side and repeats only what changed.
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

# wsman_batches(<folder> <batches> <batched>): the files that CMake generates to compile the targets at
# and below a folder in batches, and the sources within them.
function(wsman_batches folder batches batched)
  set(generated "")
  set(within "")
  get_property(targets DIRECTORY "${folder}" PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(unity ${target} UNITY_BUILD)
    if(NOT unity)
      continue()
    endif()
    get_target_property(files ${target} SOURCES)
    get_target_property(source_folder ${target} SOURCE_DIR)
    get_target_property(binary_folder ${target} BINARY_DIR)
    get_target_property(size ${target} UNITY_BUILD_BATCH_SIZE)
    foreach(language IN ITEMS "cpp:cxx.cxx" "c:c.c")
      string(REGEX MATCH "^(.+):(.+)$" matched "${language}")
      set(suffix "${CMAKE_MATCH_2}")
      set(of_language ${files})
      list(FILTER of_language INCLUDE REGEX "\\.${CMAKE_MATCH_1}$")
      set(count 0)
      foreach(file IN LISTS of_language)
        cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY "${source_folder}")
        get_source_file_property(skip "${file}" TARGET_DIRECTORY ${target} SKIP_UNITY_BUILD_INCLUSION)
        if(NOT skip)
          math(EXPR batch "${count} / ${size}")
          math(EXPR count "${count} + 1")
          list(APPEND within "${file}")
          list(APPEND generated
               "${binary_folder}/CMakeFiles/${target}.dir/Unity/unity_${batch}_${suffix}")
        endif()
      endforeach()
    endforeach()
  endforeach()
  get_property(folders DIRECTORY "${folder}" PROPERTY SUBDIRECTORIES)
  foreach(below IN LISTS folders)
    wsman_batches("${below}" more_generated more_within)
    list(APPEND generated ${more_generated})
    list(APPEND within ${more_within})
  endforeach()
  list(REMOVE_DUPLICATES generated)
  set(${batches} ${generated} PARENT_SCOPE)
  set(${batched} ${within} PARENT_SCOPE)
endfunction()

if(CLANG_FORMAT AND CLANG_TIDY)
  add_custom_target(
    check-format
    COMMAND ${CLANG_FORMAT} --dry-run -Werror ${native_files}
    COMMENT "Checking the format of the native files"
    VERBATIM)

  set(tidy_files "${PROJECT_SOURCE_DIR}/.clang-tidy" "${PROJECT_SOURCE_DIR}/tests/.clang-tidy")
  wsman_batches("${PROJECT_SOURCE_DIR}" batches batched)
  list(REMOVE_ITEM sources ${batched})
  # Of a batch clang-tidy looks for its rules above the generated file.
  configure_file("${PROJECT_SOURCE_DIR}/tests/.clang-tidy" "${CMAKE_BINARY_DIR}/tests/.clang-tidy"
                 COPYONLY)
  set(tidied "")
  foreach(source IN LISTS sources batches)
    cmake_path(IS_PREFIX CMAKE_BINARY_DIR "${source}" is_batch)
    cmake_path(RELATIVE_PATH source BASE_DIRECTORY "${PROJECT_SOURCE_DIR}" OUTPUT_VARIABLE name)
    set(contents "${source}")
    if(is_batch)
      set(contents ${batched})
    endif()
    set(stamp "${CMAKE_BINARY_DIR}/stamps/tidy/${name}")
    cmake_path(GET stamp PARENT_PATH folder)
    file(MAKE_DIRECTORY "${folder}")
    add_custom_command(
      OUTPUT "${stamp}"
      COMMAND
        ${CMAKE_COMMAND} -D "TIDY=${CLANG_TIDY}" -D "BUILD=${CMAKE_BINARY_DIR}" -D
        "SOURCE=${source}" -P "${PROJECT_SOURCE_DIR}/cmake/lint.cmake"
      COMMAND ${CMAKE_COMMAND} -E touch "${stamp}"
      DEPENDS ${contents} ${headers} ${tidy_files}
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
