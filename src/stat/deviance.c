#include "stat/deviance.h"

#include <math.h>
#include <string.h>

#include "stat/logs.h"
#include "stat/triangle.h"

enum {
    P = LKV_MIXED_EFFECTS,
    PRODUCTS = (P + 1) * (P + 2) / 2,
    BLOCK = LKV_DEVIANCE_BLOCK,
    LANES = BLOCK / 4, /* of a block that are added up side by side */
    FEW = 4 /* multiplied sooner than their logarithm is taken */
};

/* ---- a point --------------------------------------------------------------- */

/* Adds the products of a block, each size by its WEIGHT, to SUM, of which the
 * lanes are added up in the end.
 */
static void block_add(const lkv_deviance_block *block, size_t products,
                      const double *weight, double (*restrict sum)[LANES])
{
    enum { SECOND = LANES, THIRD = 2 * LANES, FOURTH = 3 * LANES };
    for (size_t c = 0; c < products; c++) {
        const double *product = block->product[c];
        for (size_t i = 0; i < LANES; i++) {
            sum[c][i] += (weight[i] * product[i] +
                          weight[SECOND + i] * product[SECOND + i]) +
                         (weight[THIRD + i] * product[THIRD + i] +
                          weight[FOURTH + i] * product[FOURTH + i]);
        }
    }
}

static void lanes_add(double (*lanes)[LANES], size_t products, double *sum)
{
    for (size_t c = 0; c < products; c++) {
        sum[c] = lanes[c][0] + lanes[c][1];
    }
}

/* The logarithm of k, once for each of as many GROUPS. */
static void log_k_add(double k, double groups, lkv_logs *to)
{
    if (groups > FEW) {
        to->sum += groups * log(k);
        return;
    }
    for (; groups > 0.0; groups -= 1.0) {
        lkv_logs_add(k, to);
    }
}

/* A, b and q of lambda: the products within groups, of y around AROUND, and
 * those of the groups' sums by 1/(n k). Nothing is subtracted, so no lambda is
 * too large.
 */
static double reduce(const lkv_deviance_model *model, const double *sum,
                     lkv_deviance *point)
{
    size_t p = model->p, at = 0;
    const double *within = model->within, *around = model->around;
    double q = within[0] + sum[at++];
    for (size_t i = 0; i < p; i++) {
        double left = 0.0;
        for (size_t m = 1; i > 0 && m < p; m++) {
            left += within[i * p + m] * around[m];
        }
        double own = i > 0 ? within[i] - left : 0.0;
        q -= i > 0 ? around[i] * (within[i] + own) : 0.0;
        point->z[i] = own + sum[at++];
        for (size_t m = 0; m <= i; m++) {
            point->a[i * p + m] = (m > 0 ? within[i * p + m] : 0.0) + sum[at++];
        }
    }
    return q;
}

double lkv_deviance_along(const lkv_deviance_model *model,
                          const lkv_deviance *at, const double *s)
{
    double x[P], length = 0.0;
    for (size_t i = 0; i < model->p; i++) {
        x[i] = s[i];
    }
    lkv_triangle_forward(at->a, model->p, x);
    for (size_t i = 0; i < model->p; i++) {
        length += x[i] * x[i];
    }
    return length;
}

bool lkv_deviance_finish(const lkv_deviance_model *model, lkv_deviance *point,
                         double q)
{
    size_t p = model->p;
    double length = 0.0;
    lkv_logs log_g = LKV_LOGS_NONE; /* of 1/G */
    point->fit = LKV_FIT_COLLINEAR;
    if (!lkv_triangle_factor(point->a, p)) {
        return false;
    }
    lkv_triangle_forward(point->a, p, point->z);
    for (size_t i = 0; i < p; i++) {
        point->beta[i] = point->z[i];
        length += point->z[i] * point->z[i];
        lkv_logs_add(point->a[i * p + i], &log_g);
    }
    point->log_a -= 2.0 * lkv_logs_sum(&log_g);
    lkv_triangle_backward(point->a, p, point->beta);
    point->rss = q - length;
    point->fit = point->rss > 0.0 ? LKV_FIT_OK : LKV_FIT_NO_VARIANCE;
    if (point->fit != LKV_FIT_OK) {
        return false;
    }
    point->deviance =
        model->nu * (1.0 + log(2.0 * G_PI * point->rss / model->nu)) +
        point->log_k + (model->reml ? point->log_a : 0.0);
    return true;
}

