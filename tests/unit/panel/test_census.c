/* From tables to the panel: outcomes by the rules, populations, groups,
 * variants, overlaps, the waterfall. Golden cases of merit value and
 * eligibility by skollagen (2010:800) 16 kap. and gymnasieförordningen
 * (2010:2039) 7 kap., computed by hand.
 */
#include "world.h"

/* A pupil's grades and what they amount to; merit values times ten, 'y', 'n'
 * or '?' for eligible (YR), ES, all subjects; subjects lacking.
 */
typedef struct lkv_golden {
    const char *grades;
    int merit_16, merit_17;
    const char *answers;
    int lacking; /* -1 = unknown */
} lkv_golden;

static const lkv_golden golden[] = {
    {"16:A M2SPA:A", 3200, 3400, "yyy", 0},
    {"16:E", 1600, 1600, "yyy", 0},
    {"16:E M2SPA:E", 1600, 1700, "yyy", 0},
    {"16:E MLARA:A", 1700, 1700, "yyy", 0},
    {"16:E MLARA:A M2SPA:E", 1700, 1800, "yyy", 0},
    {"16:E M2SPA:F", 1600, 1600, "yyn", 1},
    {"16:E M2SPA:-", 1600, 1600, "yyn", 1},
    {"SV:E EN:E MA:E BL:E HKK:E IDH:E MU:E BI:E 16:F", 800, 800, "ynn", 8},
    {"EN:F 15:C", 2250, 2250, "nnn", 1},
    {"BL:E 15:-", 100, 100, "nnn", 15},
    {"16:F", 0, 0, "nnn", 16},
    {"BL:E 15:D", 1975, 1975, "yyy", 0},
    {"16:C MLARA:A M2SPA:F", 2450, 2450, "yyn", 1},
    {"16:E M2SPA:A M2DEU:C", 1750, 1850, "yyy", 0},
    {"10:D M2SPA:B", 1425, 1425, "nn?", -1},
    {"16:D M1SPA:A", 2075, 2075, "yyy", 0},
    {"BL:F 15:B M2SPA:D", 2750, 2750, "yyn", 1},
    {"9:C SV:E SVA:E", 1450, 1450, "yn?", -1},
    /* eligibility and all subjects */
    {"SV:E SVA:E EN:E MA:E BL:E HKK:E IDH:E MU:E 16:F", 700, 700, "nnn", 9},
    {"SV:E EN:E MA:E MLARA:E M2SPA:E BL:E HKK:E IDH:E 16:F", 800, 800, "ynn",
     10},
    {"", 0, 0, "nnn", 16},
    {"16:3", 0, 0, "nn?", -1},
    {"SV:F SVA:E 15:C", 2350, 2350, "yyy", 0},
    {"SV:- 15:C", 2250, 2250, "nnn", 1},
    {"15:C", 2250, 2250, "yy?", -1}, /* TK is blank */
    {"BL:F 14:C", 2100, 2100, "yyn", -1},
    {"BL:3 TK:3 14:C", 2100, 2100, "yyy", 0},
    {"NO:A SO:A BL:C EN:C HKK:C IDH:C MA:C MU:C SL:C SV:C TK:C", 1350, 1350,
     "yn?", -1}, /* block grades do not fill places in the last year */
    {"TN:F 16:C", 2400, 2400, "yyn", 1},
};

static const char *answer_at(const lkv_world *at, const char *axis, size_t row)
{
    const char *leaf = leaf_at(at, axis, row);
    return strcmp(leaf, "missing") == 0 ? "?"
           : strcmp(leaf, "yes") == 0   ? "y"
                                        : "n";
}

static void write_golden(void **state, const char *more)
{
    GString *people = g_string_new("Elev-ID;Skolkod\n");
    GString *grades = g_string_new("Elev-ID;Ämne;Betyg\n");
    for (int i = 0; i < (int)G_N_ELEMENTS(golden); i++) {
        char id[8];
        g_snprintf(id, sizeof id, "p%02d", i);
        g_string_append_printf(people, "%s;1\n", id);
        grades_append(grades, id, golden[i].grades);
    }
    g_string_append(people, more);
    world_file(state, "elever.csv", people->str);
    world_file(state, "betyg.csv", grades->str);
    g_string_free(people, TRUE);
    g_string_free(grades, TRUE);
}

