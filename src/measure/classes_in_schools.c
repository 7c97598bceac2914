/* Whether pupils differ more between the classes of a school than within them.
 *
 * A school can be even on average and sort its pupils inside. One number for
 * the district, never one for a class: a class is a teacher.
 */
#include <math.h>

#include "measure/apart.h"
#include "measure/catalogue.h"
#include "measure/level.h"
#include "measure/widths.h"
#include "stat/nested.h"

enum {
    SCHOOLS_LEAST = 10, /* with two classes or more */
    SINGLE_MOST = 80 /* per cent of schools with one class: refused from here */
};

static bool there(const lkv_question *question)
{
    return question->panel->class_number &&
           question->panel->outcome_variable[question->outcome] != LKV_NO_VALUE;
}

static void needs(const lkv_question *question, lkv_needs *needs)
{
    if (!there(question)) {
        return;
    }
    lkv_tally_spec spec = {
        .population = question->population,
        .where = lkv_apart_without(
            question->frame,
            lkv_where_and(lkv_question_pupils(question, lkv_spot_unit(0)),
                          lkv_question_known(question))),
        .axes = 1,
        .axis = {question->frame->school},
        .variables = 2,
        .variable = {question->panel->outcome_variable[question->outcome],
                     LKV_TALLY_CLASS},
        .histogram = true,
        .joint = true,
    };
    lkv_needs_add(needs, spec);
}

typedef struct lkv_class_sums {
    int64_t class_number;
    lkv_sums sums;
} lkv_class_sums;

static lkv_sums *sums_of(GArray *classes, int64_t number)
{
    for (guint i = 0; i < classes->len; i++) {
        lkv_class_sums *at = &g_array_index(classes, lkv_class_sums, i);
        if (at->class_number == number) {
            return &at->sums;
        }
    }
    const lkv_class_sums added = {.class_number = number};
    g_array_append_val(classes, added);
    return &g_array_index(classes, lkv_class_sums, classes->len - 1).sums;
}

static lkv_nest nest_of(const GArray *bins, uint8_t decimals)
{
    lkv_nest nest = {0};
    g_autoptr(GArray) classes =
        g_array_new(FALSE, TRUE, sizeof(lkv_class_sums));
    for (guint i = 0; i < bins->len; i++) {
        const lkv_bin *bin = &g_array_index(bins, lkv_bin, i);
        lkv_sums *sums = sums_of(classes, bin->second);
        sums->n += bin->n;
        sums->sum += (lkv_wide)bin->value * bin->n;
        sums->square += (lkv_wide)bin->value * bin->value * bin->n;
    }
    for (guint i = 0; i < classes->len; i++) {
        lkv_nest_add(&nest, lkv_sums_stratum(
                                g_array_index(classes, lkv_class_sums, i).sums,
                                decimals));
    }
    return nest;
}

static lkv_reason reason_of(const lkv_nested *nested)
{
    if (nested->n == 0) {
        return LKV_REASON_NO_PUPILS;
    }
    if (100 * nested->single >= SINGLE_MOST * nested->schools) {
        return LKV_REASON_ONE_CLASS;
    }
    if (nested->schools - nested->single < SCHOOLS_LEAST) {
        return LKV_REASON_FEW_SCHOOLS;
    }
    return isnan(nested->class_share) ? LKV_REASON_NO_VARIANCE
                                      : LKV_REASON_NONE;
}

/* A new estimate, whose N cannot be told: pupils without a class are not in it.
 */
static lkv_estimate *add(const lkv_question *question, lkv_results *out,
                         const char *component, const lkv_nested *nested)
{
    lkv_spot district = lkv_spot_unit(0);
    lkv_estimate *estimate =
        lkv_question_add(question, out, district, component);
    estimate->has_absent = false;
    lkv_estimate_from(estimate, lkv_question_level(question, district));
    estimate->reason = reason_of(nested);
    return estimate;
}

static void share_add(lkv_estimate *estimate, const lkv_nested *nested,
                      double share, double error, lkv_widths *widths)
{
    if (estimate->reason != LKV_REASON_NONE) {
        return;
    }
    estimate->real = share;
    estimate->method = LKV_METHOD_NESTED;
    if (isfinite(error)) {
        int64_t df = (int64_t)nested->schools - 1;
        estimate->error = error;
        estimate->df = (double)df;
        lkv_interval_put(
            estimate,
            lkv_interval_wide(share, error, lkv_widths_at(widths, df)));
    }
}

