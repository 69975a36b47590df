# SPDX-License-Identifier: Apache-2.0
"""Strings to train the model of reasons with, all of them ours: phrases of the lexicons in packs/purposes, misspelt by a
seeded generator beyond what the lexicons mend; the strings labelled by hand in tests/cases/reasons-hard-to-read
(worked-on.csv, never held-out.csv); and names, places and words that say nothing of a matter, to abstain on.

usage: make_taught.py > labels.csv

Spellings of one thing share a group, so that no fold of the cross-validation learns what it is asked.
"""
import csv
import itertools
import pathlib
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
MASK = (1 << 64) - 1
PER_PATTERN, SLIPS = 80, 12
CONTEXTS = ["{}"] * 6 + ["{} inv", "{} investigation", "{} suspect", "{} susp veh", "poss {}", "{} case", "{} vehicle",
                         "suspect {}", "{} 31-00482", "locate {}", "{} follow up", "bolo {}"]
NEAR = {"a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
        "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "ry",
        "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x"}
SOUNDS = [("ph", "f"), ("ck", "k"), ("c", "k"), ("s", "c"), ("tion", "shun"), ("ie", "ei"), ("er", "ar"), ("ary", "ery"),
          ("ing", "in"), ("ll", "l"), ("tt", "t"), ("ss", "s"), ("a", "e"), ("e", "a"), ("i", "e"), ("o", "u")]

NAMES = """adams allen anderson baker barnes bell bennett brooks brown bryant butler campbell carter castillo chavez clark
coleman collins cook cooper cox cruz davis diaz edwards evans fisher flores foster garcia gibson gomez gonzalez gray green
griffin gutierrez hall hamilton harris harrison hayes henderson hernandez hill howard hughes jackson james jenkins jimenez
johnson jones jordan kelly kennedy kim king lee lewis long lopez marshall martin martinez mason mcdonald mendoza miller
mitchell moore morales morgan morris murphy murray myers nelson nguyen ortiz owens parker patel patterson perez perry
peterson phillips powell price ramirez ramos reed reyes reynolds richardson rivera roberts robinson rodriguez rogers ross
ruiz russell sanchez sanders schmidt scott simmons smith stevens stewart sullivan taylor thomas thompson torres turner
vasquez walker wallace ward washington watson weaver webb wells west white williams wilson wood woods wright young
kowalski mcallister oconnor delgado fitzgerald abernathy vandermeer stanislav okafor papadopoulos yamamoto singh""".split()
WORDS = """apple balcony banana basement blanket bottle breakfast bridge building cabin calendar candle carpet castle ceiling
cherry chicken church circle cloud coffee college concert corner cotton cousin curtain dentist dinner dolphin eagle elbow
engine envelope evening family farmer feather festival finger flower forest fountain furniture garage garden guitar hammer
harbor hospital hotel island jacket kitchen ladder laundry library lumber machine market meadow medicine mirror mountain
museum needle office orange palace pencil pepper picture pillow planet plaza pocket potato puzzle rabbit railway restaurant
river rocket saddle salad school scissors season shadow shoulder silver spring station summer sunset teacher theater ticket
tomato tower tunnel turtle uncle valley village violin wagon walnut weather window winter yellow zebra oakdale maplewood
riverside fairview lakewood springfield greenville madison clayton burlington kingston milton oxford trenton dayton salem
autumn balance bargain captain citizen comfort contact council country courage culture diamond distance example fashion
fortune gallery general harvest history husband journey justice kingdom landing leather letter limited manager message
mineral morning network number passage pattern pioneer plastic present process product program quality quarter record
regular release request reserve respect science service session society special storage student subject success support
surface tourist trading trouble tuesday uniform variety venture victory visitor volume weekend western wonder""".split()
STREETS = ["st", "ave", "blvd", "rd", "dr", "ln", "hwy", "lot", "apt", "store", "mall", "park"]


