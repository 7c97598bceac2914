#!/usr/bin/env python3
"""Runs the command over a corpus of damaged tables and judges each run.

judge.py LIKVARD STUDY CORPUS DEVIATIONS.csv

CORPUS holds base/ (sound tables) and open/ (each file with one fault, and
index.csv, which says what may come of it). Judged: no signal, no output set
after a refusal, the faulty line named in a refusal, the number of rows left
out. DEVIATIONS.csv lists cases decided otherwise, with the reason; one that no
longer deviates is a failure too. Standard library only.
"""
import csv
import json
import os
import re
import subprocess
import sys
import tempfile

# Finds what hangs; how fast runs are is for the benchmarks.
TIMEOUT = 120 * int(os.environ.get("LIKVARD_PATIENCE", "1"))


def run(likvard, study, pupils, grades, out):
    return subprocess.run(
        [likvard, "run", study, "--set", "inputs.pupils.path=" + pupils,
         "--set", "inputs.grades.path=" + grades, "--no-render", "-q", "-o",
         out], capture_output=True, timeout=TIMEOUT)


def judge(case, done, out):
    """What is wrong with the run of a case, or None."""
    allowed = case["class"].split("|")
    said = done.stdout + done.stderr
    if done.returncode < 0 or done.returncode > 125:
        return f"died with {done.returncode}"
    if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", said):
        return "a control byte in a message"
    if re.search(rb"\bP00[0-9]{2}\b", said):
        return "a pupil's id in a message"
    if done.returncode:
        line = case["line"]
        if os.path.exists(out):
            return "output after a refusal"
        if "reject_file" not in allowed:
            return f"refused, allowed: {case['class']}"
        if int(line) > 0 and not re.search(rb":%s\b" % line.encode(), said):
            return f"line {line} is not named"
        return None
    if not {"accept", "reject_row"} & set(allowed):
        return f"accepted, allowed: {case['class']}"
    manifest = json.load(open(os.path.join(out, "manifest.json"),
                              encoding="utf-8"))
    rejected, wanted = manifest["rejected"], int(case["rejected"])
    if "accept" not in allowed and rejected == 0:
        return "nothing was rejected"
    if wanted >= 0 and rejected != wanted and not (
            rejected == 0 and "accept" in allowed):
        return f"rejected {rejected} rows, wanted {wanted}"
    return None


def main():
    likvard, study, corpus, deviations = sys.argv[1:5]
    index = os.path.join(corpus, "open", "index.csv")
    if not os.path.exists(index):
        if os.environ.get("LIKVARD_REFERENCE"):
            sys.exit(f"{index} is missing, though LIKVARD_REFERENCE is set")
        print(f"skipped: no corpus at {corpus}")
        sys.exit(77)
    known = {row["file"]: row["reason"]
             for row in csv.DictReader(open(deviations, encoding="utf-8"))}
    base = {name: os.path.join(corpus, "base", name + ".csv")
            for name in ("pupils", "grades")}
    cases = list(csv.DictReader(open(index, encoding="utf-8")))
    failed = 0
    for case in cases:
        tables = dict(base)
        tables[case["table"]] = os.path.join(corpus, "open", case["file"])
        with tempfile.TemporaryDirectory() as work:
            out = os.path.join(work, "run")
            try:
                done = run(likvard, study, tables["pupils"],
                           tables["grades"], out)
                wrong = judge(case, done, out)
            except subprocess.TimeoutExpired:
                wrong = "timed out"
        deviates = case["file"] in known
        if bool(wrong) != deviates:
            failed += 1
            print(f"{case['file']}: {wrong or 'no longer deviates'}")
    print(f"{len(cases)} cases, {len(known)} decided otherwise, "
          f"{failed} failed")
    sys.exit(1 if failed or not cases else 0)


if __name__ == "__main__":
    main()
