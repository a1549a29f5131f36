/* Maximal correlation coefficient of a co-occurrence matrix (specification 6.3). */
#ifndef RADMILL_ENGINE_FEATURES_MCC_H
#define RADMILL_ENGINE_FEATURES_MCC_H

#include "engine/matrices/cells.h"

/* Square root of the second largest eigenvalue of
 *     Q(i, j) = sum_k p(i, k) p(j, k) / (px(i) py(k) + eps),
 * found as the second singular value of B = Dx^-1/2 p Dy^-1/2 (the first is 1, with known vectors)
 * by Lanczos steps on B B', then one Rayleigh quotient with the Q above, eps included.
 *
 * Two levels, and probabilities so small that eps counts, take the long way (mcc_plain.h). NaN
 * where pyradiomics' round-off makes the eigenvalue negative.
 *
 * m      not empty; rows and columns in 1..n, n >= 2
 * weighted  the cells are weighted sums, not counts
 * total  sum of the cells; row[n + 1], col[n + 1] its marginals, in units of the cells
 * Errors: ERR_FAILED without memory. */
bool mcc(const struct cells *m, int32_t n, double total, const double *row, const double *col,
         bool weighted, double *out, struct err *e);

#endif
