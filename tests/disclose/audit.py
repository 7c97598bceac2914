#!/usr/bin/env python3
"""Runs an independent auditor on the proof of a run, one population at a time.

  audit.py RUN --auditor PATH/audit.py [--jobs N] [--population ID] [--out DIR]

The auditor asks two to four linear programs of every hidden cell. Most of them
need none: two tables of pupils that agree with all published cells and give
the cell far apart values show that it is safe. So every solution that is met
is kept, some more are looked for in random directions, and a linear program is
solved only for the cells that no two solutions tell apart. The verdicts are
the auditor's own. Exit as the auditor's: 0 no leak, 1 leaks, 2 bad input,
3 contradiction.
"""
import argparse
import collections
import concurrent.futures
import csv
import importlib.util
import os
import sys
import tempfile
import time

DIRECTIONS = 60
MOST_WITNESSES = 400


def load(path):
    spec = importlib.util.spec_from_file_location("auditor", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["auditor"] = module
    spec.loader.exec_module(module)
    return module


def keep_witnesses(auditor):
    """Solutions met are kept with their model."""
    np = auditor.np
    solve = auditor.Model.solve

    def solve_and_keep(model, objective):
        found = solve(model, objective)
        if found.status == 0:
            kept = model.__dict__.setdefault("witnesses", [])
            if len(kept) < MOST_WITNESSES:
                kept.append(np.maximum(found.x, 0))
        return found

    auditor.Model.solve = solve_and_keep


def parts_of(auditor, model, target):
    """Numerator (None of a count), and denominator or count, as indices."""
    kind, dims, base, of, _ = target
    if kind == "count":
        return None, model.cnt(dims)
    if kind == "pct":
        extra = frozenset(dims) | frozenset(base)
        return model.cnt({**base, **dims}, extra), model.cnt(base, extra)
    home = next(m for m in model.maxsets
                if frozenset(dims) <= m and (of, m) in model.soff)
    return (model.ids(home, dims, model.soff[(of, home)]),
            model.ids(home, dims, model.off[home]))


def look_around(auditor, model, targets):
    """More solutions: half of the shares high, half low, at random."""
    np = auditor.np
    random = np.random.default_rng(20250613)
    for turn in range(DIRECTIONS):
        objective = np.zeros(model.n)
        for above, below in targets:
            sign = random.choice([-1.0, 1.0])
            if above is None:
                objective[below] += sign
            else:
                scale = random.choice([0.0, 0.5, 1.0])
                objective[above] += sign
                objective[below] -= sign * scale
        model.solve(objective)


def seen_range(model, above, below, kind):
    low, high = float("inf"), float("-inf")
    for x in model.witnesses:
        base = x[below].sum()
        if above is None:
            value = base
        elif base >= 1:
            value = x[above].sum() / base * (100 if kind == "pct" else 1)
        else:
            continue
        low, high = min(low, value), max(high, value)
    return low, high


def ask_last(auditor, widths):
    """The auditor's question of one cell, asked when witnesses do not tell."""
    ask = auditor._work
    count = collections.Counter()

    def work(target):
        model = auditor._M
        kind, _, _, of, more = target
        if more.get("rng") and kind == "pct":
            return ask(target)
        width = {"count": more["w"], "pct": widths["pct"]}.get(
            kind, widths["mean"] * widths["scale"].get(of, 1e9))
        above, below = parts_of(auditor, model, target)
        low, high = seen_range(model, above, below, kind)
        if high - low < width + 1e-3 + (1 if kind == "count" else 0):
            if not model.__dict__.get("looked"):
                model.looked = True
                look_around(auditor, model, model.asked)
                low, high = seen_range(model, above, below, kind)
        if high - low >= width + 1e-3 + (1 if kind == "count" else 0):
            count["safe by witness"] += 1
            return target, (low, high, []), None
        count["asked"] += 1
        return ask(target)

    auditor._work = work
    return count


def remember_targets(auditor):
    """What is asked of a model: suppressed cells and their bases."""
    start = auditor.Model.__init__

    def init(model, cells, *rest, **named):
        start(model, cells, *rest, **named)
        done = {}
        for cell in cells:
            if cell.status == "suppressed" and cell.stat in (
                    "count", "pct", "mean"):
                target = (cell.stat, cell.d, cell.base, cell.of, {})
                key = (cell.stat, cell.of, tuple(sorted(cell.d.items())),
                       tuple(sorted(cell.base.items())))
                done[key] = parts_of(auditor, model, target)
        model.asked = [done[key] for key in sorted(done, key=str)]

    auditor.Model.__init__ = init


def scales_of(run):
    path = os.path.join(run, "private", "scales.csv")
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def audit(job):
    auditor_path, run, name, cells, out = job
    auditor = load(auditor_path)
    private = os.path.join(run, "private")
    scales = scales_of(run)
    widths = {"pct": 5, "mean": 0.05, "scale": {}}
    for scale in scales:
        widths["scale"][scale["outcome"]] = (float(scale["most"]) -
                                             float(scale["least"]))
    keep_witnesses(auditor)
    remember_targets(auditor)
    count = ask_last(auditor, widths)
    findings = os.path.join(out, f"findings-{name}.csv")
    sys.argv = ["audit.py", cells, "--quiet", "--threshold", "5",
                "--min-width", "4", "--out", findings]
    sys.argv += [f"--scale={scale['outcome']}={scale['least']}:"
                 f"{scale['most']}:{scale['step']}" for scale in scales]
    for option in ("dims", "populations", "implications"):
        sys.argv += [f"--{option}", os.path.join(private, option + ".csv")]
    before = time.process_time()
    try:
        code = auditor.main()
    except SystemExit as stopped:
        code = stopped.code
    kinds = collections.Counter()
    if os.path.exists(findings):
        with open(findings, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                kinds[(row["severity"], row["kind"])] += 1
    return name, code, time.process_time() - before, kinds, dict(count)


def split(run, only, folder):
    """The cells of each population in a file of their own; populations with
    persons in common stay together."""
    private = os.path.join(run, "private")
    home = {}

    def root(name):
        while home.setdefault(name, name) != name:
            name = home[name]
        return name

    with open(os.path.join(private, "populations.csv"), encoding="utf-8",
              newline="") as file:
        for row in csv.DictReader(file):
            home[root(row["pop_a"])] = root(row["pop_b"])
    files = {}
    with open(os.path.join(private, "published-cells.csv"), encoding="utf-8",
              newline="") as file:
        rows = csv.reader(file)
        head = next(rows)
        at = head.index("population")
        for row in rows:
            if only and row[at] not in only:
                continue
            files.setdefault(root(row[at]), []).append(row)
    for name, rows in sorted(files.items()):
        path = os.path.join(folder, f"cells-{name}.csv")
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(head)
            writer.writerows(rows)
        yield name, path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("run")
    parser.add_argument("--auditor", required=True)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--population", action="append", default=[])
    parser.add_argument("--out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = options.out or folder
        os.makedirs(out, exist_ok=True)
        jobs = [(options.auditor, options.run, name, cells, out)
                for name, cells in split(options.run, options.population,
                                         folder)]
        worst = 0
        with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
            for name, code, seconds, kinds, count in pool.map(audit, jobs):
                worst = max(worst, code)
                print(f"{name}: exit {code}, {seconds:.0f} s, {count}")
                for (severity, kind), number in sorted(kinds.items()):
                    print(f"  {severity} {kind}: {number}")
                sys.stdout.flush()
    return worst


if __name__ == "__main__":
    sys.exit(main())
