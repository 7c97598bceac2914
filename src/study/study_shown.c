#include "study/study_read.h"

#include <string.h>

#include "base/date.h"
#include "base/locale.h"
#include "study/folder.h"
#include "study/profile.h"

/* Reports of one language, and folders of one audience, are made once. */
static void check_twice(lkv_reader *reader, const lkv_node *list,
                        const char *field)
{
    for (size_t i = 1; i < lkv_node_size(list); i++) {
        const lkv_node *item = lkv_node_at(list, i)->value;
        size_t before = 0;
        while (strcmp(lkv_node_at(list, before)->value->text, item->text)) {
            before++;
        }
        if (before < i && !item->bad) {
            g_autofree char *what =
                g_strdup_printf("\"%s\" stands twice in the list", item->text);
            lkv_message_fix(
                lkv_reader_refuse(reader, item, field, "E-NAME-TWICE", what),
                "keep one of them");
        }
    }
}

static void check_profiles(lkv_reader *reader, const lkv_node *list)
{
    g_auto(GStrv) known = lkv_profile_ids(reader->diag);
    for (size_t i = 0; known && i < lkv_node_size(list); i++) {
        const lkv_node *item = lkv_node_at(list, i)->value;
        if (item->bad ||
            g_strv_contains((const char *const *)known, item->text)) {
            continue;
        }
        g_autofree char *what =
            g_strdup_printf("there is no profile \"%s\"", item->text);
        lkv_reader_suggest(lkv_reader_refuse(reader, item, "privacy.profiles",
                                             "E-PROFILE-UNKNOWN", what),
                           item->text, (const char *const *)known);
    }
}

static void fill_privacy(lkv_reader *reader)
{
    lkv_privacy_spec *spec = &reader->study->privacy;
    const lkv_node *node = lkv_node_find(reader->root, "privacy");
    const lkv_node *list = lkv_node_find(node, "profiles");
    const char *const *accepted = lkv_node_texts(reader->yaml, node, "accept");
    spec->profiles = lkv_node_texts(reader->yaml, node, "profiles");
    spec->accept_small_cells = lkv_node_yes(node, "accept_small_cells", false);
    if (!spec->profiles || !list) {
        return;
    }
    spec->place = lkv_node_place(list, "privacy.profiles");
    check_twice(reader, list, "privacy.profiles");
    check_profiles(reader, list);
    spec->open = g_strv_contains(spec->profiles, "open");
    if (spec->open && !(accepted && g_strv_contains(accepted, "open_data"))) {
        lkv_message *message = lkv_reader_refuse(
            reader, list, "privacy.profiles", "E-PRIVACY-OPEN",
            "the profile open hides nothing");
        lkv_message_why(message, "it prints every figure with 17 digits, and "
                                 "is for data that is public already");
        lkv_message_fix(message, "use public; or, for public data only, add "
                                 "accept: open_data");
    } else if (spec->open && spec->profiles[1]) {
        lkv_message *message = lkv_reader_refuse(
            reader, list, "privacy.profiles", "E-PRIVACY-OPEN",
            "the profile open stands beside others");
        lkv_message_why(message, "what open shows, no other profile can hide");
        lkv_message_fix(message, "let it stand alone, or remove it");
    }
}

/* Whether FOLDER of the reports has a catalogue for each language of LIST. */
static void check_languages(lkv_reader *reader, const lkv_node *list,
                            const char *folder, const char *field)
{
    g_auto(GStrv) known = lkv_reports_names(folder);
    check_twice(reader, list, field);
    for (size_t i = 0; i < lkv_node_size(list); i++) {
        const lkv_node *item = lkv_node_at(list, i)->value;
        if (item->bad || item->kind != LKV_NODE_TEXT ||
            g_strv_contains((const char *const *)known, item->text)) {
            continue;
        }
        g_autofree char *all = g_strjoinv(", ", known);
        g_autofree char *what =
            g_strdup_printf("no report can be written in \"%s\"", item->text);
        lkv_message_fix(
            lkv_reader_refuse(reader, item, field, "E-LANGUAGE-UNKNOWN", what),
            "known languages: %s", *all ? all : "none");
    }
}

