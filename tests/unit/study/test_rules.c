/* Scale, subjects, merit, eligibility and stages of the two rule files that
 * ship. Golden cases are reckoned by hand from the rules as they are written.
 */
#include "check.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "study/rules.h"

enum { MOST = 64 };

/* A pupil's grades, from text such as "BL:A EN:A M2DEU:A". */
typedef struct lkv_pupil {
    uint8_t grade[MOST];
    lkv_subject subject[MOST];
    char id[MOST][LKV_SUBJECT_TEXT];
    size_t count;
} lkv_pupil;

static lkv_rules *rules_of(const char *id)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    lkv_rules *rules = lkv_rules_read(id, diag);
    if (!rules) {
        g_autofree char *text = lkv_diag_text(diag, (lkv_print){0});
        fail_msg("%s", text);
    }
    return rules;
}

static void clear(const lkv_rules *rules, lkv_pupil *pupil)
{
    memset(pupil, 0, sizeof *pupil);
    pupil->count = rules->subject_count;
    assert_true(pupil->count < MOST);
    memcpy(pupil->subject, rules->subjects,
           rules->subject_count * sizeof *rules->subjects);
}

static void give(const lkv_rules *rules, lkv_pupil *pupil, const char *code,
                 const char *mark)
{
    uint8_t grade = lkv_rules_grade(rules, mark, strlen(mark));
    assert_int_not_equal(grade, 0);
    lkv_subject_match match;
    assert_true(lkv_rules_subject(rules, code, NULL, &match));
    size_t at = (size_t)match.subject;
    if (match.subject < 0) {
        at = pupil->count++;
        assert_true(at < MOST);
        g_strlcpy(pupil->id[at], match.canonical, LKV_SUBJECT_TEXT);
        pupil->subject[at] =
            (lkv_subject){pupil->id[at], (int16_t)match.choice, -1};
    }
    pupil->grade[at] = grade;
}

/* Space between entries; "16:E" gives the grade to the first subject of the
 * first 16 slots, "9:C" to nine of them not given otherwise.
 */
static void read_pupil(const lkv_rules *rules, lkv_pupil *pupil,
                       const char *text)
{
    clear(rules, pupil);
    g_auto(GStrv) parts = g_strsplit(text, " ", -1);
    for (size_t i = 0; parts[i] && *parts[i]; i++) {
        char *mark = strchr(parts[i], ':');
        *mark++ = '\0';
        int number = 0;
        if (sscanf(parts[i], "%d", &number) != 1) {
            give(rules, pupil, parts[i], mark);
            continue;
        }
        for (size_t s = 0; s < rules->slot_count && number > 0; s++) {
            uint16_t subject = rules->slots[s].subjects[0];
            if (!pupil->grade[subject]) {
                give(rules, pupil, rules->subjects[subject].id, mark);
                number--;
            }
        }
        assert_int_equal(number, 0);
    }
}

static lkv_grades grades_of(const lkv_pupil *pupil, const lkv_stage *stage)
{
    return (lkv_grades){pupil->grade, pupil->subject, pupil->count, stage};
}

static size_t merit_named(const lkv_rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->merit_count; i++) {
        if (strcmp(rules->merits[i].id, id) == 0) {
            return i;
        }
    }
    fail_msg("no merit value %s", id);
    return 0;
}

static size_t eligible_named(const lkv_rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->eligible_count; i++) {
        if (strcmp(rules->eligibles[i].id, id) == 0) {
            return i;
        }
    }
    fail_msg("no rule %s", id);
    return 0;
}

