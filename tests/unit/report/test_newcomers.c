/* Recently immigrated pupils stand apart, and what is said of them is what the
 * intervals of all differences bear.
 */
#include "telling.h"

#define F "final-2025"
#define LEVEL(outcome, measure, group, value, low, high)                       \
    {                                                                          \
        F, "", outcome, measure, "", group, value, low, high, "173", false     \
    }
#define GAP(outcome, value, low, high)                                         \
    {                                                                          \
        F, "", outcome, "gap", "", "new_immigrant.yes/no", value, low, high,   \
            "", false                                                          \
    }

static const char *const schools[] = {"11 A", NULL};
static const char *const populations[] = {"final-2025 9", NULL};
static const char *const outcomes[] = {"merit_17 points", "eligible yes_no",
                                       NULL};
static const char *const groups[] = {"new_immigrant no yes", NULL};

enum { GAP_OF_SHARES = 4, OWN_SHARE = 2, OWN_POINTS = 6 };

static const made_figure figures[] = {
    {F, "", "", "pupils", "", "", "3160", "", "", "3160", false},
    LEVEL("eligible", "share", "", "0.79", "0.78", "0.80"),
    LEVEL("eligible", "share", "new_immigrant.yes", "0.32", "0.26", "0.40"),
    LEVEL("eligible", "share", "new_immigrant.no", "0.82", "0.80", "0.83"),
    GAP("eligible", "-0.49", "-0.56", "-0.42"),
    LEVEL("merit_17", "mean", "", "229", "226", "232"),
    LEVEL("merit_17", "mean", "new_immigrant.yes", "141", "130", "153"),
    LEVEL("merit_17", "mean", "new_immigrant.no", "234", "231", "237"),
    GAP("merit_17", "-93", "-104", "-82"),
    {0}};

static char *told(const char *const *group_names, const made_figure *from,
                  const char *language_id)
{
    made_world world = told_town(schools, populations, outcomes, from);
    world.groups = group_names;
    return told_section(&world, "newcomers", language_id);
}

static void they_stand_beside_the_others(void **state)
{
    (void)state;
    g_autofree char *text = told(groups, figures, "sv");
    told_golden("newcomers-district", "sv", text);
    assert_non_null(strstr(text, "mer sällan än övriga"));
    assert_non_null(strstr(text, "har färre poäng än övriga"));
    g_autofree char *english = told(groups, figures, "en");
    told_golden("newcomers-district", "en", english);
}

static void a_difference_within_chance_is_not_claimed(void **state)
{
    (void)state;
    made_figure alike[G_N_ELEMENTS(figures)];
    memcpy(alike, figures, sizeof figures);
    alike[GAP_OF_SHARES].high = "0.01";
    g_autofree char *text = told(groups, alike, "en");
    assert_null(strstr(text, "less often"));
    assert_non_null(strstr(text, "How many reach the goals, recently"));
    assert_non_null(strstr(text, "have fewer points"));
}

static void what_is_hidden_is_said_to_be(void **state)
{
    (void)state;
    made_figure hidden[G_N_ELEMENTS(figures)];
    memcpy(hidden, figures, sizeof figures);
    hidden[OWN_SHARE].value = hidden[OWN_POINTS].value = "..";
    g_autofree char *text = told(groups, hidden, "sv");
    assert_non_null(strstr(text, "visas inte, för att ingen ska"));
    assert_int_equal(told_count(text, "[chart"), 0);
    assert_int_equal(told_count(text, "[table"), 0);
}

static void without_the_group_nothing_is_said(void **state)
{
    (void)state;
    static const char *const others[] = {"sex m f", NULL};
    const made_figure level[] = {figures[0], figures[1], {0}};
    g_autofree char *text = told(others, level, "sv");
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_stand_beside_the_others),
        cmocka_unit_test(a_difference_within_chance_is_not_claimed),
        cmocka_unit_test(what_is_hidden_is_said_to_be),
        cmocka_unit_test(without_the_group_nothing_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
