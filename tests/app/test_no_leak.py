#!/usr/bin/env python3
"""No form of a report tells what is hidden: not its pages, charts, alternative
texts, bookmarks and metadata, nor what is attached, nor the web page, the
workbook and the tables.

Two districts that differ in hidden figures alone give the same bytes: what
holds for every text and coordinate holds for the marks of charts too. And every
number that can be read anywhere is a released one. Needs python3-pikepdf.
"""
import collections
import copy
import csv
import functools
import glob
import json
import math
import os
import re
import shutil
import unittest
import zipfile
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pikepdf

import twins
import words
from command import OPEN, SOURCE, OneRun, files_of

AUDIENCES = ("public", "internal_principal")
KEY = ("population variant level unit_id subject outcome measure component "
       "group_by group reference target").split()
NUMBERS = ("estimate", "std_error", "ci_low", "ci_high")
GOAL = 85
# What schools chose to follow up: texts and verdicts stand in their reports.
CHOSEN = """Skolenhetskod;Fråga;Insats;Mått;Grupp;Mål
90190001;Vilka?;Mer;final:eligible;;90
90190001;Och de?;Mer;final:eligible;sex.f;
90190002;Vilka?;Mer;final:eligible;;90
90190002;Tidigt?;Mer;early:all_goals;;95
"""
NUMBER = re.compile(r"\d+(?:[\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?")
ALONE = re.compile(r"\s*([−-]?)(\d+(?:[.,]\d+)?)[\s\u00a0]*%?\s*")
# No figures: the day they are of, school years, the number of a page, places in
# a workbook, names of a norm and a library.
APART = re.compile(r"\b2025-06-13(?:T[\d:+Z]+)?|D:20250613000000\+00'00'|"
                   r"\b13 (?:juni|June) 2025|\b\d{4}[/–-]\d\d\b|"
                   r"\b\d\d/\d\d\b|(?:Sida|Page) \d+ (?:av|of) \d+|"
                   r"\$[A-Z]+\$\d+|\bISO 14289|\bLibrary [\d.]+")


def rows_of(folder):
    """Rows of results.csv by what they are about."""
    with open(os.path.join(folder, "results.csv"), encoding="utf-8") as table:
        return {tuple(row[key] for key in KEY): row
                for row in csv.DictReader(table)}


def differ(one, other):
    """By more than the last digits of a sum over schools in another order."""
    return one != other and not (one and other and math.isclose(
        float(one), float(other), rel_tol=1e-6))


def decimal(text):
    return Decimal(re.sub(r"[\u00a0\u202f ]", "", text).replace(",", "."))


def numbers_in(text):
    return [decimal(number) for number in NUMBER.findall(APART.sub("", text))]


@functools.cache
def forms_of(number):
    """All ways to print NUMBER: rounded, without its sign, in per cent or as a
    share."""
    return {(abs(number) * Decimal(times)).quantize(
                Decimal(1).scaleb(-places), rounding)
            for times in ("1", "100", "0.01") for places in range(5)
            for rounding in (ROUND_HALF_EVEN, ROUND_HALF_UP)}


def without_axes(found):
    """FOUND without the labels of axes: three numbers or more, each alone, one
    after the other at even distances."""
    alone = [ALONE.fullmatch(text) for _, text in found]
    value = [decimal(match[2]) * (-1 if match[1] else 1) if match else None
             for match in alone]
    kept, start = [], 0
    while start < len(found):
        end = start + 1
        while (end < len(found) and value[start] is not None and
               value[end] is not None and value[end] != value[end - 1] and
               value[end] - value[end - 1] == value[start + 1] - value[start]):
            end += 1
        if end - start < 3:
            end = start + 1
            kept.append(found[start])
        start = end
    return kept


