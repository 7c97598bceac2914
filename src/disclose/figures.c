#include "disclose/figures.h"

#include <math.h>

#include "disclose/band.h"
#include "disclose/shown.h"
#include "stat/detectable.h"

/* What a release is made for and from. */
typedef struct maker {
    lkv_release *release;
    const lkv_facts *facts;
    const lkv_fate *fates;
    const lkv_profile *profile;
} maker;

static lkv_cell put_status(const maker *making, lkv_status status)
{
    return lkv_release_put(making->release, lkv_shown_status(status));
}

/* A count, or no cell where it does not apply. */
static lkv_cell put_count(const maker *making, int64_t count,
                          const lkv_fate *fate)
{
    if (count < 0) {
        return 0;
    }
    switch (fate->kind) {
    case LKV_FATE_SHOWN:
        return lkv_release_put(making->release, lkv_shown_whole(count));
    case LKV_FATE_AT_LEAST:
    case LKV_FATE_AT_MOST:
        return lkv_release_put(
            making->release,
            lkv_shown_bound(fate, LKV_UNIT_COUNT, count, true));
    case LKV_FATE_HIDDEN:
        break;
    }
    return put_status(making, LKV_HIDDEN);
}

static lkv_cell put_real(const maker *making, double value, uint8_t decimals)
{
    return isfinite(value) ? lkv_release_put(making->release,
                                             lkv_shown_real(value, decimals))
                           : 0;
}

/* Pupils of the smallest group that ESTIMATE was computed from: its digits
 * follow from them.
 */
static int64_t pupils_behind(const maker *making, const lkv_estimate *estimate,
                             size_t number)
{
    int64_t least = estimate->n;
    for (size_t i = 0; i < estimate->froms; i++) {
        uint32_t from = making->facts->of[number].from[i];
        int64_t base =
            from == LKV_NO_FACT
                ? -1
                : lkv_facts_count(making->facts,
                                  lkv_facts_at(making->facts, from)->base);
        if (base >= 0 && (least < 0 || base < least)) {
            least = base;
        }
    }
    return least;
}

/* Error, limits and degrees of freedom, all alike, so that no gap tells which
 * of them there were.
 */
static void hide_interval(const maker *making, lkv_figure *figure)
{
    figure->error = put_status(making, LKV_HIDDEN);
    figure->low = put_status(making, LKV_HIDDEN);
    figure->high = put_status(making, LKV_HIDDEN);
    figure->df = put_status(making, LKV_HIDDEN);
}

static bool is_share(const lkv_estimate *estimate)
{
    return estimate->unit_of_value == LKV_UNIT_SHARE ||
           estimate->unit_of_value == LKV_UNIT_SHARE_POINTS;
}

/* Limits from which no n can be told apart from one pupil more or less: a
 * share's half width goes as the root of n, so its last digit must be worth
 * half of it, divided by n, times the pupils in doubt. Of points the width
 * tells nothing of n, since their spread is not known.
 */
static void add_coarse(const maker *making, const lkv_estimate *estimate,
                       int64_t pupils, uint8_t decimals, lkv_figure *figure)
{
    double half = (estimate->high - estimate->low) / 2.0;
    double doubt = (double)(making->profile->count_least - 1);
    double told =
        is_share(estimate) ? half / 2.0 / (double)pupils * doubt : 0.0;
    if (!isfinite(told) || pupils <= 0) {
        return;
    }
    while (told > pow(10.0, -decimals)) {
        if (decimals <= LKV_PER_CENT_DECIMALS) {
            return;
        }
        decimals--;
    }
    lkv_release_replace(making->release, figure->low,
                        lkv_shown_real(estimate->low, decimals));
    lkv_release_replace(making->release, figure->high,
                        lkv_shown_real(estimate->high, decimals));
}

static void add_interval(const maker *making, const lkv_estimate *estimate,
                         uint8_t decimals, lkv_figure *figure)
{
    bool full = decimals == LKV_FULL;
    uint8_t finer = full ? LKV_FULL : (uint8_t)(decimals + 1);
    bool whole = isfinite(estimate->df) && floor(estimate->df) == estimate->df;
    figure->error = put_real(making, estimate->error, finer);
    figure->low = put_real(making, estimate->low, decimals);
    figure->high = put_real(making, estimate->high, decimals);
    figure->df = put_real(making, estimate->df,
                          full    ? LKV_FULL
                          : whole ? 0
                                  : 1);
}

static lkv_shown rounded_up(double value, uint8_t decimals)
{
    lkv_shown shown = lkv_shown_real(value, decimals);
    if (decimals != LKV_FULL && lkv_shown_number(shown) < value) {
        shown.scaled++;
    }
    return shown;
}

/* What the comparison would have told, from what is printed of its interval
 * alone: so it says nothing that the interval does not.
 */
static void add_detectable(const maker *making, const lkv_estimate *estimate,
                           lkv_figure *figure)
{
    lkv_shown low = lkv_release_at(making->release, figure->low);
    lkv_shown high = lkv_release_at(making->release, figure->high);
    lkv_shown df = lkv_release_at(making->release, figure->df);
    if (!estimate->compared) {
        return;
    }
    if (low.status == LKV_HIDDEN || high.status == LKV_HIDDEN) {
        figure->detectable = put_status(making, LKV_HIDDEN);
        return;
    }
    double told =
        lkv_detectable((lkv_shown_number(high) - lkv_shown_number(low)) / 2.0,
                       making->facts->frame->confidence, lkv_shown_number(df));
    if (isfinite(told)) {
        figure->detectable =
            lkv_release_put(making->release, rounded_up(told, low.decimals));
    }
}