static void test_golden(void **state)
{
    write_golden(state, "");
    g_autoptr(lkv_world) at = world_new(state, GRADED);
    world_panel(at);
    assert_told(at->diag, "");
    for (size_t i = 0; i < G_N_ELEMENTS(golden); i++) {
        const lkv_golden *wanted = &golden[i];
        char answers[4];
        g_snprintf(
            answers, sizeof answers, "%s%s%s", answer_at(at, "eligible", i),
            answer_at(at, "eligible_es", i), answer_at(at, "all_subjects", i));
        const char *one = answer_at(at, "lacking_one", i);
        const char *two = answer_at(at, "lacking_two", i);
        bool lacking = wanted->lacking < 0
                           ? *one == '?' && *two == '?'
                           : (*one == 'y') == (wanted->lacking == 1) &&
                                 (*two == 'y') == (wanted->lacking >= 2);
        if (value_at(at, "merit_16", i) != wanted->merit_16 ||
            value_at(at, "merit_17", i) != wanted->merit_17 ||
            strcmp(answers, wanted->answers) != 0 || !lacking) {
            fail_msg("\"%s\": %d %d %s, lacking one %s, two %s", wanted->grades,
                     (int)value_at(at, "merit_16", i),
                     (int)value_at(at, "merit_17", i), answers, one, two);
        }
        /* the official mean is of those with a passing grade */
        bool passed = wanted->merit_17 > 0;
        assert_string_equal(leaf_at(at, "merit_17_official", i),
                            passed ? "counted" : "left_out");
        assert_true((value_at(at, "merit_17_official", i) != LKV_NONE) ==
                    passed);
        assert_string_equal(leaf_at(at, "merit_17", i), "counted");
    }
}

static void test_no_grades_excluded(void **state)
{
    write_golden(state, "");
    g_autoptr(lkv_world) at =
        world_new(state, GRADED "population: {no_grades: exclude, merit_mean: "
                                "{headline: all}}\n");
    world_panel(at);
    for (size_t i = 0; i < G_N_ELEMENTS(golden); i++) {
        bool none = golden[i].grades[0] == '\0';
        assert_string_equal(leaf_at(at, "merit_17", i),
                            none ? "missing" : "counted");
        assert_int_equal(*answer_at(at, "eligible", i) == '?', none);
    }
    assert_int_equal(lkv_panel_variable(at->panel, "merit_17_official"),
                     LKV_NO_VALUE);
}

static void test_grades_by_subject(void **state)
{
    world_file(state, "elever.csv", "Elev-ID;Skolkod\na;1\nb;1\nc;1\n");
    world_file(state, "betyg.csv",
               "Elev-ID;Ämne;Betyg\na;MA;A\nb;MA;-\na;M2SPA;D\na;M2DEU;B\n"
               "b;M2SPA;3\na;EN;F\n");
    g_autoptr(lkv_world) at = world_new(state, GRADED);
    world_panel(at);
    assert_string_equal(leaf_at(at, "grade:MA", 0), "A");
    assert_string_equal(leaf_at(at, "grade:MA", 1), "-");
    assert_string_equal(leaf_at(at, "grade:MA", 2), "missing");
    assert_string_equal(leaf_at(at, "grade:M2", 0), "B"); /* the better one */
    assert_string_equal(leaf_at(at, "grade:M2", 1), "not_studied");
    const lkv_cube *cube = at->panel->frame->cube;
    lkv_axis axis = lkv_cube_axis_find(cube, "grade:EN");
    static const struct {
        const char *group, *leaves;
    } groups[] = {
        {"graded", "ABCDEF-"}, {"passed", "ABCDE"}, {"known", "ABCDEF-n"}};
    for (size_t g = 0; g < G_N_ELEMENTS(groups); g++) {
        GString *held = g_string_new(NULL);
        const lkv_term term = {
            axis, lkv_cube_value_find(cube, axis, groups[g].group)};
        for (uint16_t leaf = 0; leaf < lkv_cube_leaves(cube, axis); leaf++) {
            if (lkv_cube_holds(cube, term, leaf)) {
                g_string_append_c(
                    held, *lkv_cube_value_id(cube, (lkv_term){axis, leaf}));
            }
        }
        assert_string_equal(held->str, groups[g].leaves);
        g_string_free(held, TRUE);
    }
    /* nobody has a mark in music, so it is no subject of this district */
    assert_int_equal(lkv_cube_axis_find(cube, "grade:MU"), LKV_NO_AXIS);
}