static void compute(const lkv_question *question, const lkv_tally *const *tally,
                    lkv_results *out)
{
    if (!there(question)) {
        return;
    }
    size_t schools = tally[0]->cells;
    g_autofree lkv_nest *nest = g_new0(lkv_nest, schools + 1);
    for (size_t j = 0; j < schools; j++) {
        nest[j] = nest_of(tally[0]->bins[j], tally[0]->decimals[0]);
    }
    lkv_nested nested = lkv_nested_of(nest, schools);
    lkv_nested_errors errors = lkv_nested_jackknife(nest, schools);
    lkv_widths *widths = question->widths;
    share_add(add(question, out, "class_share", &nested), &nested,
              nested.class_share, errors.class_share, widths);
    share_add(add(question, out, "school_share", &nested), &nested,
              nested.school_share, errors.school_share, widths);
    const struct {
        const char *id;
        double value;
    } parts[] = {{"sigma2_class", nested.class_},
                 {"sigma2_school", nested.school},
                 {"sigma2_pupil", nested.pupil},
                 {"class_f", nested.f},
                 {"class_p", nested.p}};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        lkv_estimate *estimate = add(question, out, parts[i].id, &nested);
        if (estimate->reason == LKV_REASON_NONE) {
            estimate->real = parts[i].value;
            estimate->method = LKV_METHOD_NESTED;
        }
    }
}

static const lkv_component components[] = {
    {.id = "class_share",
     .unit = LKV_UNIT_RATIO,
     .meaning = "share of the variance that lies between classes of the same "
                "school, signed"},
    {.id = "school_share",
     .unit = LKV_UNIT_RATIO,
     .meaning = "share that lies between schools beyond their classes, signed"},
    {.id = "sigma2_class",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance between classes of the same school, signed"},
    {.id = "sigma2_school",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance between schools beyond their classes, signed"},
    {.id = "sigma2_pupil",
     .unit = LKV_UNIT_POINTS2,
     .meaning = "variance between pupils of the same class"},
    {.id = "class_f",
     .unit = LKV_UNIT_RATIO,
     .meaning = "F of classes within schools"},
    {.id = "class_p",
     .unit = LKV_UNIT_PROBABILITY,
     .meaning = "probability of such an F if classes made no difference"},
};

const lkv_measure lkv_measure_classes_in_schools = {
    .id = "classes_in_schools",
    .label = "measure.classes_in_schools",
    .outcomes = LKV_FOR_POINTS | LKV_FOR_YES_NO,
    .groups = LKV_WITHOUT_GROUP,
    .target = LKV_SCHOOLS_LIKE_THESE,
    .needs = needs,
    .compute = compute,
    .components = components,
    .component_count = G_N_ELEMENTS(components),
    .least_schools = SCHOOLS_LEAST,
    .least_pupils = 3,
    .question = "Do pupils differ more between the classes of a school than "
                "within them?",
    .formula =
        "MSP within classes, MSC of classes within schools, MSS of schools; N "
        "pupils, C classes, J schools. class = (MSC - MSP)/k1, school = (MSS - "
        "MSP - k2 class)/k3, k1 = (N - sum n_jc^2/n_j)/(C - J), k2 = (sum "
        "n_jc^2/n_j - sum n_jc^2/N)/(J - 1), k3 = (N - sum n_j^2/N)/(J - 1). "
        "Shares of class + school + MSP. Interval: delete-one-school "
        "jackknife, t with J - 1. Exact F of MSC/MSP for normal results. "
        "Ordinary schools; pupils with a class. Refused where 80 % of the "
        "schools or more have one class, or fewer than 10 have two.",
    .reading = "class_share near 0: classes are put together evenly. The part "
               "between schools is what is left when their classes' chance is "
               "taken out.",
    .not_for = "Any one class, school or teacher: it is one number for the "
               "district. Classes also differ by who is put in them.",
    .source = "Henderson 1953, method 1; Searle, Casella and McCulloch 1992, "
              "chapter 5",
    .r = "m <- anova(lm(y ~ factor(school)/factor(class))); k1, k2, k3 from "
         "table(school, class); lme4::lmer(y ~ 1 + (1 | school/class)) is near",
};
