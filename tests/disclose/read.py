#!/usr/bin/env python3
"""How many of the figures about schools can be read, by outcome and group.

  read.py RUN/public/results.csv [RUN/internal_principal/results.csv …]

Prints a table for docs/disclosure.md: of shares, means and shares that passed in
a subject, school by school and year, those that are told as a value or a bound.
Figures about too few pupils are counted, those about nobody are not. With
several files a cell has a number for each.
"""
import csv
import sys

TOLD = ("ok", "at_least", "at_most")
LEVELS = {"share": "", "mean": "", "grades": "passed"}


def read(path):
    """By stage and outcome, by group: [told, all]."""
    found = {}
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if (row["level"] != "school" or row["variant"] != "all"
                    or LEVELS.get(row["measure"]) != row["component"]
                    or row["status"] not in (*TOLD, "hidden")):
                continue
            number = found.setdefault((row["stage"], row["outcome"]),
                                      {}).setdefault(row["group_by"], [0, 0])
            number[0] += row["status"] in TOLD
            number[1] += 1
    return found


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    files = [read(path) for path in sys.argv[1:]]
    groups = list(dict.fromkeys(group for file in files
                                for outcome in file.values()
                                for group in outcome))
    print("| share or mean |", " | ".join(group or "all" for group in groups),
          "|")
    print("|---" * (1 + len(groups)) + "|")
    for stage, outcome in files[0]:
        cells = []
        for group in groups:
            numbers = [file.get((stage, outcome), {}).get(group, (0, 0))
                       for file in files]
            cells.append(" / ".join(f"{100 * told / all_:.0f} %"
                                    for told, all_ in numbers if all_) or "–")
        print(f"| {outcome}, {stage} |", " | ".join(cells), "|")


if __name__ == "__main__":
    main()
