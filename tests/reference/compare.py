#!/usr/bin/env python3
"""Runs a study on real data and compares its results with reference values.

compare.py LIKVARD STUDY DATA.csv ORACLE.csv AGREEMENT.csv

AGREEMENT.csv says which column of which figure is which reference value, and
how near it must be. Prints a line a figure with the digits that agree.
Standard library only. Exit 77 (skipped) without reference data, unless
LIKVARD_REFERENCE is set: then it must be there.
"""
import csv
import math
import os
import subprocess
import sys
import tempfile

PREFERRED = ["NIST certified", "exact", "R/by-hand-1d-profile", "py/own LMM",
             "R/by-hand", "R/base", "R/nlme", "R/"]


def reference(path):
    """Best value of each model and quantity."""
    best = {}
    for row in csv.DictReader(open(path, encoding="utf-8")):
        if row["source"] == "agreement" or row["value"] == "NA":
            continue
        rank = next((i for i, p in enumerate(PREFERRED)
                     if row["source"].startswith(p)), 99)
        key = (row["model"], row["quantity"])
        if key not in best or rank < best[key][0]:
            best[key] = (rank, float(row["value"]))
    return {key: value for key, (_, value) in best.items()}


def results(likvard, study, data):
    with tempfile.TemporaryDirectory() as work:
        out = os.path.join(work, "run")
        done = subprocess.run(
            [likvard, "run", study, "--set", "inputs.pupils.path=" + data,
             "-q", "-o", out], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"the run ended with {done.returncode}:\n{done.stderr}")
        reports = [name for _, _, names in os.walk(out) for name in names
                   if name.endswith(".pdf")]
        if not reports:
            sys.exit("no PDF came out")
        path = os.path.join(out, "open", "results.csv")
        return list(csv.DictReader(open(path, encoding="utf-8"))), len(reports)


def digits(value, wanted):
    if value == wanted:
        return 16.0
    scale = abs(wanted) or 1.0
    return min(16.0, -math.log10(abs(value - wanted) / scale))


def found_of(rows):
    return {tuple(row[k] for k in ("unit_id", "outcome", "measure",
                                   "component", "group_by", "group")): row
            for row in rows}


def pairs_of(wish, found, oracle):
    """(key, value, wanted) of each unit of WISH; VALUE None when missing."""
    units = [""]
    quantity = wish["quantity"]
    if quantity.endswith("[*]"):
        stem = quantity[:-2]
        units = sorted(q[len(stem):-1] for m, q in oracle
                       if m == wish["model"] and q.startswith(stem))
    for unit in units:
        row = found.get((unit, wish["outcome"], wish["measure"],
                         wish["component"], wish["group_by"], wish["group"]))
        key = (wish["model"],
               quantity.replace("[*]", f"[{unit}]") if unit else quantity)
        if row is None or key not in oracle or not row[wish["column"]]:
            yield key, None, None
        else:
            yield (key, float(row[wish["column"]]) * float(wish["sign"] or 1),
                   oracle[key])


def digits_of(wish, rows, oracle):
    return [digits(value, wanted)
            for _, value, wanted in pairs_of(wish, found_of(rows), oracle)
            if value is not None]


def compare(agreement, rows, oracle):
    found = found_of(rows)
    compared, worst, wrong = 0, 16.0, 0
    for wish in agreement:
        low = 16.0
        for key, value, wanted in pairs_of(wish, found, oracle):
            if value is None:
                print(f"MISSING {wish['measure']}/{wish['component']} {key}")
                wrong += 1
                continue
            low = min(low, digits(value, wanted))
            error = abs(value - wanted)
            if wish["kind"] == "relative":
                error /= abs(wanted) or 1.0
            compared += 1
            if not error <= float(wish["tolerance"]):
                wrong += 1
                print(f"WRONG {key}: {value!r}, wanted {wanted!r}")
        worst = min(worst, low)
        print(f"{low:5.1f} digits  {wish['measure']:24} "
              f"{wish['component'] or '-':16} {wish['group'] or '-':8} "
              f"{wish['column']:10} {wish['model']} {wish['quantity']}")
    return compared, worst, wrong


def main():
    likvard, study, data, oracle, table = sys.argv[1:6]
    if not os.path.exists(data):
        if os.environ.get("LIKVARD_REFERENCE"):
            sys.exit(f"{data} is missing, though LIKVARD_REFERENCE is set")
        print(f"skipped: no reference data at {data}")
        sys.exit(77)
    name = os.path.splitext(os.path.basename(study))[0]
    rows, reports = results(likvard, study, data)
    wishes = [row for row in csv.DictReader(open(table, encoding="utf-8"))
              if row["study"] == name]
    compared, worst, wrong = compare(wishes, rows, reference(oracle))
    print(f"{name}: {compared} values compared, {wrong} wrong, fewest digits "
          f"{worst:.1f}, {reports} PDF files")
    sys.exit(1 if wrong or not compared else 0)


if __name__ == "__main__":
    main()
