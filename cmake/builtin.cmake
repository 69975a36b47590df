# SPDX-License-Identifier: Apache-2.0
# Profiles, packs and messages are data, but travel inside the one program: each file is taken into
# the object with the assembler's .incbin, and base/builtin.h finds it by its path.
file(GLOB_RECURSE ONUS_BUILTIN RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/profiles/*.toml ${CMAKE_SOURCE_DIR}/packs/*.toml
  ${CMAKE_SOURCE_DIR}/packs/*.model ${CMAKE_SOURCE_DIR}/packs/*.sql ${CMAKE_SOURCE_DIR}/messages/*.toml
  ${CMAKE_SOURCE_DIR}/src/report/*.css)
list(SORT ONUS_BUILTIN)

set(asm "")
set(externs "")
set(entries "")
set(index 0)
foreach(file IN LISTS ONUS_BUILTIN)
  string(APPEND asm "asm(\".section .rodata\\nonus_b${index}:\\n.incbin \\\"${CMAKE_SOURCE_DIR}/${file}\\\"\\n"
    "onus_e${index}:\\n.byte 0\\n.previous\\n.globl onus_b${index}\\n.globl onus_e${index}\\n\");\n")
  string(APPEND externs "extern const char onus_b${index}[];\nextern const char onus_e${index}[];\n")
  string(APPEND entries "    {\"${file}\", {onus_b${index}, static_cast<std::size_t>(onus_e${index} - onus_b${index})}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/builtin_data.cc @ONLY CONTENT
"#include \"base/builtin.h\"
${asm}extern \"C\" {
${externs}}
namespace onus {
std::span<const BuiltinFile> builtin_files() {
  static const BuiltinFile files[] = {
${entries}      {\"\", \"\"}};
  return {files, sizeof files / sizeof files[0] - 1};
}
}  // namespace onus
")
list(TRANSFORM ONUS_BUILTIN PREPEND ${CMAKE_SOURCE_DIR}/ OUTPUT_VARIABLE ONUS_BUILTIN_PATHS)
set_source_files_properties(${CMAKE_BINARY_DIR}/builtin_data.cc PROPERTIES OBJECT_DEPENDS
  "${ONUS_BUILTIN_PATHS}" COMPILE_OPTIONS "-w")
