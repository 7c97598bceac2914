#include "measure/results.h"

#include <math.h>

struct lkv_results {
    lkv_frame *frame;
    GArray *estimates; /* lkv_estimate */
    gint references;
};

static void free_estimate(gpointer pointer)
{
    lkv_estimate *estimate = pointer;
    g_free(estimate->from);
}

G_STATIC_ASSERT(LKV_FROM_MOST < 8 && LKV_UNITS <= 256);
G_STATIC_ASSERT(LKV_METHODS <= 256 && LKV_REASONS <= 256);

lkv_results *lkv_results_new(lkv_frame *frame)
{
    lkv_results *results = g_new0(lkv_results, 1);
    results->frame = lkv_frame_ref(frame);
    results->estimates = g_array_new(FALSE, FALSE, sizeof(lkv_estimate));
    g_array_set_clear_func(results->estimates, free_estimate);
    results->references = 1;
    return results;
}

lkv_results *lkv_results_ref(lkv_results *results)
{
    g_atomic_int_inc(&results->references);
    return results;
}

void lkv_results_unref(lkv_results *results)
{
    if (!results || !g_atomic_int_dec_and_test(&results->references)) {
        return;
    }
    g_array_unref(results->estimates);
    lkv_frame_unref(results->frame);
    g_free(results);
}

lkv_estimate *lkv_results_add(lkv_results *results, lkv_key key)
{
    lkv_estimate estimate = {
        .key = key,
        .real = NAN,
        .error = NAN,
        .low = NAN,
        .high = NAN,
        .df = NAN,
        .p = NAN,
        .n = -1,
        .schools = -1,
        .missing = -1,
        .claim = {.stat = LKV_OTHER, .population = key.population},
    };
    g_array_append_val(results->estimates, estimate);
    return lkv_results_edit(results, results->estimates->len - 1);
}

void lkv_estimate_from(lkv_estimate *estimate, lkv_claim claim)
{
    g_assert(estimate->froms < LKV_FROM_MOST);
    estimate->from = g_renew(lkv_claim, estimate->from, estimate->froms + 1U);
    estimate->from[estimate->froms++] = claim;
}

lkv_estimate *lkv_results_copy(lkv_results *results,
                               const lkv_estimate *estimate)
{
    lkv_estimate copy = *estimate;
    copy.from = g_memdup2(estimate->from, estimate->froms * sizeof *copy.from);
    g_array_append_val(results->estimates, copy);
    return lkv_results_edit(results, results->estimates->len - 1);
}

void lkv_results_join(lkv_results *into, lkv_results *from)
{
    gsize count = 0;
    g_autofree gpointer moved = g_array_steal(from->estimates, &count);
    g_array_append_vals(into->estimates, moved, (guint)count);
}

static gint by_key(gconstpointer a, gconstpointer b)
{
    const lkv_estimate *left = a;
    const lkv_estimate *right = b;
    return lkv_key_compare(&left->key, &right->key);
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
    g_array_sort(results->estimates, by_key);
    g_assert(each_key_once(results));
}

size_t lkv_results_size(const lkv_results *results)
{
    return results->estimates->len;
}

const lkv_estimate *lkv_results_at(const lkv_results *results, size_t index)
{
    g_assert(index < results->estimates->len);
    return &g_array_index(results->estimates, lkv_estimate, index);
}

const lkv_estimate *lkv_results_all(const lkv_results *results)
{
    return (const lkv_estimate *)(const void *)results->estimates->data;
}

lkv_estimate *lkv_results_edit(lkv_results *results, size_t index)
{
    g_assert(index < results->estimates->len);
    return &g_array_index(results->estimates, lkv_estimate, index);
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
