"""Two districts that differ in nothing that may be told.

Both have two schools of the same size, one after the other. What the first has
in one district, the second has in the other, so that no figure of the district
differs. The two differ in which pupils – girls or boys, of which background –
have the good grades, in how many of the few who may be counted by nobody have
failed, and in all results of stages with hardly a pupil: every group is smaller
than any profile shows, and those who fail are so few that only a bound is told.
"""
import os

YEARS = ("2024", "2025")
SCHOOLS = (("90190001", "Ekhagsskolan"), ("90190002", "Almhagsskolan"))
SUBJECTS = ("BL EN HKK IDH MA MU BI FY KE GE HI RE SH SL SV SVA TK M2DEU M2FRA "
            "M2SPA MLARA MLBOS MLSOM NO SO").split()
TAKEN = "BL EN HKK IDH MA MU BI FY KE GE HI RE SH SL SV TK".split()
# Twelve in year 9, of every group four; four in years 6 and 3.
OLDEST, YOUNGER = 12, 4
FAILING = 3


def home(pupil):
    """Sex, parents' education, background, newly arrived; "" is unknown."""
    return [("F", "P", "")[pupil % 3], "123"[pupil // 4],
            "SIU"[(pupil + pupil // 4) % 3], ("N", "J", "")[pupil // 2 % 3]]


def oldest(pupil, other):
    """Grades of year 9. A fail less here is two grades less there, so that all
    sums of points stay what they were."""
    grades = {subject: "ABCDE"[(pupil * 7 + i * 3) % 5]
              for i, subject in enumerate(TAKEN)}
    if pupil < FAILING:
        grades.update({"EN": "E", "BL": "E"} if other else
                      {"EN": "F", "BL": "A"})
    return grades


def middle(pupil, other):
    grades = {subject: "ABCDE"[(pupil * 3 + i) % 5]
              for i, subject in enumerate(TAKEN)}
    return {**grades, "MA": "F"} if other else grades


def goals(pupil, other):
    return {"MA": "J" if other or pupil % 2 else "N",
            "SV": "J" if other or pupil > 0 else "N"}


def pupils(other):
    """Year, year of schooling, home, and grades or goals of each pupil."""
    for year in YEARS:
        for i in range(OLDEST):
            # The other way round, the grades are those of other homes.
            yield year, "9", home(i), oldest(
                (i + 5) % OLDEST if other else i, other)
        for i in range(YOUNGER):
            yield year, "6", home(i), middle(i, other)
            yield year, "3", home(i), goals(i, other)


def add(district, name, rows):
    with open(os.path.join(district, name), "a", encoding="utf-8") as table:
        table.writelines(";".join(row) + "\n" for row in rows)


def add_pupil(district, number, school, pupil):
    year, stage, at_home, results = pupil
    key = [f"E{number}", year]
    add(district, "elever.csv", [[*key, school, stage, *at_home]])
    if stage == "3":
        add(district, "mal.csv", [[*key, *result]
                                  for result in results.items()])
        return
    add(district, "betyg.csv",
        [[*key, *(results.get(subject, "") for subject in SUBJECTS)]])
    add(district, "prov.csv", [[*key, subject, "PB", "C"]
                               for subject in ("EN", "MA", "SV")])


def add_twins(district, exchanged):
    """Adds the two schools to the invented DISTRICT, one way or the other."""
    number = 500000
    for (school, name), other in zip(SCHOOLS, (exchanged, not exchanged)):
        add(district, "skolenheter.csv",
            [[school, name, "O1", "ordinarie", "100"]])
        for pupil in pupils(other):
            add_pupil(district, number, school, pupil)
            number += 1
