# SPDX-License-Identifier: Apache-2.0
"""onus ledger serve over real sockets: many writers, a kill -9 in their midst, and nothing that was
answered is lost; and the static side is what onus-verify proves.  usage: serve.py ONUS ONUS_VERIFY"""
import http.client
import json
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time


def start(onus, log, **more):
    process = subprocess.Popen([onus, "ledger", "serve", log, "--port", "0", "--in-clear", "--checkpoint-ms", "50"],
                               stdout=subprocess.PIPE, text=True, **more)
    return process, int(process.stdout.readline().rstrip("/\n").rsplit(":", 1)[1])


def call(connection, method, path, body=None):
    connection.request(method, path, body)
    answer = connection.getresponse()
    return answer.status, answer.read()


def writer(port, name, got, until):
    """Adds until told to stop or cut off; keeps what was answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        for number in range(100000):
            if until.is_set():
                return
            text = f"{name} {number}"
            status, body = call(connection, "POST", "/add", text)
            if status == 200:
                got[int(body)] = text.encode()
    except (OSError, http.client.HTTPException):
        pass  # the server was killed


def entries(connection, size):
    out = []
    for bundle in range((size + 255) // 256):
        width = min(256, size - bundle * 256)
        status, body = call(connection, "GET", f"/tile/entries/{bundle:03}" + ("" if width == 256 else f".p/{width}"))
        assert status == 200, (bundle, width, status)
        while body:
            length = int.from_bytes(body[:2], "big")
            out.append(body[2:2 + length])
            body = body[2 + length:]
    return out


def refusals(connection):
    for method, path, body, wanted in [
            ("GET", "/", None, 404), ("GET", "/key", None, 404), ("GET", "/private/000", None, 404),
            ("GET", "/tile/0/../../key", None, 404), ("GET", "/tile/entries/999", None, 404),
            ("GET", "/tile/0/000.p/0", None, 404), ("POST", "/append", "no json", 400),
            ("POST", "/append", "", 400), ("POST", "/add", "onus-entry/v1 erasure\nx", 400),
            ("POST", "/add", "x" * 65536, 400), ("DELETE", "/checkpoint", None, 404)]:
        status, _ = call(connection, method, path, body)
        assert status == wanted, (method, path, status)


def small_files():
    """No file of the process grows beyond 40,000 bytes: a disk that fails in the midst of a run."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000))


def failing_disk(onus, log):
    """The first error is what the user sees, not what follows from it; what was acknowledged stays."""
    subprocess.run([onus, "ledger", "init", log, "--origin", "b.example"], capture_output=True, check=True)
    lines = "".join(f"{i:0100}\n" for i in range(3000))
    done = subprocess.run([onus, "ledger", "append", log, "--in-clear"], input=lines, capture_output=True, text=True,
                          check=False, preexec_fn=small_files)
    assert done.returncode == 4 and "cannot write" in done.stderr and "too large" in done.stderr, done
    process, port = start(onus, log, stderr=subprocess.PIPE, preexec_fn=small_files)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    answers = []
    while not answers or answers[-1][0] == 200:
        answers.append(call(connection, "POST", "/add", f"{len(answers):04000}"))
    assert answers[-1][0] == 503 and len(answers) > 2, answers[-1]
    assert process.wait() == 4
    said = process.stderr.read()
    assert "cannot write" in said and "nothing more is acknowledged" in said, said
    done = subprocess.run([onus, "ledger", "append", log, "--json"], input="", capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["size"] >= len(answers) - 1, (done, len(answers))


def main():
    onus, verify = (os.path.abspath(path) for path in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as name:
        log = pathlib.Path(name) / "log"
        made = subprocess.run([onus, "ledger", "init", log, "--origin", "a.example", "--json"], capture_output=True, check=True)
        vkey = json.loads(made.stdout)["vkey"]
        process, port = start(onus, log)
        got, until = {}, threading.Event()
        threads = [threading.Thread(target=writer, args=(port, f"w{i}", got, until)) for i in range(6)]
        for thread in threads:
            thread.start()
        time.sleep(1.0)
        process.send_signal(signal.SIGKILL)
        until.set()
        for thread in threads:
            thread.join()
        process.wait()

        process, port = start(onus, log)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        refusals(connection)
        status, body = call(connection, "POST", "/append", '{"subject":"s1"}\n{"subject":"s2"}\n')
        first = json.loads(body)
        assert status == 200 and first["count"] == 2, (status, body)
        deadline = time.time() + 5
        while (size := int(call(connection, "GET", "/checkpoint")[1].split(b"\n")[1])) < first["first"] + 2:
            assert time.time() < deadline, "no checkpoint covers the entries"
            time.sleep(0.02)
        served = entries(connection, size)
        lost = [index for index, text in got.items() if served[index] != text]
        assert len(got) > 50 and not lost, (len(got), lost[:5])
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
        done = subprocess.run([verify, "folder", log, "--log", vkey], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
        failing_disk(onus, pathlib.Path(name) / "small")
    print(f"serve: {len(got)} answered entries of {size} kept over kill -9, a failing disk named; 1 passed, 0 failed")


if __name__ == "__main__":
    main()