static void test_merit(void **state)
{
    (void)state;
    /* Merit values times ten. */
    static const struct {
        const char *what;
        const char *grades;
        int64_t merit_16, merit_17;
    } cases[] = {
        {"all A + M2 A", "16:A M2DEU:A", 3200, 3400},
        {"all E", "16:E", 1600, 1600},
        {"all E + M2 E", "16:E M2DEU:E", 1600, 1700},
        {"all E + ML A", "16:E MLARA:A", 1700, 1700},
        {"all E + ML A + M2 E", "16:E MLARA:A M2SPA:E", 1700, 1800},
        {"all E + M2 F", "16:E M2DEU:F", 1600, 1600},
        {"all E + M2 dash", "16:E M2DEU:-", 1600, 1600},
        {"E in SV EN MA + 5, rest F", "SV:E EN:E MA:E 5:E 8:F", 800, 800},
        {"EN F, the other 15 C", "EN:F 15:C", 2250, 2250},
        {"one E, rest dash", "1:E 15:-", 100, 100},
        {"all F", "16:F", 0, 0},
        {"nothing", "", 0, 0},
        {"15 D + E", "15:D 1:E", 1975, 1975},
        {"16 C + ML A + M2 F", "16:C MLARA:A M2DEU:F", 2450, 2450},
        {"16 E + M2 A + M2 C", "16:E M2DEU:A M2FRA:C", 1750, 1850},
        {"10 D + M2 B", "10:D M2DEU:B", 1425, 1425},
        {"16 D + M1 A", "16:D M1SPA:A", 2075, 2075},
        {"15 B + F + M2 D", "15:B 1:F M2DEU:D", 2750, 2750},
        {"9 C + SV E + SVA E", "SV:E SVA:E 9:C", 1450, 1450},
        {"M2 without a language", "16:E M2:A", 1700, 1800},
        {"block grades never count", "10:D NO:A SO:A", 1250, 1250},
        {"not studied adds nothing", "10:D 6:3", 1250, 1250},
    };
    g_autoptr(lkv_rules) rules = rules_of("se-2011");
    assert_int_equal(rules->point_decimals, 1);
    size_t of_16 = merit_named(rules, "merit_16");
    size_t of_17 = merit_named(rules, "merit_17");
    assert_int_equal(rules->merits[of_16].most, 3200);
    assert_int_equal(rules->merits[of_17].most, 3400);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        lkv_pupil pupil;
        read_pupil(rules, &pupil, cases[i].grades);
        lkv_grades grades = grades_of(&pupil, NULL);
        int64_t merit_16 = lkv_rules_merit(rules, of_16, grades);
        int64_t merit_17 = lkv_rules_merit(rules, of_17, grades);
        if (merit_16 != cases[i].merit_16 || merit_17 != cases[i].merit_17) {
            fail_msg("%s: %d and %d", cases[i].what, (int)merit_16,
                     (int)merit_17);
        }
    }
}

static void test_eligible(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        const char *grades;
        const char *answers; /* YR, ES, EK/HU/SA, NA/TE */
    } cases[] = {
        {"all E", "16:E", "yyyy"},
        {"all F", "16:F", "nnnn"},
        {"no rows", "", "nnnn"},
        {"all blank", "16:", "nnnn"},
        {"SV SVA EN MA + 4: SV and SVA are one", "SV:E SVA:E EN:E MA:E 4:E",
         "nnnn"},
        {"SV EN MA + 5", "SV:E EN:E MA:E 5:E", "ynnn"},
        {"SVA EN MA + 5", "SVA:E EN:E MA:E BL:E MU:E SL:E TK:E IDH:E", "ynnn"},
        {"SV EN MA + ML + M2 + 3", "SV:E EN:E MA:E MLARA:E M2DEU:E 3:E",
         "ynnn"},
        {"SV EN MA + 4 and a dash", "SV:E EN:E MA:E 4:E 1:-", "nnnn"},
        {"SV EN MA + 4 and a block grade", "SV:E EN:E MA:E 4:E SO:E", "nnnn"},
        {"MA F, all else A", "MA:F 15:A", "nnnn"},
        {"EN dash, all else A", "EN:- 15:A", "nnnn"},
        {"12 with GE HI RE SH, not BI",
         "SV:E EN:E MA:E GE:E HI:E RE:E SH:E BL:E MU:E SL:E TK:E IDH:E",
         "yyyn"},
        {"12 with BI FY KE, not GE",
         "SV:E EN:E MA:E BI:E FY:E KE:E SH:E BL:E MU:E SL:E TK:E IDH:E",
         "yyny"},
        {"11 with BI FY KE",
         "SV:E EN:E MA:E BI:E FY:E KE:E SH:E BL:E MU:E SL:E TK:E", "ynnn"},
        {"12 with BI F", "BI:F SV:E EN:E MA:E 12:E", "yyyn"},
    };
    static const char *const ids[] = {"eligible", "eligible_es",
                                      "eligible_ekhusa", "eligible_nate"};
    g_autoptr(lkv_rules) rules = rules_of("se-2011");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        lkv_pupil pupil;
        read_pupil(rules, &pupil, cases[i].grades);
        char answers[5] = "";
        for (size_t j = 0; j < G_N_ELEMENTS(ids); j++) {
            answers[j] = "ny?"[lkv_rules_eligible(
                rules, eligible_named(rules, ids[j]), grades_of(&pupil, NULL))];
        }
        if (strcmp(answers, cases[i].answers) != 0) {
            fail_msg("%s: %s", cases[i].what, answers);
        }
    }
}

