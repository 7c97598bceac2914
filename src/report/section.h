/* A section of a report: one file, one record, one line in sections.def.
 *
 * It asks the release for figures and adds blocks to the draft. When what it
 * tells of is not in the release at all it adds nothing; when all of it is
 * hidden it says so in words.
 */
#ifndef LKV_REPORT_SECTION_H
#define LKV_REPORT_SECTION_H

#include <stdbool.h>

#include "report/ask.h"
#include "report/draft.h"
#include "report/report.h"
#include "report/truth.h"
#include "study/definition.h"
#include "study/study.h"

/* What a section is given. */
typedef struct lkv_writing {
    lkv_draft *draft;
    const lkv_ask *ask;
    const lkv_definition *definition;
    const lkv_section_spec *spec;
    const lkv_report_plan *plan;
} lkv_writing;

typedef enum {
    LKV_SETTING_NAMES, /* any words: figures, groups, subjects */
    LKV_SETTING_WHOLE, /* one whole number */
    LKV_SETTING_CHOICE /* "yes" or "no" */
} lkv_setting_kind;

typedef struct lkv_setting_rule {
    const char *name;
    lkv_setting_kind kind;
} lkv_setting_rule;

typedef struct lkv_section {
    const char *id;
    const lkv_setting_rule *settings; /* the last has no name; or NULL */
    void (*build)(const lkv_writing *writing);
} lkv_section;

#define LKV_SECTION(name) extern const lkv_section lkv_section_##name;
#include "report/sections.def"
#undef LKV_SECTION

/* Sections in the order of sections.def; NULL past the last. */
const lkv_section *lkv_section_at(size_t index);
const lkv_section *lkv_section_find(const char *id);

/* ---- settings ------------------------------------------------------------- */

/* Words of setting NAME, or NULL. */
const char *const *lkv_writing_words(const lkv_writing *writing,
                                     const char *name);
/* Its whole number, or STANDARD without one. */
int lkv_writing_whole(const lkv_writing *writing, const char *name,
                      int standard);
bool lkv_writing_chosen(const lkv_writing *writing, const char *name);

/* ---- what many sections say ----------------------------------------------- */

bool lkv_writing_is_school(const lkv_writing *writing);
lkv_status lkv_writing_status(const lkv_writing *writing, lkv_cell cell);

/* "2024/25"; NULL for year 0. */
const char *lkv_writing_school_year(const lkv_writing *writing, int year);
/* "årskurs 9" of TOPIC's population; no text where stages have no year. */
lkv_text lkv_writing_stage(const lkv_writing *writing, uint16_t population);

/* "82 % (73–89)", "minst 92 %", "..", with what is told of the interval. */
lkv_text lkv_writing_value(const lkv_writing *writing,
                           const lkv_figure *figure);
/* Only "73–89"; no text without an interval. */
lkv_text lkv_writing_interval(const lkv_writing *writing,
                              const lkv_figure *figure);
/* "+6 (−2 till 14)". */
lkv_text lkv_writing_difference(const lkv_writing *writing,
                                const lkv_figure *figure);
/* "+6 procentenheter (−2 till 14)". */
lkv_text lkv_writing_difference_full(const lkv_writing *writing,
                                     const lkv_figure *figure);
/* The cell alone, as text. */
lkv_text lkv_writing_cell(const lkv_writing *writing, lkv_cell cell);
/* Why FIGURE has no value, as a sentence; no text when it has, or when it is
 * hidden (why is not told).
 */
lkv_text lkv_writing_reason(const lkv_writing *writing,
                            const lkv_figure *figure);
/* The first such sentence among the figures of the section's topics. */
lkv_text lkv_writing_why(const lkv_writing *writing, const char *measure,
                         const char *component);
/* Whether one of those figures has NOTE. */
bool lkv_writing_noted(const lkv_writing *writing, const char *measure,
                       const char *component, lkv_note note);
/* Whether something in the background follows from the rest of it. */
bool lkv_writing_collinear(const lkv_writing *writing);
/* What TOPIC's outcome is called. */
lkv_text lkv_writing_outcome(const lkv_writing *writing, lkv_topic topic);
/* The same in few words, where there are such. */
lkv_text lkv_writing_brief(const lkv_writing *writing, lkv_topic topic);
/* Its name with its stage, where the unit has the outcome in several. */
lkv_text lkv_writing_topic(const lkv_writing *writing, lkv_topic topic);
/* "årskurs 9 · n = 84", as far as it is told. */
lkv_text lkv_writing_below(const lkv_writing *writing, lkv_topic topic,
                           const lkv_figure *figure);
/* "årskurs 9 · faktiskt 82 %, väntat 85 %", as far as there is a stage. */
lkv_text lkv_writing_staged(const lkv_writing *writing, lkv_topic topic,
                            lkv_text text);
/* A section's heading: one level deeper where a report has few. */
void lkv_writing_heading(const lkv_writing *writing, lkv_text text);

/* "8.9 % (5.0–14.4)" of a ratio that is a part of a whole. */
lkv_text lkv_writing_per_cent(const lkv_writing *writing,
                              const lkv_figure *figure);
/* "1.9 (1.7–2.1)" of a ratio, with so many DECIMALS at most. */
lkv_text lkv_writing_ratio(const lkv_writing *writing, const lkv_figure *figure,
                           uint8_t decimals);
/* KEY of the catalogue, without arguments. */
lkv_text lkv_writing_say(const lkv_writing *writing, const char *key);

/* The texts of NOTES as one note. WHY, if there is one, is said last, in the
 * sentence KEY of {reason}.
 */
void lkv_writing_notes(const lkv_writing *writing, GArray *notes,
                       const char *key, lkv_text why);

/* Topics of setting "figures" of which COMPONENT of MEASURE tells something:
 * array of lkv_topic.
 */
GArray *lkv_writing_told(const lkv_writing *writing, const char *measure,
                         const char *component);
/* Those of TOPICS that are shares, or those that are not. */
GArray *lkv_writing_alike(const lkv_writing *writing, const GArray *topics,
                          bool shares);

/* Heads of a table's columns. */
typedef struct lkv_head {
    const char *key;
    lkv_side side;
    uint8_t weight;
} lkv_head;
void lkv_writing_heads(const lkv_writing *writing, lkv_table_draft *table,
                       const lkv_head *heads, size_t count);

/* "95" of a level of 95 per cent. */
const char *lkv_writing_level(const lkv_writing *writing);

#endif
