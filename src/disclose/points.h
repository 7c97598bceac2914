/* Points: what means that are told say of how many pupils there are.
 *
 * A mean of a group and the means of its parts tell how large the parts are: all
 * points of the group are the points of its parts (the identity of a weighted
 * mean). Sums of points need not be sought for that: each is a mean times a number
 * of pupils, so a sum of nodes gives two bounds on their numbers.
 */
#ifndef LKV_DISCLOSE_POINTS_H
#define LKV_DISCLOSE_POINTS_H

#include "disclose/view.h"

enum { LKV_POINT_DECIMALS = 2 };

/* Fills EACH of LENGTH members of a sum of nodes, whose whole comes first, with
 * the least and most points that a pupil there has on average, in halves of a unit
 * of the LKV_POINT_DECIMALS: as its mean is printed, or else as the scale has it. False
 * when they say nothing: the whole or all of its parts have no mean that is told,
 * or some member is about pupils without points.
 */
bool lkv_points_of_sum(const lkv_view *view, const uint32_t *member,
                       size_t length, lkv_interval *each);

#endif
