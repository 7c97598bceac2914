#!/usr/bin/env python3
"""docs/data-format.md tells of every column that the program knows, and of
the limits and defaults that it has.
"""
import os
import re
import unittest

from command import SOURCE, Case


def text_of(*parts):
    with open(os.path.join(SOURCE, *parts), encoding="utf-8") as file:
        return file.read()


def fields_of():
    """(table, field) of reports/columns.yml, by its two outer indents."""
    table = None
    for line in text_of("reports", "columns.yml").splitlines():
        outer = re.match(r"([a-z_]+):\s*$", line)
        inner = re.match(r"  ([a-z_]+):", line)
        if outer:
            table = outer.group(1)
        elif inner:
            yield table, inner.group(1)


class DataFormat(Case):
    def test_every_column(self):
        page = text_of("docs", "data-format.md")
        fields = list(fields_of())
        self.assertGreater(len(fields), 30)
        for table, field in fields:
            self.assertIn(f"`{table}`", page)
            self.assertTrue(f"`{field}`" in page, (table, field))

    def test_known_headers(self):
        """Headers that the page names as known are in the list."""
        page = text_of("docs", "data-format.md")
        known = re.sub(r"\s+", " ", text_of("reports", "columns.yml"))
        named = re.findall(r"^\| `[a-z_]+` \| [^|]+ \| ([^|]+) \|$", page, re.M)
        self.assertGreater(len(named), 15)
        for row in named:
            for header in row.replace("…", "").split(","):
                self.assertIn(header.strip(), known)

    def test_limits(self):
        page = text_of("docs", "data-format.md")
        header = text_of("src", "ingest", "record.h")
        for name, text, said in (
                ("LKV_FIELD_BYTES", "64 * 1024", "64 KiB a field"),
                ("LKV_RECORD_BYTES", "1024 * 1024", "1 MiB"),
                ("LKV_FIELD_LINES", "10", "10 lines a row"),
                ("LKV_COLUMNS", "4096", "4,096 columns"),
                ("LKV_ID_BYTES", "256", "256\n  bytes an id")):
            self.assertIn(f"{name} = {text}", header)
            self.assertIn(said, page)


if __name__ == "__main__":
    unittest.main()
