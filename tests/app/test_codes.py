#!/usr/bin/env python3
"""Every message code of the program has an explanation under `help`."""
import glob
import os
import re
import unittest

from command import SOURCE, Case


class Codes(Case):
    def test_each_is_explained(self):
        path = os.path.join(SOURCE, "src", "base", "codes.def")
        with open(path, encoding="utf-8") as file:
            codes = re.findall(r'^LKV_CODE\("([^"]+)"', file.read(), re.M)
        self.assertGreater(len(codes), 50)
        self.assertEqual(codes, sorted(codes))
        for code in codes:
            said = self.good("help", code).stdout
            self.assertRegex(said, f"^{code}: .{{20,}}")
            self.assertEqual(self.good("help", code.lower()).stdout, said)

    def test_each_is_used(self):
        """A code that nothing reports would explain what never happens."""
        with open(os.path.join(SOURCE, "src", "base", "codes.def"),
                  encoding="utf-8") as file:
            codes = re.findall(r'^LKV_CODE\("([^"]+)"', file.read(), re.M)
        text = ""
        for path in glob.glob(os.path.join(SOURCE, "src", "*", "*.c")):
            with open(path, encoding="utf-8") as file:
                text += file.read()
        self.assertEqual([code for code in codes if f'"{code}"' not in text],
                         [])


if __name__ == "__main__":
    unittest.main()
