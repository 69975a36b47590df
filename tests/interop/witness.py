# SPDX-License-Identifier: Apache-2.0
"""Witnesses over HTTP: `checkpoint` and `serve` get cosignatures from a witness that shares no code with onus, and a ledger
that was set back together with its guard is refused because a witness remembers.  usage: witness.py ONUS"""
import http.client
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


def run(*command, feed=None, wanted=0):
    done = subprocess.run([str(word) for word in command], input=feed, capture_output=True, text=True, check=False)
    if done.returncode != wanted:
        sys.exit(f"witness: {command}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def witness(node, name, vkey):
    process = subprocess.Popen([node, HERE / "witness.mjs", name, vkey], stdout=subprocess.PIPE, text=True)
    return process, int(process.stdout.readline())


def serve(onus, log):
    process = subprocess.Popen([onus, "ledger", "serve", log, "--port", "0", "--checkpoint-ms", "20"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    return process, int(process.stdout.readline().rstrip("/\n").rsplit(":", 1)[1])


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    return connection.getresponse().read().decode()


def post(port, body):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", "/append", body)
    return connection.getresponse().status


def until(what, seconds=20):
    end = time.time() + seconds
    while not (got := what()):
        assert time.time() < end, "waited in vain"
        time.sleep(0.02)
    return got


def commands(onus, work, ports):
    log = work / "log"
    run(onus, "ledger", "append", log, feed='{"subject":"a"}\n' * 300)
    note = run(onus, "ledger", "checkpoint", log)
    assert note.count("witness.example/") == 2, note
    (work / "policy").write_text(run(onus, "ledger", "witness", "policy", log, "--quorum", "2"))
    run(onus, "ledger", "verify", log, "--policy", work / "policy")
    run(onus, "ledger", "append", log, feed='{"subject":"a"}\n' * 5)
    run(onus, "ledger", "verify", log, "--policy", work / "policy", wanted=1)  # nobody cosigned this one yet
    run(onus, "ledger", "checkpoint", log, "--policy", work / "policy")
    run(onus, "ledger", "verify", log, "--policy", work / "policy")
    assert get(ports[0], "/last") == "305\n"


def serving(onus, work):
    process, port = serve(onus, work / "log")
    for _ in range(20):
        assert post(port, '{"subject":"s"}\n') == 200
    until(lambda: (note := get(port, "/checkpoint")).split("\n")[1] == "325" and note.count("witness.example/") == 2)
    process.terminate()
    assert process.wait() == 0
    note = run(onus, "ledger", "checkpoint", work / "log")  # they cosigned it for the server: they are asked again
    assert note.split("\n")[1] == "325" and note.count("witness.example/") == 2, note


def set_back(onus, work):
    """Folder and guard together, which only witnesses notice."""
    for name in ("log", "log-guard"):
        shutil.rmtree(work / name)
        shutil.copytree(work / "backup" / name, work / name)
    for words, feed in ((("append",), '{"subject":"x"}\n'), (("checkpoint",), None), (("serve", "--port", "0"), None)):
        said = run(onus, "ledger", words[0], work / "log", *words[1:], feed=feed, wanted=3)
        assert "cosigned 325 entries" in said, said


def main():
    onus, node = os.path.abspath(sys.argv[1]), shutil.which("node")
    if not node:
        return print("witness: skipped, Node is not installed")
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        vkey = json.loads(run(onus, "ledger", "init", work / "log", "--origin", "a.example", "--json"))["vkey"]
        witnesses = [witness(node, each, vkey) for each in ("w1", "w2")]
        try:
            for each, (_, port) in zip(("w1", "w2"), witnesses):
                key = run(node, HERE / "notes.mjs", "vkey", each).strip()
                run(onus, "ledger", "witness", "add", work / "log", each, key, f"http://127.0.0.1:{port}/w/")
            commands(onus, work, [port for _, port in witnesses])
            for each in ("log", "log-guard"):
                shutil.copytree(work / each, work / "backup" / each)
            serving(onus, work)
            set_back(onus, work)
        finally:
            for process, _ in witnesses:
                process.terminate()
        # Out of reach: named, and nothing stops.
        shutil.rmtree(work / "log")
        shutil.rmtree(work / "log-guard")
        run(onus, "ledger", "init", work / "log", "--origin", "b.example")
        run(onus, "ledger", "witness", "add", work / "log", "w1", key, "http://127.0.0.1:1")
        assert "witness w1: cannot reach" in run(onus, "ledger", "append", work / "log", feed='{"subject":"x"}\n')
    print("witness: cosigned by commands and server, set back is refused; 1 passed, 0 failed")


if __name__ == "__main__":
    main()
