/* Years of a result: where rules changed, nothing is said to have changed, and
 * the reader is told why.
 */
#include "telling.h"

#define F(year) "final-" year
#define SHARE(year, value)                                                     \
    {                                                                          \
        F(year), "", "eligible", "share", "", "", value, "0.7", "0.9", "400",  \
            false                                                              \
    }

static const char *const schools[] = {"11 A", NULL};
static const char *const populations[] = {"final-2020 9",
                                          "final-2021 9",
                                          "final-2022 9",
                                          "final-2023 9",
                                          "final-2024 9",
                                          "final-2025 9",
                                          NULL};
static const char *const outcomes[] = {"eligible yes_no", NULL};

/* Five years, and a change that is clear by its interval. */
static const made_figure figures[] = {
    {F("2025"), "", "", "pupils", "", "", "400", "", "", "400", false},
    SHARE("2021", "0.78"),
    SHARE("2022", "0.79"),
    SHARE("2023", "0.84"),
    SHARE("2024", "0.83"),
    SHARE("2025", "0.88"),
    {F("2025"), "", "eligible", "change", "", "", "0.05", "0.02", "0.08", "",
     false},
    {0}};

static char *told_of(const char *const *breaks, const char *language_id,
                     const char *section)
{
    made_world world = told_town(schools, populations, outcomes, figures);
    world.breaks = breaks;
    return told_section(&world, section, language_id);
}

static char *told_under(const char *const *breaks, const char *language_id)
{
    return told_of(breaks, language_id, "years");
}

static void all_years_that_there_are_are_shown(void **state)
{
    (void)state;
    g_autofree char *text = told_under(NULL, "sv");
    assert_non_null(strstr(text, "2020/21"));
    assert_null(strstr(text, "2019/20"));
    assert_non_null(strstr(text, "högre än året före"));
    assert_null(strstr(text, "lodrät"));
}

static void breaks_are_told(void **state)
{
    (void)state;
    static const char *const breaks[] = {
        "scale final 2013", "grading middle 2023", "grading final 2023", NULL};
    g_autofree char *text = told_under(breaks, "sv");
    told_golden("years-breaks", "sv", text);
    assert_non_null(strstr(text, "Streckad lodrät linje: betyg sätts efter "
                                 "en samlad bedömning från "
                                 "läsåret 2022/23."));
    assert_null(strstr(text, "ny betygsskala"));
    assert_non_null(strstr(text, "högre än året före"));
    g_autofree char *english = told_under(breaks, "en");
    told_golden("years-breaks", "en", english);
}

static void no_change_is_claimed_over_a_break(void **state)
{
    (void)state;
    static const char *const breaks[] = {"own_rule final 2025", NULL};
    g_autofree char *text = told_under(breaks, "sv");
    assert_null(strstr(text, "högre än året före"));
    assert_non_null(strstr(text, "andra regler från läsåret 2024/25"));
    g_autofree char *summary = told_of(breaks, "en", "summary");
    assert_null(strstr(summary, "year before"));
    g_autofree char *unbroken = told_of(NULL, "en", "summary");
    assert_non_null(strstr(unbroken, "year before"));
}

static void breaks_of_other_stages_are_not_told(void **state)
{
    (void)state;
    static const char *const breaks[] = {"grading middle 2023", NULL};
    g_autofree char *text = told_under(breaks, "sv");
    assert_null(strstr(text, "lodrät"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_years_that_there_are_are_shown),
        cmocka_unit_test(breaks_are_told),
        cmocka_unit_test(no_change_is_claimed_over_a_break),
        cmocka_unit_test(breaks_of_other_stages_are_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
