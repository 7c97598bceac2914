"""The built command, run as people do, for the tests beside this file."""
import hashlib
import os
import subprocess
import tempfile
import unittest

LIKVARD = os.environ["LIKVARD"]
SOURCE = os.environ["LIKVARD_SOURCE"]
# Every figure in full: a run of it can be held against what is known.
OPEN = ["--set", "privacy={profiles: [open], accept: open_data}"]


def likvard(*words, cwd=None, **environment):
    """What came of it: returncode, stdout, stderr."""
    return subprocess.run([LIKVARD, *words], cwd=cwd, text=True,
                          capture_output=True, stdin=subprocess.DEVNULL,
                          env={**os.environ, **environment})


def files_of(folder):
    """Path within FOLDER and hash of each file."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = hashlib.sha256(
                    file.read()).hexdigest()
    return found


class Case(unittest.TestCase):
    """Has a folder of its own, gone afterwards."""

    def setUp(self):
        work = tempfile.TemporaryDirectory()
        self.addCleanup(work.cleanup)
        self.work = work.name

    def path(self, *parts):
        return os.path.join(self.work, *parts)

    def good(self, *words, **more):
        done = likvard(*words, **more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def district(self, name="district", *more):
        """A small invented district; the path of its study."""
        self.good("demo", self.path(name), "--data-only", "--schools", "14",
                  "--pupils", "3000", "--years", "2", *more)
        return self.path(name, "likvard.yml")


class OneRun(Case):
    """All tests of the class look at what make() made, in one folder."""

    def setUp(self):
        """Nothing: it is there already."""

    @classmethod
    def setUpClass(cls):
        work = tempfile.TemporaryDirectory()
        cls.addClassCleanup(work.cleanup)
        cls.work = work.name
        cls.make(cls())

    @classmethod
    def make(cls, case):
        """Makes it, by the means of CASE."""
        raise NotImplementedError
