# SPDX-License-Identifier: Apache-2.0
"""Reads labelled reasons with onus, with keywords looked for as substrings (the way of the public scripts; keywords.tsv is
ours) and with fastText trained on the strings that onus's model is trained on; prints accuracy on the same labels, and
reasons per second on one core over the same distinct strings, in turns.

usage: run_reasons.py [--onus PROGRAM] [--classify-bench PROGRAM] [--python PYTHON] [LABELS.csv ...]

Without --python a venv with fasttext-wheel is set up in build/rivals-reasons.
"""
import argparse
import collections
import csv
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASES = ROOT / "tests/cases"
LABELS = [CASES / f"reasons-{name}/input/{file}.csv" for name, file in
          (("hard-to-read", "held-out"), ("against-labels", "labels"), ("written-afresh", "held-out"), ("of-two-raters", "held-out"),
           ("of-three-writers", "held-out"), ("of-three-writers", "held-out-2"), ("of-three-writers", "held-out-3"))]
FASTTEXT = r"""
import csv, json, sys, time
import fasttext
taught, texts, timed = sys.argv[1:4]
with open(taught) as file, open(taught + ".ft", "w") as out:
    for row in csv.DictReader(file):
        label = f"__label__{row['purpose']}/{row['offence']}/{row['specificity']}"
        out.write(label + " " + row["reason"].lower().replace("\n", " ") + "\n")
began = time.time()
model = fasttext.train_supervised(taught + ".ft", wordNgrams=2, minn=2, maxn=5, dim=50, epoch=15, lr=0.5, thread=1, verbose=0)
trained = time.time() - began
read = lambda texts: [l[0][9:] for l in model.predict([t.lower().replace("\n", " ") for t in texts])[0]]
lines = open(timed).read().splitlines()
began = time.process_time()
read(lines)
speed = len(lines) / (time.process_time() - began)
print(json.dumps({"labels": read(json.load(open(texts))), "speed": speed, "train_seconds": trained}))
"""


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--onus", type=pathlib.Path, default=ROOT / "build/bench/bin/onus")
    parser.add_argument("--classify-bench", type=pathlib.Path, default=ROOT / "build/bench/bin/classify_bench")
    parser.add_argument("--python", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("labels", nargs="*", type=pathlib.Path)
    return parser.parse_args()


def rivals():
    venv = ROOT / "build/rivals-reasons"
    if not (venv / "bin/python").exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin/python", "-m", "pip", "install", "--quiet", "fasttext-wheel==0.9.2", "numpy<2"], check=True)
    return venv / "bin/python"


def keyword_reader():
    rules = [line.rstrip("\n").split("\t") for line in open(ROOT / "bench/keywords.tsv")]

    def read(text):
        text = text.lower()
        for purpose, word, offence in rules:
            if word in text:
                return purpose, offence
        return "unclear", ""
    return read


def figures(rows, read):
    """Purpose accuracy and macro-F1, offence accuracy where the label states one; precision and recall of immigration."""
    pairs = [((r["purpose"], r.get("offense", r.get("offence", ""))), got) for r, got in zip(rows, read)]
    right = collections.Counter(label[0] for label, got in pairs if label[0] == got[0])
    labelled = collections.Counter(label[0] for label, _ in pairs)
    said = collections.Counter(got[0] for _, got in pairs)
    stated = [(label, got) for label, got in pairs if label[1]]
    f1 = [2 * right[c] / (labelled[c] + said[c]) for c in labelled]
    share = lambda of, total: of / total if total else float("nan")
    return (sum(right.values()) / len(pairs), sum(f1) / len(f1),
            share(sum(label[1] == got[1] for label, got in stated), len(stated)),
            share(right["immigration"], said["immigration"]), share(right["immigration"], labelled["immigration"]))


def onus_figures(onus, labels):
    found = json.loads(subprocess.run([onus, "eval", labels, "--json"], capture_output=True, check=True).stdout)
    by_name = {f["name"]: f["value"] for f in found["figures"]}
    names = ("purpose.accuracy", "purpose.macro_f1", "offence.stated_accuracy", "purpose.immigration.precision",
             "purpose.immigration.recall")
    return tuple(by_name.get(name, float("nan")) for name in names)


def timed_texts(folder):
    """100,000 distinct strings, the mix of src/classify/classify_bench.cc."""
    state, starts = 1, ["stolen vehicle", "investigation", "inv", "211pc", "10851(a)vc", "hit and run", "suspect veh", "burglary",
                        "narcotics", "dv", "investgation", "assist agency", "warrant", "theft", "missing person", "shots fired",
                        "ICE", "shooting", "patrol", "locate"]
    path = pathlib.Path(folder) / "timed.txt"
    with open(path, "w") as out:
        for i in range(100_000):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            text = starts[(state >> 33) % len(starts)]
            if i % 3 == 0:
                text += f" 26-{10000 + i}"
            if i % 3 == 1:
                text += " " + "".join("abcdefghijklmnopqrstuvwxyz"[(state >> s) % 26] for s in (8, 14, 20, 26, 38, 44))
            out.write(text + (" suspect vehicle" if i % 7 == 0 else "") + "\n")
    return path


def onus_speeds(program, texts):
    env = {**os.environ, "ONUS_BENCH_TEXTS": str(texts)}
    out = subprocess.run([program, "--benchmark_format=json"], capture_output=True, check=True, env=env).stdout
    return {b["name"]: b["items_per_second"] for b in json.loads(out)["benchmarks"]}


def main():
    args = parse()
    python = args.python or rivals()
    files = args.labels or LABELS
    rows = {path: list(csv.DictReader(open(path, newline=""))) for path in files}
    with tempfile.TemporaryDirectory() as folder:
        taught = pathlib.Path(folder) / "taught.csv"
        taught.write_bytes(subprocess.run([sys.executable, ROOT / "tools/make_taught.py"], capture_output=True, check=True).stdout)
        texts, timed = pathlib.Path(folder) / "texts.json", timed_texts(folder)
        texts.write_text(json.dumps([r["reason"] for path in files for r in rows[path]]))
        speeds = collections.defaultdict(list)
        for _ in range(args.runs):
            run = subprocess.run([python, "-c", FASTTEXT, taught, texts, timed], capture_output=True, check=True)
            fast = json.loads(run.stdout)
            speeds["fastText"].append(fast["speed"])
            if args.classify_bench:
                for name, speed in onus_speeds(args.classify_bench, timed).items():
                    speeds["onus " + name].append(speed)
    guesses, keyword = iter(fast["labels"]), keyword_reader()
    print("| labels | reader | purpose accuracy | macro-F1 | offence, stated | immigration precision | recall |\n|---|---|---|---|---|---|---|")
    for path in files:
        fast_read = [tuple(next(guesses).split("/")[:2]) for _ in rows[path]]
        for name, found in (("onus", onus_figures(args.onus, path)),
                            ("keywords", figures(rows[path], [keyword(r["reason"]) for r in rows[path]])),
                            ("fastText", figures(rows[path], fast_read))):
            print(f"| {path.parent.parent.name} ({len(rows[path])}) | {name} | " + " | ".join(f"{x:.3f}" for x in found) + " |")
    print(f"\nfastText trained in {fast['train_seconds']:.0f} s\n\n| reader | distinct reasons per second, one core |\n|---|---|")
    for name, found in speeds.items():
        print(f"| {name} | {statistics.median(found):,.0f} |")


if __name__ == "__main__":
    main()