static void test_all_subjects(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        const char *grades;
        int stage; /* -1 = not said */
        lkv_answer answer;
        int lacking;
    } cases[] = {
        {"all E", "16:E", 2, LKV_YES, 0},
        {"one F", "BL:F 15:A", 2, LKV_NO, 1},
        {"one dash", "MA:- 15:A", 2, LKV_NO, 1},
        {"two", "MA:- EN:F 14:A", 2, LKV_NO, 2},
        {"no rows", "", 2, LKV_NO, 16},
        {"all blank", "16:", 2, LKV_NO, 16},
        {"all not studied", "16:3", 2, LKV_UNKNOWN, -1},
        {"one studied, passed", "1:E 15:3", 2, LKV_YES, 0},
        {"a blank in a slot", "1: 15:A", 2, LKV_UNKNOWN, -1},
        {"a row missing in a slot", "15:A", 2, LKV_UNKNOWN, -1},
        {"a blank and an F", "1: 1:F 14:A", 2, LKV_NO, -1},
        {"SV F and SVA E", "SV:F SVA:E 15:A", 2, LKV_YES, 0},
        {"SV F and SVA F", "SV:F SVA:F 15:A", 2, LKV_NO, 1},
        {"SV not studied, SVA E", "SV:3 SVA:E 15:A", 2, LKV_YES, 0},
        {"SVA alone",
         "SVA:E BL:E EN:E HKK:E IDH:E MA:E MU:E BI:E FY:E KE:E "
         "GE:E HI:E RE:E SH:E SL:E TK:E",
         2, LKV_YES, 0},
        {"F in a chosen language", "16:A M2DEU:F", 2, LKV_NO, 1},
        {"a blank chosen language", "16:A M2DEU:", 2, LKV_YES, 0},
        {"mother tongue not studied", "16:A MLARA:3", 2, LKV_YES, 0},
        {"blocks in the middle stage",
         "NO:E SO:C BL:E EN:E HKK:E IDH:E MA:E MU:E SL:E SV:E TK:E", 1, LKV_YES,
         0},
        {"F in a block in the middle stage",
         "NO:F SO:C BL:E EN:E HKK:E IDH:E MA:E MU:E SL:E SV:E TK:E", 1, LKV_NO,
         3},
        {"its own grade before the block's",
         "NO:F BI:E FY:E KE:E SO:C BL:E EN:E HKK:E IDH:E MA:E MU:E SL:E SV:E "
         "TK:E",
         1, LKV_YES, 0},
        {"blocks in the final stage",
         "NO:E SO:C BL:E EN:E HKK:E IDH:E MA:E MU:E SL:E SV:E TK:E", 2,
         LKV_UNKNOWN, -1},
        {"blocks when no stage is said",
         "NO:E SO:C BL:E EN:E HKK:E IDH:E MA:E MU:E SL:E SV:E TK:E", -1,
         LKV_YES, 0},
    };
    g_autoptr(lkv_rules) rules = rules_of("se-2011");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        lkv_pupil pupil;
        read_pupil(rules, &pupil, cases[i].grades);
        const lkv_stage *stage =
            cases[i].stage < 0 ? NULL : &rules->stages[cases[i].stage];
        lkv_grades grades = grades_of(&pupil, stage);
        lkv_passes passes = lkv_rules_passes(rules, grades);
        lkv_answer answer = passes.all_subjects;
        int lacking = passes.lacking;
        if (answer != cases[i].answer || lacking != cases[i].lacking) {
            fail_msg("%s: %d, %d lacking", cases[i].what, (int)answer, lacking);
        }
    }
}

