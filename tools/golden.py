# SPDX-License-Identifier: Apache-2.0
"""Golden runs: the whole program against the bytes that it is to give.

usage: golden.py PROGRAM [--accept] [NAME...]

tests/cases/NAME/
  command          lines for /bin/sh -e; `onus` is PROGRAM (onus-makelogs, onus-printlog and onus-makeparquet are those beside it), run in
                   a copy of input/
  input/           files to start from (may be absent)
  expected/stdout  compared byte by byte
  expected/stderr  compared only where it exists
  expected/exit    the exit code of the last line; absent: 0
  expected/files/  files that the run must have written, at the same paths, byte by byte

The copy's path reads {dir} in what is compared. --accept writes what was got over what was expected
(files only where one is expected already: begin one with an empty file).
"""
import argparse
import difflib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

CASES = pathlib.Path(__file__).resolve().parent.parent / "tests" / "cases"
SHOWN_LINES = 40


def environment(program, home):
    """Nothing of the user's: a golden run must be the same on every machine."""
    links = pathlib.Path(home) / "bin"
    links.mkdir()
    (links / "onus").symlink_to(program)
    for name in ("onus-makelogs", "onus-printlog", "onus-makeparquet"):
        if (program.parent / name).exists():
            (links / name).symlink_to(program.parent / name)
    return {"PATH": f"{links}:/usr/bin:/bin", "HOME": home, "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "NO_COLOR": "1", "COLUMNS": "80"}


def run(case, program):
    """What the case gives: {path under expected/: bytes}."""
    wanted = case / "expected"
    with tempfile.TemporaryDirectory() as home:
        work = pathlib.Path(home) / "work"
        if (case / "input").is_dir():
            shutil.copytree(case / "input", work)
        else:
            work.mkdir()
        done = subprocess.run(["/bin/sh", "-e", str(case / "command")], cwd=work, capture_output=True,
                              env=environment(program, home), timeout=300, check=False)
        plain = {"stdout": done.stdout, "stderr": done.stderr, "exit": b"%d\n" % done.returncode}
        got = {name: text for name, text in plain.items()
               if name != "stderr" or (wanted / "stderr").exists()}
        for path in sorted((wanted / "files").rglob("*")):
            if path.is_file():
                made = work / path.relative_to(wanted / "files")
                got[str(path.relative_to(wanted))] = made.read_bytes() if made.is_file() else None
        return {name: text if text is None else text.replace(str(work).encode(), b"{dir}")
                for name, text in got.items()}


def expected(case, name):
    path = case / "expected" / name
    if path.exists():
        return path.read_bytes()
    return b"0\n" if name == "exit" else b""


def show(case, name, want, got):
    print(f"{case.name}: {name} differs")
    if got is None:
        print("  it was not written")
        return
    lines = difflib.unified_diff(want.decode(errors="replace").splitlines(),
                                 got.decode(errors="replace").splitlines(),
                                 "expected", "got", lineterm="")
    for number, line in enumerate(lines):
        if number == SHOWN_LINES:
            print("  ...")
            break
        print(f"  {line}")


def accept(case, name, got):
    path = case / "expected" / name
    if got is None or (name == "exit" and got == b"0\n"):
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(got)


def check(case, program, accepting):
    differing = 0
    for name, got in run(case, program).items():
        want = expected(case, name)
        if got == want:
            continue
        differing += 1
        if accepting:
            accept(case, name, got)
        else:
            show(case, name, want, got)
    return differing


def main():
    parser = argparse.ArgumentParser(description="Runs the golden cases.")
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("names", nargs="*")
    args = parser.parse_intermixed_args()
    program = pathlib.Path(os.path.abspath(args.program))
    cases = sorted(path.parent for path in CASES.glob("*/command"))
    if args.names:
        cases = [case for case in cases if case.name in args.names]
    if not cases:
        sys.exit("golden: no such case")
    bad = [case.name for case in cases if check(case, program, args.accept)]
    word = "rewritten" if args.accept else "failed"
    print(f"{len(cases)} cases, {len(bad)} {word}{': ' if bad else ''}{', '.join(bad)}")
    return 1 if bad and not args.accept else 0


if __name__ == "__main__":
    sys.exit(main())
