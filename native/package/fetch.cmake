# usage: cmake -D INTO=FOLDER -P fetch.cmake
#
# Brings what a published library is made of besides our own sources, and unpacks it below INTO: the
# sources of cpprestsdk and libxml2 as Debian patches them, and for each processor a C library and an
# OpenSSL that are old enough, in sysroot-PROCESSOR. An archive is known by its SHA-256, wherever it comes from:
# the folder WSMAN_ARCHIVES (an environment variable; without it, one in the user's cache) is asked
# before the archive of Debian that WSMAN_MIRROR names (without it, that of apt), and keeps what came.
cmake_minimum_required(VERSION 3.25)

get_filename_component(INTO "${INTO}" ABSOLUTE)

# A mirror drops versions: of several the first is taken that is there.
set(cpprest_source pool/main/c/cpprest/cpprest_2.10.18.orig.tar.gz=6bd74a637ff182144b6a4271227ea8b6b3ea92389f88b25b215e6f94fd4d41cb)
set(cpprest_patches pool/main/c/cpprest/cpprest_2.10.18-1.debian.tar.xz=3b8b443694a5de2e88efda947d5bfd8315a887d6c78aea0e47cfe92485ee9ecb)
set(libxml2_source pool/main/libx/libxml2/libxml2_2.9.14+dfsg.orig.tar.xz=4fe913dec8b1ab89d13b489b419a8203176ea39e931eaa0d25b17eafb9c279e9)
set(libxml2_patches
  pool/main/libx/libxml2/libxml2_2.9.14+dfsg-1.3~deb12u6.debian.tar.xz=f33a99a0018cbb94aadc3bf26661e401cb90dff856aa170faf7239151ee9b9ac
  pool/main/libx/libxml2/libxml2_2.9.14+dfsg-1.3~deb12u5.debian.tar.xz=ee025505ade2704f221617792212323392e48cf9864ef185fed5712e3a873b12)

# glibc 2.31, of Debian 11. Its headers and the versions of its symbols decide what the library runs on.
# OpenSSL 1.1.1 is there to try the library with, the oldest that it takes; it is not linked with it.
set(x64_triplet x86_64-linux-gnu)
set(x64_libc
  pool/main/g/glibc/libc6_2.31-13+deb11u11_amd64.deb=05f7264da867b37f4c5ce49266b558ea1e81e05a9464f623152fca70f3550282)
set(x64_headers
  pool/main/g/glibc/libc6-dev_2.31-13+deb11u11_amd64.deb=e7f7b45d9c5cfcf37609f0b6efd3c645272c812144703af89dfd32218fcb0fd3)
set(x64_kernel
  pool/main/l/linux/linux-libc-dev_5.10.223-1_amd64.deb=e3be603bd12377bb90fcfb0f2048ca3a81c886e49d6f09945b82159d1c54f7b2)
set(x64_openssl
  pool/main/o/openssl/libssl1.1_1.1.1w-0+deb11u1_amd64.deb=aadf8b4b197335645b230c2839b4517aa444fd2e8f434e5438c48a18857988f7)
set(arm64_triplet aarch64-linux-gnu)
set(arm64_libc
  pool/main/g/glibc/libc6_2.31-13+deb11u11_arm64.deb=baaa9aa184e2f21738c5819055e6740cc5b22f198e3f416e33f82b40ff6933d8)
set(arm64_headers
  pool/main/g/glibc/libc6-dev_2.31-13+deb11u11_arm64.deb=28d478134722dcd4b0bd2045a199301d18713bf95947b9fce66634e7aeacab2e)
set(arm64_kernel
  pool/main/l/linux/linux-libc-dev_5.10.223-1_arm64.deb=8b6374a64412d33eac61d74f77b8f932da4b8a707ea8a614791e2a35b8917618)
set(arm64_openssl
  pool/main/o/openssl/libssl1.1_1.1.1w-0+deb11u1_arm64.deb=fe7a7d313c87e46e62e614a07137e4a476a79fc9e5aab7b23e8235211280fee3)

# What is set to nothing counts as not set; a relative path is to be ignored (XDG Base Directory Specification).
if(NOT "$ENV{WSMAN_ARCHIVES}" STREQUAL "")
  set(archives "$ENV{WSMAN_ARCHIVES}")
elseif(IS_ABSOLUTE "$ENV{XDG_CACHE_HOME}")
  set(archives "$ENV{XDG_CACHE_HOME}/portable-wsman")
elseif(IS_ABSOLUTE "$ENV{HOME}")
  set(archives "$ENV{HOME}/.cache/portable-wsman")
else()
  message(FATAL_ERROR "There is no folder to keep archives in: WSMAN_ARCHIVES names one, or HOME has one.")
endif()

set(mirror "$ENV{WSMAN_MIRROR}")
if(NOT mirror)
  execute_process(COMMAND apt-get indextargets --format "$(REPO_URI)" "Created-By: Packages" "Component: main" "Origin: Debian"
                  OUTPUT_VARIABLE mirror ERROR_QUIET)
  string(REGEX MATCH "https?://[^\n]+" mirror "${mirror}")
endif()
string(REGEX REPLACE "/$" "" mirror "${mirror}")

