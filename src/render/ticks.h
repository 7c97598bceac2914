/* Round numbers for an axis. */
#ifndef LKV_RENDER_TICKS_H
#define LKV_RENDER_TICKS_H

/* Ticks LEAST, LEAST + STEP … MOST. */
typedef struct lkv_ticks {
    double least, most, step;
} lkv_ticks;

/* The extended algorithm of Talbot, Lin and Hanrahan (2010, IEEE TVCG 16,
 * 1036-1043): simplicity, coverage, density and legibility weighed .25, .2,
 * .5, .05, numbers 1, 5, 2, 2.5, 4, 3. About WANTED ticks for data from LEAST
 * to MOST; LEAST < MOST, WANTED at least 2.
 */
lkv_ticks lkv_ticks_of(double least, double most, int wanted);

#endif
