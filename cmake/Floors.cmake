# One static library a floor, in the order of cmake/floors.txt. A library that
# only one floor may use is linked by that floor alone.
function(likvard_floor name)
  cmake_parse_arguments(FLOOR "" "" "ON;PUBLIC;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${name}/*.c")
  list(FILTER sources EXCLUDE REGEX "/src/app/main\\.c$")
  if(sources)
    add_library(likvard_${name} STATIC ${sources})
    target_include_directories(likvard_${name}
      PUBLIC "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}/include")
    target_link_libraries(likvard_${name}
      PRIVATE likvard_options ${FLOOR_PRIVATE}
      PUBLIC ${FLOOR_PUBLIC} lib::glib-2.0 Threads::Threads ${MATH_LIBRARY})
  else()
    add_library(likvard_${name} INTERFACE)
  endif()
  foreach(below IN LISTS FLOOR_ON)
    if(sources)
      target_link_libraries(likvard_${name} PUBLIC likvard_${below})
    endif()
  endforeach()
endfunction()

likvard_floor(base
  PRIVATE lib::icu-uc lib::icu-i18n lib::libsodium lib::nettle lib::random123)
likvard_floor(study ON base PRIVATE lib::yaml-0.1)
target_compile_definitions(likvard_study PRIVATE
  LIKVARD_REPORTS_DIR="${PROJECT_SOURCE_DIR}/reports")
likvard_floor(ingest ON base study PRIVATE lib::csv lib::icu-uc)
likvard_floor(stat ON base PRIVATE lib::gsl lib::gmp)
likvard_floor(panel ON base study ingest stat)
likvard_floor(measure ON base study stat panel)
likvard_floor(disclose ON base study stat measure PRIVATE lib::glpk lib::jansson)
likvard_floor(audit ON base study ingest PRIVATE lib::glpk)
likvard_floor(report ON base study disclose)
likvard_floor(render ON base disclose report
  PRIVATE lib::hpdf lib::harfbuzz lib::harfbuzz-subset lib::jansson
    lib::hyphen lib::icu-uc lib::libpng lib::xlsxwriter lib::zlib)
likvard_floor(app
  ON base study ingest stat panel measure disclose audit report render
  PRIVATE lib::jansson)
target_compile_definitions(likvard_app PRIVATE
  LIKVARD_VERSION="${PROJECT_VERSION}")

if(EXISTS "${PROJECT_SOURCE_DIR}/src/app/main.c")
  add_executable(likvard "${PROJECT_SOURCE_DIR}/src/app/main.c")
  target_link_libraries(likvard PRIVATE likvard_options likvard_app)
  set_target_properties(likvard PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
endif()
