# SPDX-License-Identifier: Apache-2.0
# Every library that onus links, and the one module that may see its headers.
find_package(OpenSSL REQUIRED)
find_package(fmt REQUIRED)
find_package(GTest REQUIRED)
find_package(Threads REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(Boost 1.81 REQUIRED)  # headers of Asio and Beast: cli/http_server.cc, cli/http_post.cc
find_package(PkgConfig REQUIRED)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(EXPAT REQUIRED IMPORTED_TARGET expat)
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)

# An installed DuckDB is used where there is one; else the one that tools/setup fetched.
find_library(DUCKDB_LIBRARY duckdb HINTS ${CMAKE_SOURCE_DIR}/third_party/duckdb)
find_path(DUCKDB_INCLUDE duckdb.h HINTS ${CMAKE_SOURCE_DIR}/third_party/duckdb)
if(NOT DUCKDB_LIBRARY OR NOT DUCKDB_INCLUDE)
  message(FATAL_ERROR "DuckDB is not here yet: run tools/setup (./dev does it for you).")
endif()
add_library(duckdb_c SHARED IMPORTED)
set_target_properties(duckdb_c PROPERTIES IMPORTED_LOCATION ${DUCKDB_LIBRARY}
  INTERFACE_INCLUDE_DIRECTORIES ${DUCKDB_INCLUDE} IMPORTED_NO_SONAME ON)

set(ONUS_base_LIBS OpenSSL::Crypto Threads::Threads)
set(ONUS_ledger_LIBS Threads::Threads)
set(ONUS_verify_LIBS Threads::Threads)
set(ONUS_text_LIBS PkgConfig::UTF8PROC)
set(ONUS_source_LIBS PkgConfig::LIBZIP PkgConfig::EXPAT PkgConfig::ZLIB)
set(ONUS_store_LIBS duckdb_c)
set(ONUS_report_LIBS nlohmann_json::nlohmann_json)
set(ONUS_between_LIBS nlohmann_json::nlohmann_json)
set(ONUS_measure_LIBS nlohmann_json::nlohmann_json)
set(ONUS_cli_LIBS CLI11::CLI11 nlohmann_json::nlohmann_json Boost::headers OpenSSL::SSL)
