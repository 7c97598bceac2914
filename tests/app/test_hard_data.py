#!/usr/bin/env python3
"""Data that models cannot use: every figure that cannot be had says why, in
results.csv and in the district's report; never a number that is none, never a
failed run.
"""
import csv
import os
import random
import subprocess
import unittest

from command import Case

STUDY = """\
district: {name: Small, id: small, country: SE}
year: 2025
inputs:
  pupils:
    path: pupils.csv
    columns: {pupil_id: id, school_id: school, year: year, class: class,
              kind: kind}
outcomes:
  points: {column: points, kind: points, scale: [0, 340]}
  reached: {of: points, kind: share, at_least: 150}
background: {x: {column: x}, z: {column: z}}
groups: [{by: kind, id: kind, reference: a}]
measures: [default, inequality, groups_crossed, way_to_goals, subject_profile,
           subject_profiles, progress, reliability]
privacy: {profiles: [open], accept: open_data}
reports: {languages: [en]}
seed: 1
replicates: 99
"""
ASKED = ["id", "school", "year", "class", "kind", "points", "x", "z"]


def pupils(schools=12, size=12, years=(2023, 2024, 2025)):
    draw = random.Random(1)
    for year in years:
        for school in range(schools):
            level = draw.gauss(200, 15)
            for number in range(size):
                x, z = round(draw.gauss(0, 1), 2), round(draw.gauss(0, 1), 2)
                points = round(level + 15 * x + draw.gauss(0, 40))
                yield {"id": f"{year}-{school}-{number}",
                       "school": f"s{school:02}", "year": year,
                       "class": f"c{number % 2}", "kind": draw.choice("ab"),
                       "points": min(340, max(0, points)), "x": x, "z": z}


