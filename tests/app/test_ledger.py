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

    def table(self, name):
        with open(self.beside(name), encoding="utf-8") as file:
            return [line.split(";") for line in file.read().splitlines()]

    def late_pupils(self, schools, each):
        """So many pupils of year 9 once more, under other ids; the schools'
        codes."""
        pupils = {}
        for row in self.table("elever.csv"):
            if row[1:4:2] == ["2025", "9"]:
                pupils.setdefault(row[2], []).append(row)
        late = {row[0]: row for code in list(pupils)[:schools]
                for row in pupils[code][:each]}
        for name in ("elever.csv", "betyg.csv"):
            for row in self.table(name):
                if row[1] == "2025" and row[0] in late:
                    add_line(self.beside(name), ";".join(["9" + row[0],
                                                          *row[1:]]))
        return list(pupils)[:schools]

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
        [school] = self.late_pupils(1, 1)
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

    def test_late_pupils_of_many_schools(self):
        """The district has moved enough, and each school too little."""
        schools = self.late_pupils(6, 1)
        done = self.again("second")
        self.assertEqual(done.returncode, 0, done.stderr)
        after = figures(self.path("second"))
        shown = [key for key, row in after.items()
                 if key[0] == "final-2025" and row["status"] == "ok"]
        self.assertTrue(any(key[2] == "district" for key in shown))
        self.assertEqual([key for key in shown if key[3] in schools], [])

    def test_late_pupils_of_one_school(self):
        [school] = self.late_pupils(1, 6)
        done = self.again("second")
        self.assertEqual(done.returncode, 0, done.stderr)
        after = figures(self.path("second"))
        self.assertTrue(any(key[3] == school and row["status"] == "ok"
                            for key, row in after.items()
                            if key[0] == "final-2025"))

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
