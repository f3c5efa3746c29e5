# Runs the demo script in the PowerShell that find_shell() chooses. Run as a script:
#
#   cmake -D MODULE=<folder> -D ENDPOINT=<program> -D CONSOLE=<program> -D DEMO=<script>
#         -P run-demo.cmake
cmake_minimum_required(VERSION 3.25)
include("${CMAKE_CURRENT_LIST_DIR}/find-shell.cmake")

find_shell(shell "${CONSOLE}")
execute_process(
  COMMAND "${shell}" -NoLogo -NoProfile -File "${DEMO}" -Module "${MODULE}" -Endpoint
          "${ENDPOINT}" -Shell "${shell}"
  RESULT_VARIABLE result
  TIMEOUT 300)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "The demo ended with ${result}.")
endif()
