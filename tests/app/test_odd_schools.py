#!/usr/bin/env python3
"""Schools that reports were not made for: names of 120 letters, in Arabic, or in
letters that no font has; one pupil, and a handful of them. Each has pages that
hold, and what could not be printed is told.
"""
import glob
import os
import unittest

import test_pages
from command import OneRun

LONG = ("Den mycket gamla och vidsträckta grundskolan vid Kaprifolängarnas "
        "södra strandpromenad och Skogsfruns backe i Norra Måsk")
ARABIC = "مدرسة النور"
CHEROKEE = "Skolan \u13a0\u13b3"
NAMES = (LONG, ARABIC, CHEROKEE)
ONE_PUPIL, A_FEW, HANDFUL = 4, 5, 6


def rewrite(path, change):
    with open(path, encoding="utf-8") as file:
        rows = [line.split(";") for line in file.read().splitlines()]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(";".join(row) for row in change(rows)) + "\n")


class OddSchools(OneRun):
    """Every test looks at one run."""

    @classmethod
    def make(cls, case):
        study = case.district()
        cls.folder = os.path.dirname(study)
        cls.codes, cls.gone, cls.kept = [], set(), {}
        rewrite(os.path.join(cls.folder, "skolenheter.csv"), cls.named)
        rewrite(os.path.join(cls.folder, "elever.csv"), cls.fewer)
        for name in ("betyg", "prov", "mal"):
            rewrite(os.path.join(cls.folder, name + ".csv"),
                    lambda rows: [row for row in rows
                                  if row[0] not in cls.gone])
        done = case.good("run", study, "--no-progress", "-o", case.path("out"), "--set",
                         "reports={languages: [sv, en], easy: [sv]}")
        cls.said = done.stderr
        cls.paths = glob.glob(case.path("out", "public", "reports", "*",
                                        "*.pdf"))

    @classmethod
    def named(cls, rows):
        cls.codes = [row[0] for row in rows[1:]]
        for row, name in zip(rows[1:], NAMES):
            row[1] = name
        return rows

    @classmethod
    def fewer(cls, rows):
        """One pupil at a school, and a handful in each year of another."""
        found = [rows[0]]
        for row in rows[1:]:
            code = cls.codes.index(row[2])
            place = (code, row[1], row[3] if code == A_FEW else "")
            most = {ONE_PUPIL: 1, A_FEW: HANDFUL}.get(code)
            cls.kept[place] = cls.kept.get(place, 0) + 1
            if most is not None and cls.kept[place] > most:
                cls.gone.add(row[0])
            else:
                found.append(row)
        return found

    def of_school(self, number, folder="sv"):
        return next(path for path in self.paths
                    if os.path.basename(path).startswith(self.codes[number])
                    and os.path.basename(os.path.dirname(path)) == folder)

    def test_pages_hold(self):
        self.assertEqual(len(self.paths), 2 * 15 + 14)
        for path in self.paths:
            with self.subTest(os.path.basename(path)):
                pages = test_pages.Pages
                for check in (pages.sound, test_pages.structure_faults,
                              pages.apart, pages.short, pages.filled):
                    self.assertEqual(check(path), [], check.__name__)

    def test_names_are_written(self):
        text, _ = test_pages.text_of(self.of_school(0))
        self.assertIn(LONG, " ".join(text.split()))
        text, _ = test_pages.text_of(self.of_school(1))
        self.assertIn(ARABIC, text)

    def test_letters_without_a_font_are_told(self):
        self.assertIn("W-FONT-GLYPH: no font has the characters U+13A0 "
                      "U+13B3", self.said)
        text, _ = test_pages.text_of(self.of_school(2))
        self.assertIn("Skolan \ufffd\ufffd", text)

    def test_few_pupils_are_not_shown(self):
        for number in (ONE_PUPIL, A_FEW):
            for folder, word in (("sv", "Antalet elever visas inte."),
                                 ("en", "The number of pupils is not shown.")):
                text, _ = test_pages.text_of(self.of_school(number, folder))
                self.assertIn(word, " ".join(text.split()))


if __name__ == "__main__":
    unittest.main()
