#include "measure/pair.h"

#include "base/wide.h"

GArray *lkv_pair_sites(const lkv_question *question, const lkv_counted *counted,
                       unsigned reach)
{
    uint16_t reference = lkv_question_group(question)->reference;
    bool held = lkv_question_holds(question, reference);
    g_autoptr(GArray) all = lkv_sites(question, counted, reach);
    GArray *sites = g_array_new(FALSE, TRUE, sizeof(lkv_site));
    for (guint i = 0; held && i < all->len; i++) {
        const lkv_site *site = &g_array_index(all, lkv_site, i);
        if (site->leaf != LKV_LEAF_MISSING && site->leaf != reference) {
            g_array_append_vals(sites, site, 1);
        }
    }
    return sites;
}

lkv_pair lkv_pair_of(const lkv_question *question, const lkv_counted *counted,
                     const lkv_site *site)
{
    uint16_t reference = lkv_question_group(question)->reference;
    lkv_pair pair = {
        .question = question,
        .counted = counted,
        .site = *site,
        .reference = *site,
        .share = lkv_question_outcome(question)->kind != LKV_POINTS,
    };
    pair.site.spot.reference = reference;
    pair.reference.leaf = reference;
    pair.reference.spot.group = reference;
    return pair;
}

lkv_sums lkv_pair_sums(const lkv_pair *pair, const lkv_site *site)
{
    return lkv_counted_at(pair->counted, site->school, site->leaf);
}

lkv_stratum *lkv_pair_strata(const lkv_pair *pair)
{
    const lkv_counted *counted = pair->counted;
    lkv_stratum *strata = g_new0(lkv_stratum, counted->schools * 2 + 1);
    for (size_t school = 0; school < counted->schools; school++) {
        strata[school * 2] = lkv_sums_stratum(
            lkv_counted_at(counted, school, pair->reference.leaf),
            counted->decimals);
        strata[school * 2 + 1] =
            lkv_sums_stratum(lkv_counted_at(counted, school, pair->site.leaf),
                             counted->decimals);
    }
    return strata;
}

int64_t lkv_pair_df(const lkv_pair *pair)
{
    int64_t df = lkv_pair_sums(pair, &pair->site).n +
                 lkv_pair_sums(pair, &pair->reference).n;
    for (size_t school = 0; school < pair->counted->schools; school++) {
        const lkv_counted *counted = pair->counted;
        df -= lkv_counted_at(counted, school, pair->site.leaf).n > 0 ||
              lkv_counted_at(counted, school, pair->reference.leaf).n > 0;
    }
    return df;
}

lkv_estimate *lkv_pair_add(const lkv_pair *pair, const char *component,
                           lkv_results *out, bool *estimable)
{
    const lkv_question *question = pair->question;
    lkv_estimate *estimate =
        lkv_question_add(question, out, pair->site.spot, component);
    lkv_estimate_from(estimate, lkv_question_level(question, pair->site.spot));
    lkv_estimate_from(estimate,
                      lkv_question_level(question, pair->reference.spot));
    *estimable = lkv_site_heads(estimate, pair->counted, &pair->site);
    if (lkv_pair_sums(pair, &pair->reference).n == 0) {
        estimate->reason = LKV_REASON_EMPTY_GROUP;
        *estimable = false;
    }
    return estimate;
}

void lkv_pair_put(lkv_estimate *estimate, const lkv_pair *pair)
{
    lkv_sums one = lkv_pair_sums(pair, &pair->site);
    lkv_sums zero = lkv_pair_sums(pair, &pair->reference);
    estimate->top = one.sum * zero.n - zero.sum * one.n;
    estimate->bottom =
        (lkv_wide)one.n * zero.n * lkv_power_of_ten(pair->counted->decimals);
}
