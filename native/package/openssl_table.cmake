# usage: cmake -D NM=nm -D ARCHIVES=FILES -D LIBRARIES=FILES -D OLDEST=FILES -D INTO=FILE.S -P openssl_table.cmake
#
# Writes, in assembler, a function for each one of LIBRARIES (OpenSSL's) that the code of ARCHIVES
# calls: it jumps to where a table says (openssl_at_run_time.cpp). It fails if one is neither in
# OLDEST, the libraries of the oldest OpenSSL that is taken, nor has a substitute there.
cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND ${NM} --undefined-only --format=just-symbols ${ARCHIVES}
                OUTPUT_VARIABLE wanted COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" wanted "${wanted}")
list(REMOVE_DUPLICATES wanted)
list(SORT wanted)

# Sets `variable` to the names that these libraries have.
function(names_in variable)
  execute_process(COMMAND ${NM} --dynamic --defined-only --format=just-symbols ${ARGN}
                  OUTPUT_VARIABLE names COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX REPLACE "@[^\n]*" "" names "${names}")
  string(REGEX MATCHALL "[^\n]+" names "${names}")
  set(${variable} "${names}" PARENT_SCOPE)
endfunction()
names_in(there ${LIBRARIES})
names_in(old ${OLDEST})

file(STRINGS "${CMAKE_CURRENT_LIST_DIR}/openssl_at_run_time.cpp" substitutes REGEX "^ *{\"[A-Za-z0-9_]+\", address\\(")
list(TRANSFORM substitutes REPLACE "^ *{\"([A-Za-z0-9_]+)\".*" "\\1")
set(names "")
set(missing "")
foreach(name IN LISTS wanted)
  if(NOT name IN_LIST there)
    continue()
  endif()
  list(APPEND names ${name})
  if(NOT name IN_LIST old AND NOT name IN_LIST substitutes)
    list(APPEND missing ${name})
  endif()
endforeach()
if(missing)
  message(FATAL_ERROR "OpenSSL 1.1.1 does not have ${missing}, and openssl_at_run_time.cpp no substitute.")
endif()

list(LENGTH names count)
set(functions "")
set(pointers "")
foreach(name IN LISTS names)
  string(APPEND functions "jump ${name}\n")
  string(APPEND pointers "        .quad 1f\n        .pushsection .rodata.wsman_openssl,\"a\"\n1:      .string \"${name}\"\n        .popsection\n")
endforeach()

file(WRITE "${INTO}" "// Written by openssl_table.cmake.
#if defined(__x86_64__)
#include <cet.h>
        .macro go
        _CET_ENDBR
        jmp *wsman_openssl_table+8*index(%rip)
        .endm
#else
        .section .note.gnu.property,\"a\"
        .balign 8
        .long 4, 16, 5
        .asciz \"GNU\"
        .long 0xc0000000, 4, 3, 0
        .macro go
        hint 34
        adrp x16, wsman_openssl_table+8*index
        ldr x16, [x16, #:lo12:wsman_openssl_table+8*index]
        br x16
        .endm
#endif
        .set index, 0
        .macro jump name
        .globl \\name
        .hidden \\name
        .type \\name, %function
        .balign 16
\\name:  go
        .size \\name, . - \\name
        .set index, index + 1
        .endm

        .text
${functions}
        .section .data.rel.ro.local.wsman_openssl,\"aw\",%progbits
        .balign 8
        .globl wsman_openssl_names
        .hidden wsman_openssl_names
wsman_openssl_names:
${pointers}
        .section .rodata.wsman_openssl,\"a\"
        .balign 8
        .globl wsman_openssl_count
        .hidden wsman_openssl_count
wsman_openssl_count:
        .quad ${count}
        .globl wsman_openssl_table_size
        .hidden wsman_openssl_table_size
wsman_openssl_table_size:
        .quad 65536

        .globl wsman_openssl_table
        .hidden wsman_openssl_table
        .section .bss.wsman_openssl,\"aw\",%nobits
        .balign 65536
wsman_openssl_table:
        .zero 65536
        .section .note.GNU-stack,\"\",%progbits
")
