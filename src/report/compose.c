/* A document's words in a language: the only place where a released number
 * becomes text that people read.
 */
#include <string.h>

#include "base/wide.h"
#include "report/document.h"

enum { PER_CENT_DECIMALS = 2, CHOICE_LETTERS = 2 };

static const lkv_locale *locale_of(const lkv_words *words)
{
    return lkv_catalogue_locale(words->catalogue);
}

/* The sentence KEY with one argument; g_free. */
static char *say_one(const lkv_words *words, const char *key, const char *name,
                     const char *text)
{
    const lkv_value value = {.name = name, .text = text};
    return lkv_catalogue_say(words->catalogue, key, &value, 1);
}

/* ---- numbers ------------------------------------------------------------- */

/* Decimals that a full number is read with; results.csv has all of them. */
static uint8_t readable_decimals(lkv_value_unit unit)
{
    switch (unit) {
    case LKV_UNIT_COUNT:
        return 0;
    case LKV_UNIT_SHARE:
    case LKV_UNIT_SHARE_POINTS:
    case LKV_UNIT_RATIO:
    case LKV_UNIT_PROBABILITY:
        return 3;
    case LKV_UNIT_NONE:
    case LKV_UNIT_POINTS:
    case LKV_UNIT_POINTS2:
    case LKV_UNITS:
        break;
    }
    return 2;
}

static lkv_shown readable(lkv_shown shown, lkv_value_unit unit)
{
    if (lkv_status_has_number(shown.status) && shown.decimals == LKV_FULL) {
        shown.decimals = readable_decimals(unit);
        shown.scaled = lkv_real_round(shown.full, shown.decimals);
    }
    return shown;
}

static bool is_share(lkv_value_unit unit)
{
    return unit == LKV_UNIT_SHARE || unit == LKV_UNIT_SHARE_POINTS;
}

/* 815 of three decimals is 81.5 per cent, 8 of one decimal 80. */
static lkv_shown in_per_cent(lkv_shown shown)
{
    if (shown.decimals < PER_CENT_DECIMALS) {
        shown.scaled *= lkv_power_of_ten(PER_CENT_DECIMALS - shown.decimals);
        shown.decimals = PER_CENT_DECIMALS;
    }
    shown.decimals = (uint8_t)(shown.decimals - PER_CENT_DECIMALS);
    return shown;
}

/* A bound stays true: "at least" is rounded down and "at most" up. */
static lkv_shown coarsened(lkv_shown shown, unsigned most)
{
    if (!lkv_status_has_number(shown.status) || shown.decimals <= most) {
        return shown;
    }
    int64_t unit = lkv_power_of_ten(shown.decimals - most);
    int64_t rest = ((shown.scaled % unit) + unit) % unit;
    int64_t down = (shown.scaled - rest) / unit;
    bool up = shown.status == LKV_AT_MOST ? rest > 0 : false;
    if (shown.status == LKV_OK) {
        down = lkv_wide_round(shown.scaled, unit, 0);
    }
    shown.scaled = down + (up ? 1 : 0);
    shown.decimals = (uint8_t)most;
    return shown;
}

/* CELL as it is read: in per cent where it is a share. */
static lkv_shown number_of(const lkv_words *words, const lkv_arg *arg)
{
    lkv_value_unit unit = lkv_release_unit(words->release, arg->cell);
    lkv_shown shown = readable(lkv_release_at(words->release, arg->cell), unit);
    if (lkv_status_has_number(shown.status) &&
        (is_share(unit) || arg->per_cent)) {
        shown = in_per_cent(shown);
    }
    if (words->rounding) {
        shown = coarsened(shown, words->rounding->decimals[unit]);
    }
    return arg->most > 0 ? coarsened(shown, arg->most - 1U) : shown;
}

static char *number_text(const lkv_words *words, const lkv_arg *arg)
{
    lkv_shown shown = number_of(words, arg);
    lkv_value_unit unit = lkv_release_unit(words->release, arg->cell);
    GString *out = g_string_new(NULL);
    lkv_locale_number(locale_of(words), shown.scaled, shown.decimals, arg->plus,
                      out);
    if ((unit == LKV_UNIT_SHARE || arg->per_cent) && !arg->bare) {
        lkv_locale_per_cent(locale_of(words), 0, out);
    }
    return g_string_free(out, FALSE);
}

/* The number that plurals go by: the one that is read, so 1 of 1 %. */
static double plural_of(const lkv_words *words, const lkv_arg *arg)
{
    lkv_shown shown = number_of(words, arg);
    return lkv_status_has_number(shown.status) ? lkv_shown_number(shown) : 0.0;
}

