# Which PowerShell the demo and `shell` run in: pwsh 7.4 or later, else the console of the tests.
#
# Run as a script (cmake -D CONSOLE=<file> -P find-shell.cmake) it prints the path on standard
# output. Included, it gives find_shell(). A pwsh that is too old is named on standard error.
cmake_minimum_required(VERSION 3.25)

function(find_shell out console)
  set(${out} "${console}" PARENT_SCOPE)
  find_program(pwsh pwsh NO_CACHE)
  if(NOT pwsh)
    return()
  endif()
  execute_process(
    COMMAND "${pwsh}" -NoLogo -NoProfile -NonInteractive -Command
            "$PSVersionTable.PSVersion.ToString()"
    OUTPUT_VARIABLE version
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET
    TIMEOUT 60)
  if(NOT version MATCHES "^([0-9]+\\.[0-9]+)\\.")
    message(NOTICE "Passing over ${pwsh}: it does not tell its version.")
  elseif(CMAKE_MATCH_1 VERSION_LESS 7.4)
    message(NOTICE "Passing over ${pwsh}: it is ${version}, and 7.4 is the first that will do.")
  else()
    set(${out} "${pwsh}" PARENT_SCOPE)
  endif()
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  find_shell(shell "${CONSOLE}")
  execute_process(COMMAND "${CMAKE_COMMAND}" -E echo "${shell}")
endif()