static void test_grade_texts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *symbol; /* NULL = no grade of the scale */
    } cases[] = {
        {"A", "A"},
        {"a", "A"},
        {" f ", "F"},
        {"\xc2\xa0"
         "E\xc2\xa0",
         "E"},
        {"E\xe2\x80\xaf", "E"},
        {"-", "-"},
        {"–", "-"},
        {"—", "-"},
        {"−", "-"},
        {"Streck", "-"},
        {"9", "-"},
        {"3", "not_studied"},
        {"", "missing"},
        {"   ", "missing"},
        {"\xc2\xa0", "missing"},
        {"G", NULL},
        {"AB", NULL},
        {"1", NULL},
        {"*", NULL},
        {"\xd0\x90", NULL}, /* a Cyrillic A */
        {"a grade of more than thirty-two bytes", NULL},
    };
    g_autoptr(lkv_rules) rules = rules_of("se-2011");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        uint8_t grade =
            lkv_rules_grade(rules, cases[i].text, strlen(cases[i].text));
        const lkv_step *step = lkv_rules_step(rules, grade);
        const char *symbol = step ? step->symbol : NULL;
        if (g_strcmp0(symbol, cases[i].symbol) != 0) {
            fail_msg("\"%s\" is %s", cases[i].text, symbol ? symbol : "none");
        }
    }
    assert_null(lkv_rules_step(rules, 0));
    assert_null(lkv_rules_step(rules, 255));
    assert_int_equal(lkv_rules_grade(rules, "Axyz", 1),
                     lkv_rules_grade(rules, "A", 1));
}

static void test_subject_texts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *language;
        const char *canonical; /* NULL = unknown */
        bool chosen;
    } cases[] = {
        {"MA", NULL, "MA", false},
        {" ma ", NULL, "MA", false},
        {"Matematik", NULL, "MA", false},
        {"idrott och hälsa", NULL, "IDH", false},
        {"M2DEU", NULL, "M2DEU", true},
        {"M2 DEU", NULL, "M2DEU", true},
        {"M2_SPA", NULL, "M2SPA", true},
        {"m2-spa", NULL, "M2SPA", true},
        {"MLARA", NULL, "MLARA", true},
        {"M1 fre", NULL, "M1FRE", true},
        {"M2", "deu", "M2DEU", true},
        {"M2", " Spanska ", "M2SPANSKA", true},
        {"ML", NULL, "ML", true},
        {"ML", "", "ML", true},
        {"Modersmål", "ARA", "MLARA", true},
        {"Moderna språk, språkval", "Tyska", "M2TYSKA", true},
        {"ML", "Bosniska/kroatiska/serbiska", "MLBOSNISKAKROAT", true},
        {"TN", NULL, "TN", false},
        {"SVA", NULL, "SVA", false},
        {"M2DEUX", NULL, NULL, false},
        {"M3DEU", NULL, NULL, false},
        {"XX", NULL, NULL, false},
        {"", NULL, NULL, false},
    };
    g_autoptr(lkv_rules) rules = rules_of("se-2011");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        lkv_subject_match match;
        bool known =
            lkv_rules_subject(rules, cases[i].text, cases[i].language, &match);
        const char *canonical = known ? match.canonical : NULL;
        if (g_strcmp0(canonical, cases[i].canonical) != 0) {
            fail_msg("\"%s\" is %s", cases[i].text,
                     canonical ? canonical : "unknown");
        }
        if (known) {
            assert_int_equal(match.choice >= 0, cases[i].chosen);
            assert_int_equal(match.subject < 0, cases[i].chosen);
        }
    }
}

