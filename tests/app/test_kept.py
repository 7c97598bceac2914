#!/usr/bin/env python3
"""What can be done with a finished run: verify and purge."""
import os
import subprocess
import unittest

from command import Case, files_of, likvard


class Kept(Case):
    def setUp(self):
        super().setUp()
        self.run_folder = self.path("out")
        self.good("run", self.district(), "-q", "--no-render", "-m", "mean",
                  "-o", self.run_folder)

    def verify(self, code):
        done = likvard("verify", self.run_folder)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def test_whole(self):
        done = self.verify(0)
        self.assertEqual(done.stdout, "")
        listed = len(files_of(self.run_folder)) - 2
        self.assertIn(f"{listed} files as they were made, 0 not", done.stderr)
        self.assertEqual(self.good("verify", self.run_folder, "-q",
                                   "--hashes-only").stderr, "")
        subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"],
                       cwd=self.run_folder, check=True)

    def test_each_change_is_named(self):
        with open(self.path("out", "public", "results.csv"), "a",
                  encoding="utf-8") as file:
            file.write("one more\n")
        os.remove(self.path("out", "README.txt"))
        with open(self.path("out", "public", "notes.txt"), "w",
                  encoding="utf-8") as file:
            file.write("mine")
        os.symlink("/etc", self.path("out", "check", "etc"))
        said = self.verify(1).stdout.splitlines()
        self.assertEqual(sorted(said), [
            "README.txt: missing", "check/etc: not of this run",
            "public/notes.txt: not of this run", "public/results.csv: changed"])

    def test_a_lost_proof_is_a_change(self):
        os.remove(self.path("out", "private", "dims.csv"))
        self.assertEqual(self.verify(1).stdout, "private/dims.csv: missing\n")

    def test_purge(self):
        before = files_of(self.run_folder)
        self.assertTrue(any(path.startswith("private/") for path in before))
        self.good("purge", self.run_folder)
        self.assertEqual(files_of(self.run_folder), {
            path: hash for path, hash in before.items()
            if not path.startswith("private/")})
        self.assertFalse(os.path.exists(self.path("out", "private")))
        self.assertIn("private/ was removed", self.verify(0).stderr)
        self.assertIn("no private/ any more",
                      self.good("purge", self.run_folder).stderr)

    def test_a_link_is_not_followed(self):
        os.mkdir(self.path("mine"))
        with open(self.path("mine", "thesis.txt"), "w",
                  encoding="utf-8") as file:
            file.write("mine")
        self.good("purge", self.run_folder)
        os.symlink(self.path("mine"), self.path("out", "private"))
        likvard("purge", self.run_folder)
        self.assertEqual(os.listdir(self.path("mine")), ["thesis.txt"])

    def test_foreign_folders(self):
        os.mkdir(self.path("mine"))
        os.mkdir(self.path("mine", "private"))
        for command in ("verify", "purge"):
            for name in ("mine", "none", "district"):
                done = likvard(command, self.path(name))
                self.assertEqual(done.returncode, 66)
                self.assertIn("is no run folder", done.stderr)
        self.assertTrue(os.path.isdir(self.path("mine", "private")))


if __name__ == "__main__":
    unittest.main()
