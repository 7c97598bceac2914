#include "stat/nested.h"

#include <math.h>

#include "stat/distribution.h"
#include "stat/jackknife.h"

void lkv_nest_add(lkv_nest *nest, lkv_stratum cases)
{
    nest->classes++;
    nest->cases = lkv_stratum_join(nest->cases, cases);
    nest->within += cases.squares;
    nest->sizes += (double)cases.n * (double)cases.n;
}

/* Sums over schools. */
struct sums {
    double n, schools, classes;
    double within, between_classes, between_schools;
    double sizes, sizes_by_n, school_sizes;
};

static struct sums sums_of(const lkv_nest *nest, size_t schools,
                           lkv_nested *found)
{
    struct sums sums = {0};
    lkv_stratum all = {0};
    for (size_t j = 0; j < schools; j++) {
        const lkv_nest *at = &nest[j];
        double n = (double)at->cases.n;
        if (at->cases.n == 0) {
            continue;
        }
        found->schools++;
        found->classes += at->classes;
        found->single += at->classes == 1;
        all = lkv_stratum_join(
            all, (lkv_stratum){.n = at->cases.n, .mean = at->cases.mean});
        sums.within += at->within;
        sums.between_classes += fmax(0.0, at->cases.squares - at->within);
        sums.sizes += at->sizes;
        sums.sizes_by_n += at->sizes / n;
        sums.school_sizes += n * n;
    }
    found->n = all.n;
    sums.n = (double)all.n;
    sums.schools = (double)found->schools;
    sums.classes = (double)found->classes;
    sums.between_schools = all.squares;
    return sums;
}

lkv_nested lkv_nested_of(const lkv_nest *nest, size_t schools)
{
    lkv_nested found = {.ms_school = NAN,
                        .ms_class = NAN,
                        .ms_pupil = NAN,
                        .school = NAN,
                        .class_ = NAN,
                        .pupil = NAN,
                        .f = NAN,
                        .p = NAN,
                        .school_share = NAN,
                        .class_share = NAN};
    struct sums of = sums_of(nest, schools, &found);
    double df_pupil = of.n - of.classes, df_class = of.classes - of.schools;
    double df_school = of.schools - 1.0;
    if (df_pupil <= 0.0 || df_class <= 0.0 || df_school <= 0.0 ||
        !(of.within > 0.0)) {
        return found;
    }
    double k1 = (of.n - of.sizes_by_n) / df_class;
    double k2 = (of.sizes_by_n - of.sizes / of.n) / df_school;
    double k3 = (of.n - of.school_sizes / of.n) / df_school;
    found.ms_pupil = found.pupil = of.within / df_pupil;
    found.ms_class = of.between_classes / df_class;
    found.ms_school = of.between_schools / df_school;
    found.class_ = (found.ms_class - found.ms_pupil) / k1;
    found.school = (found.ms_school - found.ms_pupil - k2 * found.class_) / k3;
    found.f = found.ms_class / found.ms_pupil;
    found.p = lkv_f_above(found.f, df_class, df_pupil);
    double total = found.school + found.class_ + found.pupil;
    found.school_share = found.school / total;
    found.class_share = found.class_ / total;
    return found;
}

lkv_nested_errors lkv_nested_jackknife(const lkv_nest *nest, size_t schools)
{
    g_autofree double *school = g_new0(double, schools + 1);
    g_autofree double *by_class = g_new0(double, schools + 1);
    g_autofree lkv_nest *less = g_new0(lkv_nest, schools + 1);
    size_t count = 0;
    for (size_t j = 0; j < schools; j++) {
        less[j] = nest[j];
    }
    for (size_t j = 0; j < schools; j++) {
        if (nest[j].cases.n > 0) {
            less[j] = (lkv_nest){0};
            lkv_nested without = lkv_nested_of(less, schools);
            less[j] = nest[j];
            school[count] = without.school_share;
            by_class[count++] = without.class_share;
        }
    }
    return (lkv_nested_errors){lkv_jackknife_error(school, count),
                               lkv_jackknife_error(by_class, count)};
}
