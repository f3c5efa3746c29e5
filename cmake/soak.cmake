# What takes too long for every change: sessions by the ten thousand, and threads that meet for a
# minute. Which of them depends on the sanitizers of the build (workflows soak-dev and soak-tsan).
if(WSMAN_SANITIZERS MATCHES "thread")
  set(soak_command
      ${CMAKE_COMMAND} -E env "WSMAN_TEST_SECONDS=60" "WSMAN_TEST_TIME_FACTOR=4"
      "TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/hostile/tsan.supp"
      "$<TARGET_FILE:wsman_teardown_race>")
else()
  set(soak_command wsman_teardown_cycles 10000)
endif()

add_custom_target(
  soak
  COMMAND ${soak_command}
  DEPENDS wsman_teardown_race wsman_teardown_cycles
  COMMENT "Opening and ending sessions for a while"
  USES_TERMINAL VERBATIM)
