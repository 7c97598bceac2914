/* How many reach it: the share of pupils with yes, and how many lack it.
 *
 * A count says how many pupils the school has left to help; a share makes
 * schools of different size readable side by side.
 */
#include "measure/catalogue.h"
#include "measure/level.h"

static void needs(const lkv_question *question, lkv_needs *needs)
{
    lkv_years_needs(question, needs);
}

static void count_add(const lkv_question *question, const lkv_counted *counted,
                      const lkv_site *site, bool yes, lkv_results *out)
{
    lkv_estimate *count = lkv_question_add(question, out, site->spot,
                                           yes ? "count_yes" : "count_no");
    lkv_where base =
        lkv_where_and(lkv_question_pupils(question, site->spot),
                      lkv_question_value(question, yes ? "yes" : "no"));
    count->claim = lkv_question_count(question, base);
    if (!lkv_site_heads(count, counted, site)) {
        return;
    }
    lkv_sums sums = lkv_counted_at(counted, site->school, site->leaf);
    count->top = yes ? sums.sum : sums.n - sums.sum;
    count->bottom = 1;
    count->method = LKV_METHOD_CENSUS;
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    lkv_term yes = lkv_question_value(question, "yes");
    g_autoptr(lkv_years) years = lkv_years_new(question, tally, yes);
    const lkv_counted *counted = years->year[0];
    g_autoptr(GArray) sites =
        lkv_sites(question, counted, LKV_DISTRICT | LKV_EACH_SCHOOL);
    for (guint i = 0; i < sites->len; i++) {
        const lkv_site *site = &g_array_index(sites, lkv_site, i);
        lkv_estimate *share = lkv_question_add(question, out, site->spot, "");
        share->claim = lkv_question_share(question, site->spot, yes);
        lkv_level_fill(share, years, site);
        count_add(question, counted, site, false, out);
        count_add(question, counted, site, true, out);
    }
}

static const lkv_component components[] = {
    {.id = "",
     .meaning = "share of yes among the pupils whose answer is known"},
    {.id = "count_no",
     .unit = LKV_UNIT_COUNT,
     .meaning = "how many of them have no"},
    {.id = "count_yes",
     .unit = LKV_UNIT_COUNT,
     .meaning = "how many of them have yes"},
};

const lkv_measure lkv_measure_share = {
    .id = "share",
    .label = "measure.share",
    .outcomes = LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP | LKV_BY_GROUP,
    .target = LKV_THESE_SCHOOLS,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = 1,
    .least_pupils = 1,
    .question = "How large a share of the pupils reach it, and how many do "
                "not?",
    .formula =
        "p = yes/N. District: Wilson's interval with n_eff = p(1 - p)/V "
        "pupils (N when p is 0 or 1), V as for `mean` of 0 and 1. School: "
        "Wilson's interval with its own n.",
    .reading = "Of 100 pupils, so many reach it. The interval shows where the "
               "underlying level may lie, because another, similar year group "
               "could have come.",
    .not_for = "Ranking schools; comparing outcomes that are not equally hard; "
               "concluding anything from a change inside the interval.",
    .source = "Wilson 1927, eq. 4; Korn and Graubard 1998 (effective n)",
    .r = "prop.test(yes, n, correct = FALSE)$conf.int; district: "
         "survey::svyciprop",
};
