# SPDX-License-Identifier: Apache-2.0
"""Whether the ledger's tests notice: each promise is broken in one place, in a copy, and a test must fail.

usage: mutate.py [BUILD] [NAME...]       BUILD: build/dev, with ledger_test built

A mutation is (name, what it breaks, file, text, other text). The copy is compiled with the build's own command and linked
before the library, whose own object is then not taken. Exit code 1 if a mutation lives.
"""
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MUTATIONS = [
    ("ack-without-sync", "acknowledged means durable", "journal.cc",
     "ONUS_TRY_VOID(file_->write_at(offset_, frame));\n  ONUS_TRY_VOID(file_->sync());", "ONUS_TRY_VOID(file_->write_at(offset_, frame));"),
    ("failed-sync-ignored", "a failed sync ends the process", "journal.cc",
     "ONUS_TRY_VOID(file_->write_at(offset_, frame));\n  ONUS_TRY_VOID(file_->sync());",
     "ONUS_TRY_VOID(file_->write_at(offset_, frame));\n  static_cast<void>(file_->sync());"),
    ("full-disk-ignored", "a batch that does not fit is not acknowledged", "journal.cc",
     "ONUS_TRY_VOID(file_->write_at(offset_, frame));", "static_cast<void>(file_->write_at(offset_, frame));"),
    ("goes-on-after-error", "after an error nothing more is done", "ledger.cc", "if (!result) broken_ = true;", ""),
    ("journal-not-synced-on-open", "what is read back on opening is made durable anew", "journal.cc",
     "substr(0, good)));\n    ONUS_TRY_VOID(file->sync());", "substr(0, good)));"),
    ("journal-not-rewritten-on-open", "what a failed sync left in the cache is written anew", "journal.cc",
     "    ONUS_TRY_VOID(file->write_at(0, std::string_view(bytes).substr(0, good)));\n", ""),
    ("checkpoint-before-tiles", "tiles before checkpoint", "ledger.cc", "return tiles_.sync();", "return {};"),
    ("tile-names-not-synced", "new tiles have durable names before the checkpoint", "tiles.cc",
     "for (const fs::path& dir : changed_dirs_) ONUS_TRY_VOID(disk_->sync_dir(dir));", ""),
    ("checkpoint-file-not-synced", "a replaced file is whole before its name changes", "disk.cc",
     "    ONUS_TRY_VOID(file->write_at(0, bytes));\n    ONUS_TRY_VOID(file->sync());", "    ONUS_TRY_VOID(file->write_at(0, bytes));"),
    ("checkpoint-name-not-synced", "the signed checkpoint is durable before it is shown", "disk.cc",
     "  ONUS_TRY_VOID(disk.rename(part, path));\n  return disk.sync_dir(path.parent_path());", "  return disk.rename(part, path);"),
    ("segment-name-not-synced", "a journal segment has a durable name before it holds entries", "journal.cc",
     "  ONUS_TRY_VOID(disk_->sync_dir(dir_));\n  segments_.push_back(next_);", "  segments_.push_back(next_);"),
    ("journal-dropped-early", "the journal stays until a checkpoint covers it", "ledger.cc",
     "    ONUS_TRY_VOID(write_tiles());\n    ONUS_TRY_VOID(sign());",
     "    ONUS_TRY_VOID(journal_.drop(size()));\n    ONUS_TRY_VOID(write_tiles());\n    ONUS_TRY_VOID(sign());"),
    ("guard-not-synced-on-open", "a checkpoint that is read from the guard stays there", "guard.cc", "  ONUS_TRY_VOID(disk.sync_dir(dir));\n", ""),
    ("folder-not-synced-on-open", "a new ledger that took an entry stays there", "ledger.cc",
     "  ONUS_TRY_VOID(disk.sync_dir(dir));  // create() may have died before it did\n", ""),
    ("two-writers", "signing is a compare-and-swap", "guard.cc", "if (stands != last_) {", "if (false) {"),
    ("no-lock", "one process at a time", "guard.cc", 'ONUS_TRY(guard.lock_, disk.lock(dir / "lock"));', ""),
    ("restored-backup", "a tree that is not the signed one is not continued", "ledger.cc",
     "if (!tiles || tiles->root() != signed_last->root) {", "if (!tiles) {"),
    ("guard-set-back", "a checkpoint newer than the guard's is noticed", "ledger.cc", "if (*published != guarded) {", "if (false) {"),
    ("torn-acked-frame", "a damaged frame that was acknowledged is refused", "journal.cc",
     "if (last && next < acked) return damaged(path, good, next);", ""),
    ("hole-in-journal", "a damaged frame with a good one behind it is refused", "journal.cc",
     "if (good < bytes.size() && holds_frame(std::string_view(bytes).substr(good))) {", "if (false) {"),
    ("frame-unchecked", "a frame is whole or none", "journal.cc",
     "if (view(digest) != bytes.substr(kFields, sizeof(Digest))) return std::nullopt;", ""),
    ("order-in-a-batch", "order within a batch is kept", "journal.cc", "  for (const Item& item : items) {\n    put(payload, item.entry.size(), 4);",
     "  for (std::size_t i = items.size(); i-- > 0;) {\n    const Item& item = items[i];\n    put(payload, item.entry.size(), 4);"),
    ("erasure-not-carried-out", "an erasure in the journal is carried out", "ledger.cc",
     "ONUS_TRY_VOID(tiles_.erase(erasure->index, erasure->groups));", ""),
    ("erased-in-journal", "not even a power cut brings erased content back", "journal.cc",
     "    ONUS_TRY_VOID(disk_->remove(segment_path(dir_, segments_[0])));\n", ""),
    ("check-skipped", "witnesses are asked before the first signature", "ledger.cc", "    ONUS_TRY_VOID(check_now());\n", ""),
]


