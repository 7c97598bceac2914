#!/usr/bin/env python3
"""Bad input: a refusal that says where, what, why and how to mend, or a row
that is counted; never a crash, and never a trace in the output.
"""
import json
import os
import re
import shutil
import unittest

from command import OPEN, SOURCE, Case, files_of, likvard


class BadInput(Case):
    def setUp(self):
        super().setUp()
        self.study = self.district()

    def read(self, name):
        with open(self.path("district", name), "rb") as file:
            return file.read()

    def write(self, name, content):
        with open(self.path("district", name), "wb") as file:
            file.write(content)

    def change(self, name, old, new, count=-1):
        content = self.read(name)
        self.assertIn(old, content)
        self.write(name, content.replace(old, new, count))

    def rows(self, name):
        header, *rows = self.read(name).splitlines(keepends=True)
        return header, rows

    def messages(self, *more):
        """Exit code of a run, and its messages."""
        log = self.path("log.jsonl")
        done = likvard("run", self.study, "-n", "-q", "--log", log, *OPEN,
                       *more)
        with open(log, encoding="utf-8") as file:
            return done, [json.loads(line) for line in file]

    def refused(self, code, place, *more, exit_code=65):
        """The run is refused for CODE at PLACE (file, line), located and with
        a way out; `check` says no.
        """
        done, messages = self.messages(*more)
        self.assertEqual(done.returncode, exit_code, done.stderr)
        errors = [said for said in messages if said["level"] == "error"]
        self.assertEqual({said["code"] for said in errors}, {code},
                         done.stderr)
        first = errors[0]
        self.assertEqual((os.path.basename(first["file"]), first.get("line", 0)),
                         place)
        self.assertTrue(first["hint"], first)
        self.assertIn(code, done.stderr)
        self.assertIn("  fix: ", done.stderr)
        check = likvard("check", self.study, *more)
        self.assertEqual(check.returncode, 1)
        self.assertIn(code, check.stderr)
        return first

    def why(self, words):
        self.assertIn(words, likvard("check", self.study).stderr)

    def rejected(self, code, file, rows, lines):
        """The run goes on: CODE at LINES, ROWS of FILE counted."""
        done, messages = self.messages()
        self.assertEqual(done.returncode, 0, done.stderr)
        found = [said["line"] for said in messages if said["code"] == code]
        self.assertEqual(found, lines)
        out = self.path("out")
        self.good("run", self.study, "-q", "--no-render", "-o", out, *OPEN)
        with open(os.path.join(out, "manifest.json"),
                  encoding="utf-8") as manifest:
            self.assertEqual(json.load(manifest)["rejected"], rows)
        with open(os.path.join(out, "check", "problems.csv"),
                  encoding="utf-8") as problems:
            self.assertIn(code, problems.read())
        counted = [said for said in messages
                   if said["code"] == "I-ROWS-REJECTED"]
        self.assertEqual([said["file"] for said in counted], [file])

    INCOMPLETE = (
        ("heading.method", '  method: "Så är det räknat"\n', "", "heading:"),
        ("head.pupils_in", '  pupils_in: "{n} i', '  pupils_in: "{m} i',
         "  pupils_in:"))

    def with_catalogue(self, key, line, other):
        """The folder of reports in which sv.yml has OTHER for LINE."""
        reports = self.path("reports " + key)
        shutil.copytree(os.path.join(SOURCE, "reports"), reports,
                        dirs_exist_ok=True)
        path = os.path.join(reports, "text", "sv.yml")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.assertEqual(text.count(line), 1)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(line, other))
        return reports

    def test_incomplete_catalogue(self):
        """A sentence that is missing, and one that asks for what it has not,
        told with their place before anything is said: what is missing, at
        the first sentence of its group.
        """
        for key, line, other, at in self.INCOMPLETE:
            with self.subTest(key):
                reports = self.with_catalogue(key, line, other)
                path = os.path.join(reports, "text", "sv.yml")
                with open(path, encoding="utf-8") as file:
                    lines = file.read().split("\n")
                found = [i for i, text in enumerate(lines, 1)
                         if text.startswith(at)]
                self.assertEqual(len(found), 1)
                done = likvard("run", self.study, "-q", "-o",
                               self.path("out"), *OPEN, LIKVARD_REPORTS=reports)
                self.assertEqual(done.returncode, 78, done.stderr)
                self.assertRegex(
                    done.stderr, r"text/sv\.yml:%d(:\d+)?: .*E-TEXT-KEYS: the "
                    'sentence "%s" (is missing|names {m}, which)'
                    % (found[0] + (not other), re.escape(key)))
                self.assertFalse(os.path.exists(self.path("out")))

    def test_incomplete_catalogue_alone(self):
        """With no other language to hold it against, where it is read."""
        for key, line, other, _ in self.INCOMPLETE:
            with self.subTest(key):
                reports = self.with_catalogue(key, line, other)
                os.remove(os.path.join(reports, "text", "en.yml"))
                done = likvard("run", self.study, "-q", "-o", self.path("out"),
                               "--lang", "sv", *OPEN, LIKVARD_REPORTS=reports)
                self.assertEqual(done.returncode, 70, done.stderr)
                self.assertIn(f'E-TEXT-INCOMPLETE: the sentence "{key}" is '
                              'missing in the language "sv", or names',
                              done.stderr)
                self.assertFalse(os.path.exists(self.path("out")))

    # ---- columns ----------------------------------------------------------

    def weigh(self, weights):
        """A column of them, 1 for the other pupils."""
        header, rows = self.rows("elever.csv")
        self.write("elever.csv", header.rstrip(b"\n") + b";Vikt\n" + b"".join(
            row.rstrip(b"\n") + b";" + weights.get(i, b"1") + b"\n"
            for i, row in enumerate(rows)))

    def test_weight(self):
        """Never read and ignored: every pupil counts once, or nothing runs."""
        self.weigh({7: b"1.5"})
        first = self.refused("E-WEIGHT", ("elever.csv", 9), exit_code=78)
        self.assertEqual(first["field"], "weight")
        self.why("1.5\n")
        self.why("every pupil of the district counts once")
        study = self.read("likvard.yml")
        at = b"      pupil_id: Elev-ID\n"
        self.write("likvard.yml",
                   study.replace(at, at + b"      weight: Vikt\n", 1))
        self.refused("E-WEIGHT", ("elever.csv", 9), exit_code=78)
        self.write("likvard.yml",
                   study.replace(at, at + b"      weight: none\n", 1))
        self.good("check", self.study)

    def test_weights_that_are_none(self):
        for value in (b"", b"many", b"0,5", b"2", b"1e0"):
            with self.subTest(value):
                header, rows = self.rows("elever.csv")
                self.weigh({3: value})
                self.refused("E-WEIGHT", ("elever.csv", 5), exit_code=78)
                self.write("elever.csv", header + b"".join(rows))

    def test_weights_of_one(self):
        """They say what is so: the same figures as without them."""
        out = [self.path(name) for name in ("plain", "ones")]
        words = ["run", self.study, "-q", "--no-render", *OPEN, "-o"]
        self.good(*words, out[0])
        self.weigh({2: b"1.0", 3: b"1,00"})
        self.good(*words, out[1])
        one, two = files_of(out[0]), files_of(out[1])
        self.assertEqual(one["open/results.csv"], two["open/results.csv"])

    def test_weights_zero_or_negative(self):
        """No pupils: left out, each told with its line and value, and the run
        goes on.
        """
        self.weigh({4: b"-2,5", 9: b"0", 20: b"0.0"})
        self.rejected("W-WEIGHT", "elever.csv", 3, [6, 11, 22])
        self.why("-2,5")

    # ---- files -----------------------------------------------------------

    def test_missing_file(self):
        os.remove(self.path("district", "betyg.csv"))
        line = 1 + self.read("likvard.yml").split(b"\n").index(
            b"    path: betyg.csv")
        self.refused("E-INPUT-MISSING", ("likvard.yml", line), exit_code=66)

    def test_empty_file(self):
        self.write("elever.csv", b"")
        self.refused("E-TABLE-EMPTY", ("elever.csv", 0))

    def test_header_only(self):
        header, _ = self.rows("betyg.csv")
        for content in (header, header.rstrip(), header + b"\n\n"):
            self.write("betyg.csv", content)
            self.refused("E-TABLE-EMPTY", ("betyg.csv", 1))

    def test_nul(self):
        header, rows = self.rows("elever.csv")
        rows[6] = rows[6].replace(b";", b";\0", 1)
        self.write("elever.csv", header + b"".join(rows))
        self.refused("E-FILE-NUL", ("elever.csv", 8))
        self.why("damaged")

    def test_workbook(self):
        self.write("elever.csv", b"PK\003\004" + bytes(400))
        first = self.refused("E-FILE-FORMAT", ("elever.csv", 1))
        self.assertIn("Excel", first["message"])
        self.assertIn("CSV UTF-8", first["hint"])

    def test_mixed_encodings(self):
        header, rows = self.rows("skolenheter.csv")
        rows[3] = "9x;Åkern;O1;ordinarie;100\n".encode("cp1252")
        self.write("skolenheter.csv", header + b"".join(rows))
        self.refused("E-ENCODING-MIXED", ("skolenheter.csv", 5))

    def test_carriage_returns_only(self):
        out = [self.path(name) for name in ("lf", "cr")]
        words = ["run", self.study, "-q", "--no-render", *OPEN, "-o"]
        self.good(*words, out[0])
        for name in ("elever.csv", "betyg.csv"):
            self.write(name, self.read(name).replace(b"\n", b"\r"))
        self.good(*words, out[1])
        one, two = files_of(out[0]), files_of(out[1])
        for name in ("open/results.csv", "open/results.json"):
            self.assertEqual(one[name], two[name])

    def test_lost_catalogue(self):
        """README.txt is in Swedish and English, whatever the reports are."""
        reports = self.path("reports")
        shutil.copytree(os.path.join(SOURCE, "reports"), reports)
        os.remove(os.path.join(reports, "text", "en.yml"))
        done = likvard("run", self.study, "-q", "-o", self.path("out"), *OPEN,
                       "--set", "reports.languages=[sv]",
                       LIKVARD_REPORTS=reports)
        self.assertEqual(done.returncode, 78, done.stderr)
        self.assertIn("E-LANGUAGE-UNKNOWN", done.stderr)
        self.assertFalse(os.path.exists(self.path("out")))

    # ---- columns ---------------------------------------------------------

    def test_wrong_delimiter(self):
        self.refused("E-DELIMITER", ("elever.csv", 1), "--set",
                     "inputs.pupils.delimiter=,")
        self.write("elever.csv", self.read("elever.csv").replace(b";", b":"))
        self.refused("E-DELIMITER", ("elever.csv", 1))
        self.why("no semicolon")

    def test_unknown_column(self):
        self.change("likvard.yml", "sex: Kön".encode(), b"sex: Konn")
        first = self.refused("E-COLUMN-MISSING", ("elever.csv", 1))
        self.assertIn('"Konn"', first["message"])
        self.assertIn('did you mean "Kön"? (', first["hint"])
        self.assertIn("likvard.yml:", first["hint"])
        self.why("the header has: Elev-ID, Läsår")

    def test_no_header(self):
        _, rows = self.rows("elever.csv")
        self.write("elever.csv", b"".join(rows))
        self.refused("E-COLUMN-MISSING", ("elever.csv", 1))
        done = likvard("check", self.study)
        self.assertIn("is the header row missing?", done.stderr)
        self.assertNotIn(rows[0].split(b";")[0].decode(), done.stderr)

    # ---- rows ------------------------------------------------------------

    def test_unknown_grade(self):
        header, rows = self.rows("betyg.csv")
        rows[4] = rows[4].replace(b";C", b";G").replace(b";E", b";G")
        self.assertIn(b";G", rows[4])
        self.write("betyg.csv", header + b"".join(rows))
        done, messages = self.messages()
        lines = [said["line"] for said in messages
                 if said["code"] == "W-GRADE-UNKNOWN"]
        self.assertEqual(set(lines), {6})
        self.rejected("W-GRADE-UNKNOWN", "betyg.csv", 1, lines)
        done = likvard("check", self.study)
        self.assertIn("A B C D E F -", done.stderr)

    def test_unknown_school(self):
        header, rows = self.rows("elever.csv")
        parts = rows[9].split(b";")
        parts[2] = b"12345678"
        rows[9] = b";".join(parts)
        self.write("elever.csv", header + b"".join(rows))
        self.rejected("W-SCHOOL-UNKNOWN", "elever.csv", 1, [11])

    def test_too_many_rejected(self):
        """The refusal leaves the earlier output as it was."""
        out = self.path("out")
        words = ["run", self.study, "-q", "--no-render", "-o", out, *OPEN]
        self.good(*words)
        before = files_of(out)
        header, rows = self.rows("elever.csv")
        for i in range(20):
            rows[i] = rows[i].split(b";", 1)[0] + b";no year\n"
        self.write("elever.csv", header + b"".join(rows))
        done = likvard(*words, "--force")
        self.assertEqual(done.returncode, 65)
        self.assertIn("E-TABLE-REFUSED", done.stderr)
        self.assertIn("20 of 1800 rows cannot be used", done.stderr)
        self.assertIn("max_rejected", done.stderr)
        self.assertIn("W-ROW-FIELDS", likvard("check", self.study).stderr)
        self.assertEqual(files_of(out), before)
        self.assertEqual(sorted(os.listdir(self.work)),
                         ["district", "out"])
        self.good(*words, "--force", "--set", "max_rejected={rows: 20}")

    def test_pupil_at_two_schools(self):
        header, rows = self.rows("elever.csv")
        moved = rows[4].split(b";")
        moved[2] = next(row.split(b";")[2] for row in rows
                        if row.split(b";")[2] != moved[2])
        self.write("elever.csv", header + b"".join(rows) + b";".join(moved))
        first = self.refused("E-PUPIL-TWICE", ("elever.csv", len(rows) + 2))
        self.assertIn("line 6 of elever.csv", first["message"])
        self.why("counts once")
        self.assertNotIn(moved[0].decode(), json.dumps(first))

    def test_grade_twice(self):
        header, rows = self.rows("betyg.csv")
        other = rows[4].replace(b";A", b";B").replace(b";E", b";D")
        self.assertNotEqual(other, rows[4])
        self.write("betyg.csv", header + b"".join(rows) + other)
        first = self.refused("E-GRADE-CONFLICT", ("betyg.csv", len(rows) + 2))
        self.assertIn("line 6", first["message"])

    def test_open_quote(self):
        header, rows = self.rows("elever.csv")
        rows[4] = b'"' + rows[4]
        self.write("elever.csv", header + b"".join(rows))
        self.refused("E-QUOTE-OPEN", ("elever.csv", 6))
        self.why("all that follows a quote")

    def test_personal_numbers(self):
        header, rows = self.rows("elever.csv")
        number = b"19811218-9876"
        rows[4] = number + b";" + rows[4].split(b";", 1)[1]
        self.write("elever.csv", header + b"".join(rows))
        self.refused("E-PERSONAL-NUMBER", ("elever.csv", 6))
        self.assertNotIn(number.decode(),
                         likvard("check", self.study, "-v").stderr)

    # ---- schools ---------------------------------------------------------

    def keep(self, wanted):
        """Only pupils for whom WANTED(parts) holds, and what is about them."""
        header, rows = self.rows("elever.csv")
        rows = [row for row in rows if wanted(row.split(b";"))]
        kept = {tuple(row.split(b";")[:2]) for row in rows}
        self.write("elever.csv", header + b"".join(rows))
        for name in ("betyg.csv", "mal.csv", "prov.csv"):
            header, rows = self.rows(name)
            self.write(name, header + b"".join(
                row for row in rows
                if tuple(row.split(b";")[:2]) in kept))

    def final_school(self):
        _, rows = self.rows("elever.csv")
        return next(row.split(b";")[2] for row in rows
                    if row.split(b";")[3] == b"9" and
                    row.split(b";")[1] == b"2025")

    def test_school_without_grades(self):
        school = self.final_school()
        _, pupils = self.rows("elever.csv")
        own = {row.split(b";")[0] for row in pupils
               if row.split(b";")[1:4] == [b"2025", school, b"9"]}
        header, rows = self.rows("betyg.csv")
        self.write("betyg.csv", header + b"".join(
            row for row in rows if row.split(b";")[0] not in own))
        first = self.refused("E-SCHOOL-NO-GRADES", ("likvard.yml", 0))
        self.assertIn(f"school {school.decode()} has pupils in year 9 of the "
                      "school year 2025", first["message"])
        self.why("no result of 0 %")

    def test_one_school(self):
        school = self.final_school()
        self.keep(lambda parts: parts[2] == school)
        out = self.path("out")
        self.good("run", self.study, "-q", "-o", out, *OPEN)
        with open(os.path.join(out, "open", "results.csv"),
                  encoding="utf-8") as table:
            text = table.read()
        self.assertIn("one_school", text)
        self.assertNotRegex(text, r"(?i)[,;]-?(nan|inf)[,;\n]")

    def test_long_school_name(self):
        name = "Skola " + "med ett mycket långt namn " * 12
        self.assertGreater(len(name), 300)
        header, rows = self.rows("skolenheter.csv")
        rows = [row.split(b";")[0] + b";" + name.encode() + b";" +
                row.split(b";", 2)[2] for row in rows]
        self.write("skolenheter.csv", header + b"".join(rows))
        out = self.path("out")
        self.good("run", self.study, "-q", "-o", out, *OPEN)
        files = [os.path.basename(path) for path in files_of(out)]
        self.assertEqual(sum(file.endswith(".pdf") for file in files),
                         2 * (len(rows) + 1))
        self.assertLess(max(map(len, files)), 200)


if __name__ == "__main__":
    unittest.main()
