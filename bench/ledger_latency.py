# SPDX-License-Identifier: Apache-2.0
"""At low load: how long until an entry is acknowledged, and until a published checkpoint covers it. One client, one entry at a
time over one connection, at most 100 a second.  usage: ledger_latency.py NAME HOST:PORT SECONDS"""
import http.client
import sys
import time

name, address, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
connection = http.client.HTTPConnection(address, timeout=30)


def call(method, path, body=None):
    connection.request(method, path, body)
    answer = connection.getresponse()
    text = answer.read()
    assert answer.status == 200, (path, answer.status, text)
    return text


def add(number):
    begin = time.perf_counter()
    index = int(call("POST", "/add", f"entry {number} ".encode().ljust(300, b".")))
    return index, begin, time.perf_counter() - begin


def shown(took):
    took.sort()
    return f"p50 {1e3 * took[len(took) // 2]:8.2f} ms  p99 {1e3 * took[min(len(took) - 1, len(took) * 99 // 100)]:8.2f} ms  of {len(took)}"


acknowledged, covered, number = [], [], 0
end = time.time() + seconds
while time.time() < end:
    acknowledged.append(add(number)[2])
    number += 1
    time.sleep(max(0.0, 0.01 - acknowledged[-1]))
end = time.time() + seconds
while time.time() < end:
    index, begin, _ = add(number)
    number += 1
    while int(call("GET", "/checkpoint").split(b"\n")[1]) <= index:
        time.sleep(0.002)
    covered.append(time.perf_counter() - begin)
    time.sleep(0.013)  # not in step with the checkpoints
print(f"{name:16} acknowledged {shown(acknowledged)}   covered by a checkpoint {shown(covered)}")
