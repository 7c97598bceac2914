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

typedef struct lkv_points {
    const lkv_view *view;
    uint16_t
        *outcome; /* of each node: in which all of its pupils have points, or
                        * LKV_NO_VALUE */
    lkv_interval
        *each; /* of each node: what a pupil has there on average, as its
                         * mean is printed or else as the scale has it */
    lkv_interval *all; /* of each node: what all have together, as sums allow */
    bool *told; /* of each node: whether its mean is */
    GArray *rows; /* uint32_t: sums of nodes with points in one outcome */
} lkv_points;

/* Of VIEW as it is drawn now. */
lkv_points *lkv_points_new(const lkv_view *view);
void lkv_points_free(lkv_points *points);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_points, lkv_points_free)

/* Whether ROW is a sum of points that tells of numbers of pupils: some member
 * whose number is unknown has a mean that is told.
 */
bool lkv_points_tell(const lkv_points *points, size_t row);

/* Adds to LEAKS the nodes (uint32_t) whose mean is hidden but follows to less than
 * a twentieth of its scale.
 */
void lkv_points_find(const lkv_points *points, GArray *leaks);

#endif