static void test_stages(void **state)
{
    (void)state;
    static const struct {
        int year;
        int stage_year[3]; /* early, middle, final */
    } cases[] = {
        {2013, {3, 6, 9}},  {2025, {3, 6, 9}},  {2028, {3, 6, 9}},
        {2029, {4, 7, 10}}, {2040, {4, 7, 10}},
    };
    g_autoptr(lkv_rules) rules = rules_of("se-2011");
    assert_int_equal(rules->stage_count, 3);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (size_t stage = 0; stage < 3; stage++) {
            int year = cases[i].stage_year[stage];
            assert_int_equal(lkv_rules_stage_year(rules, stage, cases[i].year),
                             year);
            assert_int_equal(lkv_rules_stage_of(rules, year, cases[i].year),
                             stage);
        }
    }
    assert_int_equal(lkv_rules_stage_of(rules, 9, 2029), -1);
    assert_int_equal(lkv_rules_stage_of(rules, 10, 2028), -1);
    assert_int_equal(lkv_rules_stage_of(rules, 0, 2025), -1);
    const lkv_stage *early = &rules->stages[0];
    assert_string_equal(early->id, "early");
    assert_false(early->graded);
    assert_int_equal(early->goal_count, 3);
    assert_string_equal(rules->subjects[early->goals[0]].id, "MA");
    assert_true(rules->stages[1].blocks);
    assert_false(rules->stages[2].blocks);
    assert_true(rules->stages[2].leaves);
    assert_int_equal(rules->slot_count, 16);
    assert_int_equal(rules->first_year, 2012);
    assert_true(g_strv_contains(rules->sensitive, "eligible"));
}

static void test_other_country(void **state)
{
    (void)state;
    g_autoptr(lkv_rules) rules = rules_of("uk-9-1");
    assert_int_equal(rules->point_decimals, 0);
    size_t best = merit_named(rules, "best_8");
    size_t basics = eligible_named(rules, "english_maths");
    lkv_pupil pupil;
    read_pupil(rules, &pupil,
               "ENL:9 LIT:8 MA:7 CS1:6 CS2:6 HI:5 GE:4 FLFRE:3 RS:2 PE:U");
    lkv_grades grades = grades_of(&pupil, NULL);
    assert_int_equal(lkv_rules_merit(rules, best, grades), 48);
    assert_int_equal(lkv_rules_eligible(rules, basics, grades), LKV_YES);
    read_pupil(rules, &pupil, "ENL:3 LIT:4 MA:4");
    assert_int_equal(lkv_rules_eligible(rules, basics, grades_of(&pupil, NULL)),
                     LKV_YES);
    read_pupil(rules, &pupil, "ENL:9 MA:3");
    assert_int_equal(lkv_rules_eligible(rules, basics, grades_of(&pupil, NULL)),
                     LKV_NO);
    assert_int_equal(lkv_rules_stage_of(rules, 11, 2024), 0);
    assert_int_equal(lkv_rules_stage_of(rules, 9, 2024), -1);
}

/* splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t draw(uint64_t *seed)
{
    uint64_t z = (*seed += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

/* Pupils of all kinds: mostly passing, mostly failing, mostly blank. */
static void draw_pupil(const lkv_rules *rules, lkv_pupil *pupil, uint64_t *seed)
{
    static const char *const languages[] = {"M2DEU", "M1SPA", "MLARA", "FLFRE"};
    clear(rules, pupil);
    for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
        lkv_subject_match match;
        if (draw(seed) % 2 &&
            lkv_rules_subject(rules, languages[i], NULL, &match)) {
            give(rules, pupil, languages[i], "");
        }
    }
    uint64_t habit = draw(seed) % 4;
    uint64_t usual = draw(seed) % rules->step_count;
    for (size_t i = 0; i < pupil->count; i++) {
        uint64_t step = draw(seed) % rules->step_count;
        if (habit && draw(seed) % 8) {
            step = usual;
        }
        pupil->grade[i] = (uint8_t)(draw(seed) % 16 ? step + 1 : 0);
    }
}

