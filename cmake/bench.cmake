# What is measured: `bench`, side by side with others, and the instruction count that `check`
# compares with the baseline in tests/bench/callgrind.txt.
set(bench_folder "${PROJECT_SOURCE_DIR}/tests/bench")

# A target that cannot be built for lack of something, and says so.
function(wsman_target_without name why)
  add_custom_target(
    ${name}
    COMMAND ${CMAKE_COMMAND} -E echo "${why}"
    COMMAND ${CMAKE_COMMAND} -E false
    VERBATIM)
endfunction()

# The instruction count. valgrind runs on Linux only.
find_program(VALGRIND valgrind)
set(count_command
    wsman_bench_count "${VALGRIND}" "$<TARGET_FILE:wsman_endpoint>"
    "$<TARGET_FILE:wsman_bench_abi>" "${CMAKE_BINARY_DIR}/callgrind")
if(WSMAN_SANITIZERS)
  wsman_target_without(check-callgrind "Instructions are counted without sanitizers only.")
elseif(VALGRIND)
  add_custom_target(
    check-callgrind
    COMMAND ${count_command} compare "${bench_folder}/callgrind.txt"
    DEPENDS wsman_bench_count wsman_bench_abi wsman_endpoint
    COMMENT "Counting the instructions of one Identify"
    VERBATIM)
  add_custom_target(
    callgrind-baseline
    COMMAND ${count_command} write "${bench_folder}/callgrind.txt"
    DEPENDS wsman_bench_count wsman_bench_abi wsman_endpoint
    COMMENT "Writing the baseline of the instruction count"
    VERBATIM)
elseif(APPLE)
  add_custom_target(
    check-callgrind
    COMMAND ${CMAKE_COMMAND} -E echo "There is no valgrind here: instructions are not counted."
    VERBATIM)
else()
  wsman_target_without(check-callgrind "valgrind is needed for this.")
endif()

# What each mechanism costs, in a realm of its own (tests/gss).
add_custom_target(
  bench-authentication
  COMMAND "${bench_folder}/authentication.py" "${PROJECT_SOURCE_DIR}/out/gss" "$<TARGET_FILE:wsman_endpoint>"
          "$<TARGET_FILE:wsman_bench_auth>"
  DEPENDS wsman_endpoint wsman_bench_auth
  COMMENT "Measuring the mechanisms; keep the machine quiet"
  USES_TERMINAL VERBATIM)

# The module that imports are compared with.
set(empty_module "${WSMAN_DOTNET_OUTPUT}/wsman-bench-empty/release/wsman-bench-empty.psd1")
wsman_managed_inputs(empty_inputs "${bench_folder}/empty")
wsman_managed_step(
  bench-empty-module
  COMMENT "Building the empty module"
  ARGUMENTS msbuild "${bench_folder}/empty/wsman-bench-empty.csproj" ${WSMAN_DOTNET_BUILD}
  INPUTS ${empty_inputs}
  OUTPUT "${empty_module}")

if(TARGET wsman_bench_curl AND VALGRIND)
  add_custom_target(
    bench
    COMMAND
      wsman_bench "$<TARGET_FILE:wsman_endpoint>" "$<TARGET_FILE:wsman_bench_abi>"
      "$<TARGET_FILE:wsman_bench_curl>" "${WSMAN_CONSOLE}"
      "${WSMAN_MODULE}/Portable.WSMan.Management.psd1" "${empty_module}" "${bench_folder}"
    COMMAND wsman_bench_teardown
    COMMAND "${bench_folder}/authentication.py" "${PROJECT_SOURCE_DIR}/out/gss"
            "$<TARGET_FILE:wsman_endpoint>" "$<TARGET_FILE:wsman_bench_auth>"
    COMMAND ${count_command}
    DEPENDS wsman_endpoint wsman_bench_auth wsman_bench_abi wsman_bench_curl wsman_bench_count wsman_bench_teardown console module
            bench-empty-module
    COMMENT "Measuring; keep the machine quiet"
    USES_TERMINAL VERBATIM)
else()
  wsman_target_without(bench "libcurl's development files and valgrind are needed for this.")
endif()
