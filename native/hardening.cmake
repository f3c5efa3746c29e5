# What stands in the way of who would use a fault of the core: bounds that are checked, a stack that
# is guarded, tables that cannot be written after loading, and jumps that the processor checks. It
# holds for all that is shipped and for none of the programs that test it. tests/Module.Hardening.Tests.ps1
# reads the library for it.
include(CheckCXXCompilerFlag)
include(CheckCXXSourceCompiles)
include(CheckLinkerFlag)

# A processor and its compiler have one of the two that check jumps. clang takes the other one, too,
# and warns that it does nothing.
set(CMAKE_REQUIRED_FLAGS -Werror)
foreach(flag IN ITEMS -fstack-protector-strong -fstack-clash-protection -fcf-protection=full
                      -mbranch-protection=standard)
  string(MAKE_C_IDENTIFIER "WSMAN_TAKES${flag}" taken)
  check_cxx_compiler_flag(${flag} ${taken})
  if(${taken})
    add_compile_options(${flag})
  endif()
endforeach()
unset(CMAKE_REQUIRED_FLAGS)
add_compile_definitions(_GLIBCXX_ASSERTIONS)

# Bounds of C functions are checked in optimised code only, and hidden from sanitizers, which check
# more. Distributions define it too, hence -U. 3 counts sizes that are known at run time, and is
# refused by a C library or compiler that has 2 alone.
if(NOT WSMAN_SANITIZERS)
  set(CMAKE_REQUIRED_FLAGS "-O2 -Werror -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
  check_cxx_source_compiles("#include <cstring>\nint main() {}" WSMAN_TAKES_FORTIFY_3)
  unset(CMAKE_REQUIRED_FLAGS)
  set(level $<IF:$<BOOL:${WSMAN_TAKES_FORTIFY_3}>,3,2>)
  add_compile_options("$<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=${level}>")
endif()

# No path of the machine that builds it: not in messages, and not for debuggers, who find the
# sources from the root of the repository.
add_compile_options(-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
set(CMAKE_SKIP_RPATH ON)

if(NOT APPLE)
  add_link_options(LINKER:-z,relro,-z,now,-z,noexecstack)
  # The linker marks the library for a shadow stack if all of its parts are marked, those of the C
  # library included, which are not in every distribution and need nothing for it. Marks of jump
  # targets are left to the linker: there such a part would be a target without one.
  check_linker_flag(CXX LINKER:-z,shstk WSMAN_TAKES_SHADOW_STACK)
  if(WSMAN_TAKES_SHADOW_STACK AND WSMAN_TAKES_fcf_protection_full)
    add_link_options(LINKER:-z,shstk)
  endif()
endif()