/* Stage by school year: year 9 until 2027/28, year 10 from then on. */
static void test_populations(void **state)
{
    world_file(state, "elever.csv",
               "Elev-ID;Skolkod;År;Åk\na;1;2028;9\nb;1;2029;10\nc;1;2029;9\n"
               "a;1;2025;6\nd;1;2028;3\ne;1;2029;4\nf;1;2029;3\n");
    world_file(
        state, "betyg.csv",
        "Elev-ID;År;Ämne;Betyg\na;2028;MA;A\nb;2029;MA;B\na;2025;MA;C\n");
    g_autoptr(lkv_world) at = world_new(
        state, "district: {name: T, country: SE}\nyear: 2029\npupils: "
               "elever.csv\ngrades: betyg.csv\nrules: se-2011\n");
    world_panel(at);
    const lkv_frame *frame = at->panel->frame;
    GString *found = g_string_new(NULL);
    for (guint i = 0; i < frame->populations->len; i++) {
        const lkv_population *population = lkv_frame_population(frame, i);
        size_t pupils = 0;
        for (size_t row = 0; row < at->panel->rows; row++) {
            pupils += at->panel->population[row] == i;
        }
        g_string_append_printf(found, "%s %d:%zu ", population->id,
                               population->stage_year, pupils);
        assert_string_equal(lkv_cube_population_id(frame->cube, (uint16_t)i),
                            population->id);
    }
    assert_string_equal(found->str,
                        "early-2028 3:1 early-2029 4:1 middle-2025 6:1 "
                        "final-2028 9:1 final-2029 10:1 ");
    g_string_free(found, TRUE);
}

/* Block grades fill their places in year 6. */
static void test_blocks(void **state)
{
    static const char nine[] = "BL:C EN:C HKK:C IDH:C MA:C MU:C SL:C SV:C TK:C";
    world_file(state, "elever.csv",
               "Elev-ID;Skolkod;Åk\na;1;6\nb;1;6\nc;1;6\nd;1;9\n");
    GString *grades = g_string_new("Elev-ID;Ämne;Betyg\n");
    grades_append(grades, "a", nine);
    grades_append(grades, "a", "NO:C SO:C");
    grades_append(grades, "b", nine);
    grades_append(grades, "b", "NO:F SO:C");
    grades_append(grades, "c", nine);
    grades_append(grades, "d", nine);
    grades_append(grades, "d", "NO:C SO:C");
    world_file(state, "betyg.csv", grades->str);
    g_string_free(grades, TRUE);
    g_autoptr(lkv_world) at = world_new(state, GRADED);
    world_panel(at);
    assert_string_equal(answer_at(at, "all_subjects", 0), "y");
    assert_string_equal(answer_at(at, "all_subjects", 1), "n");
    assert_string_equal(answer_at(at, "all_subjects", 2), "?");
    assert_string_equal(answer_at(at, "all_subjects", 3), "?");
    const lkv_frame *frame = at->panel->frame;
    static const struct {
        const char *id;
        int64_t least; /* ten points, five per cent */
    } changes[] = {{"merit_17", 100000}, {"eligible", 500}};
    for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
        uint16_t of = lkv_frame_outcome_find(frame, changes[i].id, NULL);
        assert_int_equal(lkv_frame_outcome(frame, of)->least_change,
                         changes[i].least);
    }
    /* merit and eligibility are of the last year alone */
    assert_string_equal(leaf_at(at, "merit_17", 0), "missing");
    assert_string_equal(leaf_at(at, "eligible", 0), "missing");
}