static void fill_formats(lkv_reader *reader, const lkv_node *node)
{
    lkv_reports_spec *spec = &reader->study->reports;
    const lkv_node *list = lkv_node_find(node, "formats");
    for (size_t i = 0;
         list && list->kind == LKV_NODE_LIST && i < lkv_node_size(list); i++) {
        const lkv_node *item = lkv_node_at(list, i)->value;
        bool pdf = strcmp(item->text, "pdf") == 0;
        bool csv = strcmp(item->text, "csv") == 0;
        bool json = strcmp(item->text, "json") == 0;
        bool xlsx = strcmp(item->text, "xlsx") == 0;
        bool html = strcmp(item->text, "html") == 0;
        spec->pdf = spec->pdf || pdf;
        spec->csv = spec->csv || csv;
        spec->json = spec->json || json;
        spec->xlsx = spec->xlsx || xlsx;
        spec->html = spec->html || html;
        if (!item->bad && !pdf && !csv && !json && !xlsx && !html) {
            lkv_diag_add(reader->diag, "W-FORMAT-LATER",
                         lkv_node_place(item, "reports.formats"),
                         "no files are written as \"%s\" in this version",
                         item->text);
        }
    }
}

static void fill_reports(lkv_reader *reader)
{
    lkv_reports_spec *spec = &reader->study->reports;
    const lkv_node *node = lkv_node_find(reader->root, "reports");
    const lkv_node *languages = lkv_node_find(node, "languages");
    const lkv_node *theme = lkv_node_find(node, "theme");
    spec->languages = lkv_node_texts(reader->yaml, node, "languages");
    if (languages && languages->kind == LKV_NODE_LIST) {
        check_languages(reader, languages, "text", "reports.languages");
    }
    const lkv_node *easy = lkv_node_find(node, "easy");
    if (easy && easy->kind == LKV_NODE_LIST) {
        spec->easy = lkv_node_texts(reader->yaml, node, "easy");
        check_languages(reader, easy, "easy", "reports.easy");
    }
    const char *const *schools = lkv_node_texts(reader->yaml, node, "schools");
    bool one = schools && schools[0] && !schools[1];
    bool all = one && strcmp(schools[0], "all") == 0;
    bool none = one && strcmp(schools[0], "none") == 0;
    spec->schools = all || none ? NULL : schools;
    spec->school_reports = !none && schools && schools[0];
    spec->district = lkv_node_yes(node, "district", true);
    if (theme && theme->kind == LKV_NODE_TEXT && !lkv_node_is_null(theme)) {
        spec->theme = lkv_reader_path(reader, theme);
    }
    fill_formats(reader, node);
}

/* The day that {date} stands for: no clock is read. */
static void append_date(const lkv_study *study, GString *out)
{
    char text[16];
    if (study->population.has_reference_date) {
        g_string_append(out,
                        lkv_date_text(study->population.reference_date, text));
    } else {
        g_string_append_printf(out, "%d-06-30", study->year);
    }
}

static bool append_name(const lkv_study *study, const char *name, size_t length,
                        GString *out)
{
    g_autofree char *word = g_strndup(name, length);
    if (strcmp(word, "year") == 0) {
        g_string_append_printf(out, "%d", study->year);
    } else if (strcmp(word, "date") == 0) {
        append_date(study, out);
    } else if (strcmp(word, "district") == 0) {
        g_autofree char *ascii =
            lkv_text_ascii(study->district_name ? study->district_name : "");
        g_string_append(out, *ascii ? ascii : "district");
    } else {
        return false;
    }
    return true;
}

static void fill_output(lkv_reader *reader)
{
    lkv_node *node = lkv_node_find(reader->root, "output");
    if (!node || node->bad || node->kind != LKV_NODE_TEXT ||
        lkv_node_is_null(node)) {
        return;
    }
    GString *out = g_string_new(NULL);
    const char *at = node->text;
    while (*at) {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        if (!end) {
            g_string_append_c(out, *at++);
            continue;
        }
        if (!append_name(reader->study, at + 1, (size_t)(end - at - 1), out)) {
            lkv_message_fix(lkv_reader_refuse(reader, node, "output",
                                              "E-VALUE-WORD",
                                              "unknown name in { }"),
                            "known: {year} {date} {district}");
        }
        at = end + 1;
    }
    lkv_node filled = *node;
    filled.text = lkv_reader_keep(reader, g_string_free(out, FALSE));
    reader->study->output = lkv_reader_path(reader, &filled);
}

void lkv_study_fill_shown(lkv_reader *reader)
{
    fill_privacy(reader);
    fill_reports(reader);
    fill_output(reader);
}