static void round_with(const lkv_words *exact, lkv_cell cell,
                       lkv_rounding *rounding)
{
    const lkv_arg arg = {.cell = cell};
    lkv_shown shown = number_of(exact, &arg);
    uint8_t *most = &rounding->decimals[lkv_release_unit(exact->release, cell)];
    if (lkv_status_has_number(shown.status)) {
        *most = MIN(*most, shown.decimals);
    }
}

lkv_rounding lkv_rounding_of(const lkv_words *words, const lkv_block *block,
                             size_t count)
{
    lkv_rounding rounding;
    const lkv_words exact = {.release = words->release,
                             .catalogue = words->catalogue};
    memset(rounding.decimals, LKV_FULL, sizeof rounding.decimals);
    for (size_t i = 0; i < count; i++) {
        g_autoptr(GArray) cells = lkv_block_cells(&block[i]);
        for (guint c = 0; c < cells->len; c++) {
            round_with(&exact, g_array_index(cells, lkv_cell, c), &rounding);
        }
    }
    return rounding;
}

char *lkv_cell_compose(const lkv_words *words, const lkv_arg *arg)
{
    lkv_shown shown = lkv_release_at(words->release, arg->cell);
    switch (shown.status) {
    case LKV_OK:
        return number_text(words, arg);
    case LKV_AT_LEAST:
    case LKV_AT_MOST: {
        g_autofree char *bound = number_text(words, arg);
        return say_one(words,
                       shown.status == LKV_AT_LEAST ? "cell.at_least"
                                                    : "cell.at_most",
                       "value", bound);
    }
    case LKV_HIDDEN:
        return lkv_catalogue_say(words->catalogue, "cell.hidden", NULL, 0);
    case LKV_NOT_ESTIMABLE:
        return lkv_catalogue_say(words->catalogue, "cell.not_estimable", NULL,
                                 0);
    case LKV_NOT_APPLICABLE:
        break;
    }
    return lkv_catalogue_say(words->catalogue, "cell.not_applicable", NULL, 0);
}

/* ---- numbers of the study ------------------------------------------------ */

static char *stated_text(const lkv_words *words, const lkv_arg *arg)
{
    GString *out = g_string_new(NULL);
    lkv_locale_number(locale_of(words), arg->stated.scaled,
                      arg->stated.decimals, arg->plus, out);
    if (arg->per_cent) {
        lkv_locale_per_cent(locale_of(words), 0, out);
    }
    return g_string_free(out, FALSE);
}

/* Both to the decimals of the coarser one. */
static char *apart_text(const lkv_words *words, const lkv_arg *arg)
{
    if (lkv_release_at(words->release, arg->cell).status != LKV_OK) {
        return lkv_catalogue_say(words->catalogue, "cell.not_applicable", NULL,
                                 0);
    }
    lkv_shown shown = number_of(words, arg);
    unsigned most = MAX(shown.decimals, arg->stated.decimals);
    unsigned least = MIN(shown.decimals, arg->stated.decimals);
    lkv_wide apart =
        (lkv_wide)shown.scaled * lkv_power_of_ten(most - shown.decimals) -
        (lkv_wide)arg->stated.scaled *
            lkv_power_of_ten(most - arg->stated.decimals);
    GString *out = g_string_new(NULL);
    lkv_locale_number(locale_of(words),
                      lkv_wide_round(apart, lkv_power_of_ten(most), least),
                      least, true, out);
    return g_string_free(out, FALSE);
}

/* ---- names ----------------------------------------------------------------- */

static const char *language_of(const lkv_words *words)
{
    return lkv_locale_language(locale_of(words));
}

/* The entry PREFIX.ID, or NULL if the catalogue has none. */
static char *entry(const lkv_words *words, const char *prefix, const char *id)
{
    g_autofree char *key = g_strdup_printf("%s.%s", prefix, id);
    return lkv_catalogue_has(words->catalogue, key)
               ? lkv_catalogue_say(words->catalogue, key, NULL, 0)
               : NULL;
}

/* A choice holds one subject a language: M2DEU is M2 in German. */
static char *subject_text(const lkv_words *words, const char *id)
{
    char *known = entry(words, "subject", id);
    if (known || strlen(id) <= CHOICE_LETTERS) {
        return known ? known : g_strdup(id);
    }
    g_autofree char *choice = g_strndup(id, CHOICE_LETTERS);
    g_autofree char *name = entry(words, "subject", choice);
    if (!name) {
        return g_strdup(id);
    }
    g_autofree char *language = entry(words, "language", id + CHOICE_LETTERS);
    const lkv_value values[] = {
        {.name = "subject", .text = name},
        {.name = "language", .text = language ? language : id + CHOICE_LETTERS},
    };
    return lkv_catalogue_say(words->catalogue, "subject_of", values,
                             G_N_ELEMENTS(values));
}

