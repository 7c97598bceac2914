#!/usr/bin/env python3
"""The table of agreement: which reference values are compared, how many, how
many digits agree at worst; and what is not compared, with the reason.

table.py LIKVARD REFERENCE [--write PAGE | --check PAGE]

Prints docs/agreement.md; writes it, or fails when PAGE tells of other numbers
of values. Every value of REFERENCE/oracle is compared, or matches a line of
not_compared.csv: DATASET, MODEL and QUANTITY (without what stands in brackets)
with * and ?, the first line that matches. Exit 77 without reference data,
unless LIKVARD_REFERENCE is set.
"""
import collections
import csv
import fnmatch
import glob
import os
import re
import sys

import compare

HERE = os.path.dirname(os.path.abspath(__file__))
STUDIES = ("hsb82", "bdf", "student_mat", "school_ses")
HEAD = """# Agreement

What other programs computed from public data, and what Likvärd makes of it
through a study, as a user would run it. Generated:

```sh
python3 tests/reference/table.py build/release/likvard REFERENCE --write docs/agreement.md
```

`ctest -L reference` compares the same values and fails where one is farther off
than `tests/reference/agreement.csv` allows; and where a reference value is
neither compared nor has a reason below. The sources are R 4.2 (base, lme4,
nlme) and a second program in Python, written apart from Likvärd. Digits: how
many agree at the worst value, 16 being all that a double has; a value whose
reference is good to fewer agrees in fewer.
"""


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def stem(quantity):
    return quantity.split("[")[0]


def oracles(reference):
    """The values of each data set: {dataset: {(model, quantity)}}."""
    found = collections.defaultdict(set)
    for path in sorted(glob.glob(os.path.join(reference, "oracle", "*.csv"))):
        name = os.path.splitext(os.path.basename(path))[0]
        for row in rows_of(path):
            if row["source"] != "agreement":
                found[name.removesuffix("_py")].add((row["model"],
                                                     row["quantity"]))
    return found


def compared_of(wishes, values):
    """Those of VALUES that WISHES name."""
    found = set()
    for wish in wishes:
        model, quantity = wish["model"], wish["quantity"]
        every = quantity.endswith("[*]")
        found |= {(m, q) for m, q in values if m == model and
                  (q.startswith(quantity[:-2]) if every else q == quantity)}
    return found


def reason_of(rules, dataset, model, quantity):
    for rule in rules:
        if (fnmatch.fnmatchcase(dataset, rule["dataset"]) and
                fnmatch.fnmatchcase(model, rule["model"]) and
                fnmatch.fnmatchcase(stem(quantity), rule["quantity"])):
            return rule["reason"]
    return None


def agreements(likvard, reference, wishes):
    """Lines of the table: (measure, dataset) -> [values, fewest digits]."""
    table = {}
    for study in STUDIES:
        data = os.path.join(reference, "data", study + ".csv")
        rows, _ = compare.results(likvard, os.path.join(HERE, study + ".yml"),
                                  data)
        oracle = compare.reference(
            os.path.join(reference, "oracle", study + ".csv"))
        for wish in [w for w in wishes if w["study"] == study]:
            for near in compare.digits_of(wish, rows, oracle):
                line = table.setdefault((wish["measure"], study), [0, 16.0])
                line[0] += 1
                line[1] = min(line[1], near)
    return table


def omissions(values, wishes, rules):
    """Reasons with their numbers by data set; and what has none."""
    left, without = collections.OrderedDict(), []
    for rule in rules:
        left.setdefault(rule["reason"], collections.Counter())
    for dataset in sorted(values):
        own = [w for w in wishes if w["study"] == dataset]
        for model, quantity in sorted(values[dataset] -
                                      compared_of(own, values[dataset])):
            reason = reason_of(rules, dataset, model, quantity)
            if reason is None:
                without.append((dataset, model, quantity))
            else:
                left[reason][dataset] += 1
    return left, without


def page_of(table, left):
    lines = [HEAD, "## Compared", "",
             "| measure | data | values | digits |", "|---|---|---:|---:|"]
    for (measure, study), (count, digits) in sorted(table.items()):
        lines.append(f"| {measure} | {study} | {count} | {digits:.0f} |")
    total = sum(count for count, _ in table.values())
    lines += ["", f"{total} values in all.", "", "## Not compared", "",
              "| why | values | data |", "|---|---:|---|"]
    for reason, counts in left.items():
        if counts:
            data = ", ".join(sorted(counts))
            lines.append(f"| {reason} | {sum(counts.values())} | {data} |")
    lines += ["", "Measures that no public data set has values for are held "
              "against R or", "exact arithmetic on invented pupils in "
              "`tests/unit`; `test_reference.c` names", "the place for each "
              "measure, and fails for one that has none."]
    return "\n".join(lines) + "\n"


def numbers(page):
    """The page without digits, which processors may differ in."""
    return re.sub(r"\| \d+ \|$", "|", page, flags=re.M)


def main():
    likvard, reference = sys.argv[1:3]
    if not os.path.isdir(os.path.join(reference, "oracle")):
        if os.environ.get("LIKVARD_REFERENCE"):
            sys.exit(f"{reference} is missing, though LIKVARD_REFERENCE is set")
        print(f"skipped: no reference data at {reference}")
        sys.exit(77)
    wishes = rows_of(os.path.join(HERE, "agreement.csv"))
    rules = rows_of(os.path.join(HERE, "not_compared.csv"))
    left, without = omissions(oracles(reference), wishes, rules)
    for dataset, model, quantity in without:
        print(f"NO REASON {dataset} {model} {quantity}")
    if without:
        sys.exit(1)
    page = page_of(agreements(likvard, reference, wishes), left)
    if "--write" in sys.argv:
        with open(sys.argv[-1], "w", encoding="utf-8") as file:
            file.write(page)
    elif "--check" in sys.argv:
        with open(sys.argv[-1], encoding="utf-8") as file:
            if numbers(file.read()) != numbers(page):
                sys.exit(f"{sys.argv[-1]} tells of other values; write it anew")
    print(page, end="")


if __name__ == "__main__":
    main()
