/* Finding figures by their names, as report definitions and sections name
 * them.
 *
 * A topic is an outcome in a population: "eligible" in the year of the report
 * and in the last stage that the unit has pupils in. A name is
 * [STAGE:]OUTCOME[:SUBJECT]; of names with '/' between them the first that the
 * release has is meant.
 */
#ifndef LKV_REPORT_ASK_H
#define LKV_REPORT_ASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "disclose/release.h"

typedef struct lkv_topic {
    uint16_t population, outcome;
} lkv_topic;

typedef struct lkv_ask {
    const lkv_release *release;
    const lkv_frame *frame;
    uint16_t unit; /* whom the document is about; 0 = the district */
    uint16_t leading; /* population of the unit's last stage in the year of the
                         report; LKV_NO_VALUE when it has no pupils */
} lkv_ask;

lkv_ask lkv_ask_of(const lkv_release *release, uint16_t unit);

/* Whether results of UNIT's pupils in POPULATION are asked of at all. */
bool lkv_ask_present(const lkv_ask *ask, uint16_t population, uint16_t unit);
/* Populations of the year of the report in which the document's unit has
 * pupils, by year of schooling, the last first: array of uint16_t.
 */
GArray *lkv_ask_stages(const lkv_ask *ask);

/* Topics that NAMES (NULL-terminated or NULL) stand for, each once: those that
 * the unit has figures of. If there is none, the headline outcomes of the
 * leading stage. Array of lkv_topic.
 */
GArray *lkv_ask_topics(const lkv_ask *ask, const char *const *names);
/* The same without the fallback. */
GArray *lkv_ask_named(const lkv_ask *ask, const char *const *names);
/* Every outcome ID of POPULATION, one a subject, in the order of the rules. */
GArray *lkv_ask_subjects(const lkv_ask *ask, uint16_t population,
                         const char *id);
/* TOPIC so many YEARS earlier; population LKV_NO_VALUE if there is none. */
lkv_topic lkv_ask_earlier(const lkv_ask *ask, lkv_topic topic, int years);

/* Groups that NAMES stand for; the word "declared" stands for all groups of
 * the study's own. Array of uint16_t.
 */
GArray *lkv_ask_groups(const lkv_ask *ask, const char *const *names);

/* A figure by words. GROUP_BY is 1 + a group's number or 0; GROUP and
 * REFERENCE are read only with one.
 */
typedef struct lkv_wanted {
    lkv_topic topic; /* outcome LKV_NO_VALUE for head counts */
    uint16_t unit;
    uint16_t variant; /* 0 = the main one */
    const char *measure, *component;
    uint16_t group_by, group, reference;
} lkv_wanted;

/* NULL if the release has none. */
const lkv_figure *lkv_ask_find(const lkv_ask *ask, const lkv_wanted *wanted);
const lkv_figure *lkv_ask_measure(const lkv_ask *ask, lkv_topic topic,
                                  uint16_t unit, const char *measure,
                                  const char *component);
/* Mean, share of yes, or share that passed, by the outcome's kind; of all the
 * pupils of UNIT.
 */
const lkv_figure *lkv_ask_level(const lkv_ask *ask, lkv_topic topic,
                                uint16_t unit);
/* The same under a variant of the run. */
const lkv_figure *lkv_ask_level_under(const lkv_ask *ask, lkv_topic topic,
                                      uint16_t unit, uint16_t variant);
/* The same of the pupils in VALUE of group number GROUP. */
const lkv_figure *lkv_ask_level_in(const lkv_ask *ask, lkv_topic topic,
                                   uint16_t unit, uint16_t group,
                                   uint16_t value);
/* The gap from the group's reference to VALUE. */
const lkv_figure *lkv_ask_gap(const lkv_ask *ask, lkv_topic topic,
                              const lkv_wanted *where, const char *component);

const lkv_outcome *lkv_ask_outcome(const lkv_ask *ask, lkv_topic topic);
const lkv_population *lkv_ask_population(const lkv_ask *ask, lkv_topic topic);
bool lkv_ask_is_share(const lkv_ask *ask, lkv_topic topic);

/* The cell's status; of a figure that is not there NOT_APPLICABLE. */
lkv_status lkv_ask_status(const lkv_ask *ask, const lkv_figure *figure);
/* Whether FIGURE says anything at all: a value or a bound. */
bool lkv_ask_told(const lkv_ask *ask, const lkv_figure *figure);

#endif
