#!/usr/bin/env python3
"""A run that is stopped or killed leaves the old folder or the new one."""
import os
import random
import signal
import subprocess
import time
import unittest

from command import LIKVARD, OPEN, Case, files_of


class Killed(Case):
    def start(self, study, *more):
        return subprocess.Popen(
            [LIKVARD, "run", study, "-q", "--force", "-j", "2", "-o",
             self.path("out"), *OPEN, *more], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def finish(self, study):
        run = self.start(study)
        _, said = run.communicate()
        self.assertEqual(run.returncode, 0, said)

    def left(self):
        return sorted(name for name in os.listdir(self.work)
                      if not name.startswith("district"))

    def stop(self, number, code):
        study = self.district()
        run = self.start(study)
        wait_for_stage(self.work)
        run.send_signal(number)
        _, said = run.communicate()
        self.assertEqual(run.returncode, code, said)
        self.assertIn(b"nothing was published", said)
        self.assertEqual(self.left(), [])

    def test_interrupted(self):
        self.stop(signal.SIGINT, 130)

    def test_terminated(self):
        self.stop(signal.SIGTERM, 143)

    def test_terminated_at_random_moments(self):
        study = self.district()
        begun = time.monotonic()
        self.finish(study)
        took = time.monotonic() - begun
        old = files_of(self.path("out"))
        draw = random.Random(21)
        stopped = 0
        for _ in range(20):
            run = self.start(study, "--seed", "7")
            wait_for_stage(self.work)
            time.sleep(draw.random() * took)
            run.terminate()
            _, said = run.communicate()
            self.assertEqual(self.left(), ["out"])
            if run.returncode in (0, -signal.SIGTERM):
                # All was done: a signal on the way out has no handler any more.
                self.assertNotEqual(files_of(self.path("out")), old)
                self.finish(study)
                continue
            stopped += 1
            self.assertEqual(run.returncode, 143, said)
            self.assertEqual(said, b"likvard: stopped; nothing was published\n")
            self.assertEqual(files_of(self.path("out")), old)
        self.assertGreater(stopped, 10)

    def test_killed_at_random_moments(self):
        small = ["--schools", "6", "--pupils", "600", "--years", "1"]
        one = self.district("district1", *small)
        two = self.district("district2", *small, "--seed", "99")
        self.finish(one)
        old = files_of(self.path("out"))
        begun = time.monotonic()
        self.finish(two)
        took = time.monotonic() - begun
        new = files_of(self.path("out"))
        self.assertNotEqual(old, new)
        draw = random.Random(20)
        for _ in range(50):
            self.finish(one)
            self.assertEqual(self.left(), ["out"])
            run = self.start(two)
            time.sleep(draw.random() * took * 1.1)
            run.kill()
            run.communicate()
            self.assertIn(files_of(self.path("out")), (old, new))
        self.finish(two)
        self.assertEqual(files_of(self.path("out")), new)
        self.assertEqual(self.left(), ["out"])


def wait_for_stage(folder):
    end = time.monotonic() + 20
    while not any(".tmp-" in name for name in os.listdir(folder)):
        if time.monotonic() > end:
            raise AssertionError("no stage was made")
        time.sleep(0.001)


if __name__ == "__main__":
    unittest.main()
