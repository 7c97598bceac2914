#!/usr/bin/env python3
"""The same bytes whatever the threads, the locale, the zone, the folder and
the order of rows.
"""
import os
import random
import shutil
import unittest

from command import OPEN, Case, files_of

PUBLIC = ["--set", "privacy={profiles: [public]}"]
# Names the hash of the inputs, so rows in another order change them.
OF_INPUTS = {"manifest.json", "SHA256SUMS"}


class Determinism(Case):
    def run_of(self, study, name, *more, profile=OPEN, **environment):
        self.good("run", study, "-q", "-o", self.path(name), *profile, *more,
                  **environment)
        found = files_of(self.path(name))
        found.pop("run.log.jsonl", None)
        return found

    def differing(self, one, two):
        return sorted(path for path in one.keys() | two.keys()
                      if one.get(path) != two.get(path))

    def test_surroundings(self):
        study = self.district()
        first = self.run_of(study, "first", "-j", "1")
        self.assertTrue(any(path.endswith(".pdf") for path in first))
        for i, (more, environment) in enumerate((
                (["-j", "1"], {}),
                (["-j", "2"], {}),
                (["-j", "7"], {}),
                (["-j", "2"], {"TZ": "Pacific/Kiritimati"}),
                (["-j", "2"], {"LC_ALL": "sv_SE.UTF-8", "LANG": "sv_SE.UTF-8"}),
                (["-j", "1"], {"LC_ALL": "tr_TR.UTF-8"}),
                (["-j", "2"], {"MALLOC_PERTURB_": "165", "HOME": "/none"}))):
            again = self.run_of(study, f"again{i}", *more, **environment)
            self.assertEqual((more, environment, self.differing(first, again)),
                             (more, environment, []))

    def test_another_folder(self):
        first = self.run_of(self.district(), "first")
        os.makedirs(self.path("deep", "er"))
        moved = self.path("deep", "er", "räksmörgås och annat")
        shutil.copytree(self.path("district"), moved)
        again = self.run_of("likvard.yml", "again", cwd=moved)
        self.assertEqual(self.differing(first, again), [])

    def test_order_of_rows(self):
        study = self.district()
        first = self.run_of(study, "first")
        self.shuffle()
        again = self.run_of(study, "again")
        self.assertEqual(self.of_figures(first, again), [])

    def test_public(self):
        """What is hidden does not depend on anything either."""
        study = self.district("district", "--schools", "7", "--pupils", "900")
        first = self.run_of(study, "first", "-j", "1", profile=PUBLIC)
        with open(self.path("first", "public", "results.csv"),
                  encoding="utf-8") as table:
            text = table.read()
        for status in (",ok,", ",hidden,", ",at_least,"):
            self.assertIn(status, text)
        again = self.run_of(study, "again", "-j", "7", profile=PUBLIC,
                            LC_ALL="tr_TR.UTF-8", TZ="Pacific/Kiritimati",
                            MALLOC_PERTURB_="90")
        self.assertEqual(self.differing(first, again), [])
        self.shuffle()
        again = self.run_of(study, "shuffled", "-j", "2", profile=PUBLIC)
        self.assertEqual(self.of_figures(first, again), [])

    def shuffle(self):
        draw = random.Random(7)
        for name in sorted(os.listdir(self.path("district"))):
            if name.endswith(".csv"):
                with open(self.path("district", name), "rb") as file:
                    header, *rows = file.read().splitlines(keepends=True)
                draw.shuffle(rows)
                with open(self.path("district", name), "wb") as file:
                    file.write(header + b"".join(rows))

    def of_figures(self, one, two):
        """Paths that differ though rows lie in another order only."""
        return [path for path in self.differing(one, two)
                if path not in OF_INPUTS and not path.startswith("check/")]


if __name__ == "__main__":
    unittest.main()
