/* How far schools lie from what is expected: dots without names, of those that
 * are told.
 */
#include "telling.h"

#define F "final-2025"

#define APART(unit, outcome, value, low, high)                                 \
    {                                                                          \
        F, unit, outcome, "expected", "difference", "", value, low, high, "",  \
            false                                                              \
    }
#define SHARE(unit, value, low, high) APART(unit, "eligible", value, low, high)

static const char *const schools[] = {"11 Alskolan",
                                      "12 Bokskolan",
                                      "13 Cederskolan",
                                      "14 Druvskolan",
                                      "15 Ekskolan",
                                      "16 Furskolan",
                                      "17 Granskolan",
                                      "18 Hasselskolan",
                                      "19 Idegranens",
                                      "20 Jolsters",
                                      "21 Kastanjens",
                                      "22 Lindskolan",
                                      NULL};
static const char *const populations[] = {"final-2025 9", NULL};
static const char *const outcomes[] = {"merit_17 points", "eligible yes_no",
                                       NULL};

/* Ten are told, two of them at the same place; 21 is hidden, and 22 too small
 * for an interval. One lies exactly five percentage points off.
 */
static const made_figure figures[] = {
    {F, "", "", "pupils", "", "", "400", "", "", "400", false},
    {F, "", "eligible", "share", "", "", "0.85", "", "", "400", false},
    {F, "", "merit_17", "mean", "", "", "226", "", "", "400", false},
    SHARE("11", "-0.12", "-0.20", "-0.04"),
    SHARE("12", "0.02", "-0.05", "0.09"),
    SHARE("13", "0.02", "-0.06", "0.10"),
    SHARE("14", "-0.03", "-0.10", "0.04"),
    SHARE("15", "-0.05", "-0.12", "0.02"),
    SHARE("16", "0.00", "-0.07", "0.07"),
    SHARE("17", "0.04", "-0.03", "0.11"),
    SHARE("18", "0.11", "0.03", "0.19"),
    SHARE("19", "-0.02", "-0.09", "0.05"),
    SHARE("20", "0.01", "-0.06", "0.08"),
    SHARE("21", "..", "..", ".."),
    SHARE("22", "0.31", "", ""),
    APART("11", "merit_17", "-12", "-20", "-4"),
    {0}};

static char *told_from(const made_figure *from, const char *language_id)
{
    const made_world world = told_town(schools, populations, outcomes, from);
    return told_section(&world, "expected", language_id);
}

static void schools_are_dots_without_names(void **state)
{
    (void)state;
    g_autofree char *text = told_from(figures, "sv");
    told_golden("expected-district", "sv", text);
    assert_int_equal(told_count(text, "dot quiet"), 10);
    for (size_t i = 0; schools[i]; i++) {
        assert_null(strstr(text, schools[i] + strlen("11 ")));
    }
    assert_non_null(strstr(text, "De flesta skolor ligger i linje"));
    assert_non_null(
        strstr(text, "10 skolor, varav 7 mindre än 5 procentenheter"));
    g_autofree char *english = told_from(figures, "en");
    told_golden("expected-district", "en", english);
}

/* What is hidden or without an interval is not drawn; of too few, nothing. */
static void fewer_than_ten_are_not_shown(void **state)
{
    (void)state;
    made_figure fewer[G_N_ELEMENTS(figures)];
    memcpy(fewer, figures, sizeof figures);
    fewer[3].value = fewer[3].low = fewer[3].high = "..";
    g_autofree char *text = told_from(fewer, "sv");
    assert_string_equal(text, "");
}

static void that_most_are_in_line_is_said_of_most_alone(void **state)
{
    (void)state;
    made_figure apart[G_N_ELEMENTS(figures)];
    memcpy(apart, figures, sizeof figures);
    for (size_t i = 4; i < 8; i++) {
        apart[i].value = "0.12";
        apart[i].low = "0.04";
        apart[i].high = "0.20";
    }
    g_autofree char *text = told_from(apart, "sv");
    assert_null(strstr(text, "De flesta skolor ligger i linje"));
    assert_non_null(strstr(text, "Så långt från det väntade"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schools_are_dots_without_names),
        cmocka_unit_test(fewer_than_ten_are_not_shown),
        cmocka_unit_test(that_most_are_in_line_is_said_of_most_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
