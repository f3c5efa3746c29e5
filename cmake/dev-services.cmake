# The services of the tests (tests/endpoint), as the development build makes them. Each is run by one
# thread, in which the thread sanitizer has nothing to find, so its build does not compile them.
set(services_build "${PROJECT_SOURCE_DIR}/out/dev")
set(services_folder "${services_build}/tests/endpoint")
set(endpoint_program "${services_folder}/wsman-endpoint")
set(hostile_program "${services_folder}/hostile/wsman-hostile")

add_custom_target(
  dev-services
  COMMAND ${CMAKE_COMMAND} --preset dev
  COMMAND ${CMAKE_COMMAND} --build "${services_build}" --target wsman_endpoint wsman_hostile
  BYPRODUCTS "${endpoint_program}" "${hostile_program}"
  WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
  COMMENT "Building the services of the tests"
  USES_TERMINAL VERBATIM)

foreach(service IN ITEMS endpoint hostile)
  add_executable(wsman_${service} IMPORTED GLOBAL)
  set_target_properties(wsman_${service} PROPERTIES IMPORTED_LOCATION "${${service}_program}")
  add_dependencies(wsman_${service} dev-services)
endforeach()
