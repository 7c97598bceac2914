#!/usr/bin/env python3
"""What reading, protecting and rendering cost, as ratios of one run.

bench.py LIKVARD BENCH_LIBCSV [--rounds N] [--keep DIR]

The contenders of a question take turns on the same files (A B A B ...); the
ratio is taken per round, and its median counts. Their answers are compared
before a time is printed. Seconds differ from machine to machine; ratios hold.
Standard library only; pdfinfo (poppler-utils) counts pages.
"""
import argparse
import csv
import glob
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

OPEN = "privacy={profiles: [open], accept: open_data}"
PUBLIC = "privacy={profiles: [public]}"


class Cost:
    """Seconds by the clock and of CPU, and the peak of memory in MiB."""

    def __init__(self, command):
        read, write = os.pipe()
        with tempfile.TemporaryFile() as errors:
            started = time.perf_counter()
            child = subprocess.Popen(command, stdout=write, stderr=errors,
                                     stdin=subprocess.DEVNULL)
            os.close(write)
            with os.fdopen(read, "rb") as pipe:
                self.output = pipe.read().decode()
            _, status, usage = os.wait4(child.pid, 0)
            self.clock = time.perf_counter() - started
            child.returncode = os.waitstatus_to_exitcode(status)
            errors.seek(0)
            self.errors = errors.read().decode()
        self.code = child.returncode
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024


def must(command):
    cost = Cost(command)
    if cost.code != 0:
        sys.exit(f"{' '.join(command)} ended with {cost.code}:\n"
                 f"{cost.errors[-2000:]}")
    return cost


def rows_of_check(output):
    """File name and rows, as `likvard check` says."""
    return {name: int(rows) for name, rows in
            re.findall(r"^(\S+): .*? (\d+) rows,", output, re.M)}


def rows_of_libcsv(output):
    """File name and rows without the header."""
    return {os.path.basename(path): int(rows) - 1 for path, rows in
            re.findall(r"^(.*) (\d+) \d+$", output, re.M)}


def line(name, value, aim=""):
    print(f"{name:<58} {value:>12}  {aim}", flush=True)


def ratios(name, pairs, aim, what="cpu"):
    """The median over rounds of what the second costs by the first."""
    every = [getattr(b, what) / getattr(a, what) for a, b in pairs]
    line(name, f"{statistics.median(every):.2f} x",
         f"{aim}  rounds {min(every):.2f} to {max(every):.2f}")


def bench_reading(likvard, libcsv, data, rounds):
    files = sorted(glob.glob(os.path.join(data, "*.csv")))
    study = os.path.join(data, "likvard.yml")
    size = sum(os.path.getsize(path) for path in files)
    contenders = {
        "libcsv": [libcsv] + files,
        "1": [likvard, "check", study, "-j", "1", "--no-progress"],
        "2": [likvard, "check", study, "-j", "2", "--no-progress"]}
    wanted = rows_of_libcsv(must(contenders["libcsv"]).output)
    for jobs in ("1", "2"):
        found = rows_of_check(must(contenders[jobs]).output)
        if found != wanted:
            sys.exit(f"rows differ: libcsv {wanted}, likvard {found}")
    line("input", f"{size / 1e6:.1f} MB",
         f"{sum(wanted.values())} rows in {len(files)} files, the same by all")
    times = [{name: must(command) for name, command in contenders.items()}
             for _ in range(rounds)]
    ratios("likvard check -j 1 / bare libcsv, CPU",
           [(t["libcsv"], t["1"]) for t in times], "aim 2")
    ratios("likvard check -j 1 / bare libcsv, by the clock",
           [(t["libcsv"], t["1"]) for t in times], "aim 2", "clock")
    ratios("likvard check -j 2 / bare libcsv, by the clock",
           [(t["libcsv"], t["2"]) for t in times], "", "clock")
    ratios("likvard check -j 2 / -j 1, by the clock",
           [(t["1"], t["2"]) for t in times], "aim 0.67", "clock")
    line("peak memory of likvard check -j 2",
         f"{max(t['2'].memory for t in times):.0f} MiB")


def pages_of(folder):
    pages = reports = 0
    for path in glob.glob(os.path.join(folder, "**", "*.pdf"), recursive=True):
        facts = subprocess.run(["pdfinfo", path], capture_output=True,
                               text=True, check=True).stdout
        pages += int(re.search(r"^Pages:\s+(\d+)", facts, re.M).group(1))
        reports += 1
    return reports, pages


