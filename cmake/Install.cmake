include(GNUInstallDirs)
if(TARGET likvard)
  install(TARGETS likvard)
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/reports/"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/likvard/reports")
  install(FILES "${PROJECT_SOURCE_DIR}/include/likvard/likvard.h"
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/likvard")
endif()
