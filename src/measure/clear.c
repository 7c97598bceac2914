#include "measure/clear.h"

#include <math.h>
#include <string.h>

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

static gint by_p(gconstpointer a, gconstpointer b)
{
    const lkv_estimate *left = *(lkv_estimate *const *)a;
    const lkv_estimate *right = *(lkv_estimate *const *)b;
    return (left->p > right->p) - (left->p < right->p);
}

/* Flags the K least, K the greatest with p(k) <= k q / m. */
static void family_flag(GPtrArray *family)
{
    g_ptr_array_sort(family, by_p);
    guint clear = 0;
    for (guint k = 1; k <= family->len; k++) {
        const lkv_estimate *estimate = g_ptr_array_index(family, k - 1);
        if (estimate->p <= (double)k * FALSE_SHARE / (double)family->len) {
            clear = k;
        }
    }
    for (guint k = 0; k < clear; k++) {
        lkv_estimate *estimate = g_ptr_array_index(family, k);
        estimate->flagged = true;
    }
}

static int year_of(const lkv_frame *frame, const lkv_estimate *estimate)
{
    return lkv_frame_population(frame, estimate->key.population)->year;
}

static bool same_family(const lkv_frame *frame, const lkv_estimate *a,
                        const lkv_estimate *b)
{
    return a->key.variant == b->key.variant &&
           year_of(frame, a) == year_of(frame, b);
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
        const lkv_estimate *first = g_ptr_array_index(waiting, 0);
        g_autoptr(GPtrArray) family = g_ptr_array_new();
        g_autoptr(GPtrArray) rest = g_ptr_array_new();
        for (guint i = 0; i < waiting->len; i++) {
            lkv_estimate *estimate = g_ptr_array_index(waiting, i);
            bool same = same_family(frame, first, estimate);
            g_ptr_array_add(same ? family : rest, estimate);
        }
        family_flag(family);
        g_ptr_array_unref(waiting);
        waiting = g_steal_pointer(&rest);
    }
}
