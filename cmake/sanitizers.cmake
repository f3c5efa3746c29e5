# Sanitizers, for the whole tree or not at all: code compiled without them hides what they look for.
set(WSMAN_SANITIZERS "" CACHE STRING "Sanitizers as -fsanitize= takes them: address,undefined")

# What a program needs that was built without sanitizers, such as dotnet, to load our library.
set(WSMAN_SANITIZED_ENVIRONMENT "")

if(WSMAN_SANITIZERS)
  # In batches, the core as well as its tests (test-flags.cmake).
  set(CMAKE_UNITY_BUILD ON)
  add_compile_options(-fsanitize=${WSMAN_SANITIZERS} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${WSMAN_SANITIZERS})
  if(WSMAN_SANITIZERS MATCHES "thread")
    # GCC warns that Boost's headers use a fence that the thread sanitizer does not model.
    add_compile_options(-Wno-tsan)
  endif()

  execute_process(
    COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=libasan.so
    OUTPUT_VARIABLE asan_runtime
    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  file(REAL_PATH "${asan_runtime}" asan_runtime)

  # The runtime of .NET leaks by design and uses SIGSEGV for null references.
  set(WSMAN_SANITIZED_ENVIRONMENT
      "LD_PRELOAD=${asan_runtime}"
      "ASAN_OPTIONS=detect_leaks=0:handle_segv=0"
      "UBSAN_OPTIONS=print_stacktrace=1"
      "WSMAN_TEST_TIME_FACTOR=4")
endif()
