# Compiles for a processor, WSMAN_PROCESSOR (x64 or arm64), against the old C library that
# fetch.cmake has brought, and finds no header and no library of this machine's own.
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES WSMAN_PROCESSOR)
set(processors_x64 x86_64)
set(processors_arm64 aarch64)
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR ${processors_${WSMAN_PROCESSOR}})
set(triplet ${CMAKE_SYSTEM_PROCESSOR}-linux-gnu)
set(CMAKE_C_COMPILER ${triplet}-gcc)
set(CMAKE_CXX_COMPILER ${triplet}-g++)
set(CMAKE_OBJCOPY ${triplet}-objcopy)

get_filename_component(CMAKE_SYSROOT "${CMAKE_CURRENT_LIST_DIR}/../../out/package/sysroot-${WSMAN_PROCESSOR}" ABSOLUTE)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)

# A cross compiler has a C library of its own, which it would prefer: its folders are replaced.
execute_process(COMMAND ${CMAKE_CXX_COMPILER} -dumpversion OUTPUT_VARIABLE version OUTPUT_STRIP_TRAILING_WHITESPACE)
execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=include OUTPUT_VARIABLE own OUTPUT_STRIP_TRAILING_WHITESPACE)
set(c_headers "-isystem ${own} -isystem ${CMAKE_SYSROOT}/usr/include/${triplet} -isystem ${CMAKE_SYSROOT}/usr/include")
if(EXISTS /usr/${triplet}/include/c++/${version})
  set(cxx_headers "-isystem /usr/${triplet}/include/c++/${version} -isystem /usr/${triplet}/include/c++/${version}/${triplet}")
else()
  set(cxx_headers "-isystem /usr/include/c++/${version} -isystem /usr/include/${triplet}/c++/${version}")
endif()
set(CMAKE_C_FLAGS_INIT "-nostdinc ${c_headers}")
set(CMAKE_CXX_FLAGS_INIT "-nostdinc ${cxx_headers} ${c_headers}")
foreach(kind IN ITEMS EXE SHARED)
  set(CMAKE_${kind}_LINKER_FLAGS_INIT
    "-B${CMAKE_SYSROOT}/usr/lib/${triplet} -L${CMAKE_SYSROOT}/usr/lib/${triplet} -L${CMAKE_SYSROOT}/lib/${triplet}")
endforeach()
