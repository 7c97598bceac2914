#include "measure/level.h"

#include <math.h>

static void site_add(GArray *sites, const lkv_unit *unit, uint16_t number,
                     size_t leaf)
{
    lkv_site site = {
        .spot = {number, leaf == LKV_ALL ? LKV_NO_VALUE : (uint16_t)leaf,
                 LKV_NO_VALUE},
        .school = unit->leaf == LKV_NO_VALUE ? LKV_ALL : unit->leaf,
        .leaf = leaf,
    };
    g_array_append_val(sites, site);
}

static void leaves_add(GArray *sites, const lkv_question *question,
                       const lkv_counted *counted, uint16_t number)
{
    const lkv_unit *unit = lkv_frame_unit(question->frame, number);
    if (question->group_by == 0) {
        site_add(sites, unit, number, LKV_ALL);
        return;
    }
    for (size_t leaf = 0; leaf < counted->leaves; leaf++) {
        if (lkv_question_holds(question, (uint16_t)leaf) &&
            lkv_counted_heads(counted, LKV_ALL, leaf) > 0) {
            site_add(sites, unit, number, leaf);
        }
    }
}

/* Schools are asked by group about few outcomes alone. */
static bool asks_schools(const lkv_question *question)
{
    return question->group_by == 0 || lkv_question_outcome(question)->crossed;
}

GArray *lkv_sites(const lkv_question *question, const lkv_counted *counted,
                  unsigned reach)
{
    GArray *sites = g_array_new(FALSE, TRUE, sizeof(lkv_site));
    size_t units = question->frame->units->len;
    for (size_t i = 0; i < units; i++) {
        uint16_t leaf = lkv_frame_unit(question->frame, i)->leaf;
        bool district = leaf == LKV_NO_VALUE;
        if (district && !(reach & LKV_DISTRICT)) {
            continue;
        }
        if (!district &&
            (!(reach & LKV_EACH_SCHOOL) || !asks_schools(question) ||
             lkv_counted_heads(counted, leaf, LKV_ALL) == 0)) {
            continue;
        }
        leaves_add(sites, question, counted, (uint16_t)i);
    }
    return sites;
}

bool lkv_site_heads(lkv_estimate *estimate, const lkv_counted *counted,
                    const lkv_site *site)
{
    estimate->n = lkv_counted_at(counted, site->school, site->leaf).n;
    estimate->missing = lkv_counted_absent(counted, site->school, site->leaf);
    if (site->school == LKV_ALL) {
        estimate->schools = lkv_counted_schools(counted, site->leaf);
    }
    if (estimate->n > 0) {
        return true;
    }
    bool empty = lkv_counted_heads(counted, site->school, site->leaf) == 0;
    estimate->reason = empty ? LKV_REASON_EMPTY_GROUP : LKV_REASON_NO_PUPILS;
    return false;
}

void lkv_interval_put(lkv_estimate *estimate, lkv_interval interval)
{
    estimate->low = interval.low;
    estimate->high = interval.high;
}

double lkv_level_shock(const lkv_years *years, size_t leaf)
{
    size_t schools = years->year[0]->schools;
    g_autofree lkv_stratum *strata =
        g_new0(lkv_stratum, years->count * schools + 1);
    size_t used = 0;
    for (size_t t = 0; t < years->count; t++) {
        const lkv_counted *year = years->year[t];
        if (lkv_counted_at(year, LKV_ALL, leaf).n == 0) {
            continue;
        }
        for (size_t s = 0; s < schools; s++) {
            strata[used * schools + s] =
                lkv_sums_stratum(lkv_counted_at(year, s, leaf), year->decimals);
        }
        used++;
    }
    return lkv_cluster_shock(strata, used, schools);
}

/* VALUE ± t times the error of ESTIMATE, whose df is a whole number. */
static lkv_interval interval_of(const lkv_years *years,
                                const lkv_estimate *estimate, double value)
{
    if (!(estimate->df >= 1)) {
        return (lkv_interval){NAN, NAN};
    }
    double t = lkv_widths_at(years->widths, (int64_t)estimate->df);
    return lkv_interval_wide(value, estimate->error, t);
}

void lkv_level_district(lkv_estimate *estimate, const lkv_years *years,
                        const lkv_cluster_mean *mean)
{
    estimate->method = years->share ? LKV_METHOD_SHARE_WILSON_EFFECTIVE
                                    : LKV_METHOD_MEAN_SCHOOLS;
    if (!(mean->df > 0)) {
        return;
    }
    estimate->error = mean->error;
    estimate->df = mean->df;
    lkv_interval_put(estimate, years->share
                                   ? lkv_cluster_share(mean, years->confidence)
                                   : interval_of(years, estimate, mean->mean));
}

static void district_fill(lkv_estimate *estimate, const lkv_years *years,
                          size_t leaf)
{
    const lkv_counted *counted = years->year[0];
    g_autofree lkv_stratum *strata = lkv_counted_strata(counted, leaf);
    lkv_cluster_mean mean = lkv_cluster_mean_of(strata, counted->schools,
                                                lkv_level_shock(years, leaf));
    estimate->notes =
        mean.singles > 0 ? LKV_NOTE_ONE_PUPIL_SCHOOLS : LKV_NOTE_NONE;
    lkv_level_district(estimate, years, &mean);
}

void lkv_level_school(lkv_estimate *estimate, const lkv_years *years,
                      lkv_stratum own)
{
    if (years->share) {
        estimate->method = LKV_METHOD_SHARE_WILSON;
        estimate->error = sqrt(own.mean * (1 - own.mean) / (double)own.n);
        lkv_interval_put(estimate, lkv_interval_wilson(own.mean, (double)own.n,
                                                       years->confidence));
        return;
    }
    estimate->method = LKV_METHOD_MEAN_T;
    if (own.n < 2) {
        return;
    }
    estimate->df = (double)(own.n - 1);
    estimate->error = sqrt(lkv_stratum_variance(own) / (double)own.n);
    lkv_interval_put(estimate, interval_of(years, estimate, own.mean));
}

void lkv_level_fill(lkv_estimate *estimate, const lkv_years *years,
                    const lkv_site *site)
{
    const lkv_counted *counted = years->year[0];
    if (!lkv_site_heads(estimate, counted, site)) {
        return;
    }
    lkv_sums sums = lkv_counted_at(counted, site->school, site->leaf);
    estimate->top = sums.sum;
    estimate->bottom = (lkv_wide)sums.n * lkv_power_of_ten(counted->decimals);
    if (site->school == LKV_ALL) {
        district_fill(estimate, years, site->leaf);
    } else {
        lkv_level_school(estimate, years,
                         lkv_sums_stratum(sums, counted->decimals));
    }
}