class Reader:
    """Knows what may be told in each report of RUN, and finds what else is."""

    def __init__(self, run):
        self.run = run
        self.common = set()
        for path in glob.glob(os.path.join(SOURCE, "reports", "**", "*.yml"),
                              recursive=True):
            with open(path, encoding="utf-8") as file:
                self.common |= set(numbers_in(file.read()))
        with open(os.path.join(run, "public", "results.json"),
                  encoding="utf-8") as file:
            release = json.load(file)
        with open(os.path.join(run, "manifest.json"),
                  encoding="utf-8") as file:
            self.common |= set(numbers_in(json.load(file)["study"]))
        frame = release["frame"]
        self.run_id = release["run_id"]
        self.common |= {decimal(unit["id"]) for unit in frame["units"][1:]}
        self.common |= {Decimal(year["year"]) for year in frame["populations"]}
        self.common |= {Decimal(GOAL), Decimal(90), Decimal(95)}
        self.told, self.rows = collections.defaultdict(set), {}
        self.read_cells()

    def read_cells(self):
        """What the proof of the run says that each report prints."""
        with open(os.path.join(self.run, "private", "published-cells.csv"),
                  encoding="utf-8") as table:
            for row in csv.DictReader(table):
                if row["value"]:
                    self.told[row["report"]] |= forms_of(Decimal(row["value"]))
        for audience in AUDIENCES:
            with open(os.path.join(self.run, audience, "results.csv"),
                      encoding="utf-8") as table:
                self.rows[audience] = set(table.read().splitlines())

    def report_of(self, path):
        audience, *_, name = os.path.relpath(path, self.run).split(os.sep)
        if name.endswith(".xlsx"):
            return f"{audience}/results"
        if name.endswith(".html"):
            return f"{audience}/overview"
        code = re.match(r"\d+", name)
        return f"{audience}/school-{code[0]}" if code else (
            f"{audience}/district")

    def strangers(self, path):
        """What PATH says that nobody released: place and number or row."""
        kind = {".pdf": words.of_pdf, ".html": words.of_web,
                ".xlsx": words.of_book}[os.path.splitext(path)[1]]
        report = self.report_of(path)
        told = self.told[report] | self.common
        found = []
        for place, text in without_axes(kind(path)):
            if place.endswith("/EmbeddedFile"):
                rows = self.rows[report.split("/")[0]]
                found += [(place, row) for row in text.splitlines()
                          if row not in rows]
            else:
                found += [(place, str(number)) for number in
                          numbers_in(text.replace(self.run_id, ""))
                          if number not in told]
        return found


