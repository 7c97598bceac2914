/* Points: what means that are told say of how many pupils there are, and of means
 * that are not told.
 *
 * All points of a group are the points of its parts (the identity of a weighted
 * mean), so a mean of a group and the means of its parts tell how large the parts
 * are, or what the last of them is.
 */
#ifndef LKV_DISCLOSE_POINTS_H
#define LKV_DISCLOSE_POINTS_H

#include "disclose/view.h"

/* Points come in halves of a unit of so many decimals. */
enum { LKV_POINT_DECIMALS = 2 };

/* Of one outcome: outcomes may share an axis (merit values of 16 and 17 subjects),
 * and then their points are of the same pupils.
 */
typedef struct lkv_points {
    const lkv_view *view;
    uint16_t outcome;
    bool *counted; /* of each node: whether all of its pupils have points */
    bool *told; /* of each node: whether its mean is */
    lkv_interval
        *each; /* of each node that is counted: what a pupil has there on
                         * average, as its mean is printed or else as the scale
                         * has it */
    lkv_interval *all; /* what all have together, as sums allow */
    GArray *rows; /* uint32_t, sorted: sums of nodes that are counted */
} lkv_points;
void lkv_points_free(lkv_points *points);

/* Of VIEW as it is drawn now: lkv_points of each outcome that has means. */
GPtrArray *lkv_points_new(const lkv_view *view);

/* Whether ROW is a sum of points that tells of numbers of pupils: some member
 * whose number is unknown has a mean that is told.
 */
bool lkv_points_tell(const lkv_points *points, size_t row);

/* Of each mean that is hidden but follows to less than a twentieth of its scale,
 * hides the mean of the smallest group beside it that is told. How many were
 * hidden; look at the view again if any was.
 */
size_t lkv_points_hide(const lkv_points *points);

#endif
