/* Whether a pupil had reached all goals at the end of the stage before: an axis
 * of its own, so that a claim can name those who had. And the mean points of
 * the pupil's grades then, which only models ask for.
 */
#include <string.h>

#include "base/wide.h"
#include "panel/census.h"
#include "panel/tally.h"

static const char *const ids[] = {"all_subjects", "all_goals"};

typedef struct lkv_earlier {
    const lkv_panel *panel;
    const uint16_t *reached[G_N_ELEMENTS(ids)]; /* leaves by row, or NULL */
    uint32_t *row; /* [stage * persons + person]: 1 + the latest, or 0 */
    size_t persons;
    int64_t *points; /* [row] at the end of the stage before, or LKV_NONE */
} lkv_earlier;

static void outcomes_find(lkv_earlier *earlier)
{
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        uint16_t number =
            lkv_frame_outcome_find(earlier->panel->frame, ids[i], NULL);
        if (number != LKV_NO_VALUE) {
            lkv_axis axis =
                lkv_frame_outcome(earlier->panel->frame, number)->axis;
            earlier->reached[i] = earlier->panel->leaf[axis];
        }
    }
}

/* Row of the pupil of ROW at the end of the stage before STAGE, 1 more; 0 if
 * there was none.
 */
static uint32_t row_before(const lkv_earlier *earlier, size_t row, size_t stage)
{
    return earlier
        ->row[(stage - 1) * earlier->persons + earlier->panel->pupil[row]];
}

/* Mean points of the grades of ROW. */
static int64_t points_at(const lkv_panel *panel, size_t row)
{
    int64_t sum = 0, grades = 0;
    for (guint i = 0; i < panel->frame->outcomes->len; i++) {
        const lkv_outcome *outcome = lkv_frame_outcome(panel->frame, i);
        uint16_t leaf = panel->leaf[outcome->axis][row];
        if (outcome->kind == LKV_LEVELS && outcome->grade[leaf]) {
            sum += outcome->points[leaf];
            grades++;
        }
    }
    return grades < LKV_PROFILE_LEAST ? LKV_NONE
                                      : lkv_wide_round(sum, grades, 3);
}

/* What was known of the pupil of ROW at the end of the stage before STAGE. */
static uint16_t reached_before(const lkv_earlier *earlier, size_t row,
                               size_t stage)
{
    uint32_t before = row_before(earlier, row, stage);
    for (size_t i = 0; before > 0 && i < G_N_ELEMENTS(ids); i++) {
        uint16_t leaf = earlier->reached[i] ? earlier->reached[i][before - 1]
                                            : LKV_LEAF_MISSING;
        if (leaf != LKV_LEAF_MISSING) {
            return leaf;
        }
    }
    return LKV_LEAF_MISSING;
}

static uint16_t *leaves_of(const lkv_census *census, lkv_earlier *earlier,
                           bool *some)
{
    const lkv_panel *panel = census->panel;
    uint16_t *leaf = g_new0(uint16_t, panel->rows + 1);
    for (size_t row = 0; row < panel->rows; row++) { /* by year */
        if (panel->population[row] == LKV_NO_VALUE || census->stage[row] < 0) {
            continue;
        }
        size_t stage = (size_t)census->stage[row];
        if (stage > 0) {
            leaf[row] = reached_before(earlier, row, stage);
            *some = *some || leaf[row] != LKV_LEAF_MISSING;
            uint32_t before = row_before(earlier, row, stage);
            earlier->points[row] =
                before > 0 ? points_at(panel, before - 1) : LKV_NONE;
        }
        earlier->row[stage * earlier->persons + panel->pupil[row]] =
            (uint32_t)row + 1;
    }
    return leaf;
}

static uint8_t point_decimals(const lkv_frame *frame)
{
    uint8_t decimals = 0;
    for (guint i = 0; i < frame->outcomes->len; i++) {
        const lkv_outcome *outcome = lkv_frame_outcome(frame, i);
        decimals = MAX(decimals, outcome->point_decimals);
    }
    return decimals;
}

static void points_add(lkv_census *census, const int64_t *points)
{
    const lkv_panel *panel = census->panel;
    bool some = false;
    for (size_t row = 0; row < panel->rows; row++) {
        some = some || points[row] != LKV_NONE;
    }
    if (!some) {
        return;
    }
    uint16_t number =
        lkv_census_variable(census, LKV_VARIABLE_EARLIER,
                            (uint8_t)(point_decimals(panel->frame) + 3));
    memcpy(panel->variable[number].value, points, panel->rows * sizeof *points);
    lkv_census_bounds(census, number);
}

void lkv_census_earlier(lkv_census *census)
{
    static const uint16_t known[] = {LKV_LEAF_YES, LKV_LEAF_NO};
    lkv_cube *cube = census->panel->frame->cube;
    size_t persons = lkv_names_size(census->roll->ids);
    if (!census->rules || persons == census->panel->rows) {
        return; /* nobody was there in another year */
    }
    lkv_earlier earlier = {
        .panel = census->panel,
        .row = g_new0(uint32_t, census->rules->stage_count * persons + 1),
        .persons = persons,
        .points = g_new0(int64_t, census->panel->rows + 1),
    };
    bool some = false;
    for (size_t row = 0; row < census->panel->rows; row++) {
        earlier.points[row] = LKV_NONE;
    }
    outcomes_find(&earlier);
    g_autofree uint16_t *leaf = leaves_of(census, &earlier, &some);
    points_add(census, earlier.points);
    g_free(earlier.points);
    g_free(earlier.row);
    if (!some) {
        return;
    }
    lkv_axis axis = lkv_census_axis(census, LKV_AXIS_EARLIER);
    lkv_cube_leaf_add(cube, axis, "yes");
    lkv_cube_leaf_add(cube, axis, "no");
    lkv_cube_group_add(cube, axis, "known", known, G_N_ELEMENTS(known));
    memcpy(census->panel->leaf[axis], leaf, census->panel->rows * sizeof *leaf);
}
