/* likvard measures: what is measured, and how. */
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "app/command.h"
#include "app/json_file.h"
#include "app/messages.h"
#include "base/diag.h"
#include "base/nearest.h"
#include "base/progress.h"
#include "likvard/likvard.h"
#include "measure/measure.h"

static json_t *measure_json(const lkv_measure *measure)
{
    json_t *components = json_array();
    for (size_t i = 0; i < measure->component_count; i++) {
        const lkv_component *component = &measure->components[i];
        json_array_append_new(
            components, json_pack("{s:s?, s:s, s:s}", "id", component->id,
                                  "unit", lkv_value_unit_id(component->unit),
                                  "meaning", component->meaning));
    }
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:i, s:i, s:o}",
                     "id", measure->id, "question", measure->question,
                     "formula", measure->formula, "reading", measure->reading,
                     "not_for", measure->not_for, "source", measure->source,
                     "r", measure->r, "on_request", measure->on_request,
                     "least_schools", measure->least_schools, "least_pupils",
                     measure->least_pupils, "components", components);
}

/* A component without an id stands for many, such as the steps of a scale. */
static const char *component_name(const lkv_component *component)
{
    return !component->id   ? "(each)"
           : *component->id ? component->id
                            : "(value)";
}

static void print_json(json_t *data)
{
    json_t *root =
        json_pack("{s:i, s:s, s:b, s:o, s:[]}", "likvard", 1, "command",
                  "measures", "ok", 1, "data", data, "messages");
    g_autofree char *text = lkv_json_file(root);
    fputs(text, stdout);
}

static const char *target_words(lkv_target target)
{
    switch (target) {
    case LKV_THESE_SCHOOLS:
        return "these schools: another, similar year group could have come";
    case LKV_SCHOOLS_LIKE_THESE:
        return "schools like these: other schools of the same kind";
    case LKV_NO_TARGET:
        break;
    }
    return "none: a count of everyone";
}

static void print_components(const lkv_measure *measure, bool markdown)
{
    printf(markdown ? "| component | unit | meaning |\n|---|---|---|\n"
                    : "Components:\n");
    for (size_t i = 0; i < measure->component_count; i++) {
        const lkv_component *component = &measure->components[i];
        const char *id = component_name(component);
        const char *unit = component->unit == LKV_UNIT_NONE
                               ? "of the outcome"
                               : lkv_value_unit_id(component->unit);
        g_autofree char *meaning =
            lkv_messages_wrap(component->meaning, 41,
                              markdown ? SIZE_MAX : lkv_progress_columns());
        printf(markdown ? "| %s | %s | %s |\n" : "  %-22s %-15s %s\n", id, unit,
               meaning);
    }
}

static char *minimum_words(const lkv_measure *measure)
{
    int schools = measure->least_schools, pupils = measure->least_pupils;
    if (pupils < 1) {
        return g_strdup("none");
    }
    g_autofree char *also = schools > 1
                                ? g_strdup_printf("%d schools and ", schools)
                                : g_strdup("");
    return g_strdup_printf(
        "%s%d pupil%s; with fewer it is not estimable. More may be asked for "
        "by the formula, and by what a release may show (docs/disclosure.md)",
        also, pupils, pupils > 1 ? "s" : "");
}

/* NULL where nothing is compared. */
static const char *told_words(const lkv_measure *measure)
{
    for (size_t i = 0; i < measure->component_count; i++) {
        if (measure->components[i].compared) {
            return "`detectable` beside the limits is the least difference of "
                   "which eight of ten such comparisons have a 95 % interval "
                   "without 0: (t.975 + t.80)/t.975 times half the distance of "
                   "the limits as they stand (Bloom 1995; 1.43 times where t "
                   "is normal), rounded up. A smaller one may be there unseen.";
        }
    }
    return NULL;
}

static void print_measure(const lkv_measure *measure, bool markdown)
{
    g_autofree char *minimum = minimum_words(measure);
    const struct {
        const char *name, *text;
    } parts[] = {
        {"Formula", measure->formula},
        {"Interval is about", target_words(measure->target)},
        {"How to read it", measure->reading},
        {"Not for", measure->not_for},
        {"Told from", told_words(measure)},
        {"Minimum sizes", minimum},
        {"Source", measure->source},
        {"In R", measure->r},
    };
    size_t columns = markdown ? SIZE_MAX : lkv_progress_columns();
    g_autofree char *question =
        lkv_messages_wrap(measure->question, markdown ? 0 : 2, columns);
    printf(markdown ? "## `%s`\n\n%s\n\n" : "%s\n  %s\n\n", measure->id,
           question);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (!parts[i].text) {
            continue;
        }
        g_autofree char *part = g_strdup_printf(
            markdown ? "**%s.** %s" : "%s: %s", parts[i].name, parts[i].text);
        g_autofree char *text = lkv_messages_wrap(part, 0, columns);
        printf("%s\n\n", text);
    }
    print_components(measure, markdown);
    if (measure->on_request) {
        printf("%sComputed only on request: measures: [default, %s].\n",
               markdown ? "\n" : "", measure->id);
    }
    printf("\n");
}

static int list(const char *format)
{
    if (g_strcmp0(format, "json") == 0) {
        json_t *all = json_array();
        for (size_t i = 0; lkv_measure_at(i); i++) {
            json_array_append_new(all, measure_json(lkv_measure_at(i)));
        }
        print_json(all);
        return LIKVARD_OK;
    }
    bool markdown = g_strcmp0(format, "md") == 0;
    if (markdown) {
        printf("# Measures\n\n");
    }
    for (size_t i = 0; lkv_measure_at(i); i++) {
        const lkv_measure *measure = lkv_measure_at(i);
        if (markdown) {
            print_measure(measure, true);
        } else {
            g_autofree char *question = lkv_messages_wrap(
                measure->question, 25, lkv_progress_columns());
            printf("%-24s %s\n", measure->id, question);
        }
    }
    return LIKVARD_OK;
}

static int unknown(const char *id)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (size_t i = 0; lkv_measure_at(i); i++) {
        g_ptr_array_add(ids, (gpointer)(uintptr_t)lkv_measure_at(i)->id);
    }
    g_ptr_array_add(ids, NULL);
    const char *near =
        lkv_word_nearest(id, (const char *const *)(void *)ids->pdata);
    fprintf(stderr, "likvard: no measure \"%s\"", id);
    fprintf(stderr,
            near ? "; did you mean %s?\n" : "; see likvard measures%s\n",
            near ? near : "");
    return LIKVARD_USAGE;
}

int lkv_command_measures(const lkv_options *options)
{
    char **words = options->arguments;
    if (!words || !words[0] || (strcmp(words[0], "list") == 0 && !words[1])) {
        return list(options->format);
    }
    if (strcmp(words[0], "explain") != 0 || !words[1]) {
        fprintf(stderr, "likvard: measures takes list, or explain ID\n");
        return LIKVARD_USAGE;
    }
    const lkv_measure *measure = lkv_measure_find(words[1]);
    if (!measure) {
        return unknown(words[1]);
    }
    if (g_strcmp0(options->format, "json") == 0) {
        print_json(measure_json(measure));
    } else {
        print_measure(measure, g_strcmp0(options->format, "md") == 0);
    }
    return LIKVARD_OK;
}
