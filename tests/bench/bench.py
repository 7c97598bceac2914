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
import hashlib
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zlib

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
    """Their number and a hash of them without the name of the run, which the
    settings enter. They are not kept: the system says of a child that its peak
    of memory is at least what this process holds.
    """
    path = os.path.join(folder, profile, "results.csv")
    count, digest = -1, hashlib.sha256()
    with open(path, encoding="utf-8", newline="") as table:
        for row in csv.reader(table):
            count += 1
            digest.update(repr(row[1:]).encode())
    return count, digest.hexdigest()


def run_command(likvard, data, out, *more):
    return [likvard, "run", os.path.join(data, "likvard.yml"), "-q", "--force",
            "--no-progress", "-j", "1", "-o", out, *more]


def bench_run(likvard, data, work, rounds):
    """A run without protection and reports, with protection, with PDFs as well,
    with all files."""
    out = {name: os.path.join(work, name)
           for name in ("open", "bare", "pages", "full")}
    commands = {
        "open": run_command(likvard, data, out["open"], "--no-render", "--set",
                            OPEN),
        "bare": run_command(likvard, data, out["bare"], "--no-render", "--set",
                            PUBLIC),
        "pages": run_command(likvard, data, out["pages"], "--set", PUBLIC,
                             "--set", "reports.formats=[pdf]"),
        "full": run_command(likvard, data, out["full"], "--set", PUBLIC)}
    costs = [{name: must(command) for name, command in commands.items()}
             for _ in range(rounds)]
    figures = figures_of(out["full"], "public")
    if figures != figures_of(out["bare"], "public"):
        sys.exit("the figures with and without reports differ")
    if figures[0] != figures_of(out["open"], "open")[0]:
        sys.exit("the profiles do not have the same figures")
    reports, pages = pages_of(out["full"])
    if pages == 0:
        sys.exit("no PDF came out")
    bare = statistics.median(c["open"].cpu for c in costs)
    line("CPU of reading, measuring and writing results",
         f"{bare:.2f} s", f"{figures[0]} figures")
    more = [c["bare"].cpu - c["open"].cpu for c in costs]
    line("CPU of protecting, with the exact step", f"{statistics.median(more):.2f} s",
         f"rounds {min(more):.2f} to {max(more):.2f}")
    drawn = [c["pages"].cpu - c["bare"].cpu for c in costs]
    beside = [c["full"].cpu - c["pages"].cpu for c in costs]
    line("CPU of rendering PDFs", f"{statistics.median(drawn):.2f} s",
         f"{reports} PDFs with {pages} pages")
    line("CPU per 4 pages",
         f"{statistics.median(drawn) / pages * 4e3:.1f} ms", "aim 15")
    line("CPU of the workbook and the web pages",
         f"{statistics.median(beside):.2f} s")
    line("protecting / rendering, CPU",
         f"{statistics.median(a / b for a, b in zip(more, drawn)):.2f} x")
    for name, words in (("open", "without protection and PDFs"),
                        ("bare", "without PDFs"), ("full", "with all PDFs")):
        line(f"peak memory of run {words}",
             f"{max(c[name].memory for c in costs):.0f} MiB",
             "aim 60" if name == "full" else "")
    return costs


def streams_of(path):
    """All that is packed in a file, unpacked."""
    with open(path, "rb") as file:
        found = re.findall(rb"\nstream\r?\n(.*?)endstream", file.read(), re.S)
    for packed in found:
        try:
            yield zlib.decompressobj().decompress(packed)
        except zlib.error:
            continue


def packing(streams):
    """Seconds of CPU that zlib takes for STREAMS at level 6."""
    started = time.process_time()
    for drawn in streams:
        zlib.compress(drawn, 6)
    return time.process_time() - started


def bench_reports(likvard, run, work, rounds):
    """Reports of all schools in one language, less what one alone takes."""
    out = os.path.join(work, "drawn")
    folder = os.path.join(out, "public", "reports")

    def draw(*more):
        return must([likvard, "render", run, "-o", out, "--force", "-q",
                     "--no-progress", "--lang", "sv", "--set",
                     "reports.formats=[pdf]", "--set", "reports.district=no",
                     "--set", "reports.easy=[]", *more])

    draw()
    paths = sorted(glob.glob(os.path.join(folder, "sv", "*.pdf")))
    size = max(os.path.getsize(path) for path in paths)
    streams = [packed for path in paths for packed in streams_of(path)]
    drawings = [packed for packed in streams if b"BDC" in packed]
    reports, pages = pages_of(folder)
    if len(drawings) != pages:
        sys.exit(f"{pages} pages have {len(drawings)} drawings")
    first = re.match(r"\d+", os.path.basename(paths[0])).group()
    draw("-s", first)
    more = pages - pages_of(folder)[1]
    costs = [(draw("-j", "1", "-s", first), draw("-j", "1"), draw("-j", "2"),
              packing(drawings), packing(streams)) for _ in range(rounds)]
    line("reports of schools", f"{reports}", f"{pages} pages")
    line("the largest", f"{size / 1e3:.0f} kB", "aim 120")
    drawn = [(all_.cpu - one.cpu) / more * 4 for one, all_, *_ in costs]
    line("CPU per 4 pages", f"{statistics.median(drawn) * 1e3:.1f} ms", "aim 8")
    for what, every, at, aim in (("the drawing", drawings, 3, "aim 2.2"),
                                 ("all streams", streams, 4, "")):
        packed = [cost[at] / pages * 4 for cost in costs]
        line(f"the same / zlib at level 6 over {what} of the pages",
             f"{statistics.median(a / b for a, b in zip(drawn, packed)):.1f} x",
             f"{aim}  {sum(map(len, every)) / pages * 4e-3:.0f} kB, "
             f"{statistics.median(packed) * 1e3:.1f} ms")
    faster = [(one.clock, all_.clock, two.clock)
              for one, all_, two, *_ in costs]
    line("on two threads faster by the clock, without what one report takes",
         f"{statistics.median((b - a) / (c - a) for a, b, c in faster):.2f} x",
         "aim 1.8")


def bench_growth(likvard, work):
    """CPU against the number of schools of the same size."""
    cpu = {}
    for schools in (38, 76, 152):
        data = os.path.join(work, f"schools{schools}")
        must([likvard, "demo", data, "--data-only", "--force", "--schools",
              str(schools), "--pupils", str(schools * 416)])
        cpu[schools] = [
            must(run_command(likvard, data, os.path.join(work, "grown"),
                             "--no-render", "--set", settings)).cpu
            for settings in (OPEN, PUBLIC)]
        bare, public = cpu[schools]
        line(f"{schools} schools: measuring, protecting, CPU",
             f"{bare:.2f} s", f"{public - bare:.2f} s")
    for part, of in (("measuring", lambda c: c[0]),
                     ("protecting", lambda c: c[1] - c[0])):
        power = math.log(of(cpu[152]) / of(cpu[38])) / math.log(152 / 38)
        line(f"exponent of {part} from 38 to 152 schools", f"{power:.2f}",
             "aim 1.05")


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
        print("\nRun, the sample district")
        bench_run(given.likvard, sample, work, few)
        print("\nReports of schools, the sample district")
        bench_reports(given.likvard, os.path.join(work, "full"), work,
                      given.rounds)
        print("\nRun, the full district")
        bench_run(given.likvard, full, work, 1)
        print("\nGrowth")
        bench_growth(given.likvard, work)
    finally:
        if not given.keep:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