/* What the frame takes to follow from what, of every pupil; how many. */
static size_t hold_implications(const lkv_world *at)
{
    const lkv_panel *panel = at->panel;
    const GArray *implied = panel->frame->implications;
    for (guint i = 0; i < implied->len; i += 2) {
        lkv_term a = g_array_index(implied, lkv_term, i);
        lkv_term b = g_array_index(implied, lkv_term, i + 1);
        for (size_t row = 0; row < panel->rows; row++) {
            uint16_t leaf = panel->leaf[b.axis][row];
            assert_true(panel->leaf[a.axis][row] != a.value ||
                        lkv_cube_holds(panel->frame->cube, b, leaf));
        }
    }
    return implied->len / 2;
}

static void test_goals(void **state)
{
    static const char *const wanted[] = {"y", "n", "?", "n", "?"};
    world_file(state, "elever.csv",
               "Elev-ID;Skolkod;Åk\na;1;3\nb;1;3\nc;1;3\nd;1;3\ne;1;3\n");
    world_file(state, "mal.csv",
               "Elev-ID;Ämne;Uppnått\na;MA;Ja\na;SVA;Ja\nb;MA;Ja\nb;SV;Nej\n"
               "c;MA;Ja\nd;MA;Nej\n");
    g_autoptr(lkv_world) at =
        world_new(state, STUDY "attainment: mal.csv\nrules: se-2011\n");
    world_panel(at);
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
        assert_string_equal(answer_at(at, "all_goals", i), wanted[i]);
    }
    assert_string_equal(answer_at(at, "goal:MA", 3), "n");
    assert_string_equal(answer_at(at, "goal:SV", 0), "y");
    assert_string_equal(answer_at(at, "goal:SV", 3), "?");
    assert_int_equal(hold_implications(at), 4);
}

static const char *const group_study =
    STUDY "schools: skolor.csv\ngroups:\n"
          "  - sex\n"
          "  - {by: area, level: school}\n"
          "  - {by: parental_education, reference: low}\n"
          "  - {by: tid, id: years_here, cut: [2.5, 4]}\n";

