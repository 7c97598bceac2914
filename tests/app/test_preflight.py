#!/usr/bin/env python3
"""PDFBox preflight, a judge that is not ours, of every PDF of a run.

It knows PDF/A-1b alone. So each file is made one of that level: what PDF/A-3
allows beyond it (attached figures) or does not ask for (sets of glyphs) is taken
away or added, and the level is named so. Fonts, widths, colours, metadata and
syntax stay as they were written, and must hold.

Needs libpdfbox2-java, libactivation-java, libjaxb-api-java and a Java that runs
a source file (default-jdk-headless); without them the test is skipped.
"""
import glob
import os
import shutil
import subprocess
import sys
import unittest

import pikepdf

from command import OneRun

JARS = [f"/usr/share/java/{name}.jar" for name in (
    "pdfbox2", "preflight", "xmpbox", "fontbox2", "commons-logging",
    "javax.activation", "jaxb-api")]
READY = (shutil.which("java") and shutil.which("javac") and
         all(map(os.path.exists, JARS)))
JUDGE = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                     "Preflight.java")
SKIPPED = 77
LEVEL_3A = (b"<pdfaid:part>3<", b"<pdfaid:conformance>A<")
LEVEL_1B = (b"<pdfaid:part>1<", b"<pdfaid:conformance>B<")


def glyphs_of(widths):
    """Numbers of the glyphs that an array of widths tells of."""
    at, found = 0, set()
    while at < len(widths):
        first, next_one = int(widths[at]), widths[at + 1]
        if isinstance(next_one, pikepdf.Array):
            found.update(range(first, first + len(next_one)))
            at += 2
        else:
            found.update(range(first, int(next_one) + 1))
            at += 3
    return found


def set_of(glyphs):
    """A bit a glyph, the first one highest."""
    bits = bytearray(max(glyphs) // 8 + 1)
    for glyph in glyphs:
        bits[glyph // 8] |= 0x80 >> glyph % 8
    return bytes(bits)


def as_level_1b(path, made, spoil=None):
    """Writes MADE, and has SPOIL do something to it before."""
    with pikepdf.open(path) as pdf:
        del pdf.Root.AF
        del pdf.Root.Names
        said = pdf.Root.Metadata.read_bytes()
        for old, new in zip(LEVEL_3A, LEVEL_1B):
            assert said.count(old) == 1
            said = said.replace(old, new)
        pdf.Root.Metadata.write(said)
        for font in pdf.objects:
            if (isinstance(font, pikepdf.Dictionary) and
                    font.get("/Subtype") == "/CIDFontType2"):
                font.FontDescriptor.CIDSet = pdf.make_stream(
                    set_of(glyphs_of(font.W) | {0}))
        if spoil:
            spoil(pdf)
        pdf.save(made, force_version="1.4",
                 object_stream_mode=pikepdf.ObjectStreamMode.disable)


def faults_of(paths):
    done = subprocess.run(["java", "-cp", ":".join(JARS), JUDGE, *paths],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return [line.split("\t") for line in done.stdout.splitlines()]


class Preflight(OneRun):
    """All tests judge files of one run."""

    @classmethod
    def make(cls, case):
        case.good("run", case.district(), "-q", "-o", case.path("out"), "--set",
                  "reports={languages: [sv, en], easy: [sv], formats: [pdf]}")
        cls.paths = sorted(glob.glob(case.path("out", "public", "reports", "*",
                                               "*.pdf")))

    def made(self, number, spoil=None):
        path = self.path(f"{number}.pdf")
        as_level_1b(self.paths[number], path, spoil)
        return path

    def test_every_file(self):
        self.assertEqual(len(self.paths), 2 * 15 + 14)
        self.assertEqual(
            faults_of([self.made(i) for i in range(len(self.paths))]), [])

    def test_what_level_3_has_beyond(self):
        """As written the files differ by nothing else."""
        codes = {fault[1] for fault in faults_of(self.paths[:3])}
        self.assertEqual(codes, {"1.2.9", "1.4.7", "3.1.11", "7.11.2"})

    def test_the_judge_sees(self):
        def without_intent(pdf):
            del pdf.Root.OutputIntents

        def other_title(pdf):
            pdf.docinfo.Title = "Another"

        def other_width(pdf):
            font = next(font for font in pdf.objects
                        if isinstance(font, pikepdf.Dictionary) and
                        font.get("/Subtype") == "/CIDFontType2")
            font.W = pikepdf.Array([0, 60000, 3])

        for spoil in (without_intent, other_title, other_width):
            with self.subTest(spoil.__name__):
                self.assertNotEqual(faults_of([self.made(0, spoil)]), [])


if __name__ == "__main__":
    if not READY:
        print("PDFBox preflight or a JDK is not installed: nothing was judged")
        sys.exit(SKIPPED)
    unittest.main()
