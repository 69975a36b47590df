# SPDX-License-Identifier: Apache-2.0
"""What the disk alone does: fdatasync after appending 1, 256 and 4096 entries of 304 bytes, for a second each.
usage: ledger_flush.py FOLDER"""
import os
import sys
import tempfile
import time

for entries in (1, 256, 4096):
    with tempfile.TemporaryFile(dir=sys.argv[1]) as file:
        block, took, at, end = bytes(304 * entries), [], 0, time.perf_counter() + 1
        while time.perf_counter() < end:
            begin = time.perf_counter()
            os.pwrite(file.fileno(), block, at)
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - begin)
            at += len(block)
    took.sort()
    print(f"disk     {entries:5} entries a flush: {len(took) / sum(took):7.0f} flushes/s {entries * len(took) / sum(took):9.0f} entries/s  "
          f"p50 {1e3 * took[len(took) // 2]:.2f} ms  p99 {1e3 * took[len(took) * 99 // 100]:.2f} ms")