static void test_groups(void **state)
{
    world_file(state, "skolor.csv",
               "Skolkod;Skola;Område\n1;Fyren;Söder\n2;Ön;Norr\n");
    world_file(state, "elever.csv",
               "Elev-ID;Skolkod;Kön;Föräldrars utbildning;tid\n"
               "a;1;P;1;2,4\nb;1;F;3;2,5\nc;2;F;2;4\nd;2;;;\n");
    g_autoptr(lkv_world) at = world_new(state, group_study);
    world_panel(at);
    const lkv_frame *frame = at->panel->frame;
    static const struct {
        const char *axis, *leaf[4];
    } cases[] = {
        {"sex", {"m", "f", "f", "missing"}},
        {"area", {"Söder", "Söder", "Norr", "Norr"}},
        {"parental_education", {"low", "high", "mid", "missing"}},
        {"years_here", {"under_2.5", "2.5_to_under_4", "4_or_more", "missing"}},
        {"school", {"1", "1", "2", "2"}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (size_t row = 0; row < 4; row++) {
            assert_string_equal(leaf_at(at, cases[i].axis, row),
                                cases[i].leaf[row]);
        }
    }
    /* gaps are measured from the first of the vocabulary, or as stated */
    static const char *const references[] = {"m", "Norr", "low", "under_2.5"};
    assert_int_equal(frame->groups->len, 4);
    for (size_t i = 0; i < 4; i++) {
        const lkv_group *group = lkv_frame_group(frame, i);
        assert_string_equal(
            lkv_cube_value_id(frame->cube,
                              (lkv_term){group->axis, group->reference}),
            references[i]);
        assert_int_equal(group->built_in, i == 0 || i == 2);
    }
    assert_string_equal(lkv_frame_unit(frame, 0)->name, "Testköping");
    assert_int_equal(lkv_frame_unit(frame, 0)->leaf, LKV_NO_VALUE);
    assert_string_equal(lkv_frame_unit(frame, 1)->id, "1");
    assert_string_equal(lkv_frame_unit(frame, 2)->name, "Ön");
}

static void test_declared_outcomes(void **state)
{
    world_file(state, "elever.csv",
               "Elev-ID;Skolkod;poäng;klar;ses\na;1;12,25;1;0,5\n"
               "b;1;11,995;0;\nc;1;;;-2\n");
    g_autoptr(lkv_world) at = world_new(
        state, STUDY "background:\n  ses: ses\n"
                     "  need: {column: ses, higher: less_favourable}\n"
                     "outcomes:\n"
                     "  score: {column: poäng, kind: points, scale: [0, 20],\n"
                     "    least_change: 0.5}\n"
                     "  rounded: {column: poäng, kind: points, decimals: 1}\n"
                     "  twelve: {of: score, kind: share, at_least: 12}\n"
                     "  done: {column: klar, kind: share}\n");
    world_panel(at);
    static const struct {
        const char *variable;
        uint8_t decimals;
        int64_t value[3], least, most;
    } cases[] = {
        {"score", 3, {12250, 11995, LKV_NONE}, 11995, 12250},
        {"rounded", 1, {123, 120, LKV_NONE}, 120, 123}, /* half away from 0 */
        {"twelve", 0, {1, 0, LKV_NONE}, 0, 1},
        {"ses", 1, {5, LKV_NONE, -20}, -20, 5},
        {"need", 1, {-5, LKV_NONE, 20}, -5, 20},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        uint16_t number = lkv_panel_variable(at->panel, cases[i].variable);
        assert_int_not_equal(number, LKV_NO_VALUE);
        const lkv_variable *variable = &at->panel->variable[number];
        assert_int_equal(variable->decimals, cases[i].decimals);
        assert_int_equal(variable->least, cases[i].least);
        assert_int_equal(variable->most, cases[i].most);
        for (size_t row = 0; row < 3; row++) {
            assert_true(lkv_variable_at(variable, row) == cases[i].value[row]);
        }
    }
    assert_string_equal(leaf_at(at, "done", 0), "yes");
    assert_string_equal(leaf_at(at, "done", 1), "no");
    assert_string_equal(leaf_at(at, "done", 2), "missing");
    const lkv_frame *frame = at->panel->frame;
    uint16_t score = lkv_frame_outcome_find(frame, "score", NULL);
    assert_int_equal(lkv_frame_outcome(frame, score)->most, 20000);
    static const char *const of[] = {"score", "rounded", "twelve"};
    static const int64_t least[] = {5000, 0, 500};
    for (size_t i = 0; i < G_N_ELEMENTS(of); i++) {
        uint16_t number = lkv_frame_outcome_find(frame, of[i], NULL);
        assert_int_equal(lkv_frame_outcome(frame, number)->least_change,
                         least[i]);
    }
}

/* a lacked a goal in year 3 and a subject in year 6, b had all; c came later; d
 * repeated year 6, and the last time counts; e has no grades and so had not
 * reached them.
 */
static void test_earlier(void **state)
{
    /* rows by year and pupil: 2019 a b, 2022 a b d e, 2023 a (year 7) d, 2025
     * a b c d e */
    static const char *const wanted[] = {
        "missing", "missing", "no",  "yes",     "missing", "missing", "missing",
        "missing", "no",      "yes", "missing", "yes",     "no"};
    static const char *const others[] = {"BL", "EN", "HKK", "IDH", "MU",
                                         "SL", "SV", "TK",  "BI",  "FY",
                                         "KE", "GE", "HI",  "RE",  "SH"};
    static const char *const maths[] = {"a;2022;MA;F", "b;2022;MA;C",
                                        "d;2022;MA;F", "d;2023;MA;E",
                                        "a;2025;MA;C", "b;2025;MA;C"};
    world_file(state, "elever.csv",
               "Elev-ID;Skolkod;År;Åk\na;1;2019;3\nb;1;2019;3\na;1;2022;6\n"
               "b;1;2022;6\nd;1;2022;6\nd;1;2023;6\ne;1;2022;6\na;1;2025;9\n"
               "b;1;2025;9\nc;1;2025;9\nd;1;2025;9\ne;1;2025;9\n"
               "a;1;2023;7\n");
    world_file(state, "mal.csv",
               "Elev-ID;År;Ämne;Uppnått\na;2019;MA;Nej\na;2019;SV;Ja\n"
               "b;2019;MA;Ja\nb;2019;SV;Ja\n");
    GString *grades = g_string_new("Elev-ID;År;Ämne;Betyg\n");
    for (size_t i = 0; i < G_N_ELEMENTS(maths); i++) {
        g_string_append_printf(grades, "%s\n", maths[i]);
        for (size_t k = 0; k < G_N_ELEMENTS(others); k++) {
            g_string_append_printf(grades, "%.6s;%s;C\n", maths[i], others[k]);
        }
    }
    world_file(state, "betyg.csv", grades->str);
    g_string_free(grades, TRUE);
    g_autoptr(lkv_world) at = world_new(state, GRADED "attainment: mal.csv\n");
    world_panel(at);
    assert_int_equal(at->panel->rows, G_N_ELEMENTS(wanted));
    for (size_t row = 0; row < at->panel->rows; row++) {
        assert_string_equal(leaf_at(at, LKV_AXIS_EARLIER, row), wanted[row]);
    }
    /* 15 C and an F, a C, an E of sixteen; c and e had no grades */
    static const int64_t points[] = {140625, 150000, LKV_NONE, 146875,
                                     LKV_NONE};
    uint16_t number = lkv_panel_variable(at->panel, LKV_VARIABLE_EARLIER);
    assert_int_not_equal(number, LKV_NO_VALUE);
    const lkv_variable *earlier = &at->panel->variable[number];
    assert_int_equal(earlier->decimals, 4);
    for (size_t row = 0; row < at->panel->rows; row++) {
        assert_true(earlier->value[row] ==
                    (row < 8 ? LKV_NONE : points[row - 8]));
    }
}

static void test_variants_and_overlaps(void **state)
{
    world_file(state, "elever.csv",
               "Elev-ID;Skolkod;År;Åk;Nyinvandrad\na;1;2025;9;Nej\n"
               "b;1;2025;9;Ja\nc;1;2025;9;\na;1;2022;6;Nej\nd;1;2022;6;Nej\n"
               "b;1;2024;8;Nej\n");
    world_file(state, "betyg.csv", "Elev-ID;År;Ämne;Betyg\na;2025;MA;A\n");
    g_autoptr(lkv_world) at = world_new(
        state, GRADED "population: {series: [all, excl_new_and_unknown]}\n");
    world_panel(at);
    const lkv_frame *frame = at->panel->frame;
    assert_int_equal(frame->variants->len, 2);
    assert_string_equal(lkv_frame_variant(frame, 0)->id, "all");
    assert_int_equal(lkv_frame_variant(frame, 0)->where.terms, 0);
    const lkv_variant *without = lkv_frame_variant(frame, 1);
    assert_string_equal(without->id, "excl_new_and_unknown");
    assert_int_equal(without->where.terms, 1);
    assert_string_equal(lkv_cube_value_id(frame->cube, without->where.term[0]),
                        "no");
    assert_int_equal(frame->overlaps->len, 1);
    lkv_overlap overlap = g_array_index(frame->overlaps, lkv_overlap, 0);
    assert_string_equal(lkv_frame_population(frame, overlap.a)->id,
                        "middle-2022");
    assert_string_equal(lkv_frame_population(frame, overlap.b)->id,
                        "final-2025");
    assert_int_equal(overlap.only_a, 1); /* d */
    assert_int_equal(overlap.only_b, 2); /* b and c */
}

/* Only where the study asks for them, and none that it has as a series. */
static void test_choices(void **state)
{
    static const struct {
        const char *study, *last;
        guint variants;
        bool choice;
    } wanted[] = {
        {"sensitivity: [logit]\n", "all", 1, false},
        {"sensitivity: {compute: yes, choices: [logit]}\n", "logit", 2, true},
        {"sensitivity: {compute: yes, choices: [excl_new_and_unknown]}\n"
         "groups: [new_immigrant]\n",
         "excl_new_and_unknown", 2, true},
        {"sensitivity: {compute: yes, choices: [excl_new_and_unknown]}\n",
         "all", 1, false},
        {"sensitivity: {compute: yes, choices: [excl_new_and_unknown]}\n"
         "population: {series: [all, excl_new_and_unknown]}\n",
         "excl_new_and_unknown", 2, false},
        {"sensitivity: {compute: yes}\n", "logit", 6, true},
    };
    world_file(state, "elever.csv",
               "Elev-ID;Skolkod;År;Åk;Nyinvandrad\na;1;2025;9;Nej\n"
               "b;1;2025;9;Ja\n");
    world_file(state, "betyg.csv", "Elev-ID;År;Ämne;Betyg\na;2025;MA;A\n");
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
        g_autofree char *text = g_strconcat(GRADED, wanted[i].study, NULL);
        g_autoptr(lkv_world) at = world_new(state, text);
        world_panel(at);
        const lkv_frame *frame = at->panel->frame;
        assert_int_equal(frame->variants->len, wanted[i].variants);
        const lkv_variant *last =
            lkv_frame_variant(frame, frame->variants->len - 1);
        assert_string_equal(last->id, wanted[i].last);
        assert_int_equal(last->choice, wanted[i].choice);
    }
}

