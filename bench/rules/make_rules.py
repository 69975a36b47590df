# SPDX-License-Identifier: Apache-2.0
"""Writes the same rules for onus, Cedar and OPA, and requests for all three.

usage: make_rules.py DIR [--rules 50] [--requests 1000] [--seed 1]

DIR gets pack.toml, policies.cedar, rules.rego, requests.tsv (name=value), requests.json, and wanted.txt: which
rules fire for each request, by a fourth reading that stands here. A rule fires where onus says that what
it forbids was done: everything it needs is known. Cedar and Rego have no third answer, so each is given
what must hold for onus's TRUE, with the guards that its language needs for a fact that is absent.
"""
import argparse
import datetime
import json
import pathlib
import random

WORDS = {
    "act": 9 * ["search"] + ["hotlist_hit"],
    "system": 9 * ["plate_reader"] + ["driver_register"],
    "log_role": ["owner", "owner", "searcher"],
    "owner_state": ["IL", "CA", "VA", "WA"],
    "searcher_state": ["IL", "CA", "TX", "FL", "VA"],
    "searcher_kind": ["police", "sheriff", "state_police"],
    "relation": ["same_agency", "in_state", "out_of_state", "federal"],
    "purpose": ["crime", "wanted_person", "immigration", "traffic", "vague", "missing_person"],
    "topic": ["immigration", "protest", "reproductive_health"],
    "topic_certainty": ["explicit", "contextual", "ambiguous"],
    "specificity": ["specific", "coded", "generic", "none"],
    "reason_state": ["value", "empty", "placeholder", "masked_vendor"],
    "case_state": ["value", "empty", "not_exported"],
    "actor_state": ["value", "empty", "masked_agency"],
    "era": ["2024-free", "2025-free", "2026-list"],
}
DAYS = ["2024-01-01", "2025-01-01", "2025-07-01", "2026-01-01"]


def moment(day):
    time = datetime.datetime.fromisoformat(day).replace(tzinfo=datetime.timezone.utc)
    return int(time.timestamp()) * 1_000_000


# A condition: (kind, ...). Kinds: is, isnt, in, null, known, least, starts; not; and, or.
def three(c, row):
    """True, False or None, as docs/rule-language.md says."""
    kind = c[0]
    if kind in ("and", "or"):
        answers = [three(x, row) for x in c[1:]]
        stop = kind == "or"
        return stop if stop in answers else None if None in answers else not stop
    if kind == "not":
        answer = three(c[1], row)
        return None if answer is None else not answer
    value = row.get(c[1])
    if kind in ("null", "known"):
        return (value is None) == (kind == "null")
    if value is None:
        return None
    return {"is": lambda: value == c[2], "isnt": lambda: value != c[2], "in": lambda: value in c[2],
            "least": lambda: value >= c[2], "starts": lambda: value.startswith(c[2])}[kind]()


def onus(c):
    kind = c[0]
    if kind in ("and", "or"):
        return "(" + f" {kind.upper()} ".join(onus(x) for x in c[1:]) + ")"
    text = lambda v: f"'{v}'" if isinstance(v, str) else str(v)
    return {"not": lambda: f"NOT {onus(c[1])}", "null": lambda: f"{c[1]} IS NULL",
            "known": lambda: f"{c[1]} IS NOT NULL", "is": lambda: f"{c[1]} = {text(c[2])}",
            "isnt": lambda: f"{c[1]} <> {text(c[2])}", "least": lambda: f"{c[1]} >= {text(c[2])}",
            "in": lambda: f"{c[1]} IN ({', '.join(map(text, c[2]))})",
            "starts": lambda: f"starts_with({c[1]}, {text(c[2])})"}[kind]()


def denied(c):
    """What holds exactly where c is FALSE, as a condition without `not`."""
    kind = c[0]
    turned = {"and": "or", "or": "and", "is": "isnt", "isnt": "is", "null": "known", "known": "null"}
    if kind in ("and", "or"):
        return (turned[kind], *[denied(x) for x in c[1:]])
    return straight(c[1]) if kind == "not" else (turned[kind], *c[1:])


def straight(c):
    if c[0] in ("and", "or"):
        return (c[0], *[straight(x) for x in c[1:]])
    return denied(c[1]) if c[0] == "not" else c