def figures_of(folder, profile):
    """Without the name of the run, which the settings enter."""
    path = os.path.join(folder, profile, "results.csv")
    with open(path, encoding="utf-8", newline="") as table:
        return [row[1:] for row in csv.reader(table)]


def run_command(likvard, data, out, *more):
    return [likvard, "run", os.path.join(data, "likvard.yml"), "-q", "--force",
            "--no-progress", "-j", "1", "-o", out, *more]


def bench_rendering(likvard, data, work, settings, rounds):
    profile = "open" if settings == OPEN else "public"
    full, bare = os.path.join(work, "full"), os.path.join(work, "bare")
    commands = {
        "bare": run_command(likvard, data, bare, "--no-render", "--set",
                            settings),
        "full": run_command(likvard, data, full, "--set", settings)}
    for command in commands.values():
        must(command)
    if figures_of(full, profile) != figures_of(bare, profile):
        sys.exit("the figures with and without reports differ")
    reports, pages = pages_of(full)
    if pages == 0:
        sys.exit("no PDF came out")
    costs = [{name: must(command) for name, command in commands.items()}
             for _ in range(rounds)]
    four = [(c["full"].cpu - c["bare"].cpu) / pages * 4 for c in costs]
    line(f"CPU per 4 pages, of {reports} PDFs with {pages} pages",
         f"{statistics.median(four) * 1e3:.1f} ms",
         f"aim 15  rounds {min(four) * 1e3:.1f} to {max(four) * 1e3:.1f}")
    line(f"peak memory of run with all PDFs, profile {profile}",
         f"{max(c['full'].memory for c in costs):.0f} MiB", "aim 60")
    line("peak memory of the same without PDFs",
         f"{max(c['bare'].memory for c in costs):.0f} MiB")


def bench_protecting(likvard, data, work, rounds):
    """Answers: both profiles have the same rows, by their keys."""
    commands = {
        "open": run_command(likvard, data, os.path.join(work, "o"),
                            "--no-render", "--set", OPEN),
        "public": run_command(likvard, data, os.path.join(work, "p"),
                              "--no-render", "--set", PUBLIC)}
    for name, command in commands.items():
        cost = Cost(command)
        if cost.code != 0:
            line(f"run --no-render, profile {name}", "-",
                 f"ended with {cost.code}: "
                 f"{cost.errors.strip().splitlines()[0]}")
            return
    rows = [len(figures_of(os.path.join(work, letter), name))
            for letter, name in (("o", "open"), ("p", "public"))]
    if rows[0] != rows[1]:
        sys.exit(f"profile open has {rows[0]} figures, public {rows[1]}")
    costs = [{name: must(command) for name, command in commands.items()}
             for _ in range(rounds)]
    ratios(f"run --no-render, public / open ({rows[0] - 1} figures)",
           [(c["open"], c["public"]) for c in costs], "")
    more = [c["public"].cpu - c["open"].cpu for c in costs]
    line("CPU of protecting", f"{statistics.median(more) * 1e3:.0f} ms")
    line("peak memory of run --no-render, profile public",
         f"{max(c['public'].memory for c in costs):.0f} MiB")


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("likvard")
    words.add_argument("libcsv")
    words.add_argument("--rounds", type=int, default=7)
    words.add_argument("--keep", help="folder to work in, kept afterwards")
    given = words.parse_args()
    work = given.keep or tempfile.mkdtemp(prefix="likvard-bench-")
    os.makedirs(work, exist_ok=True)
    sample, full = os.path.join(work, "sample"), os.path.join(work, "malmo")
    try:
        must([given.likvard, "demo", sample, "--data-only", "--force"])
        must([given.likvard, "demo", full, "--data-only", "--force",
              "--pupils", "31600", "--years", "3", "--shape", "long",
              "--graded", "all"])
        print("Reading, grades of every year in long form")
        bench_reading(given.likvard, given.libcsv, full, given.rounds)
        few = max(3, given.rounds // 2)
        for name, data in (("the sample district", sample),
                           ("the full district", full)):
            print(f"\nRendering, {name}")
            bench_rendering(given.likvard, data, work, OPEN, few)
            print(f"\nProtecting, {name}")
            bench_protecting(given.likvard, data, work, few)
    finally:
        if not given.keep:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
