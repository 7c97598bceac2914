#!/usr/bin/env python3
"""A district of three schools, and one of four hundred: each has its pages."""
import glob
import os
import unittest

import test_pages
from command import Case


class Scale(Case):
    def reports(self, schools, pupils, years, *settings):
        """Paths of the reports in Swedish, the district's last."""
        self.good("demo", self.path("district"), "--data-only", "--schools",
                  str(schools), "--pupils", str(pupils), "--years", str(years))
        self.good("run", self.path("district", "likvard.yml"), "-q", "-o",
                  self.path("run"), "--lang", "sv", *settings)
        return sorted(glob.glob(self.path("run", "public", "reports", "sv",
                                          "*.pdf")))

    def hold(self, paths, *checks):
        for path in paths:
            for check in checks:
                with self.subTest(os.path.basename(path)):
                    self.assertEqual(check(path), [], check.__name__)

    def test_three_schools(self):
        """Too few for a band, a spread or a funnel, which are left out; and
        sentences that begin with a bound.
        """
        pages = test_pages.Pages
        paths = self.reports(3, 120, 2)
        self.assertEqual(len(paths), 4)
        self.hold(paths, pages.sound, test_pages.structure_faults,
                  pages.readable, pages.apart, pages.short)
        text, _ = test_pages.text_of(paths[-1])
        self.assertIn("Hur många når målen", text)
        self.assertNotIn("Skillnader mellan skolor\n", text)
        self.assertRegex(text, r"•\s+Minst \d+ % av eleverna")

    def test_four_hundred_schools(self):
        """Those that have pupils have a report, and the district one."""
        paths = self.reports(400, 6000, 1, "--set", "reports.formats=[pdf]")
        self.assertGreater(len(paths), 380)
        self.assertLessEqual(len(paths), 401)
        self.hold(paths, test_pages.Pages.short)
        self.hold(paths[-1:], test_pages.Pages.sound, test_pages.Pages.readable,
                  test_pages.structure_faults, test_pages.Pages.apart)


if __name__ == "__main__":
    unittest.main()
