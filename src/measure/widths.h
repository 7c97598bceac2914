/* Quantiles of t for whole degrees of freedom, each computed once: schools
 * are many, and their sizes few.
 */
#ifndef LKV_MEASURE_WIDTHS_H
#define LKV_MEASURE_WIDTHS_H

#include <stdint.h>

#include <glib.h>

typedef struct lkv_widths lkv_widths;

lkv_widths *lkv_widths_new(double confidence);
void lkv_widths_free(lkv_widths *widths);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_widths, lkv_widths_free)

/* t with P(|T| <= t) = confidence; DF is at least 1. */
double lkv_widths_at(lkv_widths *widths, int64_t df);

#endif
