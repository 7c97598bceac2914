#include "stat/moments.h"

#include <math.h>

lkv_moments *lkv_moments_new(size_t groups, size_t variables, int by_group)
{
    lkv_moments *moments = g_new0(lkv_moments, 1);
    moments->groups = groups;
    moments->variables = variables;
    moments->n = g_new0(int64_t, groups);
    moments->mean = g_new0(double, variables);
    moments->group_mean = g_new0(double, groups *variables);
    moments->sum = g_new0(double, groups *variables);
    moments->cross = g_new0(double, variables *variables);
    moments->mean_rest = g_new0(double, variables);
    moments->cross_rest = g_new0(double, variables *variables);
    if (by_group) {
        moments->within = g_new0(double, groups *variables *variables);
        moments->within_total = g_new0(double, variables *variables);
    }
    return moments;
}

void lkv_moments_free(lkv_moments *moments)
{
    if (!moments) {
        return;
    }
    g_free(moments->n);
    g_free(moments->mean);
    g_free(moments->group_mean);
    g_free(moments->sum);
    g_free(moments->cross);
    g_free(moments->mean_rest);
    g_free(moments->cross_rest);
    g_free(moments->within);
    g_free(moments->within_total);
    g_free(moments);
}

static void set_means(lkv_moments *moments, const double *values,
                      const uint32_t *group, size_t cases)
{
    size_t v = moments->variables;
    for (size_t i = 0; i < cases; i++) {
        moments->n[group[i]]++;
        for (size_t k = 0; k < v; k++) {
            moments->mean[k] += values[i * v + k];
            moments->group_mean[group[i] * v + k] += values[i * v + k];
        }
    }
    moments->total = (int64_t)cases;
    for (size_t k = 0; k < v; k++) {
        moments->mean[k] /= cases > 0 ? (double)cases : 1.0;
    }
    for (size_t g = 0; g < moments->groups; g++) {
        for (size_t k = 0; k < v; k++) {
            double n = (double)moments->n[g];
            moments->group_mean[g * v + k] =
                n > 0.0 ? moments->group_mean[g * v + k] / n : NAN;
        }
    }
}

static void add_case(lkv_moments *moments, const double *value, uint32_t group)
{
    size_t v = moments->variables;
    const double *mean = &moments->group_mean[group * v];
    for (size_t a = 0; a < v; a++) {
        double da = value[a] - moments->mean[a];
        moments->sum[group * v + a] += da;
        for (size_t b = 0; b < v; b++) {
            double inside = (value[a] - mean[a]) * (value[b] - mean[b]);
            moments->cross[a * v + b] += da * (value[b] - moments->mean[b]);
            moments->within[(group * v + a) * v + b] += inside;
            moments->within_total[a * v + b] += inside;
        }
    }
}

lkv_moments *lkv_moments_of(const double *values, const uint32_t *group,
                            size_t cases, size_t groups, size_t variables)
{
    lkv_moments *moments = lkv_moments_new(groups, variables, 1);
    set_means(moments, values, group, cases);
    for (size_t i = 0; i < cases; i++) {
        add_case(moments, &values[i * variables], group[i]);
    }
    return moments;
}