lkv_deviance lkv_deviance_at(const lkv_deviance_model *model, double lambda)
{
    lkv_deviance point;
    double lanes[PRODUCTS][LANES], sum[PRODUCTS];
    size_t products = lkv_deviance_products(model->p);
    lkv_logs log_k = LKV_LOGS_NONE;
    point.fit = LKV_FIT_COLLINEAR;
    point.rss = point.log_a = point.deviance = 0.0;
    memset(lanes, 0, products * sizeof *lanes);
    for (size_t b = 0; b < model->blocks; b++) {
        const lkv_deviance_block *block = &model->block[b];
        double weight[BLOCK], k[BLOCK];
        for (size_t i = 0; i < BLOCK; i++) {
            k[i] = 1.0 + block->n[i] * lambda;
            weight[i] = 1.0 / (block->n[i] * k[i]);
        }
        for (size_t i = 0; i < BLOCK && block->groups[i] > 0.0; i++) {
            log_k_add(k[i], block->groups[i], &log_k);
        }
        block_add(block, products, weight, lanes);
    }
    lanes_add(lanes, products, sum);
    point.log_k = lkv_logs_sum(&log_k);
    double q = reduce(model, sum, &point);
    if (lkv_deviance_finish(model, &point, q)) {
        for (size_t i = 1; i < model->p; i++) {
            point.beta[i] += model->around[i];
        }
    }
    return point;
}

/* ---- the slope ------------------------------------------------------------- */

/* tr(A^-1 M) of the products M of the columns in BY: of each column of
 * G^-1, which is lower, its square by M.
 */
static double trace_of(const lkv_deviance *point, size_t p, const double *by)
{
    double inverse[P * P] = {0.0}, trace = 0.0;
    for (size_t c = 0; c < p; c++) {
        for (size_t i = c; i < p; i++) {
            double left = i == c ? 1.0 : 0.0;
            for (size_t k = c; k < i; k++) {
                left -= point->a[i * p + k] * inverse[k * p + c];
            }
            inverse[i * p + c] = left * point->a[i * p + i];
        }
    }
    for (size_t i = 0; i < p; i++) {
        for (size_t a = 0; a <= i; a++) {
            double own = inverse[i * p + a];
            const double *row = &by[(a + 1) * (a + 2) / 2 + 1];
            trace += own * own * row[a];
            for (size_t m = 0; m < a; m++) {
                trace += 2.0 * own * inverse[i * p + m] * row[m];
            }
        }
    }
    return trace;
}

/* Sum of r^2/k^2 at DELTA, beta less what y is taken around, of BY. */
static double residuals_of(const double *delta, size_t p, const double *by)
{
    double sum = by[0];
    for (size_t i = 0; i < p; i++) {
        const double *row = &by[(i + 1) * (i + 2) / 2];
        double along = delta[i] * row[i + 1] - 2.0 * row[0];
        for (size_t m = 0; m < i; m++) {
            along += 2.0 * delta[m] * row[m + 1];
        }
        sum += delta[i] * along;
    }
    return sum;
}

double lkv_deviance_slope(const lkv_deviance_model *model,
                          const lkv_deviance *at, double lambda)
{
    double lanes[PRODUCTS][LANES], sum[PRODUCTS], delta[P], n_by_k = 0.0;
    size_t products = lkv_deviance_products(model->p);
    if (at->fit != LKV_FIT_OK) {
        return NAN;
    }
    memset(lanes, 0, products * sizeof *lanes);
    for (size_t b = 0; b < model->blocks; b++) {
        const lkv_deviance_block *block = &model->block[b];
        double weight[BLOCK];
        for (size_t i = 0; i < BLOCK; i++) {
            double by_k = 1.0 / (1.0 + block->n[i] * lambda);
            weight[i] = by_k * by_k;
            n_by_k += block->groups[i] * block->n[i] * by_k;
        }
        block_add(block, products, weight, lanes);
    }
    lanes_add(lanes, products, sum);
    for (size_t i = 0; i < model->p; i++) {
        delta[i] = at->beta[i] - model->around[i];
    }
    double rss = residuals_of(delta, model->p, sum);
    double log_a = model->reml ? trace_of(at, model->p, sum) : 0.0;
    return n_by_k - model->nu * rss / at->rss - log_a;
}
