cmake_minimum_required(VERSION 3.25)
# Fails on mutable state at file scope: anything in .data, .bss, .tdata, .tbss
# or COMMON of our own objects. Tables of pointers that only the loader writes
# (.data.rel.ro) are const. Fails too on functions of the C library that keep
# state of their own behind the back of threads.
set(unsafe asctime ctime drand48 getpwnam getpwuid gmtime lgamma lgammaf
  lgammal localtime lrand48 rand setlocale strerror strtok)
string(REPLACE "|" ";" ARCHIVES "${ARCHIVES}")
set(bad 0)
foreach(archive IN LISTS ARCHIVES)
  execute_process(COMMAND "${OBJDUMP}" -t "${archive}"
    OUTPUT_VARIABLE table RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "objdump cannot read ${archive}")
  endif()
  string(REPLACE "\n" ";" rows "${table}")
  foreach(row IN LISTS rows)
    if(row MATCHES "[ \t](\\.data|\\.bss|\\.tdata|\\.tbss|\\*COM\\*|\\.(data|bss|tdata|tbss)\\.[A-Za-z0-9_.]+)\t0*[1-9a-f]"
       AND NOT row MATCHES "\\.data\\.rel\\.ro")
      message("${archive}: ${row}")
      math(EXPR bad "${bad} + 1")
    endif()
    if(row MATCHES "[*]UND[*]\t[0-9a-f]+ +(\\.hidden )?([A-Za-z0-9_]+)$"
       AND CMAKE_MATCH_2 IN_LIST unsafe)
      message("${archive}: ${CMAKE_MATCH_2} is not safe in threads")
      math(EXPR bad "${bad} + 1")
    endif()
  endforeach()
endforeach()
if(bad GREATER 0)
  message(FATAL_ERROR "${bad} mutable objects at file scope or calls that keep state")
endif()
