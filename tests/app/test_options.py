#!/usr/bin/env python3
"""What each option of each command does, and where words come out."""
import csv
import json
import os
import pty
import signal
import subprocess
import time
import unittest

from command import LIKVARD, OPEN, Case, likvard


def on_terminal(*words, **environment):
    """Code, stdout, and stderr as a terminal gets it."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([LIKVARD, *words], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=theirs,
                          env={**os.environ, "TERM": "xterm",
                               **environment}) as run:
        os.close(theirs)
        said = b""
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError:
                break
            if not more:
                break
            said += more
        output = run.stdout.read()
    os.close(ours)
    return run.returncode, output.decode(), said.decode()


class Run(Case):
    def run_of(self, *more, name="out", **environment):
        return self.good("run", self.study, "--no-progress", "-o",
                         self.path(name), *more, *OPEN, **environment)

    def figures(self, name="out"):
        with open(self.path(name, "open", "results.csv"), newline="",
                  encoding="utf-8") as table:
            return list(csv.DictReader(table))

    def reports(self, name="out"):
        return sorted(os.path.relpath(os.path.join(place, file),
                                      self.path(name, "open", "reports"))
                      for place, _, files in os.walk(self.path(name))
                      for file in files if file.endswith(".pdf"))

    def resolved(self, key, name="out"):
        with open(self.path(name, "config.resolved.yml"),
                  encoding="utf-8") as file:
            return [line for line in file if line.startswith(key + ":")]

    def setUp(self):
        super().setUp()
        self.study = self.district()

    def test_one_school_one_language(self):
        with open(self.path("district", "skolenheter.csv"),
                  encoding="utf-8-sig") as file:
            school = file.read().splitlines()[1].split(";")[0]
        self.run_of("-s", school, "--lang", "en", "-m", "mean")
        reports = self.reports()
        self.assertEqual(len(reports), 2, reports)
        self.assertTrue(reports[0].startswith(f"en/{school}-"), reports)
        self.assertEqual(reports[1], "en/district.pdf")
        self.assertEqual({row["measure"] for row in self.figures()}, {"mean"})

    def test_unknown_school_measure_language(self):
        for words, hint in ((["-s", "1"], "schools' table"),
                            (["-m", "gapp"], "did you mean 'gap'?"),
                            (["--lang", "xx"], "known languages: en, sv"),
                            (["--set",
                              "targets=[{indicator: eligibel, level: 80}]"],
                             "did you mean 'eligible'?"),
                            (["--set", "targets=[{indicator: eligible, "
                              "group: sex.x, level: 80}]"],
                             "write GROUP.VALUE"),
                            (["--set",
                              "official=[{indicator: eligibel, value: 80, "
                              "source: X}]"], "did you mean 'eligible'?"),
                            (["--set",
                              "official=[{indicator: eligible, value: 8.1234, "
                              "source: X}]"], "such as 78.9"),
                            (["--set",
                              "official=[{indicator: eligible, value: 80}]"],
                             "source"),
                            (["--set", "reports.easy=[en]"],
                             "known languages: sv")):
            done = likvard("run", self.study, "-n", *words)
            self.assertEqual((words, done.returncode), (words, 78))
            self.assertIn(hint, done.stderr)

    def test_no_render(self):
        self.run_of("--no-render")
        self.assertEqual(self.reports(), [])
        self.assertGreater(len(self.figures()), 1000)

    def test_the_nearer_setting_wins(self):
        for i, (words, seed) in enumerate((
                (["--set", "seed=6"], 6),
                (["--set", "seed=6", "--set", "seed=7"], 7),
                (["--seed", "5", "--set", "seed=6"], 5))):
            self.run_of(*words, "--no-render", "-m", "mean", name=f"out{i}")
            self.assertEqual(self.resolved("seed", f"out{i}"),
                             [f"seed: {seed}\n"])

    def test_jobs_of_the_environment(self):
        done = likvard("check", self.study, LIKVARD_JOBS="two")
        self.assertEqual(done.returncode, 64)
        self.assertIn("LIKVARD_JOBS", done.stderr)
        self.good("check", self.study, LIKVARD_JOBS="2")
        done = likvard("check", self.study, "--set", "jobs=two",
                       LIKVARD_JOBS="2")
        self.assertEqual(done.returncode, 1)

    def test_where_words_go(self):
        words = ["run", self.study, "-m", "mean", "--no-render", "--force",
                 "-o", self.path("out")]
        quiet = self.good(*words, "-q")
        self.assertEqual((quiet.stdout, quiet.stderr),
                         (self.path("out") + "\n", ""))
        still = self.good(*words, "--no-progress")
        self.assertEqual(still.stdout, self.path("out") + "\n")
        self.assertEqual(still.stderr, "run: no errors, no warnings.\n")
        loud = self.good(*words)
        self.assertEqual(loud.stdout, self.path("out") + "\n")
        self.assertTrue(loud.stderr.startswith("Reading\n"), loud.stderr)
        verbose = self.good(*words, "-v").stderr
        self.assertGreater(verbose.count("\n"), loud.stderr.count("\n"))
        self.assertEqual(self.good(*words, "-n").stdout, "")

    def test_progress_of_a_terminal(self):
        words = ["run", self.study, "--force", "-o", self.path("out"),
                 "--lang", "sv"]
        for columns in (30, 80):
            code, output, said = on_terminal(*words, COLUMNS=str(columns))
            self.assertEqual((code, output), (0, self.path("out") + "\n"))
            drawn = [line for line in said.split("\r") if "\033[K" in line]
            self.assertTrue(any("Rendering" in line for line in drawn), said)
            for line in drawn:
                self.assertLess(len(line.split("\033[K")[0]), columns)
        for more, environment in ((["--no-progress"], {}), (["-q"], {}),
                                  ([], {"TERM": "dumb"})):
            _, _, said = on_terminal(*words, *more, **environment)
            self.assertNotIn("\033", said)

    def test_colour(self):
        words = ["check", self.path("district", "none.yml")]
        wanted = (
            ([], {}, False, True),
            (["--color", "always"], {}, True, True),
            (["--color", "never"], {}, False, False),
            (["--no-color"], {}, False, False),
            ([], {"NO_COLOR": "1"}, False, False),
            ([], {"NO_COLOR": ""}, False, True),
            ([], {"FORCE_COLOR": "1"}, True, True),
            (["--color", "always"], {"NO_COLOR": "1"}, True, True),
            ([], {"TERM": "dumb"}, False, False))
        for more, environment, piped, shown in wanted:
            case = (more, environment)
            said = likvard(*words, *more, **environment).stderr
            self.assertEqual((case, "\033[31m" in said), (case, piped))
            _, _, said = on_terminal(*words, *more, **environment)
            self.assertEqual((case, "\033[31m" in said), (case, shown))

    def test_logs(self):
        log = self.path("messages.jsonl")
        words = ["check", self.study, "--set", "yeer=1"]
        done = likvard(*words, "--log", log)
        self.assertIn("error E-KEY-UNKNOWN", done.stderr)
        with open(log, encoding="utf-8") as file:
            told = [json.loads(line) for line in file]
        self.assertEqual([one["code"] for one in told], ["E-KEY-UNKNOWN"])
        self.assertEqual(told[0]["level"], "error")
        self.assertIn("year", told[0]["hint"])
        done = likvard(*words, "--log-format", "json")
        self.assertEqual([json.loads(line)
                          for line in done.stderr.splitlines()], told)
        done = likvard("check", self.study, "--log", self.path("no", "log"))
        self.assertEqual(done.returncode, 74)
        self.assertIn("cannot be written: No such file", done.stderr)


class Check(Case):
    def test_dirty_rows(self):
        study = self.district("district", "--dirty", "3")
        rows = self.path("problems.csv")
        done = self.good("check", study, "--problems", rows)
        self.assertIn("rows rejected", done.stdout)
        self.assertIn("warning", done.stderr)
        with open(rows, newline="", encoding="utf-8") as file:
            told = list(csv.DictReader(file))
        self.assertTrue(all(row["file"] == "betyg.csv" for row in told))
        self.assertGreater(sum(row["severity"] == "warning" for row in told), 0)
        self.assertEqual(likvard("check", study, "--strict").returncode, 1)
        self.assertEqual(self.good("check", study, "-q").stderr, "")
        self.assertIn("severity,code", self.good(
            "check", study, "-q", "--problems", "-").stdout)

    def test_most_errors(self):
        study = self.path("likvard.yml")
        with open(study, "w", encoding="utf-8") as file:
            file.write("".join(f"wrong{i}: 1\n" for i in range(30)))
        for words, told, left in (([], 20, True),
                                  (["--max-errors", "3"], 3, True),
                                  (["--max-errors", "0"], 33, False)):
            said = likvard("check", study, *words).stderr
            self.assertEqual((words, said.count(": error E-")), (words, told))
            self.assertEqual("kinds more" in said, left)

    def test_columns_are_told(self):
        said = self.good("check", self.district()).stdout
        self.assertIn("reads: Elev-ID as pupil_id", said)
        self.assertIn("not used: Område, Index", said)


class Demo(Case):
    def district_of(self, *more):
        """The header and the number of rows of the grades."""
        self.district("d", "--force", *more)
        with open(self.path("d", "betyg.csv"), "rb") as file:
            header, *rows = file.read().splitlines()
        return header, len(rows)

    def test_options(self):
        wide, rows = self.district_of()
        longer, many = self.district_of("--shape", "long")
        self.assertGreater(wide.count(b";"), longer.count(b";"))
        self.assertGreater(many, 10 * rows)
        _, every = self.district_of("--graded", "all")
        self.assertGreater(every, rows)
        _, one = self.district_of("--years", "1")
        self.assertLess(one, rows)
        windows, _ = self.district_of("--encoding", "windows-1252")
        self.assertEqual(windows.decode("windows-1252"),
                         wide.decode("utf-8-sig"))
        self.assertEqual(self.district_of("--seed", "4"), (wide, rows))

    def test_default_folder(self):
        done = self.good("demo", "--data-only", "-q", "--pupils", "500",
                         "--schools", "3", cwd=self.work)
        self.assertEqual(done.stdout, "likvard-demo\n")
        done = likvard("demo", "--data-only", "-q", "--log-format", "json",
                       cwd=self.work)
        self.assertEqual(done.returncode, 73)
        self.assertIn("--force", json.loads(done.stderr)["hint"])

    def test_interrupted(self):
        for more in ([], ["--data-only"]):
            with subprocess.Popen(
                    [LIKVARD, "demo", self.path("d"), "-q", "--graded", "all",
                     "--shape", "long", *more], stderr=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL) as run:
                time.sleep(0.05)
                run.send_signal(signal.SIGINT)
            self.assertIn(run.returncode, (130, -signal.SIGINT))
            self.assertEqual(os.listdir(self.work), [])


class Measures(Case):
    def test_formats(self):
        table = self.good("measures", "list").stdout
        self.assertEqual(self.good("measures").stdout, table)
        self.assertLessEqual(max(map(len, table.splitlines())), 80)
        narrow = self.good("measures", COLUMNS="60").stdout
        self.assertLessEqual(max(map(len, narrow.splitlines())), 60)
        data = json.loads(self.good("measures", "--format", "json").stdout)
        self.assertEqual((data["likvard"], data["command"], data["ok"]),
                         (1, "measures", True))
        page = self.good("measures", "explain", "gap").stdout
        self.assertLessEqual(max(map(len, page.splitlines())), 80)
        self.assertTrue(self.good("measures", "explain", "gap", "--format",
                                  "md").stdout.startswith("## `gap`\n"))
        one = json.loads(self.good("measures", "explain", "gap", "--format",
                                   "json").stdout)
        self.assertIn(one["data"], data["data"])


if __name__ == "__main__":
    unittest.main()