class Dice:
    """SplitMix64: the same numbers in every version of Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (self.state + 0x9e3779b97f4a7c15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xbf58476d1ce4e5b9) & MASK
        z = ((z ^ (z >> 27)) * 0x94d049bb133111eb) & MASK
        return (z ^ (z >> 31)) % bound

    def of(self, items):
        return items[self.below(len(items))]


def choices(element, words):
    optional = element.startswith("[") and element.endswith("]")
    out = []
    for choice in element.strip("[]").split("|"):
        out += words[choice[1:-1]] if choice.startswith("{") else [choice.replace("~", " ")]
    return out + [""] if optional else out


def phrases(notation, words, dice):
    """A few of the phrases that a notation of docs/vocabulary.md stands for."""
    parts = [choices(element, words) for element in notation.split()]
    every = 1
    for part in parts:
        every *= len(part)
    if every <= 24:
        picked = itertools.product(*parts)
    else:
        picked = [[dice.of(part) for part in parts] for _ in range(24)]
    return [" ".join(" ".join(p).split()) for p in picked]


def slip(word, dice):
    """One slip of the finger, or of the ear."""
    at = dice.below(max(1, len(word) - 1)) + (1 if len(word) > 2 else 0)
    at = min(at, len(word) - 1)
    kind = dice.below(7)
    if kind == 0:
        return word[:at] + word[at + 1:]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2:]
    if kind == 3:
        return word[:at] + dice.of(NEAR.get(word[at], word[at])) + word[at + 1:]
    if kind == 4:
        vowels = [i for i, c in enumerate(word) if c in "aeiou" and i > 0]
        return word if not vowels else word[:vowels[-1]] + word[vowels[-1] + 1:]
    if kind == 5 and len(word) > 7:
        return word[:len(word) - 1 - dice.below(3)]
    old, new = dice.of(SOUNDS)
    return word.replace(old, new, 1)


def misspelt(phrase, dice):
    words = phrase.split()
    longest = max(range(len(words)), key=lambda i: len(words[i]))
    word = words[longest]
    if len(word) < 5:
        return phrase
    for _ in range(1 + dice.below(3)):
        word = slip(word, dice) if len(word) > 3 else word
    words[longest] = word
    return " ".join(words)


def lexicon_rows(dice):
    for path in sorted((ROOT / "packs" / "purposes").glob("*.toml")):
        lexicon = tomllib.loads(path.read_text())
        words = {name: entries for name, entries in lexicon.get("words", {}).items()}
        for pattern in lexicon.get("pattern", []):
            if pattern.get("ignore") or "match" not in pattern or "only_with" in pattern:
                continue
            said = (pattern["purpose"], pattern.get("offence", ""), pattern.get("specificity", "specific"))
            unsure = pattern.get("certainty") == "ambiguous"
            if unsure or said[2] == "coded" or said[0] in ("placeholder", "unclear"):
                continue
            found = []
            for notation in pattern["match"]:
                if not set("_@*?") & set(notation):
                    found += phrases(notation, words, dice)
            found = sorted(set(found))
            for _ in range(min(PER_PATTERN, len(found))):
                phrase = found.pop(dice.below(len(found)))
                yield phrase, said, phrase
                for _ in range(SLIPS):
                    yield dice.of(CONTEXTS).format(misspelt(phrase, dice)), said, phrase


def hand_rows(dice):
    path = ROOT / "tests" / "cases" / "reasons-hard-to-read" / "input" / "worked-on.csv"
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            said = (row["purpose"], row["offense"], row["specificity"])
            if said[2] == "coded":
                continue
            yield row["reason"], said, row["reason"].lower()
            if said[0] not in ("placeholder", "reference_only", "unclear"):
                for _ in range(2):
                    yield misspelt(row["reason"], dice), said, row["reason"].lower()


def made_up(dice):
    return "".join(dice.of("bcdfghjklmnprstvw") + dice.of(["a", "e", "i", "o", "u", "ar", "en", "il", "on", "es"])
                   for _ in range(2 + dice.below(3)))


def empty_rows(dice):
    """What says no matter: the model must keep silent on it."""
    nothing, vague = ("unclear", "", "none"), ("vague", "", "generic")
    for i in range(9000):
        kind = dice.below(6)
        word = [dice.of(NAMES), dice.of(WORDS), made_up(dice)][dice.below(3)]
        if kind == 0:
            word = misspelt(word, dice)
        if kind == 1:
            word += " " + dice.of(NAMES + WORDS)
        if kind == 2:
            word += " " + dice.of(STREETS)
        if kind == 3:
            word = "".join(dice.of("abcdefghijklmnopqrstuvwxyz") for _ in range(4 + dice.below(6)))
        context = dice.of(CONTEXTS)
        plain = context in ("{}", "{} 31-00482")
        yield context.format(word), nothing if plain else vague, word


def main():
    dice = Dice(20261125)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["reason", "purpose", "offence", "specificity", "group"])
    seen = set()
    for rows in (hand_rows(dice), lexicon_rows(dice), empty_rows(dice)):
        for text, said, group in rows:
            if text and text not in seen:
                seen.add(text)
                out.writerow([text, *said, group])


if __name__ == "__main__":
    main()
