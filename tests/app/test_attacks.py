#!/usr/bin/env python3
"""Small districts in which a careless release tells what it hides: each is one
known attack, with a pupil for every one that its table counts."""
import csv
import os
import unittest

from command import Case, likvard

STUDY = """\
likvard: 1
district: {name: Angreppsköping, id: "9998", country: SE}
year: 2024
inputs:
  pupils:
    path: elever.csv
    columns: {pupil_id: elev, year: år, school_id: skola, stage_year: årskurs,
              sex: kön, parental_education: utbildning}
    codes:
      sex: {m: [P], f: [F]}
      parental_education: {low: ["1"], mid: ["2"], high: ["3"]}
  grades: {path: betyg.csv, shape: wide, columns: {pupil_id: elev, year: år}}
rules: se-2011
groups: [sex, parental_education]
privacy: {profiles: [public]}
seed: 1
output: run
"""
SUBJECTS = "BL EN HKK IDH MA MU BI FY KE GE HI RE SH SL SV TK".split()


def pupils(school, count, sex="", education="", grade="C", failed=()):
    """COUNT pupils alike: GRADE in all subjects but those they FAILED."""
    grades = ["F" if subject in failed else grade for subject in SUBJECTS]
    return [(school, sex, education, grades)] * count


def schools(**sizes):
    """The rest of a district, in which nothing is small: a third of each sex has
    failed a subject."""
    return [pupil for school, size in sizes.items()
            for i, sex in enumerate("FP") for k in range(size)
            for pupil in pupils(school, 1, sex, str(1 + (k + i) % 3),
                                "ABCDE"[k % 5],
                                (SUBJECTS[k % 16],) if k % 3 == 0 else ())]


class Attacks(Case):
    def write(self, name, header, rows):
        with open(self.path(name), "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])

    def release(self, district):
        """Rows of the results of DISTRICT, in which nothing can be told of a
        school, and no number of pupils and no mean. That 4 of 140 pupils are
        closer to nobody than the "5 % at most" that is printed harms no one."""
        names = [f"E{i}" for i in range(len(district))]
        self.write("elever.csv",
                   ["elev", "år", "skola", "årskurs", "kön", "utbildning"],
                   [[name, "2024", school, "9", sex, education]
                    for name, (school, sex, education, _)
                    in zip(names, district)])
        self.write("betyg.csv", ["elev", "år", *SUBJECTS],
                   [[name, "2024", *grades]
                    for name, (*_, grades) in zip(names, district)])
        with open(self.path("likvard.yml"), "w", encoding="utf-8") as file:
            file.write(STUDY)
        self.good("run", self.path("likvard.yml"), "-q", "--force",
                  "--no-render", "-o", self.path("run"))
        done = likvard("audit", self.path("run"), "--threshold", "5",
                       "--min-width", "4")
        told = [line for line in done.stdout.splitlines()
                if line.startswith("final-2024: ") and
                ("school=" in line or " share [" not in line)]
        self.assertEqual(told, [], done.stdout + done.stderr)
        self.assertIn("audit: 1 population", done.stdout + done.stderr)
        with open(self.path("run", "public", "results.csv"),
                  encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def figure(self, rows, **about):
        """The one row that is ABOUT this."""
        wanted = {"component": "", "group_by": "", "group": "", **about}
        found = [row for row in rows
                 if all(row[name] == value for name, value in wanted.items())]
        self.assertEqual(len(found), 1, wanted)
        return found[0]

    def test_small_groups_are_what_margins_leave(self):
        """By itself, in the school's own report, and from the rest."""
        rows = self.release(
            pupils("S1", 12, "F", "1") + pupils("S1", 3, "P", "1") +
            pupils("S2", 4, "F", "2") + pupils("S2", 14, "P", "2") +
            pupils("S3", 15, "F", "3") + pupils("S3", 11, "P", "3") +
            pupils("S4", 30, "F", "1") + pupils("S4", 28, "P", "2"))
        self.assertEqual(self.figure(rows, level="district",
                                     measure="pupils")["estimate"], "117")

    def test_near(self):
        """What is left for two hidden groups is three pupils."""
        self.release(
            pupils("S1", 2, "F", "1") + pupils("S1", 1, "P", "2") +
            pupils("S1", 17, "P", "3") + pupils("S2", 20, "F", "1") +
            pupils("S2", 18, "P", "2") + pupils("S2", 2, "F", "3"))

    def test_implication(self):
        """Who fails mathematics is not eligible, and lacks a subject."""
        for failed in (("MA",), ("BL",), ("BL", "MU")):
            with self.subTest(failed):
                self.release(pupils("S1", 37, "F", "1") +
                             pupils("S1", 3, "P", "1", failed=failed) +
                             pupils("S2", 40, "P", "2") + schools(S3=30))

    def test_three_ranges_of_one_outcome(self):
        """Two schools print a bound, and the district what they are together."""
        self.release([pupil for school, size, failing in
                      (("S1", 40, 3), ("S2", 50, 2), ("S3", 60, 12),
                       ("S4", 70, 15))
                      for pupil in pupils(school, size - failing, "F", "1") +
                      pupils(school, failing, "P", "2", failed=("EN",))])

    def test_share_of_a_known_number(self):
        """11.5 % of 26 pupils are three of them."""
        rows = self.release(pupils("S1", 23, "F", "1") +
                            pupils("S1", 3, "F", "1", failed=("SV",)) +
                            schools(S2=30, S3=40))
        share = self.figure(rows, unit_id="S1", measure="share",
                            outcome="eligible")
        self.assertNotEqual(share["status"], "ok")

    def test_mean_of_the_few_who_are_left(self):
        """All have 12.5, and fourteen boys 14.29: the four girls have 6.24."""
        self.release(pupils("S1", 14, "P", "1", grade="B") +
                     pupils("S1", 4, "F", "1", grade="E") +
                     schools(S2=25, S3=35))

    def test_mean_of_two(self):
        self.release(pupils("S1", 2, "F", "1", grade="A") +
                     schools(S2=25, S3=35))

    def test_share_that_others_leave_over(self):
        """Where boys do as all do, so do the seven girls."""
        rows = self.release(
            pupils("S1", 11, "P", "1") +
            pupils("S1", 5, "P", "2", failed=("EN",)) +
            pupils("S1", 5, "F", "1") +
            pupils("S1", 2, "F", "2", failed=("EN",)) +
            schools(S2=25, S3=35))
        self.assertEqual(self.figure(rows, unit_id="S1", measure="share",
                                     outcome="eligible", group_by="sex",
                                     group="m")["status"], "hidden")


if __name__ == "__main__":
    unittest.main()
