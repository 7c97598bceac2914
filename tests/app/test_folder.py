#!/usr/bin/env python3
"""The run folder says truly what is in it."""
import csv
import json
import os
import re
import resource
import stat
import subprocess
import unittest
import zipfile
from xml.etree import ElementTree

from command import LIKVARD, OneRun, files_of

FOLDERS = {"check", "private", "public"}
TYPES = {"string", "integer", "number", "boolean"}
EXCEL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STATUSES = {"ok", "hidden", "at_least", "at_most", "not_estimable",
            "not_applicable"}


class Folder(OneRun):
    """Every test reads the one run of one district."""

    @classmethod
    def make(cls, case):
        cls.out = case.path("out")
        case.good("run", case.district(), "-q", "-o", cls.out,
                  "--set", "reports.formats=[csv, json, xlsx]",
                  SOURCE_DATE_EPOCH="1750000000")

    def text(self, *parts):
        with open(os.path.join(self.out, *parts), encoding="utf-8") as file:
            return file.read()

    def rows(self, *parts):
        with open(os.path.join(self.out, *parts), encoding="utf-8",
                  newline="") as file:
            return list(csv.DictReader(file))

    def test_parts(self):
        self.assertEqual({name for name in os.listdir(self.out)
                          if os.path.isdir(os.path.join(self.out, name))},
                         FOLDERS)
        for place, _, names in os.walk(self.out):
            self.assertEqual(stat.S_IMODE(os.stat(place).st_mode), 0o700)
            for name in names:
                mode = os.stat(os.path.join(place, name)).st_mode
                self.assertEqual((name, stat.S_IMODE(mode)), (name, 0o600))

    def test_sums(self):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet",
                        "SHA256SUMS"], cwd=self.out, check=True)
        listed = {line.split("  ", 1)[1]
                  for line in self.text("SHA256SUMS").splitlines()}
        self.assertEqual(listed, set(files_of(self.out)) -
                         {"SHA256SUMS", "run.log.jsonl", ".likvard"})

    def test_manifest(self):
        manifest = json.loads(self.text("manifest.json"))
        self.assertEqual(self.text("manifest.json").count('"rejected"'), 1)
        self.assertEqual(manifest["rejected"], 0)
        self.assertEqual(manifest["created"], "2025-06-15T15:06:40Z")
        self.assertRegex(manifest["run_id"], r"^9999-\d{4}-[0-9a-f]{8}$")
        libraries = manifest["software"]["libraries"]
        self.assertEqual(list(libraries), sorted(libraries))
        for name, version in libraries.items():
            self.assertRegex(version, r"^\d+(\.\d+)+$", name)
        roles = [entry["role"] for entry in manifest["inputs"]]
        self.assertIn("pupils", roles)
        for entry in manifest["inputs"]:
            self.assertNotIn("/", entry["file"])
            self.assertGreater(entry["rows"], 0)
        known = files_of(self.out)
        for output in manifest["outputs"]:
            self.assertEqual("sha256:" + known[output["path"]], output["hash"])

    def test_package(self):
        """datapackage.json explains every column of results.csv."""
        package = json.loads(self.text("datapackage.json"))
        self.assertRegex(package["name"], r"^[a-z0-9._-]+$")
        for resource in package["resources"]:
            self.assertRegex(resource["name"], r"^[a-z0-9._-]+$")
            rows = self.rows(resource["path"])
            fields = resource["schema"]["fields"]
            self.assertEqual([field["name"] for field in fields],
                             list(rows[0]))
            for field in fields:
                self.assertIn(field["type"], TYPES)
                self.assertGreater(len(field["description"]), 5)
            for unique in resource["schema"]["uniqueKeys"]:
                keys = [tuple(row[name] for name in unique) for row in rows]
                self.assertEqual(len(keys), len(set(keys)))

    def test_rows_say_what_they_may(self):
        rows = self.rows("public", "results.csv")
        self.assertEqual({row["status"] for row in rows} - STATUSES, set())
        numbers = ("estimate", "std_error", "ci_low", "ci_high", "n")
        for row in rows:
            if row["status"] == "hidden":
                self.assertEqual([row[name] for name in numbers], [""] * 5)
            for name in numbers:
                self.assertRegex(row[name], r"^(-?\d+(\.\d+)?)?$")
            if row["status"] == "not_estimable":
                self.assertNotEqual(row["note"], "")

    def test_spreadsheet(self):
        """A row a figure; no formula; a number only where one is shown."""
        with zipfile.ZipFile(os.path.join(self.out, "public",
                                          "results.xlsx")) as book:
            sheets = [ElementTree.fromstring(
                book.read(f"xl/worksheets/sheet{i}.xml")) for i in (1, 2, 3)]
            core = book.read("docProps/core.xml").decode()
        self.assertIn("2025-06-15T15:06:40Z", core)
        rows = self.rows("public", "results.csv")
        for sheet, level in zip(sheets[1:], ("district", "school")):
            found = list(sheet.iter(EXCEL + "row"))[1:]
            wanted = [row for row in rows if row["level"] == level]
            self.assertEqual(len(found), len(wanted))
            self.assertEqual(list(sheet.iter(EXCEL + "f")), [])
            for drawn, row in zip(found, wanted):
                at = {re.sub(r"\d", "", cell.get("r")): cell
                      for cell in drawn.iter(EXCEL + "c")}
                value = at["J"]
                number = value.find(EXCEL + "v")
                self.assertEqual(number is not None, row["status"] == "ok")
                if number is not None:
                    self.assertEqual(float(number.text),
                                     float(row["estimate"]))

    def test_resolved_study_reads_as_the_study(self):
        """config.resolved.yml is a study, and says itself again."""
        again = self.path("again.yml")
        data = re.escape(self.path("district")) + "/"
        text = re.sub(r'path: "(?!/)', f'path: "{data}',
                      self.text("config.resolved.yml"))
        with open(again, "w", encoding="utf-8") as file:
            file.write(text)
        self.good("run", again, "-q", "-o", self.path("second"),
                  SOURCE_DATE_EPOCH="1750000000")
        self.assertEqual(self.text("public", "results.csv"),
                         self.text("..", "second", "public", "results.csv"))

    def test_a_time_that_is_none_is_told(self):
        """And the run is as without it."""
        study = self.district("other", "--schools", "4", "--pupils", "500")
        files = {}
        for name, epoch in (("without", None), ("none", "yesterday"),
                            ("empty", ""), ("below", "-5"), ("stated", "7")):
            env = {} if epoch is None else {"SOURCE_DATE_EPOCH": epoch}
            said = self.good("run", study, "--no-render", "--force", "-o",
                             self.path(name), **env).stderr
            self.assertEqual("W-CREATED" in said,
                             name in ("none", "empty", "below"), said)
            with open(self.path(name, "datapackage.json"),
                      encoding="utf-8") as file:
                files[name] = file.read()
        self.assertEqual(files["none"], files["without"])
        self.assertEqual(files["empty"], files["without"])
        self.assertEqual(files["below"], files["without"])
        self.assertNotEqual(files["stated"], files["without"])

    def test_a_piece_of_the_spreadsheet_that_is_lost_is_told(self):
        """Files may grow to less than the rows of the longest sheet."""
        with zipfile.ZipFile(os.path.join(self.out, "public",
                                          "results.xlsx")) as book:
            most = max(part.file_size for part in book.infolist())
        limit = most * 3 // 4
        out = self.path("limited", "out")
        done = subprocess.run(
            [LIKVARD, "run", self.path("district", "likvard.yml"), "-q", "-o",
             out, "--set", "reports.formats=[csv, json, xlsx]"],
            capture_output=True, text=True, restore_signals=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE,
                                                  (limit, limit)))
        self.assertEqual(done.returncode, 74, done.stderr)
        self.assertIn("results.xlsx: error E-OUTPUT-WRITE", done.stderr)
        self.assertFalse(os.path.exists(self.path("limited")))

    def test_columns_read_and_dropped(self):
        """Every column of every file is on record; what is dropped is nowhere,
        and a column that rows are only chosen by is read."""
        study = self.district("wider")
        table = self.path("wider", "elever.csv")
        with open(table, encoding="utf-8") as file:
            header, *rows = file.read().splitlines()
        with open(table, "w", encoding="utf-8") as file:
            file.write(header + ";Namn;Ankomstår\n" + "".join(
                f"{row};Astrid Hemlig {i};{1990 + i % 2}\n"
                for i, row in enumerate(rows)))
        self.good("run", study, "-q", "--no-render", "-o", self.path("half"),
                  "--set", 'inputs.pupils.where={arrival_year: ["1990"]}')
        with open(self.path("half", "check", "columns.csv"),
                  encoding="utf-8") as file:
            found = list(csv.DictReader(file))
        self.assertEqual({row["use"] for row in found}, {"read", "dropped"})
        for row in found:
            self.assertEqual(row["use"] == "read", row["field"] != "", row)
        use = {(row["role"], row["column"]): (row["field"], row["use"])
               for row in found}
        self.assertEqual(use["pupils", "Kön"], ("sex", "read"))
        self.assertEqual(use["pupils", "Namn"], ("", "dropped"))
        self.assertEqual(use["pupils", "Ankomstår"], ("arrival_year", "read"))
        self.assertEqual(use["schools", "Område"], ("", "dropped"))
        with open(self.path("half", "manifest.json"), encoding="utf-8") as file:
            inputs = json.load(file)["inputs"]
        for kind, key in (("read", "columns"), ("dropped", "dropped")):
            self.assertEqual(
                [(entry["role"], header) for entry in inputs
                 for header in entry[key]],
                [(row["role"], row["column"]) for row in found
                 if row["use"] == kind])
        for path in files_of(self.path("half")):
            with open(self.path("half", path), "rb") as file:
                self.assertNotIn(b"Hemlig", file.read(), path)


if __name__ == "__main__":
    unittest.main()
