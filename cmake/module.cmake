# The module folder: shim, manifests, help and the native library, as PowerShell imports it.
set(WSMAN_MODULE_ROOT "${PROJECT_SOURCE_DIR}/out/module"
    CACHE PATH "Folder in which the module folder is assembled")
set(WSMAN_MODULE "${WSMAN_MODULE_ROOT}/Portable.WSMan.Management")

# The folder of the native library, named as the shim looks for it: <os>-<arch> of .NET.
if(APPLE)
  set(runtime_os osx)
else()
  set(runtime_os linux)
endif()
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
  set(runtime_arch arm64)
else()
  set(runtime_arch x64)
endif()

set(shim "${CMAKE_BINARY_DIR}/shim/Microsoft.WSMan.Management.dll")
wsman_managed_inputs(shim_inputs "${PROJECT_SOURCE_DIR}/module")
wsman_managed_step(
  shim
  COMMENT "Building the shim"
  ARGUMENTS publish "${PROJECT_SOURCE_DIR}/module/Microsoft.WSMan.Management.csproj"
            --configuration Release --output "${CMAKE_BINARY_DIR}/shim" --verbosity quiet
  INPUTS ${shim_inputs}
  OUTPUT "${shim}")

file(GLOB_RECURSE manifests CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/manifests/*")
set(assembled "${CMAKE_BINARY_DIR}/stamps/module")
add_custom_command(
  OUTPUT "${assembled}"
  COMMAND
    ${CMAKE_COMMAND} -D "MODULE=${WSMAN_MODULE}" -D "MANIFESTS=${PROJECT_SOURCE_DIR}/manifests" -D
    "SHIM=${shim}" -D "LIBRARY=$<TARGET_FILE:wsman_native>" -D
    "RUNTIME=${runtime_os}-${runtime_arch}" -P "${PROJECT_SOURCE_DIR}/cmake/assemble-module.cmake"
  COMMAND ${CMAKE_COMMAND} -E touch "${assembled}"
  DEPENDS shim wsman_native "${CMAKE_BINARY_DIR}/stamps/shim" ${manifests}
          "${PROJECT_SOURCE_DIR}/cmake/assemble-module.cmake"
  COMMENT "Assembling ${WSMAN_MODULE}"
  VERBATIM)
add_custom_target(module DEPENDS "${assembled}")
