#!/usr/bin/env python3
"""The table of docs/coverage.md from rows that bench_coverage printed.

coverage.py ROWS.csv...

A line an interval and kind of outcome, a column a number of schools: the share
of districts whose interval held the truth, over the ICCs, sizes and shapes of
schools; with * where that is outside 0.93 to 0.97 by more than two errors of
the simulation. In parentheses the lowest of the settings.
"""
import collections
import csv
import math
import sys

LOW, HIGH = 0.93, 0.97


def cell_of(rows):
    asked = sum(int(row["replicates"]) for row in rows)
    held = sum(int(row["replicates"]) * float(row["coverage"]) for row in rows)
    share = held / asked
    error = math.sqrt(share * (1 - share) / asked)
    mark = "*" if not LOW - 2 * error <= share <= HIGH + 2 * error else ""
    return f"{share:.3f}{mark} ({min(float(r['coverage']) for r in rows):.2f})"


def main():
    cells = collections.OrderedDict()
    sizes = set()
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                key = (row["interval"], row["outcome"])
                schools = int(row["schools"])
                sizes.add(schools)
                cells.setdefault(key, collections.defaultdict(list))[
                    schools].append(row)
    sizes = sorted(sizes)
    print("| interval | outcome | " + " | ".join(map(str, sizes)) + " |")
    print("|---|---|" + "---|" * len(sizes))
    for (interval, outcome), by_size in sorted(cells.items()):
        row = [cell_of(by_size[s]) if by_size[s] else "none" for s in sizes]
        print(f"| {interval} | {outcome} | " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
