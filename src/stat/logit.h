/* Random intercept on the logit scale: logit P(yes) = beta + tau z_group, z ~
 * N(0, 1), by maximum likelihood with adaptive Gauss-Hermite quadrature.
 *
 * Each group's integral is taken around its own mode with the curvature there
 * (Pinheiro and Bates 1995; one node is Laplace's approximation).
 * Groups are known by their numbers of cases and of yes alone. Derivatives are
 * exact: modes and nodes move with the parameters.
 */
#ifndef LKV_STAT_LOGIT_H
#define LKV_STAT_LOGIT_H

#include <stddef.h>
#include <stdint.h>

#include "stat/anova.h"

enum { LKV_LOGIT_NODES_MOST = 25 };

/* Numbers mean nothing unless FIT is OK: NOBODY, ONE_GROUP, NO_VARIANCE when all
 * cases answer alike, NO_DF when each group has one, or SEPARATED when those of
 * each group answer alike but for so few that the odds have no bound (tau above
 * 10).
 */
typedef struct lkv_logit {
    lkv_fit fit;
    int64_t n;
    size_t groups; /* with cases */
    double beta; /* log odds in a group in the middle */
    double error; /* of BETA, from the curvature in beta and tau */
    double tau2;
    double deviance; /* -2 log likelihood, without binomial coefficients */
    bool boundary; /* tau2 = 0 */
    double icc; /* tau2/(tau2 + pi^2/3), of what lies behind the answers */
    double odds_ratio; /* median odds ratio exp(sqrt(2 tau2) z_.75) */
    double middle; /* share of yes in a group in the middle */
    double average; /* share of yes over all groups like these */
    double sd; /* of the shares of yes of groups like these */
    double between; /* sd^2/(average (1 - average)), of what is answered */
    double ratio, p; /* of tau2 = 0: 1/2 chi2_0 + 1/2 chi2_1 */
} lkv_logit;

/* YES[g] among N[g] cases of GROUPS groups, NODES from 1 to
 * LKV_LOGIT_NODES_MOST.
 */
lkv_logit lkv_logit_of(const int64_t *yes, const int64_t *n, size_t groups,
                       size_t nodes);

#endif
