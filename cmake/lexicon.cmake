# SPDX-License-Identifier: Apache-2.0
# Lexicons are compiled when onus is built, not at each start: onus-classify packs them, and the bytes
# are taken into the object as they are (docs/adr/0029-lexicons-packed-by-the-build.md).
function(onus_lexicon target)
  set(packed ${CMAKE_BINARY_DIR}/lexicon.bin)
  add_custom_command(OUTPUT ${packed} COMMAND onus-classify ${packed} DEPENDS onus-classify
    COMMENT "Packing the lexicons")
  set(data ${CMAKE_BINARY_DIR}/lexicon_data.cc)
  file(CONFIGURE OUTPUT ${data} @ONLY CONTENT
"asm(\".section .rodata\\n.balign 64\\n.globl onus_lexicon_begin\\n.globl onus_lexicon_end\\n\"
    \"onus_lexicon_begin:\\n.incbin \\\"${packed}\\\"\\nonus_lexicon_end:\\n.byte 0\\n.previous\\n\");
")
  set_source_files_properties(${data} PROPERTIES OBJECT_DEPENDS ${packed} COMPILE_OPTIONS "-w")
  target_sources(${target} PRIVATE ${data})
endfunction()
