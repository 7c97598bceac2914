# How every file of the project is compiled: warnings, sanitizers, hardening.
# Numbers must not depend on the machine: no contraction, no -march.
include(CheckPIESupported)
check_pie_supported(LANGUAGES C)

add_library(likvard_options INTERFACE)
target_compile_definitions(likvard_options INTERFACE
  _POSIX_C_SOURCE=200809L _FILE_OFFSET_BITS=64)
target_compile_options(likvard_options INTERFACE
  -ffp-contract=off
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wundef
  -Wcast-qual -Wcast-align -Wpointer-arith -Wwrite-strings -Wformat=2 -Wvla
  -Wswitch-enum -Wnull-dereference -Wimplicit-fallthrough)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  target_compile_options(likvard_options INTERFACE
    -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wjump-misses-init
    -Walloca -Wtrampolines)
else()
  target_compile_options(likvard_options INTERFACE
    -Wcomma -Wassign-enum -Wunreachable-code -Wmissing-variable-declarations
    -Wconditional-uninitialized)
endif()
if(LIKVARD_WERROR)
  target_compile_options(likvard_options INTERFACE -Werror)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_definitions(likvard_options INTERFACE _FORTIFY_SOURCE=2)
  target_compile_options(likvard_options INTERFACE -fstack-protector-strong)
  target_link_options(likvard_options INTERFACE -Wl,-z,relro,-z,now)
endif()
if(LIKVARD_SANITIZE)
  target_compile_options(likvard_options INTERFACE
    -fsanitize=${LIKVARD_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(likvard_options INTERFACE -fsanitize=${LIKVARD_SANITIZE})
endif()
if(LIKVARD_COVERAGE)
  target_compile_options(likvard_options INTERFACE --coverage)
  target_link_options(likvard_options INTERFACE --coverage)
endif()
if(LIKVARD_TIDY)
  find_program(CLANG_TIDY NAMES clang-tidy REQUIRED)
  set(CMAKE_C_CLANG_TIDY "${CLANG_TIDY}")
endif()