static char *outcome_text(const lkv_words *words, uint16_t number)
{
    const lkv_outcome *outcome =
        lkv_frame_outcome(lkv_release_frame(words->release), number);
    const char *label =
        lkv_label_text(&outcome->label, language_of(words), outcome->id);
    g_autofree char *key = g_strdup_printf("outcome.%s", outcome->id);
    if (!outcome->from_rules || !lkv_catalogue_has(words->catalogue, key)) {
        return g_strdup(label);
    }
    if (!outcome->subject) {
        return lkv_catalogue_say(words->catalogue, key, NULL, 0);
    }
    g_autofree char *subject = subject_text(words, outcome->subject);
    return say_one(words, key, "subject", subject);
}

static char *group_text(const lkv_words *words, uint16_t number)
{
    const lkv_group *group =
        lkv_frame_group(lkv_release_frame(words->release), number);
    char *known = group->built_in ? entry(words, "group", group->id) : NULL;
    return known ? known
                 : g_strdup(lkv_label_text(&group->label, language_of(words),
                                           group->id));
}

static char *value_text(const lkv_words *words, const lkv_arg *arg)
{
    const lkv_frame *frame = lkv_release_frame(words->release);
    const lkv_group *group = lkv_frame_group(frame, arg->number);
    if (arg->value == LKV_LEAF_MISSING) {
        return lkv_catalogue_say(words->catalogue, "value.missing", NULL, 0);
    }
    const char *id =
        lkv_cube_value_id(frame->cube, (lkv_term){group->axis, arg->value});
    g_autofree char *prefix = g_strdup_printf("group.%s", group->id);
    char *known = group->built_in ? entry(words, prefix, id) : NULL;
    return known ? known : g_strdup(id);
}

static char *date_text(const lkv_words *words)
{
    const lkv_frame *frame = lkv_release_frame(words->release);
    GString *out = g_string_new(NULL);
    if (frame->has_reference_date) {
        lkv_locale_date(locale_of(words), frame->reference_date, out);
    }
    return g_string_free(out, FALSE);
}

static const char *subject_of(const lkv_words *words, uint16_t number)
{
    const lkv_outcome *outcome =
        lkv_frame_outcome(lkv_release_frame(words->release), number);
    return outcome->subject ? outcome->subject : outcome->id;
}

/* ---- sentences --------------------------------------------------------------- */

static char *arg_text(const lkv_words *words, const lkv_arg *arg)
{
    switch (arg->kind) {
    case LKV_ARG_CELL:
        return lkv_cell_compose(words, arg);
    case LKV_ARG_STATUS:
        return g_strdup(
            lkv_status_id(lkv_release_at(words->release, arg->cell).status));
    case LKV_ARG_KEY:
        return lkv_catalogue_say(words->catalogue, arg->text, NULL, 0);
    case LKV_ARG_NAME:
        return lkv_text_isolated(arg->text);
    case LKV_ARG_OUTCOME:
        return outcome_text(words, arg->number);
    case LKV_ARG_GROUP:
        return group_text(words, arg->number);
    case LKV_ARG_VALUE:
        return value_text(words, arg);
    case LKV_ARG_DATE:
        return date_text(words);
    case LKV_ARG_SUBJECT:
        return subject_text(words, subject_of(words, arg->number));
    case LKV_ARG_STATED:
        return stated_text(words, arg);
    case LKV_ARG_APART:
        return apart_text(words, arg);
    case LKV_ARG_TEXT:
        break;
    }
    return lkv_text_compose(words, arg->said);
}

static double arg_number(const lkv_words *words, const lkv_arg *arg)
{
    return arg->kind == LKV_ARG_CELL ? plural_of(words, arg) : 0.0;
}

/* SAID, with a capital letter first where it is a sentence, which a full stop
 * tells: one may begin with a word of its own, such as "at least".
 */
static char *begun(char *said)
{
    gunichar first = said ? g_utf8_get_char(said) : 0;
    if (!g_unichar_islower(first) || !g_str_has_suffix(said, ".")) {
        return said;
    }
    GString *out = g_string_new(NULL);
    g_string_append_unichar(out, g_unichar_totitle(first));
    g_string_append(out, g_utf8_next_char(said));
    g_free(said);
    return g_string_free(out, FALSE);
}

char *lkv_text_compose(const lkv_words *words, const lkv_text *text)
{
    if (!text->key) {
        return g_strdup("");
    }
    const char *key =
        text->other && !lkv_catalogue_has(words->catalogue, text->key)
            ? text->other
            : text->key;
    g_autofree lkv_value *values = g_new0(lkv_value, text->args + 1U);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < text->args; i++) {
        char *said = arg_text(words, &text->arg[i]);
        if (!said) {
            return NULL;
        }
        g_ptr_array_add(texts, said);
        values[i] = (lkv_value){.name = text->arg[i].name,
                                .text = said,
                                .number = arg_number(words, &text->arg[i])};
    }
    return begun(lkv_catalogue_say(words->catalogue, key, values, text->args));
}
