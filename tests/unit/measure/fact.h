/* A table of facts about estimates. */
#ifndef LKV_TESTS_MEASURE_FACT_H
#define LKV_TESTS_MEASURE_FACT_H

#include "unit/measure/fixture.h"

typedef enum { VALUE, ERROR, LOW, HIGH, DF, P, N, SCHOOLS, MISSING } fact_of;

typedef struct fact {
    const char *words; /* as for ask */
    fact_of column;
    double wanted;
} fact;

static inline double number_of(const lkv_estimate *estimate, fact_of which)
{
    switch (which) {
    case VALUE:
        return lkv_estimate_value(estimate);
    case ERROR:
        return estimate->error;
    case LOW:
        return estimate->low;
    case HIGH:
        return estimate->high;
    case DF:
        return estimate->df;
    case P:
        return estimate->p;
    case N:
        return (double)estimate->n;
    case SCHOOLS:
        return (double)estimate->schools;
    case MISSING:
        return (double)estimate->missing;
    }
    return NAN;
}

static inline void check_facts(const district *place, const fact *facts,
                               size_t count, double tolerance)
{
    static const char *const names[] = {
        "value", "error", "low", "high", "df", "p", "n", "schools", "missing"};
    for (size_t i = 0; i < count; i++) {
        const lkv_estimate *estimate = ask(place, facts[i].words);
        double value = number_of(estimate, facts[i].column);
        if (!check_close(value, facts[i].wanted, tolerance)) {
            print_error("%s of %s is %.17g, wanted %.17g\n",
                        names[facts[i].column], facts[i].words, value,
                        facts[i].wanted);
            fail();
        }
    }
}

#endif
