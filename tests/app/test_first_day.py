#!/usr/bin/env python3
"""A first day without a programmer: an empty folder, a study of a few lines,
and the mistakes that are made. Each message says where, what and how to mend.
"""
import os
import unittest

from command import Case, likvard

STUDY = ["district: Ekeby", "year: 2025", "pupils: elever.csv",
         "grades: betyg.csv", "reports: [sv]", "groups: [sex]"]
PUPILS = "Elev-ID;Skolenhetskod;Kön;Årskurs\n" + "".join(
    f"p{i};{90100000 + i % 4};{'Flicka' if i % 2 else 'Pojke'};9\n"
    for i in range(200))
GRADES = "Elev-ID;Ämne;Betyg\n" + "".join(
    f"p{i};{subject};{'ABCDEF'[(i + k) % 6]}\n"
    for i in range(200) for k, subject in enumerate(("MA", "SV", "EN")))


class FirstDay(Case):
    def put(self, name, text, encoding="utf-8"):
        with open(self.path(name), "w", encoding=encoding, newline="") as file:
            file.write(text)

    def study(self, *lines):
        self.put("likvard.yml", "".join(line + "\n" for line in lines))

    def data(self):
        self.put("elever.csv", PUPILS)
        self.put("betyg.csv", GRADES)

    def says(self, *parts, code=1, command="check"):
        done = likvard(command, "--no-progress", cwd=self.work)
        self.assertEqual(done.returncode, code, done.stderr)
        for part in parts:
            self.assertIn(part, done.stderr)
        return done

    def test_empty_folder(self):
        for command in ("check", "run"):
            self.says("likvard.yml: error E-FILE-MISSING", "likvard demo",
                      "help config", code=66, command=command)

    def test_a_few_lines(self):
        self.study(*STUDY)
        self.data()
        said = self.says("check: no errors", code=0)
        self.assertIn("elever.csv: utf-8, \";\", 200 rows", said.stdout)
        self.assertIn("Kön as sex", said.stdout)
        done = self.says("run: no errors", code=0, command="run")
        self.assertEqual(done.stdout, "runs/2025\n")
        self.assertTrue(os.path.exists(self.path(
            "runs", "2025", "public", "reports", "sv", "distrikt.pdf")))

    def test_files_not_there(self):
        self.study(*STUDY)
        self.says('likvard.yml:3:9: error E-INPUT-MISSING', '"elever.csv"',
                  "put it beside the study")
        self.put("Elever.csv", PUPILS)
        self.says('did you mean "Elever.csv"?')
        os.mkdir(self.path("data"))
        self.study(*STUDY[:2], "pupils: data", *STUDY[3:])
        self.says("is a folder, not a file", "data/*.csv")

    def test_study_misspelt(self):
        self.data()
        for lines, parts in (
                ([], ('"district" is missing', "add pupils: FILE.csv")),
                ([*STUDY, "yeer: 2025"],
                 ('likvard.yml:7:1: error', 'did you mean "year"?')),
                ([STUDY[0], "year: tjugofem", *STUDY[2:]],
                 ("likvard.yml:2:7: error", "whole number, 1900 to 2100")),
                ([*STUDY[:2], "\tpupils: elever.csv"],
                 ("likvard.yml:3:1: error", "not with tabs")),
                ([*STUDY[:2], "pupils:elever.csv", *STUDY[3:]],
                 ("the space after each colon",)),
                ([*STUDY[:4], "reports: [svenska]", STUDY[5]],
                 ('no report can be written in "svenska"',
                  "known languages: en, sv"))):
            self.study(*lines)
            self.says(*parts)

    def test_tables_unfit(self):
        self.study(*STUDY)
        self.data()
        for text, parts in (
                ("PK\003\004\0\0\0", ("Excel", "CSV UTF-8")),
                ("", ("the file is empty", "export it again")),
                ("Elev-ID;Skolenhetskod\n", ("no row below it",)),
                ("Elev,Skola,Kon\n1,2,3\n",
                 ("there is no column for school_id", "Elev, Skola, Kon",
                  "columns:")),
                (PUPILS.replace("Flicka", "Okänt"),
                 ("not a code for sex", "Okänt", "f (f, flicka, flickor",
                  "inputs.pupils.codes.sex")),
                (PUPILS.replace("p7;", "1,99901E+11;"), ("elever.csv:9",))):
            self.put("elever.csv", text)
            done = likvard("check", "--no-progress", cwd=self.work)
            for part in parts:
                self.assertIn(part, done.stderr)

    def test_grades_of_another_scale(self):
        self.study(*STUDY)
        self.data()
        self.put("betyg.csv", GRADES.replace(";A\n", ";VG\n"))
        self.says("betyg.csv: error E-TABLE-REFUSED", "W-GRADE-UNKNOWN", "VG",
                  "A B C D E F -")
        done = self.says("E-TABLE-REFUSED", code=65, command="run")
        self.assertEqual(done.stdout, "")
        self.assertFalse(os.path.exists(self.path("runs")))

    def test_pupils_unknown(self):
        self.study(*STUDY)
        self.data()
        self.put("betyg.csv", GRADES.replace("\np", "\nq"))
        done = self.says("W-PUPIL-UNKNOWN", "E-TABLE-REFUSED")
        self.assertNotIn("q17", done.stderr)


if __name__ == "__main__":
    unittest.main()