# Sets `variable` to the file of the first of the archives that is to be had.
function(bring variable)
  foreach(archive IN LISTS ARGN)
    string(REGEX MATCH "^(.*)=(.*)$" _ "${archive}")
    set(path "${CMAKE_MATCH_1}")
    set(sum "${CMAKE_MATCH_2}")
    set(file "${archives}/${sum}")
    set(found "")
    # What another build broke off is brought again.
    if(EXISTS "${file}")
      file(SHA256 "${file}" found)
    endif()
    if(NOT found STREQUAL sum AND mirror)
      # Another build may bring the same.
      string(RANDOM LENGTH 12 random)
      set(part "${file}.${random}.part")
      file(DOWNLOAD "${mirror}/${path}" "${part}" INACTIVITY_TIMEOUT 60 STATUS status)
      file(SHA256 "${part}" found)
      if(found STREQUAL sum)
        file(RENAME "${part}" "${file}")
      else()
        file(REMOVE "${part}")
      endif()
    endif()
    if(found STREQUAL sum)
      if(tried)
        message(WARNING "An older version is taken, ${path}, because what is newer could not be had:${tried}")
      endif()
      set(${variable} "${file}" PARENT_SCOPE)
      return()
    endif()
    string(APPEND tried "\n  ${path}, to be put into ${archives} as ${sum}")
  endforeach()
  if(NOT mirror)
    message(FATAL_ERROR "None of these archives is here, and apt names no archive of Debian: "
                        "`apt-get update` brings its lists, or WSMAN_MIRROR names one.${tried}")
  endif()
  message(FATAL_ERROR "None of these archives could be had from '${mirror}' (${status}):${tried}")
endfunction()

function(unpack archive folder)
  # With the times of the archive, sources that took the place of older ones would be older than what is made of those.
  file(ARCHIVE_EXTRACT INPUT "${archive}" DESTINATION "${folder}" TOUCH)
endfunction()

# Ends the function that calls it if `folder` was made of what `stamp` says.
macro(return_if_made)
  if(EXISTS "${folder}/stamp")
    file(READ "${folder}/stamp" made)
    if(made STREQUAL stamp)
      return()
    endif()
  endif()
endmacro()

# A source in a folder of its own, with Debian's patches.
function(make_source name)
  bring(source ${${name}_source})
  bring(patches ${${name}_patches})
  set(folder "${INTO}/${name}")
  set(new "${folder}.new")
  set(stamp "${source} ${patches}")
  return_if_made()
  file(REMOVE_RECURSE "${folder}" "${new}")
  unpack("${source}" "${new}")
  # It has one folder at its root.
  file(GLOB root "${new}/*")
  unpack("${patches}" "${root}")
  file(STRINGS "${root}/debian/patches/series" series REGEX "^[^#]")
  foreach(patch IN LISTS series)
    execute_process(COMMAND patch --strip=1 --silent --input "debian/patches/${patch}"
                    WORKING_DIRECTORY "${root}" COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
  file(WRITE "${root}/stamp" "${stamp}")
  file(RENAME "${root}" "${folder}")
  file(REMOVE_RECURSE "${new}")
endfunction()

# An old C library, seen together with the compiler's own headers and those of libraries that are
# headers only, or that are loaded when the library runs.
function(make_sysroot processor)
  set(triplet ${${processor}_triplet})
  set(folder "${INTO}/sysroot-${processor}")
  set(new "${folder}.new")
  foreach(part IN ITEMS libc headers kernel openssl)
    bring(${part} ${${processor}_${part}})
  endforeach()
  set(stamp "${libc} ${headers} ${kernel} ${openssl}")
  return_if_made()
  file(REMOVE_RECURSE "${folder}" "${new}")
  foreach(part IN ITEMS libc headers kernel openssl)
    unpack("${${part}}" "${new}/package")
    unpack("${new}/package/data.tar.xz" "${new}")
    file(REMOVE_RECURSE "${new}/package")
  endforeach()
  # Links from the root lead out of it.
  file(GLOB links "${new}/lib*/*.so*" "${new}/usr/lib/${triplet}/*.so")
  foreach(link IN LISTS links)
    if(IS_SYMLINK "${link}")
      file(READ_SYMLINK "${link}" target)
      if(IS_ABSOLUTE "${target}")
        cmake_path(GET link PARENT_PATH from)
        file(RELATIVE_PATH target "${from}" "${new}${target}")
        file(CREATE_LINK "${target}" "${link}" SYMBOLIC)
      endif()
    endif()
  endforeach()
  foreach(library IN ITEMS boost doctest nlohmann openssl)
    file(CREATE_LINK "/usr/include/${library}" "${new}/usr/include/${library}" SYMBOLIC)
  endforeach()
  # What differs between processors in OpenSSL's headers are the sizes of types, which these share.
  file(GLOB configured "/usr/include/*-linux-gnu/openssl")
  list(GET configured 0 configured)
  file(CREATE_LINK "${configured}" "${new}/usr/include/${triplet}/openssl" SYMBOLIC)
  # It belongs to the compiler; .NET brings the need for it into every process.
  execute_process(COMMAND ${triplet}-g++ -print-file-name=libgcc_s.so.1
                  OUTPUT_VARIABLE unwinder OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  file(CREATE_LINK "${unwinder}" "${new}/lib/${triplet}/libgcc_s.so.1" SYMBOLIC)
  file(WRITE "${new}/stamp" "${stamp}")
  file(RENAME "${new}" "${folder}")
endfunction()

make_source(cpprest)
make_source(libxml2)
make_sysroot(x64)
make_sysroot(arm64)