/* Whether PUPIL is VALUE in OUTCOME, by the answers of the rules. */
static bool is_part(const lkv_rules *rules, const lkv_pupil *pupil,
                    const lkv_stage *stage, const char *outcome,
                    const char *value)
{
    static const char *const words[] = {"no", "yes", "unknown"};
    lkv_grades grades = grades_of(pupil, stage);
    if (strcmp(outcome, "all_subjects") == 0) {
        return strcmp(words[lkv_rules_passes(rules, grades).all_subjects],
                      value) == 0;
    }
    if (!g_str_has_prefix(outcome, "grade:")) {
        size_t rule = eligible_named(rules, outcome);
        return strcmp(words[lkv_rules_eligible(rules, rule, grades)], value) ==
               0;
    }
    lkv_subject_match match;
    assert_true(lkv_rules_subject(rules, outcome + 6, NULL, &match));
    const lkv_step *step = lkv_rules_step(rules, pupil->grade[match.subject]);
    if (strcmp(value, "passed") == 0) {
        return step && step->kind == LKV_GRADE_PASS;
    }
    if (strcmp(value, "missing") == 0) {
        return !step || step->kind == LKV_GRADE_MISSING;
    }
    return step && strcmp(step->symbol, value) == 0;
}

/* Goals are answers of the tables, which are no part of a pupil here. */
static bool of_goals(const lkv_implication *one)
{
    return g_str_has_prefix(one->a_outcome, "goal:") ||
           g_str_has_prefix(one->b_outcome, "goal:");
}

static void hold_implications(const char *id)
{
    g_autoptr(lkv_rules) rules = rules_of(id);
    g_autoptr(GArray) list = lkv_rules_implications(rules);
    g_autofree size_t *met = g_new0(size_t, list->len);
    uint64_t seed = 20250614;
    for (size_t n = 0; n < 10000; n++) {
        lkv_pupil pupil;
        draw_pupil(rules, &pupil, &seed);
        size_t stages = rules->stage_count + 1;
        size_t at = draw(&seed) % stages;
        const lkv_stage *stage =
            at < rules->stage_count ? &rules->stages[at] : NULL;
        for (guint i = 0; i < list->len; i++) {
            const lkv_implication *one =
                &g_array_index(list, lkv_implication, i);
            if (of_goals(one)) {
                continue;
            }
            bool a =
                is_part(rules, &pupil, stage, one->a_outcome, one->a_value);
            met[i] += a;
            if (a &&
                !is_part(rules, &pupil, stage, one->b_outcome, one->b_value)) {
                fail_msg("%s=%s does not imply %s=%s", one->a_outcome,
                         one->a_value, one->b_outcome, one->b_value);
            }
        }
    }
    for (guint i = 0; i < list->len; i++) {
        const lkv_implication *one = &g_array_index(list, lkv_implication, i);
        if (!met[i] && !of_goals(one)) {
            fail_msg("%s=%s was never drawn", one->a_outcome, one->a_value);
        }
    }
}

static void test_implications_hold(void **state)
{
    (void)state;
    hold_implications("se-2011");
    hold_implications("uk-9-1");
}

static bool implied(GArray *list, lkv_implication wanted)
{
    for (guint i = 0; i < list->len; i++) {
        const lkv_implication *one = &g_array_index(list, lkv_implication, i);
        if (!strcmp(one->a_outcome, wanted.a_outcome) &&
            !strcmp(one->a_value, wanted.a_value) &&
            !strcmp(one->b_outcome, wanted.b_outcome) &&
            !strcmp(one->b_value, wanted.b_value)) {
            return true;
        }
    }
    return false;
}

