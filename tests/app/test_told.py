#!/usr/bin/env python3
"""What would change figures without a word is told: columns, codes, years and
tests that come to nothing, and what was kept once.
"""
import csv
import json
import os
import unittest

from command import OPEN, Case, likvard


class Told(Case):
    def setUp(self):
        super().setUp()
        self.study = self.district()

    def table(self, name):
        with open(self.path("district", name), encoding="utf-8") as file:
            return list(csv.reader(file, delimiter=";"))

    def write(self, name, rows):
        with open(self.path("district", name), "w", encoding="utf-8",
                  newline="") as file:
            csv.writer(file, delimiter=";", lineterminator="\n").writerows(
                rows)

    def messages(self, *more):
        log = self.path("log")
        done = likvard("check", self.study, "--log", log, *more)
        with open(log, encoding="utf-8") as file:
            return done, [json.loads(line) for line in file]

    def said_once(self, code, place, *more):
        done, messages = self.messages(*more)
        first = messages[0]
        self.assertEqual([said["code"] for said in messages], [code],
                         done.stderr)
        self.assertEqual((os.path.basename(first["file"]),
                          first.get("line", 0), first.get("column", 0)), place)
        self.assertTrue(first["hint"])
        return done, first

    def results(self, *more):
        out = self.path("out")
        self.good("run", self.study, "-q", "--no-render", "--force", "-o", out,
                  *OPEN, *more)
        with open(os.path.join(out, "open", "results.csv"),
                  encoding="utf-8") as file:
            return list(csv.DictReader(file))

    # ---- the year of the study -------------------------------------------

    def test_year_that_nobody_is_of(self):
        done, first = self.said_once("E-NOBODY", ("likvard.yml", 0, 0), "--set",
                                     "year=2031")
        self.assertEqual(done.returncode, 1)
        self.assertIn("2031", first["message"])
        self.assertIn("2024 to 2025", first["why"])
        done = likvard("run", self.study, "-q", "-o", self.path("out"),
                       "--set", "year=2031")
        self.assertEqual(done.returncode, 65)
        self.assertFalse(os.path.exists(self.path("out")))

    def test_rows_to_keep_that_are_not_there(self):
        self.said_once("E-NOBODY", ("likvard.yml", 0, 0), "--set",
                       'inputs.pupils.where={stage_year: ["09"]}')

    # ---- columns and codes -----------------------------------------------

    def test_empty_column_of_a_group(self):
        header, *rows = self.table("elever.csv")
        at = header.index("Kön")
        for row in rows:
            row[at] = ""
        self.write("elever.csv", [header, *rows])
        done, first = self.said_once("W-COLUMN-EMPTY",
                                     ("elever.csv", 1, at + 1))
        self.assertEqual((done.returncode, first["field"]), (0, "Kön"))
        done, messages = self.messages(
            "--set", "outcomes={points: {column: Kön}}", "--set", "groups=[]")
        self.assertEqual([said["code"] for said in messages],
                         ["W-COLUMN-EMPTY"], done.stderr)
        rows[-1][at] = "F"
        self.write("elever.csv", [header, *rows])
        self.assertEqual(self.messages()[1], [])

    def test_group_of_schools_without_a_column(self):
        done, first = self.said_once("E-COLUMN-MISSING", ("--set", 0, 0),
                                     "--set",
                                     "groups=[{by: fee, level: school}]")
        self.assertIn("fee", first["message"])
        self.assertEqual(done.returncode, 1)
        done, messages = self.messages("--set",
                                       "groups=[{by: area, level: school}]")
        self.assertEqual((done.returncode, messages), (0, []))

    def test_unknown_kind_of_school(self):
        header, *rows = self.table("skolenheter.csv")
        at = header.index("Typ")
        rows[2][at] = "skola"
        self.write("skolenheter.csv", [header, *rows])
        done, messages = self.messages()
        self.assertEqual([(said["code"], said["line"], said["field"])
                          for said in messages], [("W-CODE-UNKNOWN", 4, "kind")])
        self.assertIn("inputs.schools.codes.kind", done.stderr)

    def test_text_that_means_two_codes(self):
        done, first = self.said_once(
            "E-CODE-TWICE", ("--set", 0, 0), "--set",
            "inputs.pupils.codes.sex={m: [P, F], f: [F]}")
        self.assertIn('"F" of sex means both m and f', first["message"])
        self.assertEqual(self.messages(
            "--set", "inputs.pupils.codes.sex={m: [P, P], f: [F]}")[1], [])

    def test_parts_of_tests_alone(self):
        header, *rows = self.table("prov.csv")
        at = header.index("Delprov")
        for row in rows:
            row[at] = "Helt prov"
        self.write("prov.csv", [header, *rows])
        self.said_once("W-TEST-PARTS", ("prov.csv", 1, at + 1))
        self.assertEqual(self.messages(
            "--set", "inputs.tests.codes.part={whole: [Helt prov]}")[1], [])

    # ---- what is of the schools stays theirs -------------------------------

    def test_share_of_a_school_is_no_code_of_its_pupils(self):
        """The schools' table may have a share of parents' education, which is
        not the education of the parents of those of whom it is not known.
        """
        before = self.results()
        header, *rows = self.table("skolenheter.csv")
        self.write("skolenheter.csv",
                   [header + ["Andel eftergymnasial utbildning"]] +
                   [row + [str(40 + i)] for i, row in enumerate(rows)])
        after = self.results()
        for row in before + after:
            del row["run_id"]
        self.assertIn("missing", [row["group"] for row in before])
        self.assertEqual(after, before)

    # ---- one table in several files ----------------------------------------

    def test_a_file_without_years_of_schooling(self):
        """All pupils of such a file are in their last year, whatever the files
        beside it have.
        """
        header, *rows = self.table("elever.csv")
        stage, year = header.index("Årskurs"), header.index("Läsår")
        rows = [row for row in rows if row[stage] == "9"]
        whole = self.path("district", "elever.csv")
        self.write("elever.csv", [header, *rows])
        kept = {(row[0], row[year]) for row in rows}
        self.leave_out_goals()
        for name in ("betyg.csv", "prov.csv"):
            head, *more = self.table(name)
            self.write(name, [head] + [row for row in more
                                       if (row[0], row[1]) in kept])
        before = self.results()
        for one in ("2024", "2025"):
            these = [header] + [row for row in rows if row[year] == one]
            if one == "2024":
                these = [row[:stage] + row[stage + 1:] for row in these]
            self.write(f"elever-{one}.csv", these)
        os.remove(whole)
        after = self.results("--set", "inputs.pupils=" + self.two_files())
        for row in before + after:
            del row["run_id"]
        self.assertEqual(after, before)

    def leave_out_goals(self):
        """They are of other years of schooling."""
        with open(self.study, encoding="utf-8") as file:
            text = file.read()
        start, end = text.index("  attainment:"), text.index("\nrules:")
        with open(self.study, "w", encoding="utf-8") as file:
            file.write(text[:start] + text[end:])

    def two_files(self):
        columns = ("pupil_id: Elev-ID, year: Läsår, school_id: Skolenhetskod, "
                   "sex: Kön, parental_education: Utbildning, "
                   "background: Bakgrund, new_immigrant: Nyinvandrad")
        codes = ("{sex: {m: [P], f: [F]}, "
                 'parental_education: {low: ["1"], mid: ["2"], high: ["3"]}, '
                 "background: {swedish: [S], born_in_sweden: [I], "
                 'born_abroad: [U]}, new_immigrant: {"no": [N], "yes": [J]}}')
        folder = self.path("district")
        return "[" + ", ".join(
            f"{{path: {folder}/elever-{year}.csv, columns: {{{columns}{more}}},"
            f" codes: {codes}}}"
            for year, more in (("2024", ""),
                               ("2025", ", stage_year: Årskurs"))) + "]"

    def test_one_file_by_two_names(self):
        """Would count every pupil twice where rows have no id."""
        os.link(self.path("district", "elever.csv"),
                self.path("district", "samma.csv"))
        folder = self.path("district")
        for other in ("./elever.csv", "samma.csv"):
            done, first = self.said_once(
                "E-INPUT-TWICE", ("--set", 0, 0), "--set",
                f"inputs.pupils=[{{path: {folder}/elever.csv}}, "
                f"{{path: {folder}/{other}}}]")
            self.assertEqual(done.returncode, 1)

    # ---- counted ----------------------------------------------------------

    def test_counts_of_a_check(self):
        rows = self.table("elever.csv")
        self.write("elever.csv", rows + rows[5:7])
        said = self.messages()[0].stdout
        self.assertIn("1802 rows, 8 columns, 2 rows there twice", said)
        kept = sum(row[3] != "9" for row in rows[1:] + rows[5:7])
        said = self.messages("--set",
                             'inputs.pupils.where={stage_year: ["9"]}')[0].stdout
        self.assertIn(f", {kept} rows passed over by where:", said)

    # ---- the study ----------------------------------------------------------

    def test_languages_and_audiences_twice(self):
        for key, words in (("reports.languages", "[sv, en, sv]"),
                           ("reports.easy", "[sv, sv]"),
                           ("privacy.profiles", "[public, public]")):
            _, first = self.said_once("E-NAME-TWICE", ("--set", 0, 0), "--set",
                                      f"{key}={words}")
            self.assertIn("stands twice", first["message"])

    def test_control_characters_of_a_study(self):
        for name in ("Stad\x1b[31m", '"Stad\\x1b[31m"', '"Stad\\nx"',
                     b"Stad \xe5".decode("utf-8", "surrogateescape")):
            done, first = self.said_once("E-VALUE-KIND", ("--set", 0, 0),
                                         "--set", "district.name=" + name)
            self.assertNotIn("\x1b", done.stderr)
            self.assertIn("control character", first["message"])
        with open(self.study, encoding="utf-8") as file:
            text = file.read()
        with open(self.study, "w", encoding="utf-8") as file:
            file.write(text.replace("m: [P]", '"m\\x1b": [P]'))
        self.assertIn("E-YAML-SYNTAX", likvard("check", self.study).stderr)

    def test_line_that_names_another_delimiter(self):
        path = self.path("district", "elever.csv")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for line, more in (("sep=,", []), ("sep=x", []),
                           ("sep=;", ["--set", "inputs.pupils.delimiter=,"])):
            with open(path, "w", encoding="utf-8") as file:
                file.write(line + "\n" + text)
            self.said_once("E-DELIMITER", ("elever.csv", 1, 0), *more)
        with open(path, "w", encoding="utf-8") as file:
            file.write("sep=;\n" + text)
        self.assertEqual(self.messages()[1], [])


if __name__ == "__main__":
    unittest.main()
