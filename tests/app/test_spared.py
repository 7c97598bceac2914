#!/usr/bin/env python3
"""Nothing that was there before is lost: not to --force, nor to a file that is
named for messages.
"""
import os
import shutil
import threading
import unittest

from command import OPEN, Case, files_of, likvard


class Spared(Case):
    def setUp(self):
        super().setUp()
        self.study = self.district()

    def refused(self, *words, code="E-OUTPUT-INPUT"):
        before = files_of(self.work)
        done = likvard(*words)
        self.assertEqual(done.returncode, 73, done.stderr)
        self.assertIn(code, done.stderr)
        self.assertEqual(files_of(self.work), before)
        return done.stderr

    def run_to(self, out, *more):
        self.good("run", self.study, "-q", "--no-render", "-o", out, *OPEN,
                  *more)

    def test_folder_of_the_study(self):
        """A sample district has the mark of what may be replaced."""
        district = self.path("district")
        said = self.refused("run", self.study, "--force", "-o", district)
        self.assertIn("likvard.yml", said)

    def test_table_in_an_earlier_run(self):
        out = self.path("out")
        self.run_to(out)
        moved = os.path.join(out, "elever.csv")
        shutil.move(self.path("district", "elever.csv"), moved)
        words = ["run", self.study, "--force", "-o", out, *OPEN,
                 "--set", "inputs.pupils.path=" + moved]
        self.refused(*words)
        os.symlink(out, self.path("link"))
        words[-1] = "inputs.pupils.path=" + self.path("link", "elever.csv")
        self.refused(*words)
        self.run_to(self.path("other"), "--set", words[-1])

    def test_run_of_the_ledger(self):
        out = self.path("out")
        self.good("run", self.study, "-q", "--no-render", "-o", out)
        said = self.refused("run", self.study, "--force", "--no-render", "-o",
                            out, "--set", f"ledger=[{out}]")
        self.assertIn("out", said)

    def test_run_that_is_rendered_again(self):
        out = self.path("out")
        self.run_to(out)
        self.refused("render", out, "--force", "-o", out)
        self.refused("render", out, "--force", "-o",
                     os.path.join(self.path("district"), "..", "out"))

    def test_files_for_messages(self):
        table = self.path("district", "elever.csv")
        others = "was not written by likvard"
        self.refused("check", self.study, "--problems", table, code=others)
        self.refused("check", self.study, "--log", table, code=others)
        self.refused("check", self.study, "--log", self.study, code=others)
        self.refused("run", self.study, "--log", self.study, code=others)
        out = self.path("out")
        self.good("run", self.study, "-q", "--no-render", "-o", out)
        self.refused("audit", out, "--findings", table, code=others)

    def test_files_for_messages_again(self):
        """What likvard wrote before, faults told or none, gives way."""
        problems, log = self.path("problems.csv"), self.path("log.jsonl")
        words = ["check", self.study, "-q", "--problems", problems,
                 "--log", log]
        for more in ([], ["--set", "inputs.pupils.path=none.csv"]):
            for _ in range(2):
                likvard(*words, *more)
                with open(problems, encoding="utf-8") as file:
                    rows = file.read().splitlines()
                with open(log, encoding="utf-8") as file:
                    self.assertEqual(len(file.readlines()), len(rows) - 1)
                self.assertEqual(len(rows) > 1, bool(more))

    def test_pipe_for_messages(self):
        """Is written to, not replaced."""
        pipe = self.path("pipe")
        os.mkfifo(pipe)
        read = []

        def reads():
            with open(pipe, encoding="utf-8") as file:
                read.append(file.read())

        reader = threading.Thread(target=reads)
        reader.start()
        self.good("check", self.study, "-q", "--problems", pipe)
        reader.join()
        self.assertTrue(read[0].startswith("severity,code,file"))
        self.assertFalse(os.path.isfile(pipe))


if __name__ == "__main__":
    unittest.main()
