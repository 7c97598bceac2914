/* R2 over draws of groups. */
#include <math.h>

#include "stat/quantile.h"
#include "stat/regression.h"

enum { P = LKV_REGRESSION_EFFECTS };

/* Products of a group around the grand means, and its n and sums: [group *
 * room], one group after another without the empty ones.
 */
typedef struct lkv_drawn {
    size_t variables, groups, room;
    double *part;
} lkv_drawn;

static lkv_drawn drawn_of(const lkv_moments *moments)
{
    size_t v = moments->variables;
    lkv_drawn drawn = {.variables = v, .room = 1 + v + v * v};
    drawn.part = g_new0(double, drawn.room * moments->groups + 1);
    for (size_t j = 0; j < moments->groups; j++) {
        if (moments->n[j] == 0) {
            continue;
        }
        double *part = &drawn.part[drawn.groups++ * drawn.room];
        const double *sum = &moments->sum[j * v];
        part[0] = (double)moments->n[j];
        for (size_t i = 0; i < v; i++) {
            part[1 + i] = sum[i];
        }
        for (size_t i = 0; i < v * v; i++) {
            part[1 + v + i] = moments->within[j * v * v + i] +
                              sum[i / v] * sum[i % v] / part[0];
        }
    }
    return drawn;
}

/* What is left of y once the columns are taken out, but for those that follow
 * from others in this draw.
 */
static double r2_of(double *cross, size_t v)
{
    double whole = cross[0], own[P];
    for (size_t i = 0; i < v; i++) {
        own[i] = cross[i * v + i];
    }
    for (size_t i = 1; i < v; i++) {
        if (cross[i * v + i] > 1e-10 * own[i]) {
            lkv_cross_take_out(cross, v, i);
        }
    }
    return whole > 0.0 ? 1.0 - cross[0] / whole : NAN;
}

static double draw(const lkv_drawn *drawn, lkv_stream *stream)
{
    size_t v = drawn->variables;
    double total[1 + P + P * P] = {0.0};
    for (size_t j = 0; j < drawn->groups; j++) {
        size_t which = lkv_stream_below(stream, drawn->groups);
        const double *part = &drawn->part[which * drawn->room];
        for (size_t i = 0; i < drawn->room; i++) {
            total[i] += part[i];
        }
    }
    double *cross = &total[1 + v];
    for (size_t i = 0; i < v * v; i++) {
        cross[i] -= total[1 + i / v] * total[1 + i % v] / total[0];
    }
    return r2_of(cross, v);
}

lkv_interval lkv_regression_r2_drawn(const lkv_moments *moments,
                                     lkv_stream *stream, unsigned replicates,
                                     double confidence)
{
    g_assert(moments->within && moments->variables <= P);
    lkv_drawn drawn = drawn_of(moments);
    g_autofree double *owned = drawn.part;
    (void)owned;
    g_autofree double *r2 = g_new0(double, replicates + 1);
    size_t count = 0;
    if (drawn.groups < LKV_REGRESSION_DRAWN_GROUPS) {
        return (lkv_interval){NAN, NAN};
    }
    for (unsigned i = 0; i < replicates; i++) {
        double value = draw(&drawn, stream);
        if (!isnan(value)) {
            r2[count++] = value;
        }
    }
    lkv_sort(r2, count);
    double tail = (1.0 - confidence) / 2.0;
    return (lkv_interval){lkv_quantile(r2, count, tail),
                          lkv_quantile(r2, count, 1.0 - tail)};
}
