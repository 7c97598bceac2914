#!/usr/bin/env python3
"""The web page of each audience: whole in itself, and readable by machines that
read aloud.
"""
import html.parser
import os
import re
import unittest

from command import OneRun

VOID = {"meta", "br", "hr", "img", "input", "link"}
SVG_SHAPES = {"rect", "line", "circle", "polygon", "polyline"}


class Page(html.parser.HTMLParser):
    """Tags in order, with what a reader needs to know of them."""

    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.faults = [], [], []
        self.headings, self.links, self.words = [], [], []
        self.pictures = []
        self.feed(text)
        self.close()
        if self.open:
            self.faults.append(f"never closed: {self.open}")

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.seen.append((tag, attrs))
        if tag not in VOID | SVG_SHAPES:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append([int(tag[1]), ""])
        if tag == "a":
            self.links.append([attrs.get("href"), "", list(self.open)])
        if tag == "svg":
            self.pictures.append(attrs)

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> where it does not belong")

    def handle_data(self, data):
        if "style" in self.open:
            return
        self.words.append(data)
        if self.open and re.fullmatch(r"h[1-6]", self.open[-1]):
            self.headings[-1][1] += data
        if "a" in self.open:
            self.links[-1][1] += data

    def all(self, tag):
        return [attrs for name, attrs in self.seen if name == tag]


class Overview(OneRun):
    """Every test reads the pages of one run."""

    @classmethod
    def make(cls, case):
        cls.out = case.path("out")
        case.good("run", case.district(), "-q", "-o", cls.out, "--set",
                  "reports={languages: [sv, en], easy: [sv]}",
                  "--set", "privacy.profiles=[public, internal_principal]")
        cls.pages = {}
        for profile in ("public", "internal_principal"):
            for name in ("index.html", "index.en.html"):
                with open(os.path.join(cls.out, profile, name),
                          encoding="utf-8") as file:
                    cls.pages[profile, name] = file.read()

    def each(self):
        for (profile, name), text in self.pages.items():
            with self.subTest(profile=profile, name=name):
                yield profile, name, text, Page(text)

    def test_well_formed(self):
        for _, name, text, page in self.each():
            self.assertTrue(text.startswith("<!DOCTYPE html>\n"))
            self.assertEqual(page.faults, [])
            self.assertEqual(page.all("html")[0]["lang"],
                             "en" if ".en." in name else "sv")
            self.assertIn({"charset": "utf-8"}, page.all("meta"))
            ids = [attrs["id"] for _, attrs in page.seen if "id" in attrs]
            self.assertEqual(len(ids), len(set(ids)))
            self.assertNotRegex("".join(page.words),
                                r"[{}]|\bnan\b|\bnull\b|\ufffd")

    def test_whole_in_itself(self):
        for _, _, text, page in self.each():
            for tag in ("script", "link", "img", "iframe", "image", "use"):
                self.assertEqual(page.all(tag), [])
            self.assertNotRegex(text, r"https?:|url\(|@import")
            self.assertFalse([name for _, attrs in page.seen
                              for name in attrs if name.startswith("on")])

    def test_landmarks_and_headings(self):
        for _, _, _, page in self.each():
            for tag in ("header", "main", "footer", "title", "h1"):
                self.assertEqual(len(page.all(tag)), 1, tag)
            labels = [attrs.get("aria-label") for attrs in page.all("nav")]
            self.assertEqual(len(labels), 2)
            self.assertNotIn(None, labels)
            self.assertEqual(page.all("a")[0]["href"], "#main")
            before = 0
            for level, words in page.headings:
                self.assertLessEqual(level, before + 1, words)
                self.assertTrue(words.strip())
                before = level
            for attrs in page.all("table"):
                self.assertEqual(attrs, {})
            for attrs in page.all("th"):
                self.assertIn(attrs.get("scope"), {"col", "row", "rowgroup"})

    def test_charts_say_what_they_show(self):
        """As many for a telephone as for a desk, with the same words."""
        for _, _, _, page in self.each():
            desk, phone = ([attrs for attrs in page.pictures
                            if attrs["class"] == name]
                           for name in ("desk", "phone"))
            self.assertGreater(len(desk), 3)
            for attrs in page.pictures:
                self.assertEqual(attrs["role"], "img")
            labels = [attrs["aria-label"] for attrs in phone]
            wide = [attrs["aria-label"] for attrs in page.pictures
                    if attrs["class"] != "phone"]
            self.assertEqual(len(labels), len(desk))
            self.assertLessEqual(set(labels), set(wide))
            for label in wide:
                self.assertRegex(label, r"\d|\.\.")
            self.assertGreater(len(page.all("circle")), 10)

    def test_links_lead_somewhere(self):
        for profile, name, _, page in self.each():
            ids = {attrs["id"] for _, attrs in page.seen if "id" in attrs}
            for href, words, _ in page.links:
                self.assertTrue(words.strip(), href)
                if href.startswith("#"):
                    self.assertIn(href[1:], ids)
                else:
                    self.assertTrue(os.path.isfile(
                        os.path.join(self.out, profile, href)), href)
            hrefs = [href for href, _, _ in page.links]
            for file in ("results.xlsx", "results.csv", "results.json"):
                self.assertIn(file, hrefs)
            language = "en" if ".en." in name else "sv"
            folder = os.path.join(self.out, profile, "reports", language)
            self.assertEqual(
                sorted(os.path.basename(href) for href in hrefs
                       if href.startswith(f"reports/{language}/")),
                sorted(os.listdir(folder)))
            easy = [href for href in hrefs if "-lattlast/" in href]
            self.assertEqual(len(easy), 14 if language == "sv" else 0)

    def test_schools_stand_by_name(self):
        letters = "abcdefghijklmnopqrstuvwxyzåäö"
        for _, _, _, page in self.each():
            names = [words for href, words, _ in page.links
                     if re.match(r"reports/(sv|en)/\d", href)]
            self.assertEqual(len(names), 14)
            if page.all("html")[0]["lang"] == "sv":
                order = [[letters.find(letter) for letter in name.lower()]
                         for name in names]
                self.assertEqual(order, sorted(order))

    def test_left_out(self):
        self.good("render", self.out, "-q", "-o", self.path("pdf"), "--set",
                  "reports.formats=[pdf]")
        self.assertFalse(os.path.exists(
            self.path("pdf", "public", "index.html")))
        self.good("render", self.out, "-q", "-o", self.path("html"), "--set",
                  "reports.formats=[html]")
        self.assertEqual(sorted(os.listdir(self.path("html", "public"))),
                         ["index.en.html", "index.html"])


class Reader(unittest.TestCase):
    """The reader of this test sees what it is there to see."""

    def test_faults(self):
        self.assertEqual(Page("<p><b>x</b></p>").faults, [])
        self.assertNotEqual(Page("<p><b>x</p></b>").faults, [])
        self.assertNotEqual(Page("<p>").faults, [])


if __name__ == "__main__":
    unittest.main()