static void test_implications_found(void **state)
{
    (void)state;
    static const struct {
        lkv_implication implication;
        bool found;
    } cases[] = {
        {{"eligible_es", "yes", "eligible", "yes"}, true},
        {{"eligible", "no", "eligible_es", "no"}, true},
        {{"eligible_nate", "yes", "eligible_es", "yes"}, true},
        {{"eligible_ekhusa", "yes", "eligible_es", "yes"}, true},
        {{"eligible_nate", "yes", "eligible", "yes"}, true},
        {{"eligible", "yes", "eligible_es", "yes"}, false},
        {{"eligible_nate", "yes", "eligible_ekhusa", "yes"}, false},
        {{"grade:MA", "F", "eligible", "no"}, true},
        {{"grade:MA", "-", "eligible", "no"}, true},
        {{"grade:EN", "missing", "eligible", "no"}, true},
        {{"eligible", "yes", "grade:MA", "passed"}, true},
        {{"grade:SV", "F", "eligible", "no"}, false},
        {{"grade:BI", "F", "eligible_nate", "no"}, true},
        {{"grade:BI", "F", "eligible", "no"}, false},
        {{"grade:MA", "F", "all_subjects", "no"}, true},
        {{"grade:BL", "-", "all_subjects", "no"}, true},
        {{"grade:SV", "F", "all_subjects", "no"}, false},
        {{"grade:NO", "F", "all_subjects", "no"}, false},
        {{"goal:MA", "no", "all_goals", "no"}, true},
        {{"all_goals", "yes", "goal:SV", "yes"}, true},
        {{"all_goals", "no", "goal:SV", "no"}, false},
        {{"goal:BI", "no", "all_goals", "no"}, false},
        /* an adapted study path: three subjects studied and passed */
        {{"eligible", "no", "all_subjects", "no"}, false},
    };
    g_autoptr(lkv_rules) rules = rules_of("se-2011");
    g_autoptr(GArray) list = lkv_rules_implications(rules);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        if (implied(list, cases[i].implication) != cases[i].found) {
            fail_msg(
                "case %zu: %s=%s, %s=%s", i, cases[i].implication.a_outcome,
                cases[i].implication.a_value, cases[i].implication.b_outcome,
                cases[i].implication.b_value);
        }
    }
    lkv_pupil pupil;
    read_pupil(rules, &pupil, "SV:A EN:A MA:A 13:3");
    lkv_grades grades = grades_of(&pupil, NULL);
    assert_int_equal(lkv_rules_eligible(rules, 0, grades), LKV_NO);
    assert_int_equal(lkv_rules_passes(rules, grades).all_subjects, LKV_YES);
}

/* Grades of the law of 2022 were first given in the school year 2022/23. */
static void test_breaks(void **state)
{
    (void)state;
    g_autoptr(lkv_rules) rules = rules_of("se-2011");
    assert_int_equal(rules->break_count, 3);
    const lkv_break_rule *grading = &rules->breaks[1];
    assert_string_equal(grading->id, "grading");
    assert_int_equal(grading->year, 2023);
    assert_int_equal(grading->stage_count, 2);
    assert_string_equal(rules->stages[grading->stages[0]].id, "middle");
    assert_string_equal(rules->stages[grading->stages[1]].id, "final");
    assert_int_equal(rules->breaks[2].year, 2029);
}

static void test_least_change(void **state)
{
    (void)state;
    g_autoptr(lkv_rules) swedish = rules_of("se-2011");
    assert_int_equal(swedish->change_share, 5);
    assert_int_equal(swedish->change_points, 10);
    g_autoptr(lkv_rules) english = rules_of("uk-9-1");
    assert_int_equal(english->change_share, 5);
    assert_int_equal(english->change_points, 2);
}

