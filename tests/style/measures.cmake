cmake_minimum_required(VERSION 3.25)
# docs/measures.md is the output of `likvard measures list --format md`.
execute_process(COMMAND "${LIKVARD}" measures list --format md
  OUTPUT_VARIABLE said RESULT_VARIABLE result)
file(READ "${DOCUMENT}" stands)
if(NOT result EQUAL 0 OR NOT said STREQUAL stands)
  message(FATAL_ERROR "docs/measures.md is not what the records say: "
    "likvard measures list --format md > docs/measures.md")
endif()
