cmake_minimum_required(VERSION 3.25)
# Every C file is as clang-format leaves it.
file(GLOB_RECURSE files "${ROOT}/src/*.c" "${ROOT}/src/*.h"
  "${ROOT}/include/*.h" "${ROOT}/tests/*.c" "${ROOT}/tests/*.h")
execute_process(COMMAND "${CLANG_FORMAT}" --dry-run -Werror ${files}
  RESULT_VARIABLE result ERROR_VARIABLE said)
if(NOT result EQUAL 0)
  string(SUBSTRING "${said}" 0 4000 said)
  message(FATAL_ERROR "${said}")
endif()
