#!/usr/bin/env python3
"""What schools chose the year before comes back in their own reports."""
import os
import random
import subprocess
import unittest

from command import Case, files_of, likvard

HEAD = "Skolenhetskod;Fråga;Insats;Mått;Grupp;Mål\n"
QUESTION = "Vilka elever saknar ett ämne?"
ROWS = [f"90100137;{QUESTION};Varje månad.;eligible;;80",
        "90100137;Och pojkar?;;final:eligible;sex.m;",
        "90100274;Läser alla?;Lästid.;early:all_goals;;95"]


class Followup(Case):
    def study_with(self, rows, head=HEAD):
        study = self.district()
        with open(self.path("district", "vald.csv"), "w",
                  encoding="utf-8") as file:
            file.write(head + "\n".join(rows) + "\n")
        return study

    def test_in_the_reports(self):
        study = self.study_with(ROWS)
        more = ["--set", "followup=" + self.path("district", "vald.csv"),
                "--set", "reports={languages: [sv, en], formats: [pdf]}"]
        self.good("run", study, "-q", "-o", self.path("out"), *more)
        made = files_of(self.path("out"))
        first = {}
        for path in made:
            if path.startswith("public/reports/sv/"):
                first[path] = subprocess.run(
                    ["pdftotext", "-l", "1", self.path("out", path), "-"],
                    check=True, capture_output=True, text=True).stdout
        own = [path for path, text in first.items() if QUESTION in text]
        self.assertEqual([os.path.basename(path)[:8] for path in own],
                         ["90100137"])
        self.assertIn("Varje månad.", first[own[0]])
        self.assertIn("Och pojkar?", first[own[0]])
        self.assertNotIn("Läser alla?", first[own[0]])
        # Rendered again from the finished run, and with its rows shuffled.
        self.good("render", self.path("out"), "-q")
        again = files_of(self.path("out-render"))
        for path in own:
            self.assertEqual(again[path], made[path])
        random.Random(5).shuffle(ROWS)
        with open(self.path("district", "vald.csv"), "w",
                  encoding="utf-8") as file:
            file.write(HEAD + "\n".join(ROWS) + "\n")
        self.good("run", study, "-q", "-o", self.path("second"), *more)
        second = files_of(self.path("second"))
        self.assertEqual({path for path in made
                          if made[path] != second.get(path)} -
                         {"manifest.json", "SHA256SUMS"}, set())
        with open(self.path("second", "manifest.json"),
                  encoding="utf-8") as file:
            self.assertIn('"followup"', file.read())

    def test_refused(self):
        """Each fault is told with file, line and column."""
        study = self.study_with([])
        path = self.path("district", "vald.csv")
        for rows, said in (
                (["9010013;F?;;eligible;;"],
                 ["vald.csv:2", "E-FOLLOWUP-SCHOOL", "school_id",
                  "likeliest: 90100137"]),
                ([ROWS[0], "90100137;F?;;eligibel;;"],
                 ["vald.csv:3", "E-FOLLOWUP-UNKNOWN", "indicator",
                  "did you mean 'eligible'?"]),
                (["90100137;F?;;eligible;sex.x;"],
                 ["E-FOLLOWUP-UNKNOWN", "GROUP.VALUE"]),
                (["90100137;F?;;eligible;;85,5"],
                 ["E-FOLLOWUP-UNKNOWN", "level", "whole number"]),
                (["90100137;;;eligible;;"],
                 ["E-FOLLOWUP-TEXT", "question", "missing"]),
                (["90100137;" + "x" * 201 + ";;eligible;;"],
                 ["E-FOLLOWUP-TEXT", "longer than 200"]),
                (["90100137;F?;Samtal med 20090319-2383;eligible;;"],
                 ["E-FOLLOWUP-TEXT", "action", "personal identity number"]),
                (["90100137;F?;=1+1;eligible;;"],
                 ["E-FOLLOWUP-TEXT", "formula"])):
            with open(path, "w", encoding="utf-8") as file:
                file.write(HEAD + "\n".join(rows) + "\n")
            done = likvard("run", study, "-n", "--set", "followup=" + path)
            self.assertEqual((rows, done.returncode), (rows, 65), done.stderr)
            for words in said:
                self.assertIn(words, done.stderr)
            self.assertNotIn("2383", done.stderr)

    def test_personal_numbers_among_words(self):
        study = self.study_with([])
        path = self.path("district", "vald.csv")
        for number in ("811218-9876", "19811218-9876", "198112189876",
                       "811218+9876", "811218 9876", "811218\u20139876"):
            for words in ("{}", "{}?", "Om {}.", "x/{}/y", "'{}'", "A{}B",
                          "2024 {}", "12345678 {}!"):
                text = words.format(number)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(HEAD + f"90100137;{text};;eligible;;\n")
                done = likvard("check", study, "--set", "followup=" + path)
                self.assertEqual((text, done.returncode), (text, 1))
                self.assertIn("personal identity number", done.stderr)
                self.assertNotIn(number, done.stderr)
        for text in ("År 2024-2025, 811218-9877 elever", "1811218987612"):
            with open(path, "w", encoding="utf-8") as file:
                file.write(HEAD + f"90100137;{text};;eligible;;\n")
            self.good("check", study, "--set", "followup=" + path)

    def test_missing_column(self):
        study = self.study_with(["90100137;F?;;"],
                                "Skolenhetskod;Fråga;Insats;Grupp\n")
        done = likvard("run", study, "-n", "--set",
                       "followup=" + self.path("district", "vald.csv"))
        self.assertEqual(done.returncode, 65)
        self.assertIn("E-COLUMN-MISSING", done.stderr)
        self.assertIn("indicator", done.stderr)


if __name__ == "__main__":
    unittest.main()