class HardData(Case):
    def run_of(self, rows):
        """The rows of results.csv, and the text of the district's report."""
        study, out = self.path("likvard.yml"), self.path("out")
        with open(study, "w", encoding="utf-8") as file:
            file.write(STUDY)
        with open(self.path("pupils.csv"), "w", encoding="utf-8",
                  newline="") as file:
            table = csv.DictWriter(file, ASKED)
            table.writeheader()
            table.writerows(rows)
        self.good("run", study, "-q", "--force", "-o", out)
        with open(os.path.join(out, "open", "results.csv"),
                  encoding="utf-8-sig") as file:
            text = file.read()
        self.assertNotRegex(text, r"(?i)[,;]-?(nan|inf)[,;\n]")
        results = list(csv.DictReader(text.splitlines()))
        for row in results:
            if row["status"] == "ok":
                self.assertTrue(row["estimate"], row)
            else:
                self.assertTrue(row["note"], row)
        page = os.path.join(out, "open", "reports", "en", "district.pdf")
        told = subprocess.run(["pdftotext", "-layout", page, "-"], text=True,
                              capture_output=True, check=True).stdout
        return results, " ".join(told.split())

    def holds(self, rows, why, *sentences):
        """WHY: reasons by measure/component of points in the district; where
        it is told of groups as well, of all.
        """
        results, told = self.run_of(rows)
        of = {f"{row['measure']}/{row['component']}": row
              for row in reversed(results)
              if row["level"] == "district" and row["year"] == "2025" and
              row["outcome"] in ("points", "") and row["variant"] == "all"}
        for figure, reason in why.items():
            self.assertIn(figure, of)
            self.assertEqual((figure, of[figure]["status"], of[figure]["note"]),
                             (figure, "not_estimable", reason))
        for sentence in sentences:
            self.assertIn(sentence, told)
        return results

    def test_plain(self):
        results, told = self.run_of(pupils())
        self.assertIn("How much family background matters", told)
        self.assertNotIn("cannot be calculated. ", told.replace(
            "A dash (–): it cannot be calculated. ", ""))
        self.assertIn("ok", {row["status"] for row in results
                             if row["component"] == "slope_within"})

    def test_one_school(self):
        self.holds(pupils(schools=1), {
            "spread_between_schools/sigma_b": "one_school",
            "spread_between_schools/icc": "one_school",
            "funnel/phi": "one_school",
        }, "How much schools differ cannot be calculated. It takes at least "
           "two schools.")

    def test_one_pupil_per_school(self):
        self.holds(pupils(schools=40, size=1), {
            "spread_between_schools/icc": "one_pupil_per_school",
            "spread_between_schools/reml_icc": "one_pupil_per_school",
            "segregation/variance_ratio_corrected": "one_pupil_per_school",
            "gap/same_school": "no_school_with_both",
            "classes_in_schools/class_share": "one_class",
        }, "It takes schools with more than one pupil.")

    def test_no_variance(self):
        self.holds([{**row, "points": 200} for row in pupils()], {
            "spread_between_schools/icc": "no_variance",
            "gradient/r2": "no_variance",
            "gap_scales/d": "no_variance",
        }, "How much schools differ cannot be calculated. All pupils of the "
           "same school or the same group have the same result.")

    def test_no_variance_within(self):
        """Schools apart, pupils of each alike: what is within is no number."""
        self.holds([{**row, "points": 100 + 5 * int(row["school"][1:])}
                    for row in pupils()],
                   {"spread_between_schools/reml_icc": "no_variance",
                    "gradient/r2_within": "no_variance"},
                   "How much schools differ cannot be calculated. All pupils "
                   "of the same school or the same group have the same "
                   "result.")

    def test_separation(self):
        """Half of the schools all yes, the others all no."""
        results = self.holds(
            [{**row, "points": 300 if row["school"] < "s06" else 50}
             for row in pupils()],
            {"spread_between_schools/reml_icc": "no_variance"},
            "How much schools differ cannot be calculated. All pupils of the "
            "same school or the same group have the same result.")
        odds = {row["note"] for row in results
                if row["measure"] == "odds_between_schools"}
        self.assertEqual(odds, {"separated"})

    def test_nearly_separated(self):
        """One pupil of the schools is otherwise: schools can be told apart,
        but odds have no bound.
        """
        results = self.holds(
            [{**row, "points": 300 if (row["school"] < "s06") ^
              (row["id"].endswith("-3-4")) else 50} for row in pupils()], {},
            "For one result or more the median odds ratio cannot be "
            "calculated. At each school all pupils reach it, or none does, but "
            "for very few.")
        odds = {row["note"] for row in results
                if row["measure"] == "odds_between_schools"}
        self.assertEqual(odds, {"separated"})

    def test_boundary(self):
        """No variance between schools is an ordinary result, with how far it
        could go, said in words.
        """
        draw = random.Random(2)
        results = self.holds(
            [{**row, "points": draw.randint(100, 300)} for row in pupils()], {},
            "When the part between schools is nothing, schools differ no more "
            "than their pupils alone would make them; the upper end of the "
            "interval tells how much they may differ all the same.",
            "With fewer than 15 schools the interval of the part takes schools "
            "to be normally distributed.")
        icc = next(row for row in results if row["component"] == "reml_icc" and
                   row["year"] == "2025" and row["outcome"] == "points")
        self.assertEqual((icc["status"], icc["estimate"], icc["note"]),
                         ("ok", "0", "boundary"))
        self.assertGreater(float(icc["ci_high"]), 0)
        self.assertEqual({row["note"] for row in results
                          if row["component"] == "reliable_size" and
                          row["outcome"] == "points" and row["year"] == "2025"},
                         {"schools_alike"})

    def test_collinear(self):
        """What follows from the others is told as such; the others stay."""
        results = self.holds([{**row, "z": 2 * row["x"]} for row in pupils()],
                             {"spread_between_schools/given_z": "collinear"},
                             "Something in the background follows from the "
                             "rest of it, and counts once.")
        self.assertEqual({row["status"] for row in results
                          if row["component"] == "given_x"}, {"ok"})

    def test_covariate_missing_at_a_school(self):
        """Its pupils are in no model; all others' are."""
        results, told = self.run_of(
            {**row, "x": "" if row["school"] == "s00" else row["x"]}
            for row in pupils())
        given = [row for row in results if row["component"] == "given_x"]
        self.assertEqual({(row["status"], row["n"], row["note"])
                          for row in given}, {("ok", "", "complete_cases")})
        self.assertIn("Pupils whose background is not known in every part are "
                      "left out here; of a school where it is known of nobody, "
                      "all are.", told)

    def test_covariate_missing(self):
        self.holds([{**row, "x": ""} for row in pupils()], {
            "gradient/r2": "no_background",
            "spread_between_schools/given_tau2": "no_background",
            "slope_between_schools/slope_sd": "no_background",
            "concentration/index": "no_background",
            "background_curve/tenth_1": "no_background",
            "resilience/top_quarter": "no_background",
        }, "How much goes with family background cannot be calculated. The "
           "background is not known of any pupil who has the result.")

    def test_group_in_one_school(self):
        self.holds([{**row, "kind": "b" if row["school"] == "s00" else "a"}
                    for row in pupils()],
                   {"gap/same_school": "no_school_with_both",
                    "gap/remainder": "no_school_with_both"},
                   "B – a: the difference in the same school cannot be "
                   "calculated. No school has pupils of both groups.")

    def test_all_missing(self):
        """An outcome of the study that nobody has, this year or ever."""
        why = {"mean/": "no_pupils", "percentiles/p50": "no_pupils",
               "spread_between_schools/icc": "no_pupils",
               "gradient/r2": "no_pupils"}
        sentence = ("How much schools differ cannot be calculated. No pupil "
                    "has the result.")
        self.holds([{**row, "points": ""} for row in pupils()], why, sentence)
        self.holds([{**row, "points": "" if row["year"] == 2025
                     else row["points"]} for row in pupils()], why, sentence)


if __name__ == "__main__":
    unittest.main()
