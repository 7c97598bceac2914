#!/usr/bin/env python3
"""Reports again from a finished run: the same bytes, and pictures of pages."""
import base64
import glob
import hashlib
import json
import os
import re
import shutil
import struct
import unittest
import zlib

import pikepdf

from command import OneRun, files_of, likvard

THEME = ("head: Provkommun\ncontact: skola@example.org\nlogo: vapen.png\n"
         "colours: {own: 8A3A00}\n")


def png(width, height):
    """A picture in one colour, every second column of it clear."""
    row = b"\0" + b"".join(bytes((20, 90, 120, 255 * (x % 2)))
                           for x in range(width))

    def chunk(kind, body):
        return (struct.pack(">I", len(body)) + kind + body +
                struct.pack(">I", zlib.crc32(kind + body)))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) +
            chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b""))


def themed_district(case):
    """The paths of a study and of a theme with a logo beside it."""
    study = case.district()
    theme = case.path("district", "tema.yml")
    with open(theme, "w", encoding="utf-8") as file:
        file.write(THEME)
    with open(case.path("district", "vapen.png"), "wb") as file:
        file.write(png(64, 32))
    return study, theme


class Render(OneRun):
    """Every test reads the one run of one district."""

    @classmethod
    def make(cls, case):
        cls.out = case.path("out")
        study, theme = themed_district(case)
        case.good("run", study, "-q", "-o", cls.out, "--set",
                  "reports={languages: [sv, en], easy: [sv]}", "--set",
                  "reports.theme=" + theme,
                  SOURCE_DATE_EPOCH="1750000000")
        # What the run was made of is not needed again.
        shutil.rmtree(case.path("district"))

    def rendered(self, name, *words, **environment):
        done = self.good("render", self.out, "-q", "-o", self.path(name),
                         *words, **environment)
        self.assertEqual(done.stdout, self.path(name) + "\n")
        found = files_of(self.path(name))
        return {path: digest for path, digest in found.items()
                if path not in ("SHA256SUMS", ".likvard")}

    def test_same_bytes(self):
        made = files_of(self.out)
        found = self.rendered("again", "-j", "2", SOURCE_DATE_EPOCH="7")
        self.assertEqual(len(found), 2 * 15 + 14 + 1 + 2)
        self.assertEqual({path: made.get(path) for path in found}, found)
        self.assertEqual({path for path in made
                          if path.startswith("public/reports/")} -
                         set(found), set())
        self.good("verify", self.path("again"))
        self.good("verify", self.out)

    def test_logo(self):
        """Kept with the run, on the first page of every report, and refused
        where it is missing."""
        self.assertEqual(files_of(self.out)["vapen.png"],
                         hashlib.sha256(png(64, 32)).hexdigest())
        reports = glob.glob(os.path.join(self.out, "public", "reports", "*",
                                         "*.pdf"))
        for path in reports:
            with pikepdf.open(path) as pdf:
                logo = pdf.pages[0].Resources.XObject.Logo
                self.assertEqual((logo.Width, logo.Height), (64, 32))
                self.assertEqual(bytes(logo.read_bytes()[:6]),
                                 bytes((255, 255, 255, 20, 90, 120)))
                shown = [b"Do" in page.Contents.read_bytes()
                         for page in pdf.pages]
                self.assertEqual(shown, [True] + [False] * (len(shown) - 1))
        for name in ("index.html", "index.en.html"):
            self.assert_shown_in_page(name)
        with open(self.path("annat.yml"), "w", encoding="utf-8") as file:
            file.write("logo: borta.png\n")
        done = likvard("render", self.out, "-o", self.path("none"), "--theme",
                       self.path("annat.yml"))
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("borta.png: error E-FILE-MISSING", done.stderr)

    def assert_shown_in_page(self, name):
        """The page has the logo in itself, and loads nothing else."""
        with open(os.path.join(self.out, "public", name),
                  encoding="utf-8") as file:
            text = file.read()
        shown = re.findall(r'<img class="logo" alt="" width="64" height="32" '
                           r'src="data:image/png;base64,([^"]+)">', text)
        self.assertEqual(len(shown), 1, name)
        self.assertEqual(text.count("<img"), 1)
        self.assertIn("style-src 'unsafe-inline'; img-src data:\"", text)
        bytes_of = base64.b64decode(shown[0], validate=True)
        self.assertEqual(bytes_of[:8], b"\x89PNG\r\n\x1a\n")
        self.assertEqual(struct.unpack(">II", bytes_of[16:24]), (64, 32))

    def test_without_the_proof(self):
        """A purged run can still be rendered."""
        purged = self.path("purged")
        shutil.copytree(self.out, purged)
        self.good("purge", purged)
        self.good("render", purged, "-q", "--lang", "en", "--set",
                  "reports.formats=[pdf]")
        folders = os.listdir(self.path("purged-render", "public", "reports"))
        self.assertEqual(sorted(folders), ["en", "sv-lattlast"])

    def test_one_school(self):
        made = files_of(self.out)
        school = self.schools()[3]
        found = self.rendered("one", "-s", school["id"], "--set",
                              "reports.district=no", "--set",
                              "reports.formats=[pdf]")
        self.assertEqual(len(found), 3)
        for path, digest in found.items():
            self.assertIn(school["id"], path)
            self.assertEqual(made[path], digest)

    def schools(self):
        with open(os.path.join(self.out, "public", "results.json"),
                  encoding="utf-8") as file:
            return json.load(file)["frame"]["units"][1:]

    def test_preview(self):
        school = self.schools()[2]
        by_code = self.good("render", self.out, "--preview", school["id"],
                            cwd=self.work).stdout.splitlines()
        self.assertEqual(len(by_code), 2)
        for number, name in enumerate(by_code, 1):
            self.assertRegex(name, rf"^{school['id']}-[a-z-]+-{number}\.png$")
            with open(self.path(name), "rb") as file:
                head = file.read(24)
            self.assertEqual(head[:8], b"\x89PNG\r\n\x1a\n")
            # A4 at 96 points to the inch.
            self.assertEqual(int.from_bytes(head[16:20], "big"), 794)
            self.assertEqual(int.from_bytes(head[20:24], "big"), 1123)
        by_name = self.good("render", self.out, "--preview",
                            school["name"].upper(), "-o", self.path("named"),
                            "--lang", "en").stdout.split()
        self.assertEqual(by_name, [self.path("named-1.png"),
                                   self.path("named-2.png")])
        self.assertNotEqual(files_of(self.work)["named-1.png"],
                            files_of(self.work)[by_code[0]])

    def test_unknown_school(self):
        school = self.schools()[4]
        wrong = school["id"][:-1] + ("1" if school["id"][-1] != "1" else "2")
        done = likvard("render", self.out, "--preview", wrong)
        self.assertEqual(done.returncode, 78)
        self.assertIn("E-SCHOOL-UNKNOWN", done.stderr)
        self.assertIn(f"likeliest: {school['id']} ({school['name']})",
                      done.stderr)
        part = likvard("render", self.out, "--preview", school["name"][1:-5])
        self.assertIn(f"{school['id']} ({school['name']})", part.stderr)
        nowhere = likvard("render", self.out, "-s", wrong, "-o",
                          self.path("nowhere"))
        self.assertEqual(nowhere.returncode, 78)
        self.assertFalse(os.path.exists(self.path("nowhere")))

    def test_without_the_program_that_draws(self):
        done = likvard("render", self.out, "--preview",
                       self.schools()[0]["id"], PATH=self.work)
        self.assertEqual(done.returncode, 66)
        self.assertIn("poppler-utils", done.stderr)

    def test_not_a_run(self):
        self.assertEqual(likvard("render").returncode, 64)
        done = likvard("render", self.work)
        self.assertEqual(done.returncode, 66)
        self.assertIn("is no run folder", done.stderr)

    def test_changed_results(self):
        """Results of another audience or run are refused, and damaged ones."""
        copy = self.path("changed")
        shutil.copytree(self.out, copy)
        path = os.path.join(copy, "public", "results.json")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for changed in (text.replace('"profile":"public"',
                                     '"profile":"internal_principal"'),
                        text[:len(text) // 2], "{}"):
            self.assertNotEqual(changed, text)
            with open(path, "w", encoding="utf-8") as file:
                file.write(changed)
            done = likvard("render", copy, "-o", self.path("refused"))
            self.assertEqual(done.returncode, 66)
            self.assertIn("results.json", done.stderr)
            self.assertFalse(os.path.exists(self.path("refused")))


if __name__ == "__main__":
    unittest.main()
