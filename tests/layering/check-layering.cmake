# Checks who includes whom. Run as a script: cmake -D ROOT=<repository> -P check-layering.cmake
#
# - A native file includes its own room and rooms to the right of it, as "room/file.h".
# - A library enters through one room, so that its types and exceptions end there.
# - The public header is C and stands alone; only abi/ includes it.
# - A type has its name for itself: two of one name in the one namespace would be linked as one.
# - Commands/ and Provider/ of the shim reach the native library through WSManClient.
cmake_minimum_required(VERSION 3.25)

set(rooms abi session protocol transport base)

# Library headers by their beginning, each with the pattern of the files that may include it.
set(libraries libxml nlohmann cpprest pplx boost openssl)
set(home_of_libxml "^protocol/")
set(home_of_nlohmann "^abi/")
set(home_of_cpprest "^transport/")
set(home_of_pplx "^transport/")
set(home_of_boost "^transport/")
set(home_of_openssl "^(transport/|base/secret\\.)")

set(breaches "")
macro(breach text)
  string(APPEND breaches "  ${text}\n")
endmacro()

# One include of a native file, where `file` is relative to native/.
macro(check_include file included)
  cmake_path(GET file PARENT_PATH room)
  string(REGEX REPLACE "/.*" "" room "${room}")
  string(REGEX REPLACE "/.*" "" first "${included}")
  list(FIND rooms "${room}" from)
  list(FIND rooms "${first}" to)
  if("${included}" MATCHES "\\.\\./")
    breach("native/${file}: \"${included}\" leaves its folder; write \"room/file.h\"")
  elseif(to GREATER -1 AND to LESS from)
    breach("native/${file}: \"${included}\": ${room} may not know ${first}")
  elseif(first STREQUAL "wsman" AND NOT room STREQUAL "abi")
    breach("native/${file}: \"${included}\": only abi may include the public header")
  elseif(first IN_LIST libraries AND NOT "${file}" MATCHES "${home_of_${first}}")
    breach("native/${file}: <${included}>: ${first} has its home elsewhere")
  endif()
endmacro()

# The includes of `path`, in the variable `includes`.
macro(read_includes path)
  file(STRINGS "${path}" includes REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"]")
  list(TRANSFORM includes REPLACE "^[^<\"]*[<\"]([^>\"]*).*$" "\\1")
endmacro()

# The types that the header `file` defines at the left margin, which are those of the namespace.
set(types "")
macro(check_types file)
  file(STRINGS "${ROOT}/native/${file}" heads REGEX "^(struct|class|enum class) [A-Za-z0-9_]+[^;]*$")
  foreach(head IN LISTS heads)
    string(REGEX REPLACE "^(struct|class|enum class) ([A-Za-z0-9_]+).*$" "\\2" type "${head}")
    if(type IN_LIST types)
      breach("native/${file}: another header has a type ${type} already")
    endif()
    list(APPEND types "${type}")
  endforeach()
endmacro()

foreach(room IN LISTS rooms)
  file(GLOB_RECURSE files RELATIVE "${ROOT}/native" "${ROOT}/native/${room}/*.h"
       "${ROOT}/native/${room}/*.cpp" "${ROOT}/native/${room}/*.c")
  if(NOT files)
    breach("native/${room}: no files, so nothing was checked")
  endif()
  foreach(file IN LISTS files)
    read_includes("${ROOT}/native/${file}")
    foreach(included IN LISTS includes)
      check_include("${file}" "${included}")
    endforeach()
    if(file MATCHES "\\.h$")
      check_types("${file}")
    endif()
  endforeach()
endforeach()

file(GLOB_RECURSE public_headers "${ROOT}/native/include/*")
foreach(header IN LISTS public_headers)
  read_includes("${header}")
  foreach(included IN LISTS includes)
    if(NOT included MATCHES "^std[a-z]+\\.h$")
      breach("${header}: <${included}> is not of the C standard library")
    endif()
  endforeach()
endforeach()

file(GLOB_RECURSE users "${ROOT}/module/Commands/*.cs" "${ROOT}/module/Provider/*.cs")
if(NOT users)
  breach("module: no files of Commands and Provider, so nothing was checked")
endif()
foreach(user IN LISTS users)
  file(STRINGS "${user}" uses REGEX "NativeMethods")
  if(uses)
    breach("${user}: NativeMethods is for Interop; call WSManClient")
  endif()
endforeach()

if(breaches)
  message(FATAL_ERROR "The layering is broken:\n${breaches}")
endif()
