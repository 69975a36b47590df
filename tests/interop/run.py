# SPDX-License-Identifier: Apache-2.0
"""Others' tools on a ledger of ours.  usage: run.py ONUS

Go's golang.org/x/mod/sumdb (tlog, note) must read our tiles and pass every inclusion and consistency
proof; Node's own crypto must accept our notes, and we its cosignatures. A tool that is not here, or
a module that cannot be fetched, is skipped with a line that says so.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SIZES = [1, 2, 255, 256, 257, 700]
passed = skipped = 0


def run(*command, feed=None, **more):
    done = subprocess.run([str(word) for word in command], input=feed, capture_output=True, text=True, check=False, **more)
    if done.returncode != 0:
        sys.exit(f"interop: {' '.join(str(word) for word in command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def skip(what):
    global skipped
    skipped += 1
    print(f"skipped: {what}")


def make_ledger(onus, work):
    """Grows to each size; keeps each checkpoint. Entries of each kind."""
    run(onus, "ledger", "init", work / "log", "--origin", "ledger.example/interop")
    kept, size = [], 0
    for wanted in SIZES:
        lines = [json.dumps({"subject": f"s{i}", "actor": "a"}) for i in range(size, wanted)]
        run(onus, "ledger", "append", work / "log", feed="\n".join(lines) + "\n")
        size = wanted
        kept.append(work / f"checkpoint.{size}")
        kept[-1].write_text(run(onus, "ledger", "checkpoint", work / "log"))
    run(onus, "ledger", "append", work / "log", "--in-clear", feed="in clear\n")
    run(onus, "ledger", "erase", work / "log", "3", "--ground", "a ground")
    run(onus, "ledger", "export", work / "log", work / "public")
    return json.loads(run(onus, "ledger", "checkpoint", work / "log", "--json"))["vkey"], kept


def with_go(work, vkey, kept):
    global passed
    go = shutil.which("go") or "/usr/local/go/bin/go"
    if not os.path.exists(go):
        return skip("Go is not installed: sumdb did not read our tiles")
    built = subprocess.run([go, "build", "-o", work / "gotlog", "."], cwd=HERE / "gotlog", capture_output=True, text=True, check=False)
    if built.returncode != 0:
        return skip(f"Go cannot build it (is the module golang.org/x/mod to be had?): {built.stderr.strip()[-200:]}")
    print("go:", run(work / "gotlog", work / "public", vkey, *kept).strip())
    passed += 1


def with_node(onus, work, vkey):
    global passed
    node = shutil.which("node")
    if not node:
        return skip("Node is not installed: its crypto did not check our notes")
    script = HERE / "notes.mjs"
    made = run(node, HERE / "make_vectors.mjs")
    if made != (HERE.parent / "vectors" / "ledger.json").read_text():
        sys.exit("interop: tests/vectors/ledger.json is not what make_vectors.mjs writes")
    witnesses = {name: run(node, script, "vkey", name).strip() for name in ("w1", "w2")}
    (work / "request").write_text(run(onus, "ledger", "witness", "request", work / "log", "--old", "257"))
    for name, key in witnesses.items():
        run(onus, "ledger", "witness", "add", work / "log", name, key)
        (work / name).write_text(run(node, script, "cosign", work / "request", name))
    run(onus, "ledger", "witness", "accept", work / "log", work / "w1", work / "w2")
    (work / "note").write_text(run(onus, "ledger", "checkpoint", work / "log"))
    print("node:", run(node, script, "check", work / "note", vkey, *witnesses.values()).strip())
    lines = [f"log {vkey}"] + [f"witness {name} {key}" for name, key in witnesses.items()]
    (work / "policy").write_text("\n".join(lines + ["group both all w1 w2", "quorum both", ""]))
    run(onus, "ledger", "verify", work / "log", "--policy", work / "policy")
    passed += 1


def main():
    onus = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        vkey, kept = make_ledger(onus, work)
        with_go(work, vkey, kept)
        with_node(onus, work, vkey)
    print(f"interop: {passed} passed, {skipped} skipped")


if __name__ == "__main__":
    main()
