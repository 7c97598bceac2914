#!/usr/bin/env python3
"""Exit codes, suggestions, help, and that a dry run writes nothing."""
import json
import os
import subprocess
import unittest

from command import LIKVARD, OPEN, Case, files_of, likvard


def one_line(text):
    return " ".join(text.split())


class Answers(Case):
    def test_wrong_words(self):
        for words, hint in (
                (["runn"], "did you mean run?"),
                (["run", "--outt", "x"], "did you mean --out?"),
                (["demo", "--pupil", "9"], "did you mean --pupils?"),
                (["run", "a.yml", "b.yml"], '"b.yml" is one argument too many'),
                (["run", "a.yml", "--config", "b.yml"], "one study"),
                (["demo", "a", "b"], "too many"),
                (["measures", "list", "gap"], "list, or explain ID"),
                (["verify"], "which run?"),
                (["purge"], "which run?"),
                (["audit"], "which run?"),
                (["audit", "r", "--min-width", "0"], "from 1 to"),
                (["version"], "did you mean --version?"),
                (["-q", "run"], "behind the command"),
                (["run", "-z"], "unknown option -z"),
                (["run", "--seed", "-1"], "from 0 to"),
                (["run", "--seed=many"], 'not "many"'),
                (["run", "-j"], "missing argument for -j"),
                (["check", "--max-errors", "-1"], "from 0 to"),
                (["check", "--log-format", "xml"], "human, json, journal"),
                (["check", "--problems"], "missing argument"),
                (["run", "--set", "year"], "KEY=VALUE"),
                (["run", "--color", "pink"], "auto, always, never"),
                (["demo", "--schools", "0"], "--schools takes a whole number from 1"),
                (["measures", "explain", "gapp"], "did you mean gap?"),
                (["help", "nonsense"], "no help on")):
            done = likvard(*words)
            self.assertEqual((words, done.returncode), (words, 64))
            self.assertIn(hint, done.stderr)
            self.assertEqual(done.stdout, "")
            self.assertTrue(done.stderr.startswith("likvard: "), done.stderr)
            self.assertEqual(done.stderr.count("\n"), 1)

    def test_missing_study(self):
        for command in ("run", "check"):
            done = likvard(command, self.path("none.yml"))
            self.assertEqual(done.returncode, 66)
            self.assertIn("none.yml", done.stderr)

    def test_wrong_study(self):
        study = self.district()
        done = likvard("run", study, "--set", "yeer=2025")
        self.assertEqual(done.returncode, 78)
        self.assertIn('unknown key "yeer"', done.stderr)
        self.assertIn('did you mean "year"?', done.stderr)
        with open(study, "a", encoding="utf-8") as file:
            file.write("yeer: 2025\n")
        done = likvard("run", study)
        self.assertEqual(done.returncode, 78)
        self.assertEqual(done.stderr.count('did you mean "year"?'), 1)

    def test_refused_data(self):
        study = self.district()
        with open(self.path("district", "betyg.csv"), "ab") as grades:
            grades.write(b'"never closed\n' + b"a row\n" * 20)
        self.assertEqual(likvard("run", study, "-n").returncode, 65)
        self.assertEqual(likvard("check", study).returncode, 1)

    def test_missing_input(self):
        study = self.district()
        os.remove(self.path("district", "betyg.csv"))
        done = likvard("run", study, "-n")
        self.assertEqual(done.returncode, 66)
        self.assertIn("betyg.csv", done.stderr)

    def test_dry_run_writes_nothing(self):
        study = self.district()
        before = files_of(self.work)
        self.good("run", study, "-n", "-o", self.path("out"), *OPEN)
        self.good("check", study)
        self.assertEqual(files_of(self.work), before)
        self.assertEqual(os.listdir(self.work), ["district"])

    def test_existing_output(self):
        study, out = self.district(), self.path("out")
        words = ["run", study, "--no-render", "-q", "-o", out, *OPEN]
        self.assertEqual(self.good(*words).stdout, out + "\n")
        before = files_of(out)
        done = likvard(*words)
        self.assertEqual(done.returncode, 73)
        self.assertIn("--force", done.stderr)
        self.assertEqual(files_of(out), before)
        self.good(*words, "--force")

    def test_foreign_output(self):
        study, out = self.district(), self.path("out")
        os.mkdir(out)
        with open(os.path.join(out, "thesis.txt"), "w") as file:
            file.write("mine")
        for more in ([], ["--force"]):
            done = likvard("run", study, "-o", out, *OPEN, *more)
            self.assertEqual(done.returncode, 73)
        self.assertEqual(os.listdir(out), ["thesis.txt"])

    def test_jobs_joined_to_their_number(self):
        study = self.district()
        apart = self.good("check", study, "-j", "2")
        self.assertEqual(self.good("check", study, "-j2").stdout, apart.stdout)
        self.assertEqual(likvard("check", study, "-jx").returncode, 64)

    def test_full_standard_output(self):
        """However much of it a buffer held when the last was written."""
        for words in (["help", "config"], ["measures", "list"],
                      ["measures", "explain", "gap"], ["--version"]):
            with open("/dev/full", "w", encoding="utf-8") as full:
                code = subprocess.run([LIKVARD, *words], stdout=full,
                                      stderr=subprocess.DEVNULL).returncode
            self.assertEqual(code, 74, words)

    def test_help(self):
        overview = self.good("--help").stdout
        self.assertEqual(self.good().stdout, overview)
        self.assertEqual(self.good("-h").stdout, overview)
        self.assertIn("Topics of", self.good("help").stdout)
        for topic in ("config", "columns", "exit-codes", "privacy", "formats"):
            self.assertGreater(len(self.good("help", topic).stdout), 200)
        for command in ("run", "check", "demo", "verify", "audit", "purge",
                        "measures",
                        "help"):
            page = self.good(command, "--help").stdout
            self.assertEqual(self.good("help", command).stdout, page)
            self.assertIn(f"likvard {command}", page)

    def test_version(self):
        said = self.good("--version").stdout
        self.assertRegex(said, r"^likvard \d+\.\d+\.\d+\n")
        self.assertIn("GPL-3.0-or-later", said)
        self.assertEqual(self.good("run", "--version").stdout, said)

    def test_every_measure_is_explained(self):
        listed = json.loads(self.good("measures", "--format", "json").stdout)
        self.assertGreater(len(listed["data"]), 5)
        for measure in listed["data"]:
            page = self.good("measures", "explain", measure["id"]).stdout
            for part in ("question", "formula", "reading", "not_for", "source",
                         "r"):
                self.assertTrue(measure[part].strip(), part)
                self.assertIn(one_line(measure[part]), one_line(page))
            self.assertIn("Interval is about: ", page)
            pupils = measure["least_pupils"]
            self.assertIn("Minimum sizes: " + (
                "none" if pupils == 0 else
                f"{measure['least_schools']} schools and {pupils} pupil"
                if measure["least_schools"] > 1 else f"{pupils} pupil"), page)


if __name__ == "__main__":
    unittest.main()
