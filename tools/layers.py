#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds src/ to src/layers.txt: a module includes only what its line allows."""
import pathlib
import re
import sys

src = pathlib.Path(sys.argv[1])
allowed = {}
for line in (src / "layers.txt").read_text().splitlines():
    if line and not line.startswith("#"):
        name, _, deps = line.partition(":")
        unknown = set(deps.split()) - set(allowed)
        if unknown:
            sys.exit(f"layers.txt: {name.strip()} names {sorted(unknown)}, which stand below it")
        allowed[name.strip()] = set(deps.split())

bad = [f"src/{d.name}: not in layers.txt" for d in src.iterdir() if d.is_dir() and d.name not in allowed]
for path in sorted(src.glob("*/*.[hc]*")):
    module = path.parent.name
    for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
        found = re.match(r'\s*#\s*include\s+"([a-z_]+)/', line)
        if not found or found[1] == module or found[1] == "support" and path.stem.endswith(("_test", "_bench", "_fuzz")):
            continue
        if found[1] not in allowed.get(module, set()):
            bad.append(f"{path}:{number}: {module} may not use {found[1]}")
        elif "duckdb.h" in line and module != "store":
            bad.append(f"{path}:{number}: only store includes DuckDB")
print("\n".join(bad) or f"layers: {len(allowed)} modules as declared")
sys.exit(1 if bad else 0)
