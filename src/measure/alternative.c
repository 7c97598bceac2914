#include "measure/alternative.h"

#include <math.h>
#include <string.h>

#include "measure/apart.h"
#include "measure/catalogue.h"
#include "measure/intake.h"
#include "measure/question.h"
#include "measure/spread.h"

enum { REPEATS_MOST = 4, COMPONENTS_MOST = 4 };

/* Components of a main measure; the last is NULL. */
typedef struct lkv_repeat {
    const char *measure;
    const char *component[COMPONENTS_MOST + 1];
} lkv_repeat;

/* Who may be others under a choice. */
typedef enum {
    OTHERS_NONE, /* or told of among the main rows */
    OTHERS_COUNTED, /* among those with the outcome */
    OTHERS_IN_MODEL /* among those in the model of background */
} lkv_others;

struct lkv_alternative {
    const char *id;
    lkv_others others;
    bool (*make)(uint16_t variant, lkv_question *question);
    lkv_repeat repeat[REPEATS_MOST + 1]; /* the last names no measure */
    const lkv_measure *measure; /* that answers; NULL = the repeated one */
};

/* ---- the choices --------------------------------------------------------- */

/* The pupils who have long been here, and are known to have. */
static bool without_new(uint16_t variant, lkv_question *question)
{
    question->variant = variant;
    return true;
}

/* The headline merit value of the rules. */
static bool is_merit(const lkv_outcome *outcome)
{
    return outcome->kind == LKV_POINTS && outcome->from_rules &&
           !outcome->secondary;
}

static bool other_merit(uint16_t variant, lkv_question *question)
{
    (void)variant;
    const lkv_frame *frame = question->frame;
    if (!is_merit(lkv_question_outcome(question))) {
        return false;
    }
    for (guint i = 0; i < frame->outcomes->len; i++) {
        const lkv_outcome *other = lkv_frame_outcome(frame, i);
        if (other->kind == LKV_POINTS && other->from_rules &&
            other->secondary && !g_str_has_suffix(other->id, LKV_OFFICIAL)) {
            question->outcome = (uint16_t)i;
            return true;
        }
    }
    return false;
}

static bool official_merit(uint16_t variant, lkv_question *question)
{
    (void)variant;
    const lkv_outcome *outcome = lkv_question_outcome(question);
    g_autofree char *id = g_strconcat(outcome->id, LKV_OFFICIAL, NULL);
    uint16_t official = lkv_frame_outcome_find(question->frame, id, NULL);
    question->outcome = official;
    return official != LKV_NO_VALUE && is_merit(outcome);
}

static bool unknown_background(uint16_t variant, lkv_question *question)
{
    (void)variant;
    question->unknown_otherwise = true;
    return lkv_intake_there(question);
}

static bool special_units(uint16_t variant, lkv_question *question)
{
    (void)variant;
    lkv_term ordinary;
    question->special_in = true;
    return lkv_apart_term(question->frame, &ordinary);
}

static bool logit(uint16_t variant, lkv_question *question)
{
    (void)variant;
    return lkv_question_outcome(question)->kind == LKV_YES_NO;
}

static const lkv_alternative choices[] = {
    {.id = "excl_new_and_unknown",
     .others = OTHERS_COUNTED,
     .make = without_new,
     .repeat = {{"mean", {""}},
                {"share", {""}},
                {"spread_between_schools",
                 {"sigma_b", "icc", "given_icc", "given_explained"}}}},
    {.id = "other_merit",
     .make = other_merit,
     .repeat = {{"mean", {""}},
                {"spread_between_schools", {"sigma_b", "icc"}},
                {"gap", {""}}}},
    {.id = "official_merit",
     .make = official_merit,
     .repeat = {{"mean", {""}},
                {"spread_between_schools", {"sigma_b", "icc"}},
                {"gap", {""}}}},
    {.id = "unknown_background",
     .others = OTHERS_IN_MODEL,
     .make = unknown_background,
     .repeat = {{"spread_between_schools", {"given_icc", "given_explained"}}}},
    {.id = "special_units",
     .others = OTHERS_COUNTED,
     .make = special_units,
     .repeat = {{"spread_between_schools", {"sigma_b", "icc"}}}},
    {.id = "logit",
     .make = logit,
     .repeat = {{"spread_between_schools", {"sigma_b", "icc"}}},
     .measure = &lkv_spread_logit},
};

const lkv_alternative *lkv_alternative_at(size_t index)
{
    return index < G_N_ELEMENTS(choices) ? &choices[index] : NULL;
}

const char *lkv_alternative_id(const lkv_alternative *choice)
{
    return choice->id;
}

bool lkv_alternative_takes(const lkv_outcome *outcome)
{
    return outcome->crossed || !outcome->from_rules;
}

const char *lkv_alternative_repeats(const lkv_alternative *choice, size_t index)
{
    return choice->repeat[index].measure;
}

const lkv_measure *lkv_alternative_measure(const lkv_alternative *choice,
                                           const lkv_measure *repeated)
{
    return choice->measure ? choice->measure : repeated;
}

