# Lays out the module folder. Run as a script:
#
#   cmake -D MODULE=<folder> -D MANIFESTS=<folder> -D SHIM=<dll> -D LIBRARY=<file>
#         -D RUNTIME=<os>-<arch> -P assemble-module.cmake
#
# A file of an earlier build that no longer belongs is removed. One that is the same stays as it
# is, and one that changed is replaced under its name rather than written over, because a running
# PowerShell may have it mapped.
cmake_minimum_required(VERSION 3.25)

# Puts `source` in place as `target`, relative to the module folder.
function(place source target)
  set(final "${MODULE}/${target}")
  set(placed ${placed} "${target}" PARENT_SCOPE)
  if(EXISTS "${final}")
    file(SHA256 "${source}" new)
    file(SHA256 "${final}" old)
    if(new STREQUAL old)
      return()
    endif()
  endif()
  cmake_path(GET final PARENT_PATH folder)
  file(MAKE_DIRECTORY "${folder}")
  file(COPY_FILE "${source}" "${final}.new")
  file(RENAME "${final}.new" "${final}")
endfunction()

set(placed "")
file(GLOB_RECURSE manifests RELATIVE "${MANIFESTS}" "${MANIFESTS}/*")
foreach(manifest IN LISTS manifests)
  place("${MANIFESTS}/${manifest}" "${manifest}")
endforeach()
cmake_path(GET SHIM FILENAME shim_name)
place("${SHIM}" "${shim_name}")
cmake_path(GET LIBRARY FILENAME library_name)
place("${LIBRARY}" "${RUNTIME}/${library_name}")

file(GLOB_RECURSE present RELATIVE "${MODULE}" "${MODULE}/*")
foreach(file IN LISTS present)
  if(NOT file IN_LIST placed)
    file(REMOVE "${MODULE}/${file}")
  endif()
endforeach()
