/* The least difference that a comparison would have told. */
#ifndef LKV_STAT_DETECTABLE_H
#define LKV_STAT_DETECTABLE_H

/* From HALF the width of its interval of CONFIDENCE, t with DF (normal where DF
 * is no positive number): the difference of which 80 of 100 such comparisons
 * have a 95 % interval without 0, (t.975 + t.80) HALF/t, which is 2.80 standard
 * errors where DF is large (Bloom 1995). NaN where HALF is not above 0.
 */
double lkv_detectable(double half, double confidence, double df);

#endif
