/* The schools by size: dots of those that are told, in sizes of five or more. */
#include "telling.h"

#define F "final-2025"

#define OWN(unit, value, pupils)                                               \
    {                                                                          \
        F, unit, "eligible", "share", "", "", value, "", "", pupils, false     \
    }
#define FUNNEL(component, value)                                               \
    {                                                                          \
        F, "", "eligible", "funnel", component, "", value, "", "", "", false   \
    }

static const char *const schools[] = {"11 A", "12 B", "13 C", "14 D", "15 E",
                                      "16 F", "17 G", "18 H", "19 I", NULL};
static const char *const populations[] = {"final-2025 9", NULL};
static const char *const outcomes[] = {"eligible yes_no", NULL};

/* Five schools of 20 to 29 pupils are told, 16 is hidden, 17 a bound; of 50 to
 * 99 there are only two.
 */
static const made_figure figures[] = {
    {F, "", "", "pupils", "", "", "400", "", "", "400", false},
    OWN("", "0.800", "400"),
    OWN("11", "0.71", "20"),
    OWN("12", "0.72", "21"),
    OWN("13", "0.83", "25"),
    OWN("14", "0.84", "28"),
    OWN("15", "0.55", "29"),
    OWN("16", "..", "24"),
    OWN("17", ">=0.93", "27"),
    OWN("18", "0.79", "50"),
    OWN("19", "0.81", "99"),
    FUNNEL("centre", "0.800"),
    FUNNEL("low_20", "0.62"),
    FUNNEL("high_20", "0.98"),
    FUNNEL("low_50", "0.69"),
    FUNNEL("high_50", "0.91"),
    FUNNEL("outside", "0.111"),
    {0}};

static char *told(const made_figure *from, const char *language_id)
{
    const made_world world = told_town(schools, populations, outcomes, from);
    return told_section(&world, "by_size", language_id);
}

static void schools_are_dots_in_wide_sizes(void **state)
{
    (void)state;
    g_autofree char *text = told(figures, "sv");
    told_golden("by_size-district", "sv", text);
    assert_int_equal(told_count(text, "dot "), 5);
    assert_non_null(strstr(text, "20–29 elever"));
    assert_null(strstr(text, "50–99"));
    assert_non_null(strstr(text, "11,1\u00a0% av skolorna"));
    g_autofree char *english = told(figures, "en");
    told_golden("by_size-district", "en", english);
}

static void fewer_schools_are_not_shown(void **state)
{
    (void)state;
    made_figure fewer[G_N_ELEMENTS(figures)];
    memcpy(fewer, figures, sizeof figures);
    fewer[2].value = "..";
    g_autofree char *text = told(fewer, "sv");
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schools_are_dots_in_wide_sizes),
        cmocka_unit_test(fewer_schools_are_not_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
