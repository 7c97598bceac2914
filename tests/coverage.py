#!/usr/bin/env python3
"""Line coverage by floor, from the counters that the tests left.

coverage.py SOURCE BUILD [--files]

A line that several programs contain is covered when one of them ran it.
Standard library and gcov (of gcc) only.
"""
import collections
import concurrent.futures
import glob
import json
import os
import subprocess
import sys


def counters(path):
    """Files of the object at PATH as gcov tells them."""
    told = subprocess.run(["gcov", "--json-format", "--stdout", path],
                          capture_output=True, check=True,
                          cwd=os.path.dirname(path))
    return [one for line in told.stdout.splitlines()
            for one in json.loads(line)["files"]]


def main():
    source, build = (os.path.realpath(path) for path in sys.argv[1:3])
    paths = glob.glob(os.path.join(build, "**", "*.gcda"), recursive=True)
    lines = collections.defaultdict(lambda: collections.defaultdict(int))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for files in pool.map(counters, paths):
            for one in files:
                name = os.path.relpath(os.path.join(source, one["file"]),
                                       source)
                if name.startswith("src" + os.sep):
                    for line in one["lines"]:
                        lines[name][line["line_number"]] += line["count"]
    floors = collections.defaultdict(lambda: [0, 0])
    for name, counts in sorted(lines.items()):
        covered = sum(count > 0 for count in counts.values())
        for key in (name.split(os.sep)[1], "all"):
            floors[key][0] += covered
            floors[key][1] += len(counts)
        if "--files" in sys.argv:
            print(f"{name:<40} {covered:>6} {len(counts):>6} "
                  f"{100 * covered / len(counts):6.1f} %")
    for floor, (covered, total) in floors.items():
        if floor != "all":
            print(f"{floor:<12} {covered:>6} of {total:>6} lines "
                  f"{100 * covered / total:6.1f} %")
    covered, total = floors["all"]
    if total == 0:
        sys.exit("no counters; run ctest first")
    print(f"{'all':<12} {covered:>6} of {total:>6} lines "
          f"{100 * covered / total:6.1f} %")


if __name__ == "__main__":
    main()
