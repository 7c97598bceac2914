#include "measure/results.h"

#include <math.h>

/* Estimates are large and keys are small, so pointers are sorted. */
struct lkv_results {
    lkv_frame *frame;
    GPtrArray *estimates;
};

lkv_results *lkv_results_new(lkv_frame *frame)
{
    lkv_results *results = g_new0(lkv_results, 1);
    results->frame = lkv_frame_ref(frame);
    results->estimates = g_ptr_array_new_with_free_func(g_free);
    return results;
}

void lkv_results_free(lkv_results *results)
{
    if (!results) {
        return;
    }
    g_ptr_array_unref(results->estimates);
    lkv_frame_unref(results->frame);
    g_free(results);
}

lkv_estimate *lkv_results_add(lkv_results *results, lkv_key key)
{
    lkv_estimate *estimate = g_new0(lkv_estimate, 1);
    estimate->key = key;
    estimate->real = NAN;
    estimate->error = NAN;
    estimate->low = NAN;
    estimate->high = NAN;
    estimate->df = NAN;
    estimate->p = NAN;
    estimate->n = -1;
    estimate->schools = -1;
    estimate->missing = -1;
    estimate->claim.stat = LKV_OTHER;
    estimate->claim.population = key.population;
    g_ptr_array_add(results->estimates, estimate);
    return estimate;
}

void lkv_results_join(lkv_results *into, lkv_results *from)
{
    g_ptr_array_extend_and_steal(into->estimates, from->estimates);
    from->estimates = g_ptr_array_new_with_free_func(g_free);
}

static gint by_key(gconstpointer a, gconstpointer b)
{
    const lkv_estimate *const *left = a;
    const lkv_estimate *const *right = b;
    return lkv_key_compare(&(*left)->key, &(*right)->key);
}

static bool each_key_once(const lkv_results *results)
{
    for (size_t i = 1; i < lkv_results_size(results); i++) {
        if (lkv_key_compare(&lkv_results_at(results, i - 1)->key,
                            &lkv_results_at(results, i)->key) >= 0) {
            return false;
        }
    }
    return true;
}

void lkv_results_sort(lkv_results *results)
{
    g_ptr_array_sort(results->estimates, by_key);
    g_assert(each_key_once(results));
}

size_t lkv_results_size(const lkv_results *results)
{
    return results->estimates->len;
}

const lkv_estimate *lkv_results_at(const lkv_results *results, size_t index)
{
    g_assert(index < results->estimates->len);
    return g_ptr_array_index(results->estimates, index);
}

lkv_estimate *lkv_results_edit(lkv_results *results, size_t index)
{
    g_assert(index < results->estimates->len);
    return g_ptr_array_index(results->estimates, index);
}

const lkv_estimate *lkv_results_find(const lkv_results *results,
                                     const lkv_key *key)
{
    size_t low = 0;
    size_t high = lkv_results_size(results);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const lkv_estimate *estimate = lkv_results_at(results, middle);
        int order = lkv_key_compare(&estimate->key, key);
        if (order == 0) {
            return estimate;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

lkv_frame *lkv_results_frame(const lkv_results *results)
{
    return results->frame;
}

double lkv_estimate_value(const lkv_estimate *estimate)
{
    if (estimate->bottom == 0) {
        return estimate->real;
    }
    return lkv_wide_ratio(estimate->top, estimate->bottom);
}
