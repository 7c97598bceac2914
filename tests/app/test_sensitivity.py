#!/usr/bin/env python3
"""Key results under other choices: beside the main rows, never in them."""
import csv
import glob
import os
import subprocess
import unittest

from command import OPEN, Case, likvard

PUBLIC = ["--set", "privacy={profiles: [public]}"]
KEY = {("mean", ""), ("share", ""), ("gap", ""),
       ("spread_between_schools", "sigma_b"),
       ("spread_between_schools", "icc"),
       ("spread_between_schools", "given_icc"),
       ("spread_between_schools", "given_explained")}


def rows_of(path):
    """Rows without the number of the run, which tells that more is computed."""
    with open(path, encoding="utf-8", newline="") as table:
        return [row[1:] for row in csv.reader(table)]


class Sensitivity(Case):
    def small(self):
        """Two years more would take as much longer and tell no more."""
        return self.district("district", "--schools", "12", "--pupils", "1800",
                             "--years", "1")

    def run_of(self, study, name, *more):
        self.good("run", study, "-q", "-o", self.path(name), *more)
        return glob.glob(self.path(name, "*", "results.csv"))[0]

    def split(self, path):
        rows = rows_of(path)
        at = rows[0].index("variant")
        main = [row for row in rows if row[at] in ("variant", "all")]
        return main, [dict(zip(rows[0], row)) for row in rows
                      if row[at] not in ("variant", "all")]

    def test_main_rows_stay(self):
        """Not one byte of them, and what is hidden of them, changes."""
        study = self.small()
        for profile in (PUBLIC, OPEN):
            usual = self.run_of(study, profile[1][10:24], *profile,
                                "--no-render")
            both = self.run_of(study, profile[1][10:24] + "-more", *profile,
                               "--no-render", "--sensitivity")
            main, others = self.split(both)
            self.assertEqual(main, rows_of(usual))
            self.assertGreater(len(others), 20)
            for row in others:
                self.assertEqual(row["level"], "district")
                self.assertIn((row["measure"], row["component"]), KEY)
            told = [row for row in others if row["status"] == "ok"]
            self.assertTrue(told)

    def test_nothing_of_few(self):
        """The district has too few newly arrived to be told by a difference."""
        study = self.small()
        _, others = self.split(self.run_of(study, "open", *OPEN, "--no-render",
                                           "--sensitivity"))
        few = [row for row in others if row["note"] == "few_others"]
        self.assertTrue(few)
        for row in few:
            self.assertEqual((row["status"], row["estimate"], row["n"]),
                             ("not_estimable", "", ""))

    def test_repeats_what_the_main_rows_say(self):
        """Another merit value is told of under its own name as well."""
        study = self.small()
        path = self.run_of(study, "open", *OPEN, "--no-render", "--sensitivity")
        main, others = self.split(path)
        main = [dict(zip(main[0], row)) for row in main[1:]]
        compared = 0
        for choice, outcome in (("other_merit", "merit_16"),
                                ("official_merit", "merit_17_official")):
            for row in others:
                if row["variant"] != choice:
                    continue
                twins = [dict(twin, outcome=row["outcome"], variant=choice)
                         for twin in main if twin["outcome"] == outcome]
                self.assertIn(row, twins)
                compared += 1
        self.assertGreater(compared, 10)

    def test_declared(self):
        study = self.small()
        with open(study, "a", encoding="utf-8") as file:
            file.write("sensitivity: [logit]\n")
        _, others = self.split(self.run_of(study, "not", *OPEN, "--no-render"))
        self.assertEqual(others, [])
        _, others = self.split(self.run_of(study, "open", *OPEN, "--no-render",
                                           "--sensitivity"))
        self.assertEqual({row["variant"] for row in others}, {"logit"})
        done = likvard("check", study, "--set", "sensitivity=[logitt]")
        self.assertEqual(done.returncode, 1)
        self.assertIn('did you mean "logit"?', done.stdout + done.stderr)

    def test_section(self):
        study = self.small()
        for more, there in ((["--sensitivity"], True), ([], False)):
            name = f"pdf{there}"
            self.run_of(study, name, *OPEN, "-s", "none", "--lang", "sv",
                        "--lang", "en", *more)
            for language, heading in (
                    ("sv", "Håller bilden vid andra val?"),
                    ("en", "Does the picture hold under other choices?")):
                folder = self.path(name, "open", "reports", language)
                pages = glob.glob(os.path.join(folder, "*.pdf"))
                self.assertEqual(len(pages), 1)
                text = subprocess.run(["pdftotext", "-layout", pages[0], "-"],
                                      text=True, capture_output=True,
                                      check=True).stdout
                self.assertEqual(heading in text, there)


if __name__ == "__main__":
    unittest.main()