class NoLeak(OneRun):
    """Every test looks at the runs of the same two districts."""

    @classmethod
    def make(cls, case):
        case.district("one", "--schools", "7", "--pupils", "900")
        shutil.copytree(case.path("one"), case.path("other"))
        for name, exchanged in (("one", False), ("other", True)):
            twins.add_twins(case.path(name), exchanged)
            case.run_twice(name)
        cls.reader = Reader(case.path("one-run"))

    def run_twice(self, name):
        """For the audiences, and with nothing hidden."""
        chosen = self.path(name, "vald.csv")
        with open(chosen, "w", encoding="utf-8") as file:
            file.write(CHOSEN)
        study = [
            self.path(name, "likvard.yml"), "-q", "--sensitivity",
            "--set", "followup=" + chosen,
            "--set", "reports={languages: [sv, en], easy: [sv]}",
            "--set", 'targets=[{indicator: "final:eligible", '
            f"level: {GOAL}, year: 2025}}]"]
        self.good("run", *study, "-o", self.path(f"{name}-run"), "--set",
                  f"privacy={{profiles: [{', '.join(AUDIENCES)}]}}")
        self.good("run", *study, "-o", self.path(f"{name}-open"),
                  "--no-render", *OPEN)

    def run_id(self, name):
        with open(self.path(name, "public", "results.json"),
                  encoding="utf-8") as file:
            return json.load(file)["run_id"]

    def differing(self):
        """Keys of figures that differ in truth."""
        one, other = (rows_of(self.path(name, "open"))
                      for name in ("one-open", "other-open"))
        self.assertEqual(one.keys(), other.keys())
        return {key for key in one
                if any(differ(one[key][column], other[key][column])
                       for column in ("estimate", "n"))}

    def test_the_districts_differ(self):
        """In hundreds of figures that are hidden, in some of which a bound is
        told; in none that is told."""
        differing = self.differing()
        for audience in AUDIENCES:
            rows = rows_of(self.path("one-run", audience))
            count = collections.Counter(rows[key]["status"]
                                        for key in differing if key in rows)
            self.assertGreater(count["hidden"], 300)
            self.assertGreater(count["at_least"] + count["at_most"], 10)
            self.assertEqual(set(count) - {"hidden", "at_least", "at_most"},
                             set())

    def test_hidden_is_empty(self):
        for audience in AUDIENCES:
            rows = rows_of(self.path("one-run", audience))
            told = [key for key, row in rows.items()
                    if row["status"] == "hidden" and
                    any(row[column] for column in NUMBERS)]
            self.assertEqual(told, [])
            with open(self.path("one-run", audience, "results.json"),
                      encoding="utf-8") as file:
                cells = json.load(file)["cells"]["rows"]
            self.assertEqual({len(cell) for cell in cells
                              if cell[0] == "hidden"}, {1})

    def named_alike(self, name, other):
        """A copy of run NAME that has the name of run OTHER, which stands in
        what its readers have; only its releases, and what draws them."""
        again = self.path(name + "-renamed")
        if not os.path.exists(again):
            shutil.copytree(self.path(name), again)
            for audience in AUDIENCES:
                path = os.path.join(again, audience, "results.json")
                with open(path, encoding="utf-8") as file:
                    text = file.read()
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text.replace(self.run_id(name),
                                            self.run_id(other)))
        return again

    def drawn(self, run, name):
        self.good("render", run, "-q", "--force", "-o", self.path(name))
        return {path: digest
                for path, digest in files_of(self.path(name)).items()
                if path not in ("SHA256SUMS", ".likvard")}

    def test_same_pages(self):
        """Pages, pictures, the web page and the workbook are the same bytes,
        but for the name of the run."""
        one = files_of(self.path("one-run"))
        drawn = self.drawn(self.named_alike("other-run", "one-run"), "drawn")
        self.assertEqual(len(drawn), 2 * (2 * 10 + 9 + 3))
        self.assertEqual({path for path in drawn if drawn[path] != one[path]},
                         set())
        # And what is drawn from the releases alone is what the run drew.
        other = files_of(self.path("other-run"))
        again = self.drawn(self.path("other-run"), "again")
        self.assertEqual({path for path in again if again[path] != other[path]},
                         set())

    def test_same_tables(self):
        """All the rest of the folder too, but for hashes of what came in."""
        pair = [self.rest_of("one-run"), self.rest_of("other-run")]
        self.assertEqual(pair[0].keys(), pair[1].keys())
        self.assertGreater(len(pair[0]), 12)
        self.assertEqual([path for path in pair[0]
                          if pair[0][path] != pair[1][path]], [])

    def rest_of(self, name):
        """Texts of the run's tables, without its name and hashes."""
        found = {}
        for path in files_of(self.path(name)):
            if os.path.splitext(path)[1] not in (".pdf", ".html", ".xlsx"):
                with open(self.path(name, path), encoding="utf-8") as file:
                    text = file.read().replace(self.run_id(name), "RUN")
                found[path] = text.replace(self.path(name.split("-")[0]), "")
        found.pop("SHA256SUMS")
        manifest = json.loads(found["manifest.json"])
        manifest.pop("outputs")
        for table in manifest["inputs"]:
            table.pop("hash")
        found["manifest.json"] = manifest
        return found

    def files(self):
        return sorted(path for audience in AUDIENCES
                      for pattern in ("reports/*/*.pdf", "*.html", "*.xlsx")
                      for path in glob.glob(self.path("one-run", audience,
                                                      pattern)))

    def test_every_number_is_released(self):
        files = self.files()
        self.assertEqual(len(files), 2 * (2 * 10 + 9 + 3))
        found = {os.path.relpath(path, self.work): strangers for path in files
                 if (strangers := self.reader.strangers(path))}
        self.assertEqual(found, {})

    def hidden_number(self, report):
        """A number of a school that REPORT does not tell, though another one
        of its kind is hidden there, as it would be printed."""
        hidden = rows_of(self.path("one-run", "public"))
        told = self.reader.told[report] | self.reader.common
        for key, row in sorted(rows_of(self.path("one-open", "open")).items()):
            if (key[KEY.index("unit_id")] == twins.SCHOOLS[0][0] and
                    row["estimate"] and hidden[key]["status"] == "hidden"):
                number = round(Decimal(row["estimate"]), 1)
                if number > 0 and number not in told:
                    return str(number)
        raise self.failureException("every hidden number is told")

    def test_a_number_is_found_in_every_form(self):
        path = self.path("one-run", "public", "reports", "sv", "distrikt.pdf")
        number = self.hidden_number(self.reader.report_of(path))
        folder = self.path("planted", "public", "reports", "sv")
        os.makedirs(folder)
        planted = os.path.join(folder, os.path.basename(path))
        reader = copy.copy(self.reader)
        reader.run = self.path("planted")
        for plant in (plant_drawn, plant_actual_text, plant_alternative,
                      plant_bookmark, plant_title, plant_metadata,
                      plant_attached, plant_note):
            with self.subTest(plant.__name__), pikepdf.open(path) as pdf:
                plant(pdf, number)
                pdf.save(planted)
                self.assertIn(number, " ".join(
                    text for _, text in reader.strangers(planted)))
        for plant in (plant_stream, plant_image):
            with self.subTest(plant.__name__), pikepdf.open(path) as pdf:
                plant(pdf, number)
                pdf.save(planted)
                self.assertRaises(ValueError, reader.strangers, planted)

    def test_a_number_is_found_beside_the_pages(self):
        number = self.hidden_number("public/results")
        folder = self.path("beside", "public")
        os.makedirs(folder)
        reader = copy.copy(self.reader)
        reader.run = self.path("beside")
        with open(self.path("one-run", "public", "index.html"),
                  encoding="utf-8") as file:
            text = file.read()
        for before, after in (("</h1>", f" {number}</h1>"),
                              ("<svg ", f'<svg aria-label="{number}" '),
                              ("</svg>", f"<text>{number}</text></svg>"),
                              ("<body>", f"<body><!-- {number} -->")):
            self.assertIn(before, text)
            path = os.path.join(folder, "index.html")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text.replace(before, after, 1))
            with self.subTest(after):
                self.assertIn(number,
                              [found for _, found in reader.strangers(path)])
        for name in ("xl/worksheets/sheet3.xml", "docProps/core.xml"):
            path = os.path.join(folder, "results.xlsx")
            plant_in_book(self.path("one-run", "public", "results.xlsx"), path,
                          name, number)
            with self.subTest(name):
                self.assertIn((name, number), reader.strangers(path))

    def test_a_figure_let_out_is_found(self):
        """Were a hidden cell to have a number, its page would show it."""
        again = self.path("let-out")
        shutil.copytree(self.path("one-run"), again)
        path = os.path.join(again, "public", "results.json")
        with open(path, encoding="utf-8") as file:
            release = json.load(file)
        school = twins.SCHOOLS[0][0]
        told = self.reader.told[f"public/school-{school}"] | self.reader.common
        share = next(share for share in range(30, 70)
                     if Decimal(share) not in told)
        let_out(release, "early", "all_goals", school, share)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(release, file)
        drawn = self.drawn(again, "let-out-drawn")
        made = files_of(self.path("one-run"))
        changed = [path for path in drawn
                   if drawn[path] != made[path] and school in path]
        self.assertEqual(len(changed), 3)
        reader = copy.copy(self.reader)
        reader.run = self.path("let-out-drawn")
        for path in changed:
            found = [text for _, text in reader.strangers(
                self.path("let-out-drawn", path))]
            self.assertIn(str(share), found, path)
            self.assertTrue(any(f",0.{share}," in text for text in found), path)


