#!/usr/bin/env python3
"""An invented district comes out as it was drawn: count and sum of every
school, year and outcome, against counts made by other code than the rules of
the program.
"""
import csv
import json
import unittest
from decimal import Decimal

from command import OPEN, Case

# Outcomes of truth.json: the stage they are about, and units of its sums in
# one of the figure's.
STAGE = {"goal:MA": "early", "goal:SV": "early"}
UNITS = {"merit_16": 10, "merit_17": 10}


class Truth(Case):
    def figures(self, out):
        found = {}
        with open(self.path(out, "open", "results.csv"), newline="",
                  encoding="utf-8") as table:
            for row in csv.DictReader(table):
                outcome = row["outcome"]
                if outcome == "goal":
                    outcome += ":" + row["subject"]
                if (row["level"] == "school" and row["variant"] == "all" and
                        row["measure"] in ("mean", "share") and
                        not row["group_by"] and not row["component"]):
                    found[row["unit_id"], row["year"], row["stage"],
                          outcome] = row
        return found

    def agrees(self, *more):
        study = self.district("d", *more)
        self.good("run", study, "--no-render", "-q", "-o", self.path("out"),
                  *OPEN)
        figures = self.figures("out")
        with open(self.path("d", "truth.json"), encoding="utf-8") as file:
            schools = json.load(file)["schools"]
        compared = 0
        for school, outcomes in schools.items():
            unit, year = school.split("/")
            for outcome, (count, total, _) in outcomes.items():
                row = figures[unit, year, STAGE.get(outcome, "final"), outcome]
                place = (school, outcome)
                self.assertEqual((place, int(row["n"])), (place, count))
                # 17 digits of a mean give back the whole sum.
                found = (Decimal(row["estimate"]) * count *
                         UNITS.get(outcome, 1))
                self.assertEqual((place, round(found)), (place, total))
                self.assertLess(abs(found - total), Decimal("1e-8"))
                compared += 1
        self.assertGreater(compared, 50)

    def test_wide(self):
        self.agrees()

    def test_long_and_windows_1252(self):
        self.agrees("--shape", "long", "--encoding", "windows-1252", "--seed",
                    "11")

    def test_every_year_graded(self):
        self.agrees("--graded", "all", "--seed", "12")


if __name__ == "__main__":
    unittest.main()