def commands(build):
    """The compile command of each source, and the link command of ledger_test."""
    compile_of = {pathlib.Path(entry["file"]).name: entry["command"] for entry in json.loads((build / "compile_commands.json").read_text())
                  if "/src/ledger/" in entry["file"]}
    listed = subprocess.run(["ninja", "-C", build, "-t", "commands", "ledger_test"], capture_output=True, text=True, check=True).stdout
    return compile_of, listed.strip().splitlines()[-1]


def mutant(build, work, compile_of, link, file, old, new):
    """A test program with the copy in it."""
    source = ROOT / "src" / "ledger" / file
    text = source.read_text()
    if text.count(old) != 1:
        sys.exit(f"mutate: {file} has not once: {old}")
    copy, out, program = work / file, work / (file + ".o"), work / "mutant_test"
    copy.write_text(text.replace(old, new))
    words = [word for word in shlex.split(compile_of[file]) if not word.endswith("ccache")]
    words[words.index("-o") + 1] = str(out)
    words[words.index("-c") + 1] = str(copy)
    subprocess.run(words + ["-Wno-error"], cwd=build, check=True, stderr=subprocess.DEVNULL)
    linking = link.replace("-o bin/ledger_test", f"-o {program} {out}")
    subprocess.run(linking, shell=True, cwd=build, check=True)
    return program


def killed_by(program):
    """The test that fails: of ./dev test, else of all crash points."""
    for points, tests in (("some", "*"), ("all", "Crash.*:Damaged.*")):
        done = subprocess.run([program, "--gtest_fail_fast", "--gtest_brief=1", f"--gtest_filter={tests}"], capture_output=True, text=True,
                              check=False, env={**os.environ, "ONUS_CRASH_POINTS": points})
        failed = [line for line in done.stdout.splitlines() if line.startswith("[  FAILED  ]")]
        if failed:
            return failed[0].split("]")[1].split("(")[0].strip() + (", all points" if points == "all" else "")
        if done.returncode:
            return "a crash of the test"
    return None


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/dev").resolve()
    wanted = sys.argv[2:]
    compile_of, link = commands(build)
    lives = 0
    for name, promise, file, old, new in MUTATIONS:
        if wanted and name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as work:
            test = killed_by(mutant(build, pathlib.Path(work), compile_of, link, file, old, new))
        lives += test is None
        print(f"{name:28} {promise}: {test or 'LIVES'}", flush=True)
    print(f"{lives} live")
    return 1 if lives else 0


if __name__ == "__main__":
    sys.exit(main())