def cedar(c):
    kind = c[0]
    if kind in ("and", "or"):
        return "(" + (" && " if kind == "and" else " || ").join(cedar(x) for x in c[1:]) + ")"
    if kind in ("null", "known"):
        return ("!" if kind == "null" else "") + f"(context has {c[1]})"
    fact = f"context.{c[1]}"
    test = {"is": lambda: f"{fact} == {json.dumps(c[2])}", "isnt": lambda: f"{fact} != {json.dumps(c[2])}",
            "in": lambda: f"{json.dumps(c[2])}.contains({fact})", "least": lambda: f"{fact} >= {c[2]}",
            "starts": lambda: f'{fact} like "{c[2]}*"'}[kind]()
    return f"(context has {c[1]} && {test})"


def rego(c, name, helpers):
    """Lines of a body; an OR is a rule of its own with a body for each side."""
    kind = c[0]
    if kind == "and":
        return [line for x in c[1:] for line in rego(x, name, helpers)]
    if kind == "or":
        helper = f"{name}_{len(helpers)}"
        helpers.append(None)
        text = "".join(f"{helper} if {{\n  " + "\n  ".join(rego(x, name, helpers)) + "\n}\n" for x in c[1:])
        helpers[int(helper.rsplit("_", 1)[1])] = text
        return [helper]
    fact = f"input.{c[1]}"
    return [{"is": lambda: f"{fact} == {json.dumps(c[2])}", "isnt": lambda: f"{fact} != {json.dumps(c[2])}",
             "in": lambda: f"{fact} in {{{', '.join(map(json.dumps, c[2]))}}}",
             "least": lambda: f"{fact} >= {c[2]}", "starts": lambda: f'startswith({fact}, "{c[2]}")',
             "null": lambda: f"not {fact}", "known": lambda: fact}[kind]()]


def make_rule(number, rnd):
    """Built like those of the shipped packs: whose data, who searches, what for; an exception now and then."""
    pick = lambda column: rnd.choice(WORDS[column])
    some = lambda column, n: sorted(rnd.sample(sorted(set(WORDS[column])), n))
    applies = ("and", ("is", "system", "plate_reader"), ("in", "owner_state", some("owner_state", 3)),
               rnd.choice([("isnt", "relation", "same_agency"), ("in", "relation", some("relation", 3)),
                           ("is", "log_role", "owner")]))
    forbids = rnd.choice([
        lambda: ("and", ("is", "topic", pick("topic")), ("in", "topic_certainty", some("topic_certainty", 2))),
        lambda: ("and", ("is", "topic", pick("topic")), ("not", ("in_", "purpose"))),
        lambda: ("or", ("in", "reason_state", some("reason_state", 2)), ("is", "specificity", pick("specificity"))),
        lambda: ("and", ("is", "case_state", pick("case_state")), ("isnt", "specificity", "specific"),
                 ("or", ("null", "topic"), ("is", "actor_state", pick("actor_state")))),
        lambda: ("and", ("least", "networks", rnd.choice([10, 100, 1000])), ("isnt", "purpose", pick("purpose"))),
        lambda: ("or", ("and", ("is", "relation", "federal"), ("known", "topic")),
                 ("and", ("is", "searcher_state", pick("searcher_state")), ("is", "purpose", pick("purpose")))),
        lambda: ("and", ("starts", "era", rnd.choice(["2024", "2025", "2026"])), ("isnt", "reason_state", "value")),
    ])()
    if ("not", ("in_", "purpose")) in forbids:  # NOT (a OR b)
        forbids = (*forbids[:2], ("not", ("or", ("is", "purpose", pick("purpose")), ("is", "purpose", pick("purpose")))))
    unless = rnd.choice([None, None, ("is", "searcher_kind", pick("searcher_kind")),
                         ("and", ("is", "purpose", pick("purpose")), ("is", "case_state", "value"))])
    return {"id": f"r{number}", "from": rnd.choice(DAYS), "applies": applies, "forbids": forbids, "except": unless}


def fires(rule, row):
    if row.get("act") != "search" or row.get("when") is None or row["when"] < moment(rule["from"]):
        return False
    unless = rule["except"] and three(rule["except"], row)
    return three(rule["applies"], row) is True and three(rule["forbids"], row) is True and \
        (rule["except"] is None or unless is False)


