/* A release: the figures that may leave, for one audience.
 *
 * Made only by `disclose` (or read back from results.json). Above this line
 * there is no double about pupils but for the profile "open". A released
 * number is an integer of its last printed digit; text, axis position, CSV and
 * alt text all read it, so a chart cannot know more than the sentence.
 */
#ifndef LKV_DISCLOSE_RELEASE_H
#define LKV_DISCLOSE_RELEASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"
#include "base/frame.h"
#include "base/key.h"

typedef uint32_t lkv_cell; /* number of one printed number; 0 = none, which
                              shows as not applicable */

typedef enum {
    LKV_OK,
    LKV_HIDDEN,
    LKV_AT_LEAST, /* the bound stands in SCALED */
    LKV_AT_MOST,
    LKV_NOT_ESTIMABLE,
    LKV_NOT_APPLICABLE
} lkv_status;
const char *lkv_status_id(lkv_status status);

/* OK, AT_LEAST and AT_MOST: with a number, which may be a bound. */
bool lkv_status_has_number(lkv_status status);

enum { LKV_FULL = 255 }; /* decimals of profile "open": the value is FULL */

/* SCALED and FULL are 0 unless OK, AT_LEAST or AT_MOST. A share is scaled as a
 * share: 82 % with decimals 2 is 82, 81.5 % with decimals 3 is 815.
 */
typedef struct lkv_shown {
    lkv_status status;
    uint8_t decimals;
    int64_t scaled;
    double full;
} lkv_shown;
/* Its number in the unit of the data; 0 without one. */
double lkv_shown_number(lkv_shown shown);

typedef struct lkv_figure {
    lkv_key key;
    lkv_cell value, error, low, high, df, n, schools, missing;
    lkv_cell detectable; /* of a comparison: the least difference that eight of
                            ten such would tell, from the printed interval */
    lkv_value_unit unit_of_value : 8;
    lkv_method method : 8;
    lkv_reason reason : 8; /* for not_estimable and not_applicable */
    lkv_notes notes; /* of a value that is told */
    bool flagged; /* clear of chance after Benjamini-Hochberg over the schools
                     and headline outcomes of the year */
} lkv_figure;

typedef struct lkv_release lkv_release;

void lkv_release_free(lkv_release *release);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_release, lkv_release_free)

const char *lkv_release_profile(const lkv_release *release); /* "public" */
bool lkv_release_open(const lkv_release *release);
const char *lkv_release_run(const lkv_release *release); /* run_id */
const lkv_frame *lkv_release_frame(const lkv_release *release);

size_t lkv_release_size(const lkv_release *release);
const lkv_figure *lkv_release_figure(const lkv_release *release, size_t index);
const lkv_figure *lkv_release_find(const lkv_release *release,
                                   const lkv_key *key);
size_t lkv_release_cells(const lkv_release *release); /* 1 + the last */
lkv_shown lkv_release_at(const lkv_release *release, lkv_cell number);
/* Unit of cell NUMBER: the figure's for value and interval, COUNT for n … */
lkv_value_unit lkv_release_unit(const lkv_release *release, lkv_cell number);

/* The thresholds a reader is told. */
typedef struct lkv_thresholds {
    int base_least, count_least, gap_least, quantile_least;
} lkv_thresholds;
lkv_thresholds lkv_release_thresholds(const lkv_release *release);

/* The waterfall of a population as cells (unit 0 in every audience). */
typedef struct lkv_release_step {
    const char *step;
    uint16_t population;
    uint16_t unit;
    lkv_cell pupils;
} lkv_release_step;
size_t lkv_release_steps(const lkv_release *release);
const lkv_release_step *lkv_release_step_at(const lkv_release *release,
                                            size_t index);

/* results.json is read back by programs of this format or a later one. */
enum { LKV_RELEASE_FORMAT = 1 };
/* Word of UNIT in results.json: as in results.csv, but that differences of
 * shares are told from shares.
 */
const char *lkv_release_unit_word(lkv_value_unit unit);

/* A release from the bytes of results.json; NULL with a located report: no
 * such file, no JSON, a format that is newer, a number out of its table.
 */
lkv_release *lkv_release_read(const char *path, lkv_diag *diag);

#endif
