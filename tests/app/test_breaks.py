#!/usr/bin/env python3
"""A school year from which results are unlike those before, by the rules."""
import csv
import os
import re
import shutil
import subprocess
import unittest

from command import OPEN, SOURCE, OneRun


class Breaks(OneRun):
    """Rules with a break in the reported year, over three years of pupils."""

    @classmethod
    def make(cls, case):
        reports = case.path("reports")
        shutil.copytree(os.path.join(SOURCE, "reports"), reports)
        rules = os.path.join(reports, "rules", "se-2011.yml")
        with open(rules, encoding="utf-8") as file:
            text = file.read()
        with open(rules, "w", encoding="utf-8") as file:
            file.write(re.sub("grading: {from: [0-9/]+",
                              "grading: {from: 2024/25", text))
        case.good("demo", case.path("district"), "--data-only", "--schools",
                  "14", "--pupils", "3000", "--years", "3")
        case.good("run", case.path("district", "likvard.yml"), "-q", "-o",
                  case.path("out"), *OPEN, LIKVARD_REPORTS=reports)
        with open(case.path("out", "open", "results.csv"),
                  encoding="utf-8-sig") as file:
            cls.rows = list(csv.DictReader(file))

    def of(self, measure, year):
        return [row for row in self.rows
                if row["measure"] == measure and row["year"] == year]

    def test_changes_say_so(self):
        """Of graded stages: goals in year 3 are set as before."""
        for row in self.of("change", "2025"):
            if row["status"] == "ok":
                self.assertEqual(row["note"], "" if row["stage"] == "early"
                                 else "break")
        self.assertEqual({row["note"] for row in self.of("change", "2024")
                          if row["status"] == "ok"}, {""})

    def test_years_together_say_so(self):
        """Of graded stages, in the row and beneath the table."""
        together = [row for row in self.of("three_years", "2025")
                    if row["status"] == "ok"]
        self.assertTrue(together)
        for row in together:
            self.assertEqual(row["note"],
                             "" if row["stage"] == "early" else "break")
        page = self.path("out", "open", "reports", "en", "district.pdf")
        told = subprocess.run(["pdftotext", "-layout", page, "-"], text=True,
                              capture_output=True, check=True).stdout
        self.assertIn("The figures reach across a break: grades are set by "
                      "weighing all criteria together from the school year "
                      "2024/25.", " ".join(told.split()))

    def test_no_trend_over_it(self):
        trends = self.of("trend", "2025")
        self.assertTrue(trends)
        self.assertEqual({row["note"] for row in trends
                          if row["stage"] != "early"}, {"no_three_years"})

    def test_what_a_change_is_is_said(self):
        """By the numbers of the rules, also when it is rendered again."""
        page = self.path("out", "open", "reports", "en", "district.pdf")
        told = subprocess.run(["pdftotext", "-layout", page, "-"], text=True,
                              capture_output=True, check=True).stdout
        self.assertIn("at least 5 percentage points, or 10 points of a merit "
                      "value", " ".join(told.split()))

    def test_charts_mark_it(self):
        page = self.path("out", "open", "reports", "en", "district.pdf")
        told = subprocess.run(["pdftotext", "-layout", page, "-"], text=True,
                              capture_output=True, check=True).stdout
        self.assertIn("Dashed vertical line: grades are set by weighing all "
                      "criteria together from the school year 2024/25.",
                      " ".join(told.split()))

    def test_told_again(self):
        """results.json keeps it: rendering anew gives the same pages."""
        before = self.path("out", "open", "reports", "en", "district.pdf")
        with open(before, "rb") as file:
            first = file.read()
        self.good("render", self.path("out"), "-q",
                  LIKVARD_REPORTS=self.path("reports"))
        with open(before, "rb") as file:
            self.assertEqual(file.read(), first)


if __name__ == "__main__":
    unittest.main()
