#include "measure/widths.h"

#include "stat/distribution.h"

struct lkv_widths {
    double confidence;
    GArray *width; /* by degrees of freedom; 0 = not yet known */
};

/* Larger schools than this are few. */
enum { KEPT_MOST = 4096 };

lkv_widths *lkv_widths_new(double confidence)
{
    lkv_widths *widths = g_new0(lkv_widths, 1);
    widths->confidence = confidence;
    widths->width = g_array_new(FALSE, TRUE, sizeof(double));
    return widths;
}

void lkv_widths_free(lkv_widths *widths)
{
    if (!widths) {
        return;
    }
    g_array_unref(widths->width);
    g_free(widths);
}

double lkv_widths_at(lkv_widths *widths, int64_t df)
{
    if (df >= KEPT_MOST) {
        return lkv_t_width(widths->confidence, (double)df);
    }
    guint place = (guint)df;
    if (place >= widths->width->len) {
        g_array_set_size(widths->width, place + 1);
    }
    double *width = &g_array_index(widths->width, double, place);
    if (*width == 0) {
        *width = lkv_t_width(widths->confidence, (double)df);
    }
    return *width;
}
