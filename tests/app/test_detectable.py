#!/usr/bin/env python3
"""Beside each comparison stands what difference it would have told, worked out
from what is printed of its limits and nothing else.
"""
import csv
import re
import subprocess
import unittest
from decimal import ROUND_CEILING, Decimal

from command import OneRun

# (qnorm(.975) + qnorm(.8))/qnorm(.975), and by R for t: the least that it can
# be with more than 3 degrees of freedom is that of 3.
NORMAL = Decimal("1.4294064790024283")
OF_THREE = Decimal("1.3074")
COMPARED = {("against_district", ""), ("change", ""), ("gap", ""),
            ("gap", "same_school"), ("gap", "remainder"), ("trend", ""), ("trend", "whole"),
            ("expected", "difference"), ("change_split", "composition"),
            ("change_split", "rates"), ("against_tests", "net_difference"),
            ("gap_scales", "p10"), ("gap_scales", "p50"),
            ("gap_scales", "p90"), ("gap_scales", "difference"),
            ("spread_change", "sigma_b"),
            ("expected_three_years", "difference"), ("progress", "gap")}
HEADLINES = {("final", "eligible"), ("final", "all_subjects"),
             ("middle", "all_subjects"), ("early", "all_goals")}


def up(value, like):
    return value.quantize(like, rounding=ROUND_CEILING)


class Detectable(OneRun):
    @classmethod
    def make(cls, case):
        case.good("demo", case.path("district"), "--data-only", "--schools",
                  "20", "--pupils", "6000", "--years", "3")
        case.good("run", case.path("district", "likvard.yml"), "-q", "-o",
                  case.path("out"))
        with open(case.path("out", "public", "results.csv"),
                  encoding="utf-8-sig") as file:
            cls.rows = list(csv.DictReader(file))

    def test_where_limits_are(self):
        told = 0
        for row in self.rows:
            compared = (row["measure"], row["component"]) in COMPARED
            limits = bool(row["ci_low"] and row["ci_high"] and
                          Decimal(row["ci_low"]) < Decimal(row["ci_high"]))
            self.assertEqual(bool(row["detectable"]), compared and limits, row)
            told += bool(row["detectable"])
        self.assertGreater(told, 500)

    def test_by_the_limits_alone(self):
        """Exactly where no degrees of freedom are printed."""
        kinds = set()
        for row in self.rows:
            if not row["detectable"]:
                continue
            half = (Decimal(row["ci_high"]) - Decimal(row["ci_low"])) / 2
            told = Decimal(row["detectable"])
            step = Decimal(1).scaleb(Decimal(row["ci_low"]).as_tuple()[2])
            normal = up(half * NORMAL, step)
            if not row["df"]:
                self.assertEqual(told, normal, row)
            else:
                self.assertLessEqual(told, normal, row)
                if Decimal(row["df"]) >= 3:
                    self.assertGreaterEqual(told, half * OF_THREE, row)
            kinds.add((row["unit"], bool(row["df"])))
        self.assertEqual(len(kinds), 4)

    def test_hidden_says_nothing(self):
        hidden = [row for row in self.rows if row["status"] == "hidden"]
        self.assertTrue(hidden)
        self.assertEqual({row["detectable"] for row in hidden}, {""})

    def read(self, school):
        said = subprocess.run(
            ["sh", "-c", 'pdftotext -layout "$0"/%s-*.pdf -' % school,
             self.path("out", "public", "reports", "en")],
            text=True, capture_output=True, check=True).stdout
        return " ".join(re.sub(r"\xad\s*", "", said).split())

    def test_schools_read_it(self):
        """From the least to the greatest of what tells nothing, since its
        limits hold 0.
        """
        told = {}
        for row in self.rows:
            if ((row["measure"], row["year"], row["variant"], row["unit"]) ==
                    ("against_district", "2025", "all", "share")
                    and (row["stage"], row["outcome"]) in HEADLINES
                    and row["detectable"] and
                    Decimal(row["ci_low"]) <= 0 <= Decimal(row["ci_high"])):
                told.setdefault(row["unit_id"], []).append(
                    Decimal(row["detectable"]) * 100)
        self.assertGreater(len(told), 1)
        for school, needed in told.items():
            least, most = min(needed).normalize(), max(needed).normalize()
            self.assertIn(
                f"From the district: {least:f}"
                + (f"–{most:f}" if least < most else "")
                + " percentage point", self.read(school))


if __name__ == "__main__":
    unittest.main()