/* A rule file of a test's own in the temporary folder. */
static char *write_rules(const char *text)
{
    char *path = NULL;
    int file = g_file_open_tmp("likvard-XXXXXX.yml", &path, NULL);
    assert_true(file >= 0);
    assert_int_equal(close(file), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

static void test_faults(void **state)
{
    (void)state;
    static const char head[] =
        "rules: test\nschool_years: {from: 2011/12}\n"
        "scale: {A: {points: 2.5, is: pass}, x: {is: missing}}\n";
    static const struct {
        const char *what;
        const char *text;
        const char *code;
        long line;
    } cases[] = {
        {"unknown subject in a slot",
         "subjects: {MA: []}\nslots: {MA: [MB]}\nstages: {a: {stage_year: 9}}",
         "E-RULES", 5},
        {"subject in two slots",
         "subjects: {MA: []}\nslots: {S: [MA], T: [MA]}\n"
         "stages: {a: {stage_year: 9}}",
         "E-RULES", 5},
        {"alias of no step",
         "subjects: {MA: []}\nslots: {S: [MA]}\n"
         "stages: {a: {stage_year: 9}}\naliases: {q: B}",
         "E-RULES", 7},
        {"two names alike",
         "subjects: {MA: [EN], EN: []}\nslots: {S: [MA]}\n"
         "stages: {a: {stage_year: 9}}",
         "E-RULES", 4},
        {"no such choice",
         "subjects: {MA: []}\nslots: {S: [MA]}\n"
         "stages: {a: {stage_year: 9}}\nmerit: {m: {best: 1, plus_one_of: M}}",
         "E-RULES", 7},
        {"no such slot",
         "subjects: {MA: []}\nslots: {S: [MA]}\n"
         "stages: {a: {stage_year: 9}}\neligible: {e: {slots: [MA]}}",
         "E-RULES", 7},
        {"two stages in one year",
         "subjects: {MA: []}\nslots: {S: [MA]}\n"
         "stages: {a: {stage_year: 9}, b: {stage_year: 9}}",
         "E-RULES", 6},
        {"not a school year",
         "subjects: {MA: []}\nslots: {S: [MA]}\n"
         "stages: {a: {stage_year: [{from: 2011/13, is: 9}]}}",
         "E-RULES", 6},
        {"unknown key",
         "subjects: {MA: []}\nslots: {S: [MA]}\n"
         "stages: {a: {stage_year: 9}}\nmerits: {}",
         "E-KEY-UNKNOWN", 7},
        {"a break of no stage",
         "subjects: {MA: []}\nslots: {S: [MA]}\n"
         "stages: {a: {stage_year: 9}}\n"
         "breaks: {new: {from: 2022/23, stages: [b]}}",
         "E-RULES", 7},
        {"a break of no year",
         "subjects: {MA: []}\nslots: {S: [MA]}\n"
         "stages: {a: {stage_year: 9}}\n"
         "breaks: {new: {from: summer, stages: [a]}}",
         "E-RULES", 7},
        {"no stages", "subjects: {MA: []}\nslots: {S: [MA]}", "E-KEY-MISSING",
         1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strconcat(head, cases[i].text, NULL);
        g_autofree char *path = write_rules(text);
        g_autoptr(lkv_diag) diag = lkv_diag_new();
        g_autoptr(lkv_rules) rules = lkv_rules_read(path, diag);
        remove(path);
        if (rules || lkv_diag_size(diag) == 0) {
            fail_msg("%s: taken", cases[i].what);
        }
        const lkv_message *message = lkv_diag_at(diag, 0);
        if (strcmp(message->code, cases[i].code) != 0 ||
            message->line != cases[i].line) {
            fail_msg("%s: %s on line %ld: %s", cases[i].what, message->code,
                     message->line, message->what);
        }
    }
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    assert_null(lkv_rules_read("no-such-rules", diag));
    assert_string_equal(lkv_diag_at(diag, 0)->code, "E-RULES-UNKNOWN");
    assert_non_null(strstr(lkv_diag_at(diag, 0)->fix, "se-2011, uk-9-1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_merit),
        cmocka_unit_test(test_eligible),
        cmocka_unit_test(test_all_subjects),
        cmocka_unit_test(test_grade_texts),
        cmocka_unit_test(test_subject_texts),
        cmocka_unit_test(test_stages),
        cmocka_unit_test(test_breaks),
        cmocka_unit_test(test_least_change),
        cmocka_unit_test(test_other_country),
        cmocka_unit_test(test_implications_hold),
        cmocka_unit_test(test_implications_found),
        cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
