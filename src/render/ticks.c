#include "render/ticks.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

static const double nice[] = {1.0, 5.0, 2.0, 2.5, 4.0, 3.0};

enum { NICE = sizeof nice / sizeof *nice, DEEP = 20 };

struct search {
    double least, most;
    int wanted;
    double best;
    lkv_ticks ticks;
};

/* Talbot et al., section 4.1: how simple the numbers are. */
static double simplicity(size_t index, double skip, double least, double most,
                         double step)
{
    double rest = fmod(least, step);
    bool zero =
        (rest < 1e-10 || step - rest < 1e-10) && least <= 0.0 && most >= 0.0;
    return 1.0 - (double)index / (NICE - 1.0) - skip + (zero ? 1.0 : 0.0);
}

static double simplicity_most(size_t index, double skip)
{
    return 1.0 - (double)index / (NICE - 1.0) - skip + 1.0;
}

static double square(double x)
{
    return x * x;
}

static double coverage(const struct search *search, double least, double most)
{
    double range = search->most - search->least;
    return 1.0 -
           0.5 * (square(search->most - most) + square(search->least - least)) /
               square(0.1 * range);
}

static double coverage_most(const struct search *search, double span)
{
    double range = search->most - search->least;
    if (span <= range) {
        return 1.0;
    }
    return 1.0 - square((span - range) / 2.0) / square(0.1 * range);
}

static double density(const struct search *search, int count, double least,
                      double most)
{
    double rate = (count - 1.0) / (most - least);
    double wanted = (search->wanted - 1.0) /
                    (fmax(most, search->most) - fmin(least, search->least));
    return 2.0 - fmax(rate / wanted, wanted / rate);
}

static double density_most(const struct search *search, int count)
{
    return count >= search->wanted
               ? 2.0 - (count - 1.0) / (search->wanted - 1.0)
               : 1.0;
}

static double weigh(double simple, double covers, double dense)
{
    return 0.25 * simple + 0.2 * covers + 0.5 * dense + 0.05;
}

/* Every place of COUNT ticks that are STEP apart. */
static void place(struct search *search, size_t index, int skip, int count,
                  double step)
{
    double span = step * (count - 1);
    double unit = step / skip;
    double first = floor(search->most / step) * skip - (count - 1) * skip;
    double last = ceil(search->least / step) * skip;
    for (double start = first; start <= last; start += 1.0) {
        double least = start * unit;
        double most = least + span;
        double score = weigh(simplicity(index, skip, least, most, step),
                             coverage(search, least, most),
                             density(search, count, least, most));
        if (score > search->best) {
            search->best = score;
            search->ticks = (lkv_ticks){least, most, step};
        }
    }
}

/* Every size of step for COUNT ticks on NICE[index] * SKIP. */
static void stretch(struct search *search, size_t index, int skip, int count)
{
    double range = search->most - search->least;
    double delta = range / (count + 1.0) / skip / nice[index];
    for (double power = ceil(log10(delta));; power += 1.0) {
        double step = skip * nice[index] * pow(10.0, power);
        double bound = weigh(simplicity_most(index, skip),
                             coverage_most(search, step * (count - 1)),
                             density_most(search, count));
        if (bound < search->best) {
            return;
        }
        place(search, index, skip, count, step);
    }
}

lkv_ticks lkv_ticks_of(double least, double most, int wanted)
{
    struct search search = {
        least, most, wanted, -2.0, {least, most, most - least}};
    for (int skip = 1; skip <= DEEP; skip++) {
        for (size_t index = 0; index < NICE; index++) {
            if (weigh(simplicity_most(index, skip), 1.0, 1.0) < search.best) {
                return search.ticks;
            }
            for (int count = 2; count <= DEEP; count++) {
                if (weigh(simplicity_most(index, skip), 1.0,
                          density_most(&search, count)) < search.best) {
                    break;
                }
                stretch(&search, index, skip, count);
            }
        }
    }
    return search.ticks;
}
