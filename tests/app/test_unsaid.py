#!/usr/bin/env python3
"""No message holds what tells who a pupil is, also where a file or a column is
taken for another.
"""
import json
import os
import re
import unittest

from command import OPEN, Case, likvard

# The ids of the invented district.
ID = re.compile(r"E1\d{5}")


class Unsaid(Case):
    def setUp(self):
        super().setUp()
        self.study = self.district()
        self.table = self.path("district", "elever.csv")

    def rows(self):
        with open(self.table, encoding="utf-8") as file:
            return [row.split(";") for row in file.read().splitlines()]

    def write(self, rows, delimiter=";"):
        with open(self.table, "w", encoding="utf-8") as file:
            file.writelines(delimiter.join(row) + "\n" for row in rows)

    def everything_said(self, command, *words):
        """By every way on which messages leave."""
        log, problems = self.path("log"), self.path("problems")
        ways = [["--log", log], ["--log-format", "json"]]
        if command == "check":
            ways.append(["--problems", problems, "--max-errors", "0", "-v"])
        said = ""
        for way in ways:
            done = likvard(command, *words, *way)
            said += done.stdout + done.stderr
        for path in (log, problems):
            if os.path.exists(path):
                with open(path, encoding="utf-8") as file:
                    said += file.read()
        return said

    def test_table_for_a_study(self):
        rows = self.rows()
        for delimiter in ";,\t|":
            for these in (rows, rows[1:]):
                self.write(these, delimiter)
                for command in ("check", "run"):
                    said = self.everything_said(command, self.table)
                    self.assertIn("E-", said)
                    self.assertNotRegex(said, ID)
        self.write(rows)
        done = likvard("run", self.table)
        self.assertEqual(done.returncode, 78)
        self.assertIn("E-VALUE-KIND", done.stderr)
        self.assertIn("which is no study", done.stderr)
        for key in ("rules", "reports.theme"):
            said = self.everything_said("run", self.study, "-n", "--set",
                                        f"{key}={self.table}")
            self.assertNotRegex(said, ID)

    def test_ids_mapped_to_another_field(self):
        fields = {"pupils": ["sex", "year", "stage_year", "school_id",
                             "parental_education", "class"],
                  "grades": ["year"], "tests": ["subject", "part", "value"],
                  "attainment": ["subject", "reached", "year"]}
        for table, those in fields.items():
            for field in those:
                words = [self.study, "--set",
                         f"inputs.{table}.columns.{field}=Elev-ID"]
                done = likvard("run", "-n", *words, *OPEN)
                self.assertEqual(done.returncode, 78, done.stderr)
                self.assertIn("E-COLUMN-ID", done.stderr)
                self.assertIn("  fix: ", done.stderr)
                self.assertNotRegex(self.everything_said("check", *words), ID)

    def test_rows_whose_fields_are_in_other_columns(self):
        header, *rows = self.rows()
        for place in range(1, len(header)):
            for value in ("E104711", "20090319-2033", "200903192033"):
                wrong = [list(row) for row in rows]
                for row in wrong[:3]:
                    row[place] = value
                self.write([header, *wrong])
                said = self.everything_said("check", self.study)
                self.assertIn('"W-', said)
                self.assertNotIn(value, said)

    def test_harmless_values_are_shown(self):
        header, *rows = self.rows()
        rows[0][2], rows[1][1], rows[2][4] = "901 000 00", "VT 2024", "Okänd"
        self.write([header, *rows])
        said = likvard("check", self.study).stderr
        for value in ("901 000 00", "VT 2024", "Okänd"):
            self.assertIn(f"  |  … ; {value} ; …", said)

    def test_long_values_of_a_study(self):
        done = likvard("check", self.study, "--log", self.path("log"), "--set",
                       "year=" + "9" * 500)
        with open(self.path("log"), encoding="utf-8") as file:
            said = json.loads(file.readline())
        self.assertEqual(done.returncode, 1)
        self.assertLess(len(said["message"]), 120)


if __name__ == "__main__":
    unittest.main()
