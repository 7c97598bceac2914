#!/usr/bin/env python3
"""Every PDF of a run: sound, tagged as PDF/UA asks, and no word on another.

Needs python3-pikepdf, qpdf and poppler-utils.
"""
import csv
import glob
import os
import re
import subprocess
import unittest
import xml.etree.ElementTree as xml

import pikepdf

from command import OPEN, SOURCE, Case

A4 = (595.276, 841.89)
PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*",
          "sh", "Do", "EI"}
# What an element of this kind may hold; kinds not named hold content alone.
HOLDS = {
    "Document": {"H1", "H2", "H3", "P", "L", "Table", "Figure", "Sect",
                 "TOC"},
    "TOC": {"TOCI"},
    "TOCI": {"Link"},
    "L": {"LI"},
    "LI": {"Lbl", "LBody"},
    "Table": {"Caption", "THead", "TBody", "TR"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
}
CONTENT = {"H1", "H2", "H3", "P", "Lbl", "LBody", "Caption", "TH", "TD",
           "Figure", "Link", "Span"}
# Boxes of words that touch by less are neighbours: points across and down.
TOUCH_X, TOUCH_Y = 0.8, 2.6
MARGIN = 47
LEAST_TYPE = 8.5  # points, of notes; other text has 9 or more
FOOT = 795  # below all text but a page's foot


class Marks:
    """Marked content of a page: its numbers, what is painted outside, and what
    is too small to read."""

    def __init__(self, page):
        self.numbers, self.faults = [], []
        depth, size = 0, 0.0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                depth += 1
                if depth > 1:
                    self.faults.append("marked content in marked content")
                self.open(operands)
            elif name == "EMC":
                depth -= 1
            elif name == "Tf":
                size = float(operands[1])
            elif name in ("Tj", "TJ") and size < LEAST_TYPE:
                self.faults.append(f"type of {size} points")
            elif name in PAINTS and depth == 0:
                self.faults.append(f"{name} outside of marked content")
        if depth != 0:
            self.faults.append("marked content is not closed")

    def open(self, operands):
        if str(operands[0]) == "/Artifact":
            return
        if len(operands) < 2 or "/MCID" not in operands[1]:
            self.faults.append(f"{operands[0]} has no number")
        else:
            self.numbers.append(int(operands[1]["/MCID"]))


class Tree:
    """The structure: what each element holds, and whose each mark is."""

    def __init__(self, root):
        self.faults, self.headings = [], []
        self.owner = {}
        self.tables = []
        for element in self.kids(root):
            if str(element.S) != "/Document":
                self.faults.append(f"{element.S} at the root")
            self.walk(element, root)

    @staticmethod
    def kids(element):
        kids = element.get("/K", pikepdf.Array())  # an empty cell has none
        return list(kids) if isinstance(kids, pikepdf.Array) else [kids]

    def walk(self, element, parent):
        kind = str(element.S)[1:]
        if element.P.objgen != parent.objgen:
            self.faults.append(f"{kind} does not know its parent")
        self.check(element, kind)
        for kid in self.kids(element):
            if isinstance(kid, int) or not isinstance(kid, pikepdf.Dictionary):
                self.mark(element, kind, element.Pg, int(kid))
            elif kid.get("/Type") == "/MCR":
                self.mark(element, kind, kid.Pg, int(kid.MCID))
            elif kid.get("/Type") == "/OBJR":
                continue
            else:
                inner = str(kid.S)[1:]
                if inner not in HOLDS.get(kind, {"Link", "Span"}):
                    self.faults.append(f"{inner} in {kind}")
                self.walk(kid, element)

    def mark(self, element, kind, page, number):
        if kind not in CONTENT:
            self.faults.append(f"{kind} has content of its own")
        key = (page.objgen, number)
        if key in self.owner:
            self.faults.append(f"mark {number} has two owners")
        self.owner[key] = element.objgen

    def check(self, element, kind):
        attributes = element.get("/A", {})
        if kind in ("H1", "H2", "H3"):
            self.headings.append(int(kind[1]))
        if kind == "Figure":
            if not str(element.get("/Alt", "")).strip():
                self.faults.append("a figure says nothing")
            if "/BBox" not in attributes:
                self.faults.append("a figure has no box")
        if kind == "TH" and attributes.get("/Scope") not in ("/Row", "/Column"):
            self.faults.append("a header heads nothing")
        if kind == "Table":
            self.table(element)

    def table(self, table):
        widths = set()
        rows = [kid for kid in self.kids(table) if str(kid.S) == "/TR"]
        for part in self.kids(table):
            if str(part.S) in ("/THead", "/TBody"):
                rows += self.kids(part)
        for row in rows:
            widths.add(sum(int(cell.get("/A", {}).get("/ColSpan", 1))
                           for cell in self.kids(row)))
        if len(widths) != 1:
            self.faults.append(f"a table has rows of {sorted(widths)} cells")

    def heading_faults(self):
        if self.headings.count(1) != 1 or self.headings[:1] != [1]:
            return ["there is not one title, first"]
        if len(self.headings) > 3 and self.headings.count(2) < 2:
            return ["all sections are under the first one"]
        return [f"a heading of depth {after} under one of depth {before}"
                for before, after in zip(self.headings, self.headings[1:])
                if after > before + 1]


def bookmark_faults(pdf, headings):
    """The title and every section have a bookmark."""
    wanted = sum(depth <= 2 for depth in headings)
    with pdf.open_outline() as outline:
        waiting, found = list(outline.root), 0
        while waiting:
            found += 1
            waiting += waiting.pop().children
    return ([] if found == wanted else
            [f"{found} bookmarks for {wanted} headings"])


def catalogue_faults(pdf):
    root = pdf.Root
    wanted = {
        "tagged": bool(root.get("/MarkInfo", {}).get("/Marked", False)),
        "language": str(root.get("/Lang", "")) in ("sv", "en"),
        "title shown": bool(root.get("/ViewerPreferences", {}).get(
            "/DisplayDocTitle", False)),
        "colour intent": len(root.get("/OutputIntents", [])) == 1,
        "no forms or scripts": not any(
            key in root for key in ("/AcroForm", "/OpenAction", "/AA")),
        "no encryption": not pdf.is_encrypted,
        "title": bool(str(pdf.docinfo.get("/Title", "")).strip()),
    }
    return [f"catalogue: {name}" for name, good in wanted.items() if not good]


def metadata_faults(pdf):
    tree = xml.fromstring(pdf.Root.Metadata.read_bytes())
    said = {node.tag: (node.text or "").strip() for node in tree.iter()}
    wanted = {"{http://www.aiim.org/pdfua/ns/id/}part": "1",
              "{http://www.aiim.org/pdfa/ns/id/}part": "3",
              "{http://www.aiim.org/pdfa/ns/id/}conformance": "A"}
    return [f"metadata: {tag} is {said.get(tag)}"
            for tag, value in wanted.items() if said.get(tag) != value]


def attachment_faults(path):
    """The figures of a report are attached as PDF/A-3 asks, and are rows of
    the results that the same readers have."""
    with open(os.path.join(os.path.dirname(path), "..", "..", "results.csv"),
              encoding="utf-8") as file:
        results = set(file.read().split("\n"))
    with pikepdf.open(path) as pdf:
        faults = []
        related = [spec.objgen for spec in pdf.Root.get("/AF", [])]
        if len(pdf.attachments) != 1 or len(related) != 1:
            return [f"{len(pdf.attachments)} files, {len(related)} related"]
        for name, spec in pdf.attachments.items():
            stream = spec.obj.EF.F
            rows = stream.read_bytes().decode().split("\n")
            about = {"related": spec.obj.objgen in related,
                     "data": spec.obj.AFRelationship == "/Data",
                     "named": str(spec.obj.UF) == name,
                     "described": bool(str(spec.obj.Desc)),
                     "kind": stream.Subtype == "/text/csv",
                     "date": stream.Params.ModDate == pdf.docinfo.ModDate,
                     "rows": len(rows) > 2,
                     "released": set(rows) <= results}
            faults += [f"{name}: {what}" for what, good in about.items()
                       if not good]
        return faults


def font_faults(page):
    faults = []
    for name, font in page.get("/Resources", {}).get("/Font", {}).items():
        inner = (font.DescendantFonts[0] if "/DescendantFonts" in font
                 else font)
        held = inner.get("/FontDescriptor", {})
        if not any(key in held for key in ("/FontFile", "/FontFile2",
                                           "/FontFile3")):
            faults.append(f"font {name} is not embedded")
        if "/ToUnicode" not in font:
            faults.append(f"font {name} cannot be read")
    return faults


def numbers_of(tree):
    """The pairs of a number tree's root as a dictionary."""
    pairs = list(tree.Nums)
    return {int(pairs[i]): pairs[i + 1] for i in range(0, len(pairs), 2)}


def page_faults(page, tree, parents):
    marks = Marks(page)
    faults = marks.faults + font_faults(page)
    box = [float(edge) for edge in page.MediaBox]
    if any(abs(a - b) > 1 for a, b in zip(box, (0, 0) + A4)):
        faults.append(f"the page is {box}")
    if page.get("/Tabs") != "/S":
        faults.append("tabs do not follow the structure")
    if len(set(marks.numbers)) != len(marks.numbers):
        faults.append("a mark occurs twice")
    known = parents[int(page.StructParents)]
    for number in marks.numbers:
        owner = tree.owner.pop((page.obj.objgen, number), None)
        if owner is None:
            faults.append(f"mark {number} has no owner")
        elif known[number].objgen != owner:
            faults.append(f"mark {number} is said to be another's")
    return faults


def structure_faults(path):
    with pikepdf.open(path) as pdf:
        root = pdf.Root.StructTreeRoot
        tree = Tree(root)
        parents = numbers_of(root.ParentTree)
        faults = (catalogue_faults(pdf) + metadata_faults(pdf) + tree.faults +
                  tree.heading_faults() + bookmark_faults(pdf, tree.headings))
        for page in pdf.pages:
            faults += page_faults(page, tree, parents)
        if tree.owner:
            faults.append(f"{len(tree.owner)} marks are on no page")
    return faults


def text_of(path, *options):
    done = subprocess.run(["pdftotext", *options, path, "-"], text=True,
                          capture_output=True, check=True)
    return done.stdout, done.stderr


def words_of(path):
    """A list of words a page: left, top, right, bottom, text."""
    found = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" '
                       r'xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
    pages, _ = text_of(path, "-bbox")
    return [[(*map(float, word[:4]), word[4]) for word in found.findall(page)]
            for page in pages.split("<page ")[1:]]


def collisions(words):
    """Pairs of words of a page that lie on each other."""
    words = sorted(words, key=lambda word: word[1])
    found = []
    for i, one in enumerate(words):
        for other in words[i + 1:]:
            if other[1] > one[3]:
                break
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            if across > TOUCH_X and down > TOUCH_Y:
                found.append((one[4], other[4]))
    return found


class Pages(Case):
    def files(self):
        self.good("run", self.district(), "-q", "--sensitivity", "-o",
                  self.path("run"),
                  "--set", "reports={languages: [sv, en], easy: [sv]}")
        return sorted(glob.glob(self.path("run", "public", "reports", "*",
                                          "*.pdf")))

    def hold(self, paths, faults_of):
        faults = {os.path.basename(path): found for path in paths
                  if (found := faults_of(path))}
        self.assertEqual(faults, {})

    def test_every_file(self):
        paths = self.files()
        self.assertEqual(len(paths), 2 * 15 + 14)
        for check in (self.sound, structure_faults, attachment_faults,
                      self.readable, self.apart, self.short, self.filled):
            with self.subTest(check.__name__):
                self.hold(paths, check)

    def test_reports_of_the_sample_are_short(self):
        """Its schools have all three stages, and much to tell of each."""
        self.good("run", os.path.join(SOURCE, "sample-data", "likvard.yml"),
                  "-q", "-o", self.path("sample"),
                  "--set", "reports.formats=[pdf]")
        paths = glob.glob(self.path("sample", "public", "reports", "*",
                                    "*.pdf"))
        self.assertGreater(len(paths), 100)
        self.hold(paths, self.short)

    @staticmethod
    def sound(path):
        done = subprocess.run(["qpdf", "--check", path], text=True,
                              capture_output=True, check=False)
        return [] if done.returncode == 0 else [done.stdout + done.stderr]

    @staticmethod
    def readable(path):
        text, errors = text_of(path)
        pages = text.split("\f")[:-1]
        faults = [errors] if errors else []
        for i, page in enumerate(pages, 1):
            foot = rf"(Sida|Page) {i} (av|of) {len(pages)}"
            if not re.search(foot, page):
                faults.append(f"page {i} does not say its number")
        faults += [f"says {word}" for word in re.findall(
            r"[{}]|\b(?:nan|NaN|inf|null)\b|\ufffd", text)]
        return faults

    @staticmethod
    def short(path):
        """A school's report has four pages and one of method, and is small."""
        if not re.match(r"\d", os.path.basename(path)):
            return []
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
        size = os.path.getsize(path)
        return ([f"{pages} pages"] if pages > 5 else []) + (
            [f"{size} bytes"] if size > 120_000 else [])

    @staticmethod
    def filled(path):
        """No page is nearly empty but the last, and the first where there is
        little to tell.
        """
        lowest = [max((word[3] for word in words if word[3] < FOOT), default=0)
                  for words in words_of(path)]
        return [f"page {i} ends at {low}"
                for i, low in enumerate(lowest[1:-1], 2) if low < A4[1] / 3]

    @staticmethod
    def apart(path):
        faults = []
        for i, words in enumerate(words_of(path), 1):
            faults += [f"page {i}: {pair}" for pair in collisions(words)]
            faults += [f"page {i}: {word[4]} is off the page"
                       for word in words
                       if word[0] < MARGIN or word[2] > A4[0] - MARGIN]
        return faults


    def test_contents_name_the_pages_of_headings(self):
        for path in self.files():
            if re.match(r"\d", os.path.basename(path)):
                continue
            text, _ = text_of(path, "-layout")
            pages = text.split("\f")
            entries = [(number, re.fullmatch(r"(\S.*?\S) {2,}(\d+)", line))
                       for number, page in enumerate(pages, 1)
                       for line in map(str.strip, page.split("\n"))
                       if self.heads_contents(page)]
            found = [(at, *entry.groups()) for at, entry in entries if entry]
            self.assertGreater(len(found), 8, path)
            for at, title, page in found:
                lines = [line.strip()
                         for line in pages[int(page) - 1].split("\n")]
                self.assertIn(title, lines, path)
                self.assertGreaterEqual(int(page), at)
            with pikepdf.open(path) as pdf:
                links = [note for page in pdf.pages
                         for note in page.get("/Annots", [])
                         if note.Subtype == "/Link"]
                self.assertEqual(len(links), len(found), path)

    def test_a_break_of_the_rules_is_told(self):
        """Of five years, and again when reports are rendered from the run."""
        self.good("run", self.district("five", "--years", "5"), "-q", "-o",
                  self.path("long"), "--set", "reports.schools=[\"90100000\"]")
        self.good("render", self.path("long"), "-q", "-o", self.path("again"))
        for run in ("long", "again"):
            for name, word in (("sv/distrikt.pdf", "Streckad lodrät linje"),
                               ("en/district.pdf", "Dashed vertical line")):
                text, _ = text_of(self.path(run, "public", "reports", name))
                self.assertRegex(" ".join(text.split()),
                                 word + r"[^.]* 2022/23\.")

    def test_the_way_and_the_curve_are_drawn(self):
        """Pupils who are followed through the stages, and an index of each."""
        study = self.district("ways", "--years", "7", "--index")
        self.good("run", study, "-q", "-o", self.path("ways_run"), *OPEN,
                  "--set", "reports={languages: [sv, en], schools: "
                  "[\"90100000\"], formats: [pdf]}")
        for name, words in (
                ("sv/distrikt.pdf", ("Vägen till målen",
                                     "Kurvan från minst till mest gynnsam")),
                ("en/district.pdf", ("The way to the goals",
                                     "The curve from the least to"))):
            path = self.path("ways_run", "open", "reports", name)
            text, _ = text_of(path)
            for word in words:
                self.assertIn(word, text)
            for check in (structure_faults, self.apart):
                self.assertEqual(check(path), [])
        self.assert_favour_helps(self.path("ways_run", "open", "results.csv"))

    def assert_favour_helps(self, path):
        """The index grows with need, and its tenths from need to favour."""
        with open(path, encoding="utf-8", newline="") as file:
            found = {row["component"]: float(row["estimate"])
                     for row in csv.DictReader(file)
                     if row["measure"] == "background_curve" and
                     row["outcome"] == "merit_17" and row["year"] == "2025"
                     and row["variant"] == "all"}
        self.assertEqual(len(found), 10)
        self.assertLess(found["tenth_1"] + 20, found["tenth_10"])

    def test_easy_reports_are_short(self):
        paths = [path for path in self.files() if "-lattlast" in path]
        self.assertEqual(len(paths), 14)
        for path in paths:
            text, _ = text_of(path)
            self.assertLessEqual(text.count("\f"), 2, path)
            self.assertIn("Frågor att ställa till skolan", text, path)

    @staticmethod
    def heads_contents(page):
        return re.search(r"^\s*(Innehåll|Contents)$", page, re.MULTILINE)


class Checker(unittest.TestCase):
    """The checks themselves: they see what they are there to see."""

    def test_words_on_each_other(self):
        word = (100.0, 100.0, 130.0, 110.0, "20 %")
        beside = (131.0, 100.0, 160.0, 110.0, "40 %")
        on = (120.0, 102.0, 150.0, 112.0, "30 %")
        below = (100.0, 109.0, 130.0, 119.0, "n = 84")
        self.assertEqual(collisions([word, beside, below]), [])
        self.assertEqual(collisions([word, on]), [("20 %", "30 %")])

    def test_small_type(self):
        pdf = pikepdf.new()
        page = pdf.add_blank_page()
        page.Contents = pdf.make_stream(
            b"/Artifact BMC BT /F1 8.5 Tf (a) Tj /F1 8 Tf (b) Tj ET EMC")
        self.assertEqual(Marks(page).faults, ["type of 8.0 points"])

    def test_paint_outside_of_marks(self):
        pdf = pikepdf.new()
        page = pdf.add_blank_page()
        page.Contents = pdf.make_stream(
            b"/Artifact BMC 0 0 9 9 re f EMC 0 0 9 9 re f")
        self.assertEqual(Marks(page).faults, ["f outside of marked content"])


if __name__ == "__main__":
    unittest.main()