/* Beside a covariate that some have not, and beside no other. */
static void test_unknown_covariates(void **state)
{
    world_file(state, "elever.csv",
               "Elev-ID;Skolkod;ses;iq\na;1;0,5;7\nb;1;;8\nc;1;-2;9\n");
    for (int compute = 0; compute < 2; compute++) {
        g_autoptr(lkv_world) at = world_new(
            state, compute ? STUDY "background: {ses: ses, iq: iq}\n"
                                   "sensitivity: {compute: yes}\n"
                           : STUDY "background: {ses: ses, iq: iq}\n");
        world_panel(at);
        const lkv_panel *panel = at->panel;
        uint16_t filled = lkv_panel_variable(panel, "ses" LKV_VARIABLE_FILLED);
        uint16_t unknown =
            lkv_panel_variable(panel, "ses" LKV_VARIABLE_UNKNOWN);
        assert_int_equal(lkv_panel_variable(panel, "iq" LKV_VARIABLE_FILLED),
                         LKV_NO_VALUE);
        if (!compute) {
            assert_int_equal(filled, LKV_NO_VALUE);
            continue;
        }
        static const int64_t values[] = {5, 0, -20}, flags[] = {0, 1, 0};
        for (size_t row = 0; row < 3; row++) {
            assert_true(panel->variable[filled].value[row] == values[row]);
            assert_true(panel->variable[unknown].value[row] == flags[row]);
        }
    }
}

