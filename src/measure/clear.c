#include "measure/clear.h"

#include <math.h>
#include <string.h>

#include "stat/compare.h"

/* Expected share of false ones among those called clear. */
#define FALSE_SHARE 0.05

static bool is_headline(const lkv_frame *frame, const lkv_estimate *estimate)
{
    const lkv_key *key = &estimate->key;
    if (isnan(estimate->p) || key->outcome == LKV_NO_VALUE || key->unit == 0 ||
        key->group_by > 0) {
        return false;
    }
    const lkv_outcome *outcome = lkv_frame_outcome(frame, key->outcome);
    const char *measure = g_ptr_array_index(frame->measures, key->measure);
    return !outcome->secondary && !outcome->subject &&
           strcmp(measure, "against_district") == 0;
}

static int year_of(const lkv_frame *frame, const lkv_estimate *estimate)
{
    return lkv_frame_population(frame, estimate->key.population)->year;
}

static void family_flag(const GPtrArray *family)
{
    g_autofree double *p = g_new0(double, family->len + 1);
    g_autofree bool *clear = g_new0(bool, family->len + 1);
    for (guint i = 0; i < family->len; i++) {
        const lkv_estimate *estimate = g_ptr_array_index(family, i);
        p[i] = estimate->p;
    }
    lkv_compare_many(p, family->len, FALSE_SHARE, clear);
    for (guint i = 0; i < family->len; i++) {
        lkv_estimate *estimate = g_ptr_array_index(family, i);
        estimate->flagged = clear[i];
    }
}

/* Takes the family of the first of WAITING out of it. */
static GPtrArray *family_take(const lkv_frame *frame, GPtrArray *waiting)
{
    GPtrArray *family = g_ptr_array_new();
    const lkv_estimate *first = g_ptr_array_index(waiting, 0);
    guint left = 0;
    for (guint i = 0; i < waiting->len; i++) {
        lkv_estimate *estimate = g_ptr_array_index(waiting, i);
        if (estimate->key.variant == first->key.variant &&
            year_of(frame, estimate) == year_of(frame, first)) {
            g_ptr_array_add(family, estimate);
        } else {
            waiting->pdata[left++] = estimate;
        }
    }
    g_ptr_array_set_size(waiting, (gint)left);
    return family;
}

void lkv_clear_flag(lkv_results *results)
{
    const lkv_frame *frame = lkv_results_frame(results);
    g_autoptr(GPtrArray) waiting = g_ptr_array_new();
    for (size_t i = 0; i < lkv_results_size(results); i++) {
        lkv_estimate *estimate = lkv_results_edit(results, i);
        if (is_headline(frame, estimate)) {
            g_ptr_array_add(waiting, estimate);
        }
    }
    while (waiting->len > 0) {
        g_autoptr(GPtrArray) family = family_take(frame, waiting);
        family_flag(family);
    }
}
