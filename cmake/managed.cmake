# .NET projects as build steps.
#
# A step runs only when one of its inputs changed, since even a build with nothing to do costs
# seconds. The projects find their own sources, so the inputs are found in the same way here.
find_program(DOTNET dotnet REQUIRED)

# Steps share output folders of projects they have in common, so one runs at a time.
set_property(GLOBAL APPEND PROPERTY JOB_POOLS dotnet=1)

# No compiler server and no build node stays behind when a step ends.
set(WSMAN_DOTNET_ENVIRONMENT
    "DOTNET_CLI_TELEMETRY_OPTOUT=1" "DOTNET_NOLOGO=1" "MSBUILDDISABLENODEREUSE=1"
    "UseSharedCompilation=false")

# `dotnet build`, but silent when all is well.
set(WSMAN_DOTNET_BUILD -restore -nologo -verbosity:quiet -property:Configuration=Release)

# Where the projects' output goes (Directory.Build.props).
set(WSMAN_DOTNET_OUTPUT "${PROJECT_SOURCE_DIR}/out/dotnet/bin")

# Everything below `folder` that a change to must cause a build, in the variable `out`.
function(wsman_managed_inputs out folder)
  file(
    GLOB_RECURSE inputs CONFIGURE_DEPENDS
    "${folder}/*.cs" "${folder}/*.csproj" "${folder}/*.props" "${folder}/*.targets"
    "${folder}/*.ps1xml" "${folder}/*.psd1" "${folder}/*.psm1" "${folder}/*.json")
  list(APPEND inputs "${PROJECT_SOURCE_DIR}/Directory.Build.props"
       "${PROJECT_SOURCE_DIR}/.editorconfig")
  set(${out} "${inputs}" PARENT_SCOPE)
endfunction()

# Adds the step `name`: `dotnet ARGUMENTS`, run again when something in INPUTS changed. OUTPUT is a
# file that the step makes, for other steps to depend on; without one the step has a stamp.
function(wsman_managed_step name)
  cmake_parse_arguments(PARSE_ARGV 1 step "" "COMMENT;OUTPUT" "ARGUMENTS;INPUTS")
  set(stamp "${CMAKE_BINARY_DIR}/stamps/${name}")
  add_custom_command(
    OUTPUT "${stamp}"
    BYPRODUCTS ${step_OUTPUT}
    COMMAND ${CMAKE_COMMAND} -E env ${WSMAN_DOTNET_ENVIRONMENT} ${DOTNET} ${step_ARGUMENTS}
    COMMAND ${CMAKE_COMMAND} -E touch "${stamp}"
    DEPENDS ${step_INPUTS}
    COMMENT "${step_COMMENT}"
    JOB_POOL dotnet
    VERBATIM)
  add_custom_target(${name} DEPENDS "${stamp}")
endfunction()
