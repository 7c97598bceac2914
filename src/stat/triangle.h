/* Symmetric matrices of a few rows as products of a triangle: A = G G', G below
 * the diagonal. Row by row in P x P numbers, of which those above the diagonal
 * are neither read nor written. On the diagonal of a factor stands 1/G[i, i]: all
 * that is done with it is dividing, which takes longer than all the rest.
 *
 * A search takes one at every point: GSL needs twice as long for two rows, and a
 * third longer for eight.
 */
#ifndef LKV_STAT_TRIANGLE_H
#define LKV_STAT_TRIANGLE_H

#include <stdbool.h>
#include <stddef.h>

/* Whether PART of a sum of squares is nothing but the rounding of the WHOLE. */
bool lkv_triangle_alike(double part, double whole);

/* G of A, in its place. False when a column is all but a sum of those before it,
 * or is nothing: then A is spoilt.
 */
bool lkv_triangle_factor(double *a, size_t p);

/* X [P] becomes G^-1 X, and G'^-1 X. */
void lkv_triangle_forward(const double *factor, size_t p, double *x);
void lkv_triangle_backward(const double *factor, size_t p, double *x);

#endif
