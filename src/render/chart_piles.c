/* Piles of dots: as many are seen as there are. */
#include <math.h>

#include "render/chart.h"

#define STEP (2.0 * LKV_SMALL_DOT)
#define MOST 62.0 /* a higher pile is pressed together */

static bool is_piled(const lkv_plot *plot, size_t index, double *value)
{
    const lkv_mark *mark = &plot->chart->mark[index];
    return mark->kind == LKV_MARK_DOT && mark->role == LKV_ROLE_QUIET &&
           mark->series == 0 && !mark->aside &&
           lkv_release_at(plot->press->words.release, mark->at).status ==
               LKV_OK &&
           lkv_plot_number(plot, mark->at, value);
}

/* Dots of the slot and value of dot INDEX: all, and those before it. */
struct dots {
    size_t all, before;
};

static struct dots dots_at(const lkv_plot *plot, size_t index)
{
    struct dots dots = {0};
    double value = 0.0, other = 0.0;
    if (!is_piled(plot, index, &value)) {
        return (struct dots){.all = 1};
    }
    for (size_t i = 0; i < plot->chart->marks; i++) {
        if (plot->chart->mark[i].slot == plot->chart->mark[index].slot &&
            is_piled(plot, i, &other) && other == value) {
            dots.before += i < index;
            dots.all++;
        }
    }
    return dots;
}

lkv_pile lkv_pile_of_slot(const lkv_plot *plot, int16_t slot)
{
    size_t most = 1;
    for (size_t i = 0; i < plot->chart->marks; i++) {
        if (plot->chart->mark[i].slot == slot) {
            size_t all = dots_at(plot, i).all;
            most = all > most ? all : most;
        }
    }
    double height = fmin((double)most * STEP, MOST);
    return (lkv_pile){.height = height, .step = height / (double)most};
}

double lkv_pile_shift(const lkv_plot *plot, size_t index, lkv_pile pile)
{
    struct dots dots = dots_at(plot, index);
    return pile.step * ((double)dots.before - (double)(dots.all - 1) / 2.0);
}
