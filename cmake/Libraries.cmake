# The libraries of Debian 12 that the program stands on, one target each.
find_package(PkgConfig REQUIRED)
foreach(module IN ITEMS
    glib-2.0 gsl gmp yaml-0.1 icu-uc icu-i18n harfbuzz harfbuzz-subset
    jansson libpng libsodium nettle xlsxwriter zlib)
  string(MAKE_C_IDENTIFIER "${module}" name)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${module})
  add_library(lib::${module} ALIAS PkgConfig::${name})
endforeach()

# These ship no .pc file.
function(likvard_find_library name header library)
  find_path(${name}_INCLUDE ${header} REQUIRED)
  find_library(${name}_LIBRARY ${library} REQUIRED)
  add_library(lib_${name} INTERFACE)
  target_include_directories(lib_${name} SYSTEM INTERFACE ${${name}_INCLUDE})
  target_link_libraries(lib_${name} INTERFACE ${${name}_LIBRARY})
  add_library(lib::${name} ALIAS lib_${name})
endfunction()
likvard_find_library(csv csv.h csv)
likvard_find_library(hpdf hpdf.h hpdf)
likvard_find_library(glpk glpk.h glpk)
likvard_find_library(hyphen hyphen.h hyphen)
likvard_find_library(cmocka cmocka.h cmocka)
find_path(random123_INCLUDE Random123/philox.h REQUIRED)
add_library(lib_random123 INTERFACE)
target_include_directories(lib_random123 SYSTEM INTERFACE ${random123_INCLUDE})
add_library(lib::random123 ALIAS lib_random123)

find_package(Threads REQUIRED)
find_library(MATH_LIBRARY m REQUIRED)
