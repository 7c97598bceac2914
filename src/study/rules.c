#include "study/rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "study/rules_text.h"

const lkv_step *lkv_rules_step(const lkv_rules *rules, uint8_t grade)
{
    return grade && grade <= rules->step_count ? &rules->steps[grade - 1]
                                               : NULL;
}

int lkv_mark_compare(const void *a, const void *b)
{
    const lkv_mark *one = a;
    const lkv_mark *other = b;
    size_t shorter = MIN(one->length, other->length);
    int order = memcmp(one->text, other->text, shorter);
    if (order) {
        return order;
    }
    return (one->length > other->length) - (one->length < other->length);
}

int lkv_subject_name_compare(const void *a, const void *b)
{
    const lkv_subject_name *one = a;
    const lkv_subject_name *other = b;
    return strcmp(one->text, other->text);
}

/* Bytes of the blank or no-break space at TEXT; 0 if there is none. */
static size_t blank_at(const char *text, size_t length)
{
    if (length && (*text == ' ' || *text == '\t' || *text == '\r')) {
        return 1;
    }
    if (length >= 2 && memcmp(text, "\xc2\xa0", 2) == 0) {
        return 2;
    }
    return length >= 3 && memcmp(text, "\xe2\x80\xaf", 3) == 0 ? 3 : 0;
}

static size_t blank_before(const char *text, size_t length)
{
    for (size_t bytes = 1; bytes <= 3 && bytes <= length; bytes++) {
        if (blank_at(text + length - bytes, bytes) == bytes) {
            return bytes;
        }
    }
    return 0;
}

static const char *trim(const char *text, size_t *length)
{
    size_t bytes = 0;
    while ((bytes = blank_at(text, *length)) > 0) {
        text += bytes;
        *length -= bytes;
    }
    while ((bytes = blank_before(text, *length)) > 0) {
        *length -= bytes;
    }
    return text;
}

uint8_t lkv_rules_grade(const lkv_rules *rules, const char *text, size_t length)
{
    const struct lkv_rules_text *kept = rules->text;
    char folded[LKV_MARK_BYTES];
    text = trim(text, &length);
    if (length == 0) {
        return kept->missing;
    }
    if (length > sizeof folded) {
        return 0;
    }
    for (size_t i = 0; i < length; i++) {
        folded[i] = kept->ignore_case ? g_ascii_tolower(text[i]) : text[i];
    }
    lkv_mark wanted = {.text = folded, .length = length};
    const lkv_mark *found = bsearch(&wanted, kept->marks, kept->mark_count,
                                    sizeof wanted, lkv_mark_compare);
    return found ? found->grade : 0;
}

/* "M2DEU" from the letters of LANGUAGE in capitals, as many as fit. */
static void write_canonical(const lkv_choice *choice, const char *language,
                            lkv_subject_match *out)
{
    size_t used = g_strlcpy(out->canonical, choice->id, LKV_SUBJECT_TEXT);
    for (const char *at = language; *at && used + 1 < LKV_SUBJECT_TEXT; at++) {
        if (g_ascii_isalnum(*at)) {
            out->canonical[used++] = g_ascii_toupper(*at);
        }
    }
    out->canonical[used] = '\0';
}

static bool letters_only(const char *text, unsigned count)
{
    if (strlen(text) != count) {
        return false;
    }
    for (const char *at = text; *at; at++) {
        if (!g_ascii_isalpha(*at)) {
            return false;
        }
    }
    return true;
}

static void add_language(const lkv_rules *rules, int choice,
                         const char *language, lkv_subject_match *out)
{
    g_autofree char *ascii =
        language && *language ? lkv_text_ascii(language) : NULL;
    write_canonical(&rules->choices[choice], ascii ? ascii : "", out);
}

/* TEXT as the code of a choice with its language behind it. */
static bool match_choice(const lkv_rules *rules, const char *text,
                         const char *language, lkv_subject_match *out)
{
    for (size_t i = 0; i < rules->choice_count; i++) {
        const char *id = rules->choices[i].id;
        size_t length = strlen(id);
        if (g_ascii_strncasecmp(text, id, length) != 0) {
            continue;
        }
        const char *rest = text + length;
        out->subject = -1;
        out->choice = (int)i;
        if (!*rest) {
            add_language(rules, (int)i, language, out);
            return true;
        }
        rest += strchr(" _-", *rest) != NULL;
        if (letters_only(rest, rules->text->letters[i])) {
            write_canonical(&rules->choices[i], rest, out);
            return true;
        }
    }
    return false;
}

static bool match_name(const lkv_rules *rules, const char *text,
                       const char *language, lkv_subject_match *out)
{
    g_autofree char *folded = lkv_text_fold(text);
    lkv_subject_name wanted = {.text = folded};
    const lkv_subject_name *found =
        folded ? bsearch(&wanted, rules->text->names, rules->text->name_count,
                         sizeof wanted, lkv_subject_name_compare)
               : NULL;
    if (!found) {
        return false;
    }
    out->subject = found->subject;
    out->choice = found->choice;
    if (found->subject < 0) {
        add_language(rules, found->choice, language, out);
    } else {
        g_strlcpy(out->canonical, rules->subjects[found->subject].id,
                  LKV_SUBJECT_TEXT);
    }
    return true;
}

bool lkv_rules_subject(const lkv_rules *rules, const char *text,
                       const char *language, lkv_subject_match *out)
{
    size_t length = strlen(text);
    const char *start = trim(text, &length);
    g_autofree char *trimmed = g_strndup(start, length);
    for (size_t i = 0; i < rules->subject_count; i++) {
        if (g_ascii_strcasecmp(rules->subjects[i].id, trimmed) == 0) {
            out->subject = (int)i;
            out->choice = -1;
            g_strlcpy(out->canonical, rules->subjects[i].id, LKV_SUBJECT_TEXT);
            return true;
        }
    }
    return match_choice(rules, trimmed, language, out) ||
           match_name(rules, trimmed, language, out);
}

int lkv_rules_stage_year(const lkv_rules *rules, size_t stage, int year)
{
    for (size_t i = 0; i < rules->text->span_count; i++) {
        const lkv_stage_span *span = &rules->text->spans[i];
        if (span->stage == stage && year >= span->from && year <= span->to) {
            return span->year;
        }
    }
    return 0;
}

int lkv_rules_stage_of(const lkv_rules *rules, int stage_year, int year)
{
    for (size_t i = 0; i < rules->stage_count; i++) {
        int is = lkv_rules_stage_year(rules, i, year);
        if (is && is == stage_year) {
            return (int)i;
        }
    }
    return -1;
}
