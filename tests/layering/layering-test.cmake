# Proves that check-layering.cmake accepts a tree in order and refuses each kind of breach.
#
# Run as a script: cmake -D SCRATCH=<folder to write in> -P layering-test.cmake
cmake_minimum_required(VERSION 3.25)

# Makes a small tree that keeps every rule.
function(write_tree_in_order)
  file(REMOVE_RECURSE "${SCRATCH}")
  file(WRITE "${SCRATCH}/native/abi/a.cpp" "#include <nlohmann/json.hpp>\n#include \"base/b.h\"\n"
       "#include \"session/s.h\"\n#include \"wsman/wsman.h\"\n")
  file(WRITE "${SCRATCH}/native/session/s.h" "#include \"protocol/p.h\"\n")
  file(WRITE "${SCRATCH}/native/protocol/p.h" "#include <libxml/parser.h>\n")
  file(WRITE "${SCRATCH}/native/transport/t.cpp" "#include <boost/asio.hpp>\n"
       "#include <cpprest/http_client.h>\n#include <openssl/ssl.h>\n#include <sys/socket.h>\n")
  file(WRITE "${SCRATCH}/native/base/b.h" "#include <string>\n")
  file(WRITE "${SCRATCH}/native/include/wsman/wsman.h" "#include <stdint.h>\n")
  file(WRITE "${SCRATCH}/module/Commands/C.cs" "WSManClient.Connect();\n")
endfunction()

# Runs the check and expects `verdict` ("" for a tree in order) in what it says.
function(expect verdict)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -D "ROOT=${SCRATCH}" -P
            "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/check-layering.cmake"
    RESULT_VARIABLE result
    ERROR_VARIABLE said)
  string(REGEX REPLACE "[ \n]+" " " said "${said}")
  string(FIND "${said}" "${verdict}" found)
  if(verdict STREQUAL "" AND NOT result EQUAL 0)
    message(SEND_ERROR "A tree in order was refused: ${said}")
  elseif(NOT verdict STREQUAL "" AND (result EQUAL 0 OR found EQUAL -1))
    message(SEND_ERROR "Expected \"${verdict}\", got ${result}: ${said}")
  endif()
endfunction()

# Adds `line` to `file` of a tree in order and expects `verdict`.
function(expect_breach file line verdict)
  write_tree_in_order()
  file(APPEND "${SCRATCH}/${file}" "${line}\n")
  expect("${verdict}")
endfunction()

write_tree_in_order()
expect("")
expect_breach(native/base/b.h "#include \"transport/t.h\"" "base may not know transport")
expect_breach(native/session/s.h "  #  include \"abi/a.h\"" "session may not know abi")
expect_breach(native/abi/a.cpp "#include \"../base/b.h\"" "leaves its folder")
expect_breach(native/session/s.h "#include <wsman/wsman.h>" "only abi may include")
expect_breach(native/session/s.h "#include <libxml/tree.h>" "libxml has its home elsewhere")
expect_breach(native/protocol/p.h "#include <boost/asio.hpp>" "boost has its home elsewhere")
expect_breach(native/base/b.h "#include <openssl/ssl.h>" "openssl has its home elsewhere")
expect_breach(native/base/b.h "#include <cpprest/json.h>" "cpprest has its home elsewhere")
expect_breach(native/transport/t.cpp "#include <nlohmann/json.hpp>" "nlohmann has its home elsewhere")
expect_breach(native/include/wsman/wsman.h "#include <string>" "not of the C standard library")
expect_breach(native/base/b.h "struct P {\nclass P : public Q {" "has a type P already")
expect_breach(module/Commands/C.cs "NativeMethods.wsman_list();" "NativeMethods is for Interop")
write_tree_in_order()
file(REMOVE "${SCRATCH}/native/base/b.h")
expect("native/base: no files")
