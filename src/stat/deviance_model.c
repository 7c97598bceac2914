/* The model of a deviance: what does not hang on lambda. */
#include "stat/deviance.h"
#include "stat/triangle.h"

enum { P = LKV_MIXED_EFFECTS, BLOCK = LKV_DEVIANCE_BLOCK };

/* Centred column sums of a group: the intercept's is n. */
static void sums_of(const lkv_deviance_model *model, size_t group, double *s)
{
    const lkv_moments *moments = model->moments;
    s[0] = (double)moments->n[group];
    for (size_t i = 1; i < model->p; i++) {
        s[i] = moments->sum[group * moments->variables + i];
    }
}

static double response_of(const lkv_deviance_model *model, size_t group)
{
    return model->moments->sum[group * model->moments->variables];
}

/* Products within groups: all less those of the groups' own sums. */
static void set_within(const lkv_moments *moments, double *within)
{
    size_t v = moments->variables;
    for (size_t i = 0; i < v * v; i++) {
        within[i] = moments->within_total ? moments->within_total[i]
                                          : moments->cross[i];
    }
    for (size_t j = 0; !moments->within_total && j < moments->groups; j++) {
        const double *sum = &moments->sum[j * v];
        double n = (double)moments->n[j];
        for (size_t i = 0; moments->n[j] > 0 && i < v * v; i++) {
            within[i] -= sum[i / v] * sum[i % v] / n;
        }
    }
}

size_t lkv_deviance_products(size_t p)
{
    return (p + 1) * (p + 2) / 2;
}

/* The regression of y on the columns, without groups; 0 where it has none. */
static void set_around(lkv_deviance_model *model)
{
    const double *cross = model->moments->cross;
    size_t v = model->p, p = v - 1;
    double a[P * P], *beta = &model->around[1];
    for (size_t i = 0; i < p; i++) {
        beta[i] = cross[i + 1];
        for (size_t m = 0; m < p; m++) {
            a[i * p + m] = cross[(i + 1) * v + m + 1];
        }
    }
    bool found = lkv_triangle_factor(a, p);
    if (found) {
        lkv_triangle_forward(a, p, beta);
        lkv_triangle_backward(a, p, beta);
    }
    for (size_t i = 0; !found && i < p; i++) {
        beta[i] = 0.0;
    }
}

/* Where the groups of each size N are, or, of sizes too many to list, each
 * group for itself.
 */
static uint32_t *places_new(const lkv_moments *moments, int64_t *most)
{
    *most = 0;
    for (size_t j = 0; j < moments->groups; j++) {
        *most = MAX(*most, moments->n[j]);
    }
    bool listed = (size_t)*most / 64 <= moments->groups;
    return listed ? g_new0(uint32_t, (size_t)*most + 1) : NULL;
}

/* The number of the size N, a new one where it has none. */
static size_t size_of(lkv_deviance_model *model, uint32_t *places, int64_t n)
{
    size_t place = places ? places[n] : 0;
    if (place == 0) {
        place = ++model->sizes;
        model->block[(place - 1) / BLOCK].n[(place - 1) % BLOCK] = (double)n;
    }
    if (places) {
        places[n] = (uint32_t)place;
    }
    return place - 1;
}

static void group_add(lkv_deviance_model *model, size_t group, size_t size)
{
    lkv_deviance_block *block = &model->block[size / BLOCK];
    size_t p = model->p, lane = size % BLOCK, at = 0;
    double v[P + 1] = {response_of(model, group)};
    sums_of(model, group, &v[1]);
    for (size_t i = 1; i < p; i++) {
        v[0] -= v[i + 1] * model->around[i];
    }
    block->groups[lane] += 1.0;
    for (size_t i = 0; i <= p; i++) {
        for (size_t m = 0; m <= i; m++) {
            block->product[at++][lane] += v[i] * v[m];
        }
    }
}

static void set_blocks(lkv_deviance_model *model)
{
    const lkv_moments *moments = model->moments;
    size_t room = moments->groups / BLOCK + 1,
           products = lkv_deviance_products(model->p);
    int64_t most = 0;
    g_autofree uint32_t *places = places_new(moments, &most);
    model->block = g_new0(lkv_deviance_block, room);
    model->products = g_malloc0(room * products * sizeof *model->products);
    for (size_t b = 0; b < room; b++) {
        model->block[b].product = &model->products[b * products];
        for (size_t i = 0; i < BLOCK; i++) {
            model->block[b].n[i] = 1.0;
        }
    }
    for (size_t j = 0; j < moments->groups; j++) {
        if (moments->n[j] > 0) {
            group_add(model, j, size_of(model, places, moments->n[j]));
        }
    }
    model->blocks = (model->sizes + BLOCK - 1) / BLOCK;
}

lkv_deviance_model lkv_deviance_model_of(const lkv_moments *moments, bool reml)
{
    lkv_deviance_model model = {.moments = moments,
                                .p = moments->variables,
                                .n = (double)moments->total,
                                .reml = reml};
    g_assert(moments->variables <= P);
    model.nu = reml ? model.n - (double)model.p : model.n;
    set_within(moments, model.within);
    set_around(&model);
    set_blocks(&model);
    return model;
}

void lkv_deviance_model_clear(lkv_deviance_model *model)
{
    g_free(model->block);
    g_free(model->products);
}

double lkv_deviance_residual(const lkv_deviance_model *model,
                             const lkv_deviance *at, size_t group, double *s)
{
    double residual = response_of(model, group);
    sums_of(model, group, s);
    for (size_t i = 0; i < model->p; i++) {
        residual -= s[i] * at->beta[i];
    }
    return residual;
}
