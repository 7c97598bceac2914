#!/usr/bin/env python3
"""An attack on a finished run from its proof: likvard audit."""
import csv
import hashlib
import json
import os
import unittest

from command import Case, likvard

CELLS = "private/published-cells.csv"


class Audit(Case):
    def setUp(self):
        super().setUp()
        self.study = self.district("district", "--schools", "1", "--pupils",
                                   "300", "--years", "1", "--seed", "11")
        self.run_folder = self.path("run")
        self.good("run", self.study, "-q", "-o", self.run_folder, "--no-render",
                  "-m", "share")

    def read(self, name):
        with open(os.path.join(self.run_folder, name), encoding="utf-8") as file:
            return file.read()

    def write(self, name, text):
        with open(os.path.join(self.run_folder, name), "w",
                  encoding="utf-8") as file:
            file.write(text)

    def plant(self, text, name=CELLS):
        """Puts TEXT in the place of a file of the run, with its sum."""
        before, after = (hashlib.sha256(each.encode()).hexdigest()
                         for each in (self.read(name), text))
        sums = self.read("SHA256SUMS")
        self.assertIn(before, sums)
        self.write(name, text)
        self.write("SHA256SUMS", sums.replace(before, after))

    def audit(self, code, *words):
        done = likvard("audit", self.run_folder, *words)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def test_nothing_can_be_told(self):
        done = self.audit(0)
        self.assertEqual(done.stdout, "")
        self.assertRegex(done.stderr, r"^audit: 3 populations, \d+ cells; .* "
                         r"0 not; 0 can be told\n$")
        self.assertEqual(self.audit(0, "-q", "-j1").stderr, "")
        self.good("verify", self.run_folder)

    def test_planted_leak_is_found_with_its_recipe(self):
        cells = self.read(CELLS)
        masked = next(row for row in cells.split("\n")
                      if ",count," in row and row.endswith(",4,0,at_most"))
        told = masked.replace("public/results,results.csv", "public/rumour,t")
        self.plant(cells + told.replace(",4,0,at_most", ",1,0,at_most\n"))
        findings = self.path("findings.csv")
        done = self.audit(1, "--findings", findings)
        self.assertRegex(done.stdout, "range_narrowed: count .* printed as 0 to "
                         "4: can be worked out nearly: 0 to 1\n")
        self.assertIn("is 0 to 1 (public/rumour/t)\n", done.stdout)
        with open(findings, encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        leaks = [row for row in rows if row["severity"] == "leak"]
        self.assertIn(("0", "1"), [(row["low"], row["high"]) for row in leaks])
        self.assertEqual(self.audit(1, "-j1").stdout,
                         self.audit(1, "-j2").stdout)

    def test_certificate(self):
        text = self.read("private/certificate.json")
        said = json.loads(text)
        public = said["profiles"][0]
        self.assertEqual(public["id"], "public")
        self.assertEqual(public["rules"], {"n_min": 10, "k_min": 5,
                                           "gap_min": 20, "quantile_min": 30,
                                           "mean_min": 10})
        with open(os.path.join(self.run_folder, "public/results.csv"),
                  encoding="utf-8") as file:
            bounded = sum(row["status"] in ("at_least", "at_most")
                          for row in csv.DictReader(file))
        cells = public["cells"]
        self.assertGreater(bounded, 0)
        self.assertEqual(cells["at_least"] + cells["at_most"], bounded)
        self.assertGreater(said["secrets"]["numbers"], 0)
        self.assertGreaterEqual(said["secrets"]["fewest_possible"], 5)
        self.plant(text.replace('"k_min": 5', '"k_min": 40'),
                   "private/certificate.json")
        self.assertIn("small_count: ", self.audit(1).stdout)
        self.audit(0, "--threshold", "5")

    def test_changed_proof_is_refused(self):
        self.write(CELLS, self.read(CELLS) + "\n")
        said = self.audit(65).stderr
        self.assertIn("published-cells.csv: error E-PROOF-CHANGED", said)
        self.assertIn("likvard verify", said)

    def test_damage_is_told_where_it_is(self):
        cells = self.read(CELLS)
        lines = cells.count("\n")
        self.plant(cells + "half,a,row\n")
        said = self.audit(65).stderr
        self.assertIn(f"published-cells.csv:{lines + 1}:", said)
        self.assertIn("E-PROOF-ROW", said)

    def test_newer_format_is_refused(self):
        cells = self.read(CELLS)
        self.plant(cells.replace(",suppressed\n", ",veiled\n", 1))
        self.assertIn('"veiled" is no status', self.audit(65).stderr)

    def test_purged_run_has_nothing_to_audit(self):
        self.good("purge", self.run_folder)
        said = self.audit(66).stderr
        self.assertIn("E-FILE-MISSING", said)
        self.assertIn("it was purged", said)

    def later_run(self, name, *words):
        """A run after one pupil of year 9 has left the table."""
        path = self.path("district", "elever.csv")
        with open(path, encoding="utf-8") as file:
            rows = file.read().split("\n")
        rows.remove(next(row for row in rows if ";9;" in row))
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(rows))
        self.good("run", self.study, "-q", "-o", self.path(name),
                  "--no-render", "-m", "share", *words)
        return self.path(name)

    def test_earlier_run_gives_a_late_pupil_away(self):
        later = self.later_run("later")
        self.good("audit", later)
        done = likvard("audit", later, "--against", self.run_folder)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stdout, r"population_difference: count \[[^]]*\], "
                         r"printed as \d+ \(.*\): it is \d+ in .*\(.*/run\), "
                         "which differs by a few pupils")

    def test_ledger_protects_against_an_earlier_run(self):
        later = self.later_run("later", "--set", f"ledger=[{self.run_folder}]")
        self.good("audit", later, "--against", self.run_folder)

    def test_same_run_twice_tells_no_more(self):
        self.audit(0, "--against", self.run_folder)

    def test_what_cannot_be_held_against_it_is_refused(self):
        other = self.district("other", "--schools", "1", "--pupils", "300",
                              "--years", "1", "--seed", "11")
        self.good("run", other, "-q", "-o", self.path("other-run"),
                  "--no-render", "-m", "share", "--set", "district.id='1'")
        for run, code, said in (("nowhere", 66, "E-LEDGER-EMPTY"),
                                ("other-run", 78, "E-LEDGER-OTHER")):
            done = self.audit(code, "--against", self.path(run))
            self.assertIn(said, done.stderr)
            self.assertIn(run, done.stderr)
            self.assertEqual(done.stdout, "")

    def test_what_is_no_run_is_refused(self):
        self.assertEqual(likvard("audit", self.path("district")).returncode, 66)


if __name__ == "__main__":
    unittest.main()
