#include "stat/anova.h"

#include <math.h>

#include "stat/distribution.h"

static lkv_fit fit_of(const lkv_anova *anova)
{
    return anova->n == 0             ? LKV_FIT_NOBODY
           : anova->groups < 2       ? LKV_FIT_ONE_GROUP
           : anova->df_within <= 0.0 ? LKV_FIT_NO_DF
           : anova->ss_within <= 0.0 ? LKV_FIT_NO_VARIANCE
                                     : LKV_FIT_OK;
}

static lkv_anova undefined(lkv_anova anova)
{
    anova.ms_between = anova.ms_within = anova.n0 = NAN;
    anova.between = anova.icc = anova.f = anova.p = NAN;
    anova.eta2 = anova.eta2_null = anova.omega2 = anova.epsilon2 = NAN;
    return anova;
}

lkv_anova lkv_anova_of(const lkv_moments *moments)
{
    size_t v = moments->variables;
    lkv_anova anova = {.n = moments->total};
    double squares = 0.0;
    for (size_t j = 0; j < moments->groups; j++) {
        double n = (double)moments->n[j];
        if (moments->n[j] > 0) {
            double sum = moments->sum[j * v];
            anova.groups++;
            anova.ss_between += sum * sum / n;
            squares += n * n;
        }
    }
    double n = (double)anova.n, groups = (double)anova.groups;
    anova.ss_within = moments->within_total[0];
    anova.ss_total = moments->cross[0];
    anova.df_between = groups - 1.0;
    anova.df_within = n - groups;
    anova.fit = fit_of(&anova);
    if (anova.fit != LKV_FIT_OK) {
        return undefined(anova);
    }
    anova.ms_between = anova.ss_between / anova.df_between;
    anova.ms_within = anova.ss_within / anova.df_within;
    anova.n0 = (n - squares / n) / anova.df_between;
    anova.between = (anova.ms_between - anova.ms_within) / anova.n0;
    anova.icc = anova.between / (anova.between + anova.ms_within);
    anova.f = anova.ms_between / anova.ms_within;
    anova.p = lkv_f_above(anova.f, anova.df_between, anova.df_within);
    anova.eta2 = anova.ss_between / anova.ss_total;
    anova.eta2_null = anova.df_between / (n - 1.0);
    double above = anova.ss_between - anova.df_between * anova.ms_within;
    anova.omega2 = above / (anova.ss_total + anova.ms_within);
    anova.epsilon2 = above / anova.ss_total;
    return anova;
}