def make_request(rnd):
    row = {column: rnd.choice(words) for column, words in WORDS.items()
           if column == "act" or rnd.random() < 0.9}
    if rnd.random() < 0.9:
        row["networks"] = rnd.choice([1, 10, 99, 100, 5000])
    if rnd.random() < 0.97:
        row["when"] = moment("2024-06-01") + rnd.randrange(2 * 365 * 86400) * 1_000_000
    return row


def facts(row):
    show = lambda name, v: datetime.datetime.fromtimestamp(v // 1_000_000, datetime.timezone.utc).strftime(
        "%Y-%m-%d %H:%M:%S") if name == "when" else str(v)
    return {name: show(name, value) for name, value in row.items()}


def example(rule, rows, outcome, fits):
    row = next(row for row in rows if fits(row))
    given = ", ".join(f'{k} = {v}' if k == "networks" else f'{k} = "{v}"' for k, v in facts(row).items())
    return f'  {{name = "{outcome}", facts = {{{given}}}, outcome = "{outcome}"}},\n'


def toml(rules, rnd):
    out = 'id = "bench"\ntitle = {en = "Rules to measure", de = "Regeln zum Messen"}\n'
    rows = [make_request(rnd) for _ in range(20000)]
    for rule in rules:
        past = lambda row: row.get("act") == "search" and (row.get("when") or 0) >= moment(rule["from"])
        out += f'\n[[rule]]\nid = "{rule["id"]}"\nkind = "quality"\ntitle = {{en = "r", de = "r"}}\n' \
               f'severity = "note"\nin_force = {{from = {rule["from"]}}}\napplies = "{onus(rule["applies"])}"\n' \
               f'forbids = "{onus(rule["forbids"])}"\n'
        if rule["except"]:
            out += f'except = "{onus(rule["except"])}"\n'
        out += "example = [\n" + example(rule, rows, "missing", lambda row: fires(rule, row)) + \
            example(rule, rows, "not_applicable",
                    lambda row: past(row) and three(rule["applies"], row) is False) + \
            example(rule, rows, "cannot_tell", lambda row: past(row) and three(rule["applies"], row) is None) + "]\n"
    return out


def true_where(rule):
    parts = [("least", "when", moment(rule["from"])), straight(rule["applies"]), straight(rule["forbids"])]
    return ("and", *parts, *([denied(rule["except"])] if rule["except"] else []))


def cedar_text(rules):
    return "".join(f'@id("{rule["id"]}")\nforbid (principal, action == Action::"search", resource)\n'
                   f'when {{ {cedar(true_where(rule))} }};\n' for rule in rules)


def rego_text(rules):
    out = "package onus\n\n"
    for rule in rules:
        helpers = []
        body = ['input.act == "search"', *rego(true_where(rule), rule["id"], helpers)]
        out += f'fired contains "{rule["id"]}" if {{\n  ' + "\n  ".join(body) + "\n}\n" + "".join(helpers) + "\n"
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("dir", type=pathlib.Path)
    parser.add_argument("--rules", type=int, default=50)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rnd = random.Random(args.seed)
    rules = [make_rule(i, rnd) for i in range(args.rules)]
    requests = [make_request(rnd) for _ in range(args.requests)]
    args.dir.mkdir(parents=True, exist_ok=True)
    write = lambda name, text: (args.dir / name).write_text(text, encoding="utf-8")
    write("pack.toml", toml(rules, rnd))
    write("policies.cedar", cedar_text(rules))
    write("rules.rego", rego_text(rules))
    write("requests.tsv", "".join("\t".join(f"{k}={v}" for k, v in facts(row).items()) + "\n" for row in requests))
    write("requests.json", json.dumps(requests))
    wanted = [[rule["id"] for rule in rules if fires(rule, row)] for row in requests]
    write("wanted.txt", "".join(" ".join(sorted(ids)) + "\n" for ids in wanted))
    fired = sum(map(len, wanted))
    print(f"{len(rules)} rules, {len(requests)} requests, {fired} of {len(rules) * len(requests)} fire, "
          f"{sum(not any(r['id'] in ids for ids in wanted) for r in rules)} rules never")


if __name__ == "__main__":
    main()
