# What runs over the assembled module: the console, the xunit suite and the demo.
set(console_folder "${PROJECT_SOURCE_DIR}/tests/console")
set(WSMAN_CONSOLE "${WSMAN_DOTNET_OUTPUT}/wsman-console/release/wsman-console")
wsman_managed_inputs(console_inputs "${console_folder}")
wsman_managed_step(
  console
  COMMENT "Building the console"
  ARGUMENTS msbuild "${console_folder}/console/wsman-console.csproj" ${WSMAN_DOTNET_BUILD}
  INPUTS ${console_inputs}
  OUTPUT "${WSMAN_CONSOLE}")

set(xunit_project "${PROJECT_SOURCE_DIR}/tests/module/Microsoft.WSMan.Management.Tests.csproj")
wsman_managed_inputs(xunit_inputs "${PROJECT_SOURCE_DIR}/tests/module")
wsman_managed_step(
  xunit-build
  COMMENT "Building the xunit suite"
  ARGUMENTS msbuild "${xunit_project}" ${WSMAN_DOTNET_BUILD}
  INPUTS ${xunit_inputs} ${console_inputs})
add_dependencies(xunit-build console)

# A case that hangs is named and ended, so that the whole run is bounded.
add_custom_target(
  xunit
  COMMAND
    ${CMAKE_COMMAND} -E env ${WSMAN_DOTNET_ENVIRONMENT} ${WSMAN_SANITIZED_ENVIRONMENT}
    "WSMAN_TEST_MODULE=${WSMAN_MODULE}" "WSMAN_TEST_ENDPOINT=$<TARGET_FILE:wsman_endpoint>"
    "WSMAN_TEST_CONSOLE=${WSMAN_CONSOLE}" ${DOTNET} test "${xunit_project}" --no-build
    --configuration Release --blame-hang-timeout 5m --blame-hang-dump-type none
    --results-directory "${CMAKE_BINARY_DIR}/xunit"
  DEPENDS xunit-build module wsman_endpoint
  COMMENT "Running the xunit suite over ${WSMAN_MODULE}"
  USES_TERMINAL VERBATIM)

add_custom_target(
  demo
  COMMAND
    ${CMAKE_COMMAND} -D "MODULE=${WSMAN_MODULE}" -D "ENDPOINT=$<TARGET_FILE:wsman_endpoint>" -D
    "CONSOLE=${WSMAN_CONSOLE}" -D
    "DEMO=${PROJECT_SOURCE_DIR}/tests/demo/Invoke-Demo.ps1" -P
    "${PROJECT_SOURCE_DIR}/cmake/run-demo.cmake"
  DEPENDS console module wsman_endpoint
  COMMENT "Running the demo"
  USES_TERMINAL VERBATIM)
