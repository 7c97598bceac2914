#!/usr/bin/env python3
"""The web page in a browser without a window, as wide as a telephone and as a
desk: nothing is cut off, lies on something else, or is too small to read.

Needs chromium; without it the test is skipped.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import unittest

from command import OneRun
from test_render import themed_district

CHROMIUM = shutil.which("chromium")
SKIPPED = 77
WIDTHS = {"phone": 390, "desk": 1280}
# Pixels of 8.5 points, the smallest type of the PDFs, and of rounding.
LEAST, ROUNDING = 8.5 * 96 / 72, 1
# Shows the page in a frame of a given width and writes what it finds into its
# own title.
PROBE = """<!DOCTYPE html><meta charset="utf-8"><title>-</title>
<iframe id="frame" style="border:0;width:%dpx;height:900px"></iframe>
<script>
const frame = document.getElementById("frame");
const apart = (a, b) => Math.min(Math.min(a.right, b.right) -
    Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) -
    Math.max(a.top, b.top));
function drawing(svg) {
    const words = [...svg.querySelectorAll("text")].map(text => ({
        said: text.textContent, box: text.getBoundingClientRect(),
        size: parseFloat(text.ownerDocument.defaultView
            .getComputedStyle(text).fontSize) *
            svg.getBoundingClientRect().width / svg.viewBox.baseVal.width}));
    const over = words.flatMap((one, i) => words.slice(i + 1)
        .filter(two => apart(one.box, two.box) > 3)
        .map(two => [one.said, two.said]));
    return {kind: svg.getAttribute("class"), over,
            right: svg.getBoundingClientRect().right,
            least: Math.min(...words.map(word => word.size))};
}
frame.onload = () => {
    const page = frame.contentDocument;
    const shown = [...page.querySelectorAll("svg")].filter(
        svg => svg.getBoundingClientRect().width > 0);
    const first = page.querySelector("a,button,[tabindex]");
    const logo = page.querySelector("img");
    document.title = JSON.stringify({
        room: page.documentElement.clientWidth,
        wide: page.documentElement.scrollWidth,
        figures: page.querySelectorAll("figure").length,
        drawings: shown.map(drawing), first: first.getAttribute("href"),
        logo: logo.complete && logo.naturalWidth,
        outside: [...page.querySelectorAll("h1,h2,h3,p,li,figure")].filter(
            part => part.getBoundingClientRect().right >
                page.documentElement.clientWidth && !part.closest(".skip"))
            .map(part => part.textContent.slice(0, 40))});
};
frame.src = "%s";
</script>
"""


class Browser(OneRun):
    """Every test looks at the pages of one run."""

    @classmethod
    def make(cls, case):
        cls.out = case.path("out")
        study, theme = themed_district(case)
        case.good("run", study, "-q", "-o", cls.out, "--set",
                  "reports={languages: [sv, en], formats: [html]}", "--set",
                  "reports.theme=" + theme)

    def seen(self, name, width):
        probe = self.path("probe.html")
        address = "file://" + os.path.join(self.out, "public", name)
        with open(probe, "w", encoding="utf-8") as file:
            file.write(PROBE % (width, address))
        done = subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu",
             "--hide-scrollbars", "--allow-file-access-from-files",
             f"--user-data-dir={self.path('profile')}",
             "--virtual-time-budget=10000", "--dump-dom", "file://" + probe],
            capture_output=True, text=True, check=True, timeout=300)
        title = re.search(r"<title>(.*?)</title>", done.stdout, re.S).group(1)
        for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
            title = title.replace(written, meant)
        return json.loads(title)

    def test_telephone_and_desk(self):
        for name in ("index.html", "index.en.html"):
            for kind, width in WIDTHS.items():
                with self.subTest(page=name, kind=kind):
                    self.hold(self.seen(name, width), kind, width)

    def hold(self, seen, kind, width):
        self.assertEqual(seen["room"], width)
        self.assertLessEqual(seen["wide"], width)
        self.assertEqual(seen["outside"], [])
        self.assertEqual(seen["first"], "#main")
        self.assertEqual(seen["logo"], 64)
        self.assertGreater(seen["figures"], 3)
        self.assertEqual(len(seen["drawings"]), seen["figures"])
        for drawing in seen["drawings"]:
            self.assertIn(drawing["kind"], ("all", kind))
            self.assertEqual(drawing["over"], [])
            self.assertLessEqual(drawing["right"], width)
            self.assertGreaterEqual(drawing["least"], LEAST - ROUNDING)


if __name__ == "__main__":
    if not CHROMIUM:
        print("chromium is not installed: the page was not looked at")
        sys.exit(SKIPPED)
    unittest.main()