def let_out(release, stage, outcome, school, share):
    """Gives the share of SCHOOL in its last year a number, in per cent."""
    frame = release["frame"]
    columns = release["figures"]["columns"]
    populations = [i for i, about in enumerate(frame["populations"])
                   if about["stage"] == stage]
    wanted = {
        "population": populations[-1], "variant": 0, "group_by": 0,
        "unit": [unit["id"] for unit in frame["units"]].index(school),
        "outcome": [about["id"] for about in frame["outcomes"]].index(outcome),
        "measure": frame["measures"].index("share"),
        "component": frame["components"].index("")}
    row, = (row for row in release["figures"]["rows"] if all(
        row[columns.index(name)] == value for name, value in wanted.items()))
    cell = row[columns.index("value")]
    cells = release["cells"]["rows"]
    # Cell 0 is none, and stands in no row.
    if cells[cell - 1] != ["hidden"]:
        raise ValueError("the cell is not hidden")
    cells[cell - 1] = ["ok", 2, share]


def append_content(pdf, content):
    pdf.pages[0].contents_add(pdf.make_stream(content))


def plant_drawn(pdf, number):
    page = pdf.pages[0]
    name, font = next(iter(page.Resources.Font.items()))
    codes = {text: code for code, text in words.unicode_of(font).items()}
    drawn = b"".join(codes[digit] for digit in number.replace(".", ","))
    append_content(pdf, f"/Artifact BMC BT 3 Tr {name} 9 Tf <{drawn.hex()}> Tj "
                        "ET EMC".encode())


def plant_actual_text(pdf, number):
    append_content(
        pdf, f"/Span <</ActualText ({number})>> BDC EMC".encode())


def plant_alternative(pdf, number):
    figure = next(thing for thing in pdf.objects
                  if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing)
    figure.Alt = pikepdf.String(f"{figure.Alt} {number}")


def plant_bookmark(pdf, number):
    pdf.Root.Outlines.First.Title = pikepdf.String(f"Avsnitt {number}")


def plant_title(pdf, number):
    pdf.docinfo["/Keywords"] = pikepdf.String(number)


def plant_metadata(pdf, number):
    stream = pdf.Root.Metadata
    text = stream.read_bytes().decode().replace("</rdf:li>",
                                                f" {number}</rdf:li>", 1)
    stream.write(text.encode())


def plant_attached(pdf, number):
    stream = pdf.Root.AF[0].EF.F
    stream.write(stream.read_bytes() + f"hemligt,{number}\n".encode())


def plant_note(pdf, number):
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text,
        Rect=[0, 0, 9, 9], Contents=pikepdf.String(number)))])


def plant_stream(pdf, number):
    pdf.Root.Hidden = pdf.make_stream(number.encode())


def plant_image(pdf, _):
    append_content(pdf, b"/Artifact BMC /Im0 Do EMC")


def plant_in_book(book, copy, name, number):
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(copy, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part == name:
                text = (text.replace(b"</v>", f"</v></c><c><v>{number}</v>"
                                     .encode(), 1) if b"</v>" in text else
                        text.replace(b"</dc:creator>",
                                     f"{number}</dc:creator>".encode(), 1))
            new.writestr(part, text)


if __name__ == "__main__":
    unittest.main()
