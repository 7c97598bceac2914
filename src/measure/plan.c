#include "measure/plan.h"

#include "measure/alternative.h"
#include "measure/asking.h"

/* A chapter in the making. */
typedef struct lkv_drafted {
    lkv_chapter chapter;
    GHashTable *numbers; /* of equal specs: 1 + place in the chapter's */
} lkv_drafted;

struct lkv_plan {
    GPtrArray *chapters; /* lkv_drafted */
    GHashTable *about; /* by population and outcome, as chapter_key says */
    GPtrArray *given; /* arrays of variables that questions lend */
};

static void mix(guint *hash, unsigned number)
{
    *hash = (*hash ^ number) * 16777619U;
}

static guint spec_hash(gconstpointer key)
{
    const lkv_tally_spec *spec = key;
    guint hash = 2166136261U;
    mix(&hash, spec->population);
    for (size_t i = 0; i < spec->where.terms; i++) {
        mix(&hash, spec->where.term[i].axis);
        mix(&hash, spec->where.term[i].value);
    }
    for (size_t i = 0; i < spec->axes; i++) {
        mix(&hash, spec->axis[i]);
    }
    for (size_t i = 0; i < spec->variables; i++) {
        mix(&hash, spec->variable[i]);
    }
    mix(&hash, spec->cross);
    return hash;
}

static gboolean spec_same(gconstpointer a, gconstpointer b)
{
    return lkv_tally_spec_equal(a, b);
}

static void free_drafted(gpointer pointer)
{
    lkv_drafted *drafted = pointer;
    g_array_unref(drafted->chapter.asked);
    g_array_unref(drafted->chapter.specs);
    g_hash_table_unref(drafted->numbers);
    g_free(drafted);
}

lkv_plan *lkv_plan_new(void)
{
    lkv_plan *plan = g_new0(lkv_plan, 1);
    plan->chapters = g_ptr_array_new_with_free_func(free_drafted);
    plan->about = g_hash_table_new(NULL, NULL);
    plan->given = g_ptr_array_new_with_free_func(g_free);
    return plan;
}

void lkv_plan_free(lkv_plan *plan)
{
    if (!plan) {
        return;
    }
    g_ptr_array_unref(plan->chapters);
    g_hash_table_unref(plan->about);
    g_ptr_array_unref(plan->given);
    g_free(plan);
}

size_t lkv_plan_chapters(const lkv_plan *plan)
{
    return plan->chapters->len;
}

const lkv_chapter *lkv_plan_chapter(const lkv_plan *plan, size_t index)
{
    g_assert(index < plan->chapters->len);
    const lkv_drafted *drafted = g_ptr_array_index(plan->chapters, index);
    return &drafted->chapter;
}

static gpointer chapter_key(const lkv_question *question)
{
    return GUINT_TO_POINTER((guint)question->population << 16 |
                            question->outcome);
}

/* The chapter that QUESTION belongs to. */
static lkv_drafted *chapter_of(lkv_plan *plan, const lkv_question *question)
{
    lkv_drafted *drafted =
        g_hash_table_lookup(plan->about, chapter_key(question));
    if (!drafted) {
        drafted = g_new0(lkv_drafted, 1);
        drafted->chapter.asked = g_array_new(FALSE, TRUE, sizeof(lkv_asked));
        drafted->chapter.specs =
            g_array_new(FALSE, TRUE, sizeof(lkv_tally_spec));
        drafted->numbers =
            g_hash_table_new_full(spec_hash, spec_same, g_free, NULL);
        g_ptr_array_add(plan->chapters, drafted);
        g_hash_table_insert(plan->about, chapter_key(question), drafted);
    }
    return drafted;
}

static uint32_t spec_number(lkv_drafted *drafted, const lkv_tally_spec *spec)
{
    GArray *specs = drafted->chapter.specs;
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(drafted->numbers, spec));
    if (known > 0) {
        return known - 1;
    }
    g_array_append_vals(specs, spec, 1);
    g_hash_table_insert(drafted->numbers, g_memdup2(spec, sizeof *spec),
                        GUINT_TO_POINTER(specs->len));
    return specs->len - 1;
}

void lkv_plan_ask(lkv_plan *plan, lkv_asked asked)
{
    lkv_needs needs = {.count = 0};
    asked.measure->needs(&asked.question, &needs);
    if (asked.choice) {
        lkv_alternative_needs(&asked, &needs);
    }
    lkv_drafted *drafted = chapter_of(plan, &asked.question);
    for (size_t i = 0; i < needs.count; i++) {
        asked.spec[asked.specs++] = spec_number(drafted, &needs.spec[i]);
    }
    g_array_append_val(drafted->chapter.asked, asked);
}

void lkv_plan_keep(lkv_plan *plan, uint16_t *given)
{
    g_ptr_array_add(plan->given, given);
}
