#include "disclose/statement.h"

lkv_cell lkv_field_cell(const lkv_figure *figure, lkv_field field)
{
    const lkv_cell cells[LKV_FIELDS] = {
        [LKV_FIELD_VALUE] = figure->value,
        [LKV_FIELD_ERROR] = figure->error,
        [LKV_FIELD_LOW] = figure->low,
        [LKV_FIELD_HIGH] = figure->high,
        [LKV_FIELD_DF] = figure->df,
        [LKV_FIELD_N] = figure->n,
        [LKV_FIELD_SCHOOLS] = figure->schools,
        [LKV_FIELD_MISSING] = figure->missing,
        [LKV_FIELD_DETECTABLE] = figure->detectable,
    };
    return cells[field];
}

lkv_statement lkv_statement_other(void)
{
    return (lkv_statement){"other", NULL, NULL, LKV_NO_VALUE};
}

/* Levels of an outcome that the study declares open are no secret: nothing
 * about them is protected, so they are no part of what is audited.
 */
static bool is_free(const lkv_facts *facts, const lkv_fact *fact)
{
    uint32_t crowd = fact->stat == LKV_SHARE ? fact->part : fact->base;
    return crowd == LKV_NO_CROWD ||
           lkv_facts_kind(facts, crowd) == LKV_CROWD_FREE;
}

static lkv_statement of_value(const lkv_facts *facts, size_t number)
{
    const lkv_claim *claim = &facts->estimate[number].claim;
    uint32_t value = facts->of[number].value;
    if (value == LKV_NO_FACT || is_free(facts, lkv_facts_at(facts, value))) {
        return lkv_statement_other();
    }
    switch (claim->stat) {
    case LKV_COUNT:
        return (lkv_statement){"count", &claim->base, NULL, LKV_NO_VALUE};
    case LKV_SHARE:
        return (lkv_statement){"pct", &claim->part, &claim->base, LKV_NO_VALUE};
    case LKV_MEAN:
        return (lkv_statement){"mean", &claim->base, NULL, claim->outcome};
    case LKV_SUM:
        return (lkv_statement){"sum", &claim->base, NULL, claim->outcome};
    case LKV_OTHER:
        break;
    }
    return lkv_statement_other();
}

lkv_statement lkv_statement_of(const lkv_facts *facts, size_t number,
                               lkv_field field)
{
    const lkv_estimate *estimate = &facts->estimate[number];
    if (field == LKV_FIELD_VALUE) {
        return of_value(facts, number);
    }
    if (field == LKV_FIELD_N) {
        return (lkv_statement){"count", &estimate->pupils, NULL, LKV_NO_VALUE};
    }
    if (field == LKV_FIELD_MISSING && estimate->has_absent) {
        return (lkv_statement){"count", &estimate->absent, NULL, LKV_NO_VALUE};
    }
    return lkv_statement_other();
}
