#!/usr/bin/env python3
"""A run after another run: the ledger of a study."""
import csv
import os
import unittest

from command import Case, likvard

KEY = ("population", "variant", "level", "unit_id", "subject", "outcome",
       "measure", "component", "group_by", "group", "reference")

# Measures of a school alone, which no figure of the district enters.
OWN = ("share", "mean", "grades")


def figures(run):
    """Rows of a run's results by what they are about."""
    with open(os.path.join(run, "public", "results.csv"),
              encoding="utf-8-sig", newline="") as file:
        return {tuple(row[name] for name in KEY): row
                for row in csv.DictReader(file)}


def add_line(path, line):
    with open(path, "a", encoding="utf-8") as file:
        file.write(line + "\n")


class Ledger(Case):
    def setUp(self):
        super().setUp()
        self.study = self.district()
        self.first = self.path("first")
        self.good("run", self.study, "-q", "-o", self.first, "--no-render")

    def again(self, name, earlier="first"):
        return likvard("run", self.study, "-q", "-o", self.path(name),
                       "--no-render", "--set",
                       f"ledger=[{self.path(earlier)}]")

    def beside(self, name):
        return os.path.join(os.path.dirname(self.study), name)

    def late_pupil(self):
        """A pupil of year 9 once more, under another id; the school's code."""
        with open(self.beside("elever.csv"), encoding="utf-8") as file:
            row = next(line for line in file.read().splitlines()
                       if line.split(";")[1:4:2] == ["2025", "9"])
        with open(self.beside("betyg.csv"), encoding="utf-8") as file:
            marks = next(line for line in file.read().splitlines()
                         if line.split(";")[:2] == row.split(";")[:2])
        add_line(self.beside("elever.csv"), "E999999;" + row.split(";", 1)[1])
        add_line(self.beside("betyg.csv"), "E999999;" + marks.split(";", 1)[1])
        return row.split(";")[2]

    def test_the_same_again(self):
        done = self.again("second")
        self.assertEqual(done.returncode, 0, done.stderr)
        before, after = figures(self.first), figures(self.path("second"))
        self.assertEqual(before.keys(), after.keys())
        for key, row in before.items():
            if row["status"] == "ok":
                self.assertEqual(after[key]["status"], "ok", key)
                self.assertEqual(after[key]["estimate"], row["estimate"], key)

    def test_a_late_pupil(self):
        school = self.late_pupil()
        done = self.again("second")
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(self.path("second", "check", "problems.csv"),
                  encoding="utf-8-sig") as file:
            self.assertIn("final-2025: figures about the district and 1 ",
                          file.read())
        before, after = figures(self.first), figures(self.path("second"))
        for key, row in after.items():
            if key[0] == "final-2025" and key[3] in ("", school):
                self.assertNotIn(row["status"], ("ok", "at_least", "at_most"),
                                 key)
            elif before[key]["status"] == "ok" and key[6] in OWN:
                self.assertEqual(row["estimate"], before[key]["estimate"], key)

    def test_what_is_no_ledger(self):
        other = self.path("other")
        self.good("run", self.study, "-q", "-o", other, "--no-render", "--set",
                  "district.id=1111")
        newer = self.path("newer", "public")
        os.makedirs(newer)
        with open(os.path.join(newer, "results.json"), "w",
                  encoding="utf-8") as file:
            file.write('{"format": 2}')
        for folder, code in (("nowhere", "E-LEDGER-EMPTY"),
                             ("other", "E-LEDGER-OTHER"),
                             ("newer", "E-RESULTS-NEWER")):
            done = self.again("second", folder)
            self.assertNotEqual(done.returncode, 0, folder)
            self.assertIn(code, done.stderr)
            self.assertFalse(os.path.exists(self.path("second")))


if __name__ == "__main__":
    unittest.main()