static lkv_shown value_of(const maker *making, const lkv_estimate *estimate,
                          size_t number, const lkv_fate *fate, uint8_t decimals)
{
    if (fate->kind == LKV_FATE_SHOWN) {
        return lkv_shown_value(estimate, decimals);
    }
    const lkv_fact *fact =
        lkv_facts_at(making->facts, making->facts->of[number].value);
    bool told = making->fates[fact->n].kind == LKV_FATE_SHOWN;
    return lkv_shown_bound(fate, estimate->unit_of_value,
                           lkv_facts_count(making->facts, fact->base), told);
}

/* That a school has one such pupil is told where nothing is hidden. */
static lkv_notes notes_of(const maker *making, const lkv_estimate *estimate)
{
    unsigned untold = making->profile->open ? 0 : LKV_NOTE_ONE_PUPIL_SCHOOLS;
    return (lkv_notes)(estimate->notes & ~untold);
}

static void add_numbers(const maker *making, const lkv_estimate *estimate,
                        size_t number, const lkv_verdict *verdict,
                        lkv_figure *figure)
{
    int64_t pupils = pupils_behind(making, estimate, number);
    uint8_t decimals =
        lkv_shown_decimals(making->profile, estimate->unit_of_value, pupils);
    if (verdict->limits == LKV_LIMITS_COARSE && is_share(estimate)) {
        decimals = MIN(decimals, LKV_PER_CENT_DECIMALS);
    }
    figure->method = estimate->method;
    figure->value =
        lkv_release_put(making->release, value_of(making, estimate, number,
                                                  &verdict->value, decimals));
    if (verdict->limits == LKV_LIMITS_FINE) {
        add_interval(making, estimate, decimals, figure);
    } else {
        hide_interval(making, figure);
    }
    if (verdict->limits == LKV_LIMITS_COARSE) {
        add_coarse(making, estimate, pupils, decimals, figure);
    }
    add_detectable(making, estimate, figure);
    figure->n = put_count(making, estimate->n, &verdict->n);
    figure->schools = put_count(making, estimate->schools, &(lkv_fate){0});
    figure->missing = put_count(making, estimate->missing, &verdict->missing);
    if (verdict->value.kind == LKV_FATE_SHOWN) {
        figure->flagged = estimate->flagged;
        figure->notes = notes_of(making, estimate);
    }
}

/* A hidden figure says nothing but that it is hidden: not by which method,
 * not how many.
 */
static void add_hidden(const maker *making, const lkv_estimate *estimate,
                       lkv_figure *figure)
{
    figure->value = put_status(making, LKV_HIDDEN);
    hide_interval(making, figure);
    add_detectable(making, estimate, figure);
    figure->n = put_status(making, LKV_HIDDEN);
    figure->schools = put_status(making, LKV_HIDDEN);
    figure->missing = put_status(making, LKV_HIDDEN);
}

static void add_figure(const maker *making, size_t number)
{
    const lkv_estimate *estimate = &making->facts->estimate[number];
    lkv_verdict verdict =
        lkv_fates_judge(making->facts, making->fates, making->profile, number);
    lkv_figure figure = {.key = estimate->key,
                         .unit_of_value = estimate->unit_of_value};
    if (estimate->of_released) {
        figure.method = estimate->method;
        figure.value = put_status(making, LKV_NOT_ESTIMABLE);
    } else if (verdict.value.kind == LKV_FATE_HIDDEN) {
        add_hidden(making, estimate, &figure);
    } else if (!verdict.estimable) {
        figure.reason = estimate->reason;
        figure.value =
            put_status(making, lkv_reason_not_applicable(estimate->reason)
                                   ? LKV_NOT_APPLICABLE
                                   : LKV_NOT_ESTIMABLE);
    } else {
        add_numbers(making, estimate, number, &verdict, &figure);
    }
    lkv_release_add(making->release, &figure);
}

void lkv_figures_add(lkv_release *release, const lkv_facts *facts,
                     const lkv_fate *fates, const lkv_profile *profile)
{
    maker making = {release, facts, fates, profile};
    for (size_t i = 0; i < facts->estimates; i++) {
        add_figure(&making, i);
    }
    for (size_t i = 0; i < facts->estimates; i++) {
        const lkv_estimate *estimate = &facts->estimate[i];
        if (estimate->of_released && estimate->reason == LKV_REASON_NONE) {
            lkv_band_fill(release, i, estimate->real);
        }
    }
}

void lkv_figures_add_steps(lkv_release *release,
                           const lkv_disclose_input *input,
                           const lkv_ledger *ledger, const lkv_profile *profile)
{
    int64_t before = -1;
    for (size_t i = 0; i < input->step_count; i++) {
        const lkv_step_count *step = &input->steps[i];
        if (step->unit != 0) {
            continue;
        }
        bool first =
            lkv_release_steps(release) == 0 ||
            lkv_release_step_at(release, lkv_release_steps(release) - 1)
                    ->population != step->population;
        int64_t lost = first || before < 0 ? 0 : before - step->pupils;
        bool few = step->pupils < profile->base_least ||
                   (lost > 0 && lost < profile->count_least);
        bool withheld =
            ledger && lkv_ledger_withholds_district(ledger, step->population);
        bool shown = profile->open || !(few || withheld);
        before = shown ? step->pupils : first ? -1 : before;
        lkv_release_step added = {
            .step = step->step,
            .population = step->population,
            .unit = 0,
            .pupils =
                lkv_release_put(release, shown ? lkv_shown_whole(step->pupils)
                                               : lkv_shown_status(LKV_HIDDEN)),
        };
        lkv_release_step_add(release, &added);
    }
}