bool lkv_alternative_make(const lkv_alternative *choice, uint16_t variant,
                          lkv_question *question)
{
    question->replicates = 0; /* nothing that is drawn is repeated */
    return choice->make(variant, question);
}

/* ---- who is counted ------------------------------------------------------ */

static lkv_where counted(const lkv_question *question)
{
    lkv_where where =
        lkv_where_and(lkv_question_pupils(question, lkv_spot_unit(0)),
                      lkv_question_known(question));
    return question->special_in ? where
                                : lkv_apart_without(question->frame, where);
}

static void counted_needs(const lkv_question *question, lkv_needs *needs)
{
    lkv_needs_add(needs, (lkv_tally_spec){.population = question->population,
                                          .where = counted(question),
                                          .axes = 1,
                                          .axis = {question->frame->school}});
}

void lkv_alternative_needs(const lkv_asked *asked, lkv_needs *needs)
{
    if (asked->choice->others == OTHERS_COUNTED) {
        counted_needs(&asked->usual, needs);
        counted_needs(&asked->question, needs);
    } else if (asked->choice->others == OTHERS_IN_MODEL) {
        lkv_intake_needs(&asked->usual, needs);
        lkv_intake_needs(&asked->question, needs);
    }
}

/* Whether so few pupils are others under the choice that they could be told;
 * nobody looks the same as a few.
 */
static bool few_others(const lkv_asked *asked, const lkv_tally *const *tally)
{
    int64_t usual = 0, otherwise = 0;
    switch (asked->choice->others) {
    case OTHERS_NONE:
        return false;
    case OTHERS_COUNTED:
        usual = lkv_tally_n(tally[0]);
        otherwise = lkv_tally_n(tally[1]);
        break;
    case OTHERS_IN_MODEL:
        usual = lkv_intake_pupils(&asked->usual, tally[0]);
        otherwise = lkv_intake_pupils(&asked->question, tally[1]);
        break;
    }
    int64_t others = usual > otherwise ? usual - otherwise : otherwise - usual;
    return others < LKV_ALTERNATIVE_OTHERS;
}

/* ---- its rows ------------------------------------------------------------ */

static bool repeats(const lkv_alternative *choice, const lkv_frame *frame,
                    const lkv_key *key)
{
    const char *measure = g_ptr_array_index(frame->measures, key->measure);
    const char *component =
        g_ptr_array_index(frame->components, key->component);
    for (const lkv_repeat *at = choice->repeat; at->measure; at++) {
        for (size_t i = 0; key->unit == 0 && at->component[i]; i++) {
            if (strcmp(at->measure, measure) == 0 &&
                strcmp(at->component[i], component) == 0) {
                return true;
            }
        }
    }
    return false;
}

static uint16_t variant_of(const lkv_asked *asked)
{
    const GArray *variants = asked->usual.frame->variants;
    uint16_t number = 0;
    while (strcmp(g_array_index(variants, lkv_variant, number).id,
                  asked->choice->id) != 0) {
        number++;
    }
    return number;
}

/* The claims of the spread that is repeated, and no number of pupils: those of
 * the choice are no set that a main row speaks of.
 */
static void rest_on_main(const lkv_asked *asked, lkv_estimate *estimate)
{
    const lkv_question *usual = &asked->usual;
    lkv_claim level = lkv_question_level(usual, lkv_spot_unit(0));
    level.base = lkv_apart_without(usual->frame, level.base);
    estimate->froms = 0;
    lkv_estimate_from(estimate, level);
    estimate->pupils = level.base;
    estimate->has_absent = false;
    estimate->n = estimate->schools = estimate->missing = -1;
    estimate->notes = LKV_NOTE_NONE;
}

static void refuse(lkv_estimate *estimate)
{
    estimate->reason = LKV_REASON_FEW_OTHERS;
    estimate->top = estimate->bottom = 0;
    estimate->real = estimate->error = NAN;
    estimate->low = estimate->high = estimate->df = NAN;
    estimate->method = LKV_METHOD_NONE;
}

void lkv_alternative_answer(const lkv_asked *asked,
                            const lkv_tally *const *tally, lkv_results *out)
{
    const lkv_question *question = &asked->question;
    lkv_frame *frame = lkv_results_frame(out);
    g_autoptr(lkv_results) all = lkv_results_new(frame);
    bool counted = asked->choice->others != OTHERS_NONE;
    bool few = few_others(asked, tally + asked->specs - (counted ? 2 : 0));
    asked->measure->compute(question, tally, all);
    for (size_t i = 0; i < lkv_results_size(all); i++) {
        const lkv_estimate *made = lkv_results_at(all, i);
        if (!repeats(asked->choice, frame, &made->key)) {
            continue;
        }
        lkv_estimate *found = lkv_results_copy(out, made);
        found->key.variant = variant_of(asked);
        found->key.outcome = asked->usual.outcome;
        if (counted && found->claim.stat == LKV_OTHER) {
            rest_on_main(asked, found);
        }
        if (few) {
            refuse(found);
        }
    }
}
