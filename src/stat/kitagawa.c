#include "stat/kitagawa.h"

#include <math.h>

enum { BEFORE, NOW };

/* A group in both years: pupils, share and mean. */
struct group {
    double n[2], share[2], mean[2];
};

struct years {
    const lkv_stratum *stratum[2];
    size_t schools, groups;
    double n[2];
    struct group *group;
    /* of the middle means and of the changes of means, by the year's shares */
    double middle[2], moved[2];
};

static void groups_fill(struct years *years)
{
    for (size_t i = 0; i < years->schools * years->groups; i++) {
        struct group *group = &years->group[i % years->groups];
        for (int t = BEFORE; t <= NOW; t++) {
            const lkv_stratum *at = &years->stratum[t][i];
            double n = (double)at->n;
            group->n[t] += n;
            group->mean[t] += at->n > 0 ? n * at->mean : 0.0;
            years->n[t] += n;
        }
    }
    for (size_t k = 0; k < years->groups; k++) {
        struct group *group = &years->group[k];
        for (int t = BEFORE; t <= NOW; t++) {
            group->mean[t] /= group->n[t] > 0.0 ? group->n[t] : 1.0;
            group->share[t] =
                years->n[t] > 0.0 ? group->n[t] / years->n[t] : 0.0;
        }
        for (int t = BEFORE; t <= NOW; t++) {
            if (group->n[t] == 0.0) {
                group->mean[t] = group->mean[1 - t];
            }
        }
    }
}

static double middle_of(const struct group *group)
{
    return (group->mean[BEFORE] + group->mean[NOW]) / 2.0;
}

static double moved_of(const struct group *group)
{
    return group->mean[NOW] - group->mean[BEFORE];
}

/* Sum of the influence values of the pupils at STRATUM, group K in year T, on
 * composition and on rates.
 */
static void influence_add(const struct years *years, const lkv_stratum *at,
                          size_t k, int t, double z[2])
{
    const struct group *group = &years->group[k];
    double sign = t == NOW ? 1.0 : -1.0, n = (double)at->n;
    double above = at->mean - group->mean[t];
    double shift = group->share[NOW] - group->share[BEFORE];
    double weight = (group->share[NOW] + group->share[BEFORE]) / 2.0;
    z[0] += sign * n * (middle_of(group) - years->middle[t]) / years->n[t] +
            shift / 2.0 * n * above / group->n[t];
    z[1] += n * (moved_of(group) - years->moved[t]) / 2.0 / years->n[t] +
            sign * weight * n * above / group->n[t];
}

static void errors_fill(const struct years *years, lkv_kitagawa *split)
{
    double sum[2] = {0.0, 0.0}, squares[2] = {0.0, 0.0}, schools = 0.0;
    for (size_t j = 0; j < years->schools; j++) {
        double z[2] = {0.0, 0.0};
        int64_t pupils = 0;
        for (size_t i = 0; i < 2 * years->groups; i++) {
            size_t k = i / 2;
            int t = (int)(i % 2);
            const lkv_stratum *at = &years->stratum[t][j * years->groups + k];
            pupils += at->n;
            if (at->n > 0) {
                influence_add(years, at, k, t, z);
            }
        }
        schools += pupils > 0;
        for (int part = 0; part < 2; part++) {
            sum[part] += z[part];
            squares[part] += z[part] * z[part];
        }
    }
    if (schools < 2.0) {
        return;
    }
    double error[2];
    for (int part = 0; part < 2; part++) {
        double around = squares[part] - sum[part] * sum[part] / schools;
        error[part] = sqrt(schools / (schools - 1.0) * fmax(0.0, around));
    }
    split->composition_error = error[0];
    split->rates_error = error[1];
    split->df = schools - 1.0;
}

lkv_kitagawa lkv_kitagawa_of(const lkv_stratum *now, const lkv_stratum *before,
                             size_t schools, size_t groups)
{
    lkv_kitagawa split = {NAN, NAN, NAN, NAN, NAN};
    g_autofree struct group *group = g_new0(struct group, groups + 1);
    struct years years = {.stratum = {before, now},
                          .schools = schools,
                          .groups = groups,
                          .group = group};
    groups_fill(&years);
    if (years.n[BEFORE] == 0.0 || years.n[NOW] == 0.0) {
        return split;
    }
    split.composition = split.rates = 0.0;
    for (size_t k = 0; k < groups; k++) {
        double shift = group[k].share[NOW] - group[k].share[BEFORE];
        double weight = (group[k].share[NOW] + group[k].share[BEFORE]) / 2.0;
        split.composition += shift * middle_of(&group[k]);
        split.rates += weight * moved_of(&group[k]);
        for (int t = BEFORE; t <= NOW; t++) {
            years.middle[t] += group[k].share[t] * middle_of(&group[k]);
            years.moved[t] += group[k].share[t] * moved_of(&group[k]);
        }
    }
    errors_fill(&years, &split);
    return split;
}
