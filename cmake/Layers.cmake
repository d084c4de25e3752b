# One folder is one library, and arrows between them point one way: a target that links upward is a configure error.
#
#   upy_library(<name> [<layer> ...])   defines the library of the current folder from its .cpp files, and those of its
#                                       wings (folders without a CMakeLists.txt), and links it to those layers; each
#                                       must stand below <name> in UPY_LAYERS.
set(UPY_LAYERS bytecode heap compiler port posix terminal objects interpreter modules repl core)

function(upy_library name)
  list(FIND UPY_LAYERS ${name} own)
  if(own EQUAL -1)
    message(FATAL_ERROR "upy_library(${name}): not in UPY_LAYERS (cmake/Layers.cmake)")
  endif()
  set(links)
  foreach(layer ${ARGN})
    list(FIND UPY_LAYERS ${layer} other)
    if(other EQUAL -1 OR NOT other LESS own)
      message(FATAL_ERROR "upy_library(${name}): may not link '${layer}', which is not a layer below it")
    endif()
    if(name MATCHES "^(interpreter|objects|heap)$" AND layer STREQUAL "compiler")
      message(FATAL_ERROR "upy_library(${name}): the runtime never links the compiler")
    endif()
    list(APPEND links upy_${layer})
  endforeach()
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  file(GLOB wings LIST_DIRECTORIES true *)
  foreach(wing ${wings})
    if(IS_DIRECTORY ${wing} AND NOT EXISTS ${wing}/CMakeLists.txt)
      file(GLOB more CONFIGURE_DEPENDS ${wing}/*.cpp)
      list(APPEND sources ${more})
    endif()
  endforeach()
  add_library(upy_${name} STATIC ${sources})
  target_include_directories(upy_${name} PUBLIC ${PROJECT_SOURCE_DIR}/core ${PROJECT_SOURCE_DIR}/core/include)
  target_compile_options(upy_${name} PRIVATE -fno-exceptions -fno-rtti)
  # Lines of calls, for the test native_recursion; what reads them on Debian 12 misreads the later format.
  target_compile_options(upy_${name} PRIVATE $<$<CONFIG:Release>:-gdwarf-4> $<$<CONFIG:Release>:-g1>)
  target_link_libraries(upy_${name} PUBLIC ${links})
endfunction()