static void test_special_units(void **state)
{
    world_file(state, "elever.csv", "Elev-ID;Skolkod\na;1\nb;2\n");
    world_file(state, "skolor.csv",
               "Skolkod;Skola;Typ\n1;Fyren;\n2;Ön;Resursskola\n");
    for (int included = 0; included < 2; included++) {
        g_autoptr(lkv_world) at = world_new(
            state, included ? STUDY "schools: skolor.csv\n"
                                    "population: {special_units: included}\n"
                            : STUDY "schools: skolor.csv\n");
        world_panel(at);
        assert_false(lkv_frame_unit(at->panel->frame, 1)->special);
        assert_int_equal(lkv_frame_unit(at->panel->frame, 2)->special,
                         !included);
    }
}

static void test_waterfall(void **state)
{
    write_golden(state, "x;2\ny;2\n");
    g_autoptr(lkv_world) at = world_new(state, GRADED);
    world_panel(at);
    int64_t pupils = G_N_ELEMENTS(golden), passed = 0, known = 0, some = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(golden); i++) {
        some += golden[i].grades[0] != '\0';
        passed += golden[i].merit_17 > 0;
        known += golden[i].answers[2] != '?';
    }
    const struct {
        const char *step;
        int64_t all, first, second;
    } wanted[] = {{"enrolled", pupils + 2, pupils, 2},
                  {"with_marks", some, some, 0},
                  {"with_a_pass", passed, passed, 0},
                  {"all_known", known + 2, known, 2}};
    assert_int_equal(at->panel->waterfall->len, 3 * G_N_ELEMENTS(wanted));
    for (guint i = 0; i < at->panel->waterfall->len; i++) {
        const lkv_waterfall_step *step =
            &g_array_index(at->panel->waterfall, lkv_waterfall_step, i);
        assert_string_equal(step->step, wanted[i / 3].step);
        assert_int_equal(step->unit, i % 3);
        assert_int_equal(step->pupils, i % 3 == 0   ? wanted[i / 3].all
                                       : i % 3 == 1 ? wanted[i / 3].first
                                                    : wanted[i / 3].second);
    }
}

/* A school of five without one grade is unreported, not at 0 %. */
static void test_school_without_grades(void **state)
{
    static const struct {
        const char *more;
        bool refused;
    } cases[] = {{"v;2\nw;2\nx;2\ny;2\n", false},
                 {"v;2\nw;2\nx;2\ny;2\nz;2\n", true}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        write_golden(state, cases[i].more);
        g_autoptr(lkv_world) at = world_new(state, GRADED);
        at->panel = lkv_panel_read(at->study, at->rules,
                                   (lkv_crew){.threads = 1}, at->diag);
        assert_int_equal(at->panel == NULL, cases[i].refused);
        assert_int_equal(lkv_diag_has(at->diag, "E-SCHOOL-NO-GRADES"),
                         cases[i].refused);
    }
}

/* The hash of what was read: no order of rows, and every name and code. */
static void test_content(void **state)
{
    static const char *const pupils[] = {
        "Elev-ID;Skolkod;Kön\na;1;F\nb;2;P\n",
        "Kön;Skolkod;Elev-ID\nPojke;2;b\nFlicka;1;a\n", /* the same */
        "Elev-ID;Skolkod;Kön\na;1;F\nb;2;F\n",
        "Elev-ID;Skolkod;Kön\na;1;F\nc;2;P\n",
        "Elev-ID;Skolkod;Kön\na;2;F\nb;1;P\n",
    };
    static const char *const schools[] = {
        "Skolkod;Skola;Typ\n1;Fyren;\n2;Ön;\n",
        "Skola;Skolkod;Typ\nÖn;2;\nFyren;1;\n", /* the same */
        "Skolkod;Skola;Typ\n1;Fyren;\n2;Åsen;\n",
        "Skolkod;Skola;Typ\n1;Fyren;\n2;Ön;Resursskola\n",
    };
    lkv_hash first = {{0}};
    for (size_t i = 0; i < 5 * 4; i++) {
        world_file(state, "elever.csv", pupils[i / 4]);
        world_file(state, "skolor.csv", schools[i % 4]);
        g_autoptr(lkv_world) at =
            world_new(state, STUDY "schools: skolor.csv\ngroups: [sex]\n");
        world_panel(at);
        lkv_hash found =
            g_array_index(at->panel->inputs, lkv_input_facts, 0).rows_hash;
        first = i == 0 ? found : first;
        bool same = i / 4 < 2 && i % 4 < 2;
        assert_int_equal(memcmp(&found, &first, sizeof found) == 0, same);
    }
}

int main(void)
{
#define CENSUS_TEST(test)                                                      \
    cmocka_unit_test_setup_teardown(test, scratch_make, scratch_drop)
    const struct CMUnitTest tests[] = {
        CENSUS_TEST(test_golden),
        CENSUS_TEST(test_no_grades_excluded),
        CENSUS_TEST(test_grades_by_subject),
        CENSUS_TEST(test_populations),
        CENSUS_TEST(test_blocks),
        CENSUS_TEST(test_goals),
        CENSUS_TEST(test_groups),
        CENSUS_TEST(test_declared_outcomes),
        CENSUS_TEST(test_earlier),
        CENSUS_TEST(test_variants_and_overlaps),
        CENSUS_TEST(test_choices),
        CENSUS_TEST(test_unknown_covariates),
        CENSUS_TEST(test_special_units),
        CENSUS_TEST(test_waterfall),
        CENSUS_TEST(test_school_without_grades),
        CENSUS_TEST(test_content),
    };
    if (!lkv_hash_start()) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
